"""The quarter's progress of the tasks: offered prefilled, confirmed by a tap or told in words."""

from typing import Any

from aiogram import Router
from aiogram.filters import Filter, StateFilter
from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State, StatesGroup
from aiogram.types import CallbackQuery, Message

from handlers.filters import Addressed, Pressing, Private
from handlers.turn import Turn
from services.meetings.office import MeetingOffice
from services.meetings.standing.finding import get_meeting
from services.meetings.standing.notices import meeting_values
from services.meetings.standing.reviews import confirm_review, list_own_reviews, open_reviews, read_review, write_review
from services.models import Review
from services.outbox import Button, Pressed


class Telling(StatesGroup):
    """Somebody was shown the tasks and tells of them, one after the other."""

    review = State()


def router() -> Router:
    """Part of the meetings' conversations."""
    made = Router(name="reviews")
    made.message.register(tell_review, StateFilter(Telling.review), Reviews(), Private())
    made.callback_query.register(press_review, Pressing("meeting_review"))
    made.callback_query.register(press_review_ok, Pressing("meeting_review_ok"))
    return made


class Reviews(Filter):
    """Words about a task's progress. Gives `words`; everything else goes on to where it belongs."""

    async def __call__(self, message: Message, turn: Turn) -> bool | dict[str, Any]:
        """With a task's number, or with a percent or a label alone."""
        addressed = await Addressed()(message, turn)
        if not isinstance(addressed, dict):
            return False
        words = addressed["words"]
        return addressed if read_review(words) or read_review(f"任务0 {words}") else False


async def press_review(query: CallbackQuery, turn: Turn, pressed: Pressed, state: FSMContext) -> None:
    """The quarter's reviews of the presser's units, each with what is known and how to add to it."""
    meeting = await get_meeting(turn.session, int(pressed.payload["meeting_id"]))
    await open_reviews(turn.session, meeting)
    reviews = await list_own_reviews(turn.session, turn.who, meeting)
    offered = [one for one in reviews if one.percent is not None and one.submitted_at is None]
    buttons = tuple(
        (Button("meetings.button_review_ok", "meeting_review_ok", {"review_id": one.id}, _values(one)),)
        for one in offered[:8]
    )
    await turn.say("meetings.reviews", buttons, reviews=[_values(one) for one in reviews], **meeting_values(meeting))
    if reviews:
        await state.set_state(Telling.review)
        await state.set_data({"meeting_id": meeting.id})


async def press_review_ok(query: CallbackQuery, turn: Turn, pressed: Pressed, meeting_office: MeetingOffice) -> None:
    """Take the offered percent with one tap."""
    today, review_id = meeting_office.today(turn.now), int(pressed.payload["review_id"])
    review = await confirm_review(turn.session, turn.who, review_id, today, now=turn.now)
    await _say_taken(turn, review)


async def tell_review(
    message: Message, turn: Turn, words: str, state: FSMContext, meeting_office: MeetingOffice
) -> None:
    """「任务9：85%；进展：…；佐证：…；问题：…；下步：…」; the conversation stays open for the next task."""
    meeting = await get_meeting(turn.session, int((await state.get_data())["meeting_id"]))
    reviews = await list_own_reviews(turn.session, turn.who, meeting)
    said = read_review(words) or (read_review(f"任务{reviews[0].task} {words}") if len(reviews) == 1 else None)
    chosen = next((one for one in reviews if said and one.task == (said.task or 0)), None)
    if said is None or chosen is None:
        await turn.say("meetings.review_how", tasks=[one.task for one in reviews])
        return
    today = meeting_office.today(turn.now)
    await _say_taken(turn, await write_review(turn.session, turn.who, chosen.id, said, today, now=turn.now))


async def _say_taken(turn: Turn, review: Review) -> None:
    """What was noted, and which tasks of the unit are still open."""
    reviews = await list_own_reviews(turn.session, turn.who, await get_meeting(turn.session, review.meeting_id))
    left = [one.task for one in reviews if one.unit_id == review.unit_id and one.submitted_at is None]
    await turn.say("meetings.review_taken", left=left, **_values(review))


def _values(review: Review) -> dict[str, Any]:
    """One review as it stands."""
    return {
        "unit": review.unit.name,
        "task": review.task,
        "title": review.title,
        "percent": review.percent,
        "progress": review.progress,
        "evidence": review.evidence,
        "problem": review.problem,
        "next_step": review.next_step,
        "filled_from": review.filled_from,
        "submitted": review.submitted_at is not None,
    }

"""Digests: asked for by command or in words, opened down to the replies, approved, sent to groups."""

from typing import Any

from aiogram import F, Router
from aiogram.filters import Command, CommandObject, Filter
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from handlers.checkins.filters import hear_figures
from handlers.checkins.pages import place_of
from handlers.digests import links
from handlers.digests.pages import confirm_buttons, figure_buttons, sentence_buttons
from handlers.filters import Addressed, Matches, Pressing, Private, Secretariat
from handlers.turn import Turn
from services.checkins.asking.orders import returns_figure
from services.checkins.office import Office
from services.digests.asking import (
    DigestOrder,
    FigureQuestion,
    Known,
    read_command,
    read_order,
    read_question,
    sounds_like_question,
    speaks_of_own,
)
from services.digests.issuing.editions import approve_digest, audience_of, get_edition, publish_digest
from services.digests.issuing.opening import may_see_unit, open_answers, open_sentence
from services.digests.issuing.press import Press
from services.errands import Work, promise
from services.errors import NotAllowed
from services.members.units import list_units, names_of
from services.orders.telling import is_no_order
from services.outbox import Pressed, close_buttons
from services.periods import Period


class OrdersDigest(Filter):
    """「出个10月简报，word的」 from a member. Gives `order`."""

    async def __call__(self, message: Message, turn: Turn, press: Press) -> bool | dict[str, Any]:
        """Only words meant for the bot."""
        addressed = await Addressed()(message, turn)
        if not isinstance(addressed, dict) or not turn.who.is_member:
            return False
        if is_no_order(addressed["words"]):
            return False
        order = read_order(addressed["words"], _this_month(turn, press))
        return {"order": order} if order else False


class AsksFigure(Filter):
    """「乌职院双师比例到75了没」 from a member. Gives `question`."""

    async def __call__(
        self, message: Message, turn: Turn, state: FSMContext, press: Press, office: Office | None = None
    ) -> bool | dict[str, Any]:
        """A unit, a time or 我们 must tie the words to what was reported; anything else is for the library.

        在岗实习153人，其余没变化的话按上月 gives figures, though it has words of a question.
        """
        addressed = await Addressed()(message, turn)
        if not isinstance(addressed, dict) or not turn.who.is_member or not sounds_like_question(addressed["words"]):
            return False
        if turn.who.is_secretariat and returns_figure(addressed["words"]):
            return False  # 某校的数不对吧，退回去
        units = [Known(unit.id, unit.kind, tuple(names_of(unit))) for unit in await list_units(turn.session)]
        own = _own(turn, units, addressed["words"])
        found = read_question(addressed["words"], _this_month(turn, press), press.office.house.forms, units, own)
        if found is None:
            return False
        reports = found.threshold is None and turn.who.unit_ids
        if office and reports and await hear_figures(turn, office, await place_of(turn, state), addressed["words"]):
            return False
        return {"question": found}


def router() -> Router:
    """Before questions: the words name a digest, or an indicator and whose or when."""
    made = Router(name="digests")
    made.message.register(by_command, Command("digest"))
    made.message.register(links.send_page, Matches(F.text.regexp(links.WORDS)), Private(), Secretariat())
    made.message.register(in_words, OrdersDigest())
    made.message.register(ask_figure, AsksFigure())
    for action, handler in (
        ("digest_issue", ask_approval),
        ("digest_confirm", approve),
        ("digest_publish", publish),
        ("digest_again", again),
        ("digest_figures", show_figures),
        ("digest_words", show_words),
        ("digest_open", open_units),
        ("digest_unit", open_unit),
        ("digest_sentence", open_words),
        ("digest_page", links.press_page),
    ):
        made.callback_query.register(handler, Pressing(action))
    return made


async def by_command(message: Message, command: CommandObject, turn: Turn, press: Press) -> None:
    """`/digest [PERIOD] [docx] [xlsx]`."""
    order = read_command(command.args or "", _this_month(turn, press))
    if order is None:
        await turn.say("digests.usage", given=(command.args or "")[:60])
        return
    await order_digest(turn, press, order)


async def in_words(message: Message, turn: Turn, press: Press, order: DigestOrder) -> None:
    """The same in words."""
    await order_digest(turn, press, order)


async def order_digest(turn: Turn, press: Press, order: DigestOrder) -> None:
    """Promise it, in private; making it takes seconds."""
    if audience_of(turn.who) is None:
        await turn.say("digests.not_yours", units=[seat.unit_name for seat in turn.who.seats if seat.unit_name])
        return
    period = order.period or press.office.latest_due(turn.now)
    if not turn.is_private:
        await turn.say("digests.in_private", period=period.label)
    else:
        await turn.say("digests.making", period=period.label)
    payload: dict[str, Any] = {"period": str(period), "formats": list(order.formats)}
    if order.with_unreviewed:
        payload["accepted_only"] = False
    await _promise(turn, "digest", payload)


async def ask_figure(message: Message, turn: Turn, press: Press, question: FigureQuestion) -> None:
    """One figure: all units' for those who read digests, one's own for everybody else."""
    own = sorted(turn.who.unit_ids)
    unit_id = question.unit_id or (None if audience_of(turn.who) or not own else own[0])
    if not (may_see_unit(turn.who, unit_id) if unit_id else audience_of(turn.who)):
        await turn.say("digests.not_your_unit")
        return
    period = question.period or press.office.latest_due(turn.now)
    payload = {
        "key": question.key,
        "unit_id": unit_id,
        "period": str(period),
        "against": str(question.against) if question.against not in (None, period) else None,
        "threshold": str(question.threshold) if question.threshold is not None else None,
    }
    await turn.say("digests.counting" if turn.is_private else "digests.counting_in_private", period=period.label)
    await _promise(turn, "digest_figure", payload)


async def again(query: CallbackQuery, turn: Turn, press: Press, pressed: Pressed) -> None:
    """The same digest with reports that wait for acceptance."""
    period = Period.of(pressed.payload["period"])
    await turn.say("digests.making", period=period.label)
    await _promise(turn, "digest", dict(pressed.payload))


async def ask_approval(query: CallbackQuery, turn: Turn, press: Press, pressed: Pressed) -> None:
    """Numbers cannot be taken back: say what issuing means, ask once."""
    turn.who.require_secretariat()
    edition = await get_edition(turn.session, int(pressed.payload["edition_id"]))
    values: dict[str, Any] = {"period": Period.of(edition.period).label, "cutoff": edition.cutoff.isoformat()}
    values |= {"accepted_only": edition.accepted_only, "unreviewed": edition.summary.get("unreviewed", 0)}
    await turn.say("digests.confirm", confirm_buttons(edition.id), **values)


async def approve(query: CallbackQuery, turn: Turn, press: Press, pressed: Pressed) -> None:
    """Issue it: it gets its numbers now and its final files in a moment."""
    edition = await approve_digest(turn.session, press, turn.who, int(pressed.payload["edition_id"]), now=turn.now)
    await close_buttons(turn.session, pressed.outbox_id, now=turn.now)
    period = Period.of(edition.period).label
    await turn.say("digests.approved", period=period, number=edition.number, total=edition.total_number)
    await _promise(turn, "digest_issue", {"edition_id": edition.id}, business_key=f"digest_issue:{edition.id}")


async def publish(query: CallbackQuery, turn: Turn, press: Press, pressed: Pressed) -> None:
    """Post the group's version, once."""
    edition_id, chat_id = int(pressed.payload["edition_id"]), int(pressed.payload["chat_id"])
    title = await publish_digest(turn.session, turn.who, edition_id, chat_id, now=turn.now)
    if title is None:
        turn.hint("digests.published_before")
        return
    await turn.say("digests.published", title=title)


async def show_figures(query: CallbackQuery, turn: Turn, press: Press, pressed: Pressed) -> None:
    """The headlines as buttons."""
    turn.who.require_secretariat()
    edition = await get_edition(turn.session, int(pressed.payload["edition_id"]))
    await turn.say("digests.figures", figure_buttons(edition), period=Period.of(edition.period).label)


async def show_words(query: CallbackQuery, turn: Turn, press: Press, pressed: Pressed) -> None:
    """The sentences with their units, each to be opened."""
    turn.who.require_secretariat()
    edition = await get_edition(turn.session, int(pressed.payload["edition_id"]))
    sentences = edition.sources[1]["sentences"]
    period = Period.of(edition.period).label
    await turn.say("digests.sentences", sentence_buttons(edition), period=period, sentences=sentences)


async def open_units(query: CallbackQuery, turn: Turn, press: Press, pressed: Pressed) -> None:
    """A figure unit by unit."""
    turn.who.require_secretariat()
    await turn.say("digests.counting", period=Period.of(pressed.payload["period"]).label)
    await _promise(turn, "digest_units", dict(pressed.payload))


async def open_unit(query: CallbackQuery, turn: Turn, press: Press, pressed: Pressed) -> None:
    """A unit's answers behind the figure."""
    asked, library = pressed.payload, press.office.library
    period, unit_id = Period.of(asked["period"]), int(asked["unit_id"])
    answers = await open_answers(turn.session, library, turn.who, unit_id, asked["keys"], period)
    await turn.say("digests.answers", answers=answers)


async def open_words(query: CallbackQuery, turn: Turn, press: Press, pressed: Pressed) -> None:
    """The answers that a sentence stands on."""
    replies = [int(one) for one in pressed.payload["replies"]]
    await turn.say(
        "digests.answers", answers=await open_sentence(turn.session, press.office.library, turn.who, replies)
    )


async def _promise(turn: Turn, kind: str, payload: dict[str, Any], *, business_key: str | None = None) -> None:
    """For the person's own chat: digests are never made in a group."""
    progress = turn.posted[-1] if turn.is_private and turn.posted else None
    payload = {**payload, "person_id": turn.who.person_id, "progress": progress}
    if not turn.who.telegram_id:
        raise NotAllowed(needs="account")
    turn.has_work = True
    chat_id = turn.chat_id if turn.is_private else turn.who.telegram_id
    await promise(turn.session, Work(kind, payload, chat_id), now=turn.now, business_key=business_key)


def _own(turn: Turn, units: list[Known], words: str) -> Known | None:
    """The one unit of somebody who speaks of it, or who reads no other figures."""
    mine = [one for one in units if one.unit_id in turn.who.unit_ids]
    means = speaks_of_own(words) or audience_of(turn.who) is None
    return mine[0] if len(mine) == 1 and means else None


def _this_month(turn: Turn, press: Press) -> Period:
    return Period.month_of(press.office.today(turn.now))

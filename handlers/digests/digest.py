"""Digests: asked for by command or in words, opened down to the replies, approved, sent to groups."""

from typing import Any

from aiogram import F, Router
from aiogram.filters import Command, CommandObject
from aiogram.types import CallbackQuery, Message

from handlers.digests import links
from handlers.digests.filters import AsksFigure, OrdersDigest, this_month
from handlers.digests.pages import confirm_buttons, figure_buttons, sentence_buttons
from handlers.filters import Matches, Pressing, Private, Secretariat
from handlers.questions.ask import take_question
from handlers.turn import Turn
from services.digests.asking import DigestOrder, FigureQuestion, read_command
from services.digests.issuing.editions import approve_digest, audience_of, get_edition, publish_digest
from services.digests.issuing.opening import may_see_unit, open_answers, open_sentence
from services.digests.issuing.press import Press
from services.digests.whose import speaks_of_others
from services.errands import Work, promise
from services.errors import NotAllowed
from services.outbox import Pressed, close_buttons
from services.periods import Period


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
    order = read_command(command.args or "", this_month(turn, press))
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
    if order.to:
        await turn.say("digests.not_sent_on", to=order.to, is_secretariat=turn.who.is_secretariat)
    if not turn.is_private:
        await turn.say("digests.in_private", period=period.label)
    else:
        await turn.say("digests.making", period=period.label)
    payload: dict[str, Any] = {"period": str(period), "formats": list(order.formats)}
    if order.with_unreviewed:
        payload["accepted_only"] = False
    await _promise(turn, "digest", payload)


async def ask_figure(
    message: Message, turn: Turn, press: Press, question: FigureQuestion, words: str, chat_row: Any = None
) -> None:
    """One figure: all units' for those who read digests, one's own for everybody else.

    Others' figures are told when the library has them; only what stands in reports alone is refused.
    """
    own = [] if speaks_of_others(words) else sorted(turn.who.unit_ids)
    unit_id = question.unit_id or (None if audience_of(turn.who) or not own else own[0])
    if not (may_see_unit(turn.who, unit_id) if unit_id else audience_of(turn.who)):
        if question.period is not None and question.period.month:  # of a month only reports tell
            await turn.say("digests.not_your_unit")
        else:
            await take_question(turn, words, chat_row, otherwise="digests.not_your_unit")
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

"""Tables sent back: taken from those who speak for a unit, read after the commit."""

from typing import Any

from aiogram import F, Router
from aiogram.filters import Filter
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from handlers.checkins.filling import take_words
from handlers.checkins.filters import sheet_in_hand
from handlers.checkins.pages import Filling, place_of
from handlers.filters import Matches, Pressing, Private
from handlers.turn import Turn
from services.checkins.errors import NothingDue
from services.checkins.filling.hearing import hear
from services.checkins.office import Office
from services.checkins.reviewing.evidence import CAPTION, list_evidence
from services.checkins.standing.finding import get_sheet
from services.checkins.standing.sheets import Sheet
from services.library.uploads import SentFile, check_file
from services.outbox import Attachment, Button, Pressed, close_buttons
from services.tickets.desk import Desk

SUFFIXES = (".xlsx", ".csv")


class SendsFigures(Filter):
    """A table from somebody who speaks for a unit; from the secretariat only while it fills in."""

    async def __call__(self, message: Message, turn: Turn, state: FSMContext) -> bool:
        """Forwarded files are somebody else's."""
        document = message.document
        if document is None or message.forward_origin is not None:
            return False
        if not (document.file_name or "").lower().endswith(SUFFIXES):
            return False
        filling = await state.get_state() == Filling.on.state
        return filling or (bool(turn.who.unit_ids) and not turn.who.is_secretariat)


class SendsEvidence(Filter):
    """A file or picture whose caption says 佐证, from somebody with a check-in in hand. Gives `sheet`."""

    async def __call__(self, message: Message, turn: Turn, state: FSMContext, office: Office) -> bool | dict[str, Any]:
        """In private only."""
        if not (message.document or message.photo) or not CAPTION.search(message.caption or ""):
            return False
        if not turn.is_private or not turn.who.is_member:
            return False
        sheet = await sheet_in_hand(turn, state, office)
        return {"sheet": sheet} if sheet is not None else False


class SendsLooseFile(Filter):
    """A file while a check-in is being filled in or mended, or a picture at any time. Gives `sheet`.

    Whatever a caption says beside, it does not say that the file is evidence: that is asked.
    """

    async def __call__(self, message: Message, turn: Turn, state: FSMContext, office: Office) -> bool | dict[str, Any]:
        """Tables are figures; of other files the caption alone is read."""
        name = (message.document.file_name or "").lower() if message.document else ""
        if not (message.document or message.photo) or name.endswith(SUFFIXES):
            return False
        if not turn.is_private or not turn.who.unit_ids or message.forward_origin is not None:
            return False
        try:
            sheet = await sheet_in_hand(turn, state, office)
        except NothingDue:
            return False
        if sheet is None or (message.document and not (sheet.draft or sheet.submission.state == "returned")):
            return False
        return {"sheet": sheet}


def router() -> Router:
    """Before the library, which takes every other file."""
    made = Router(name="checkin_files")
    made.message.register(take_evidence, SendsEvidence())
    made.message.register(ask_purpose, SendsLooseFile())
    made.callback_query.register(press_evidence, Pressing("checkin_take_evidence"))
    made.callback_query.register(show_evidence, Pressing("checkin_evidence"))
    made.message.register(take_sheet, Matches(F.document), Private(), SendsFigures())
    return made


async def take_evidence(message: Message, turn: Turn, sheet: Sheet) -> None:
    """Queue the fetching."""
    await turn.promise(
        "checkin_evidence", _payload(message, turn, sheet), business_key=f"checkin_evidence:{turn.update_id}"
    )


async def ask_purpose(
    message: Message, turn: Turn, state: FSMContext, office: Office, sheet: Sheet, desk: Desk, username: str
) -> None:
    """Evidence for the check-in, or something for the library? Figures of the caption go to the form."""
    caption = message.caption or ""
    place = await place_of(turn, state)
    heard = await hear(turn.session, office, turn.who, place, caption, now=turn.now) if caption else None
    if heard is not None and heard.kind == "refused":
        await turn.say("checkins.refuse_pii")
        return
    given = _payload(message, turn, sheet)
    buttons: list[tuple[Button, ...]] = [(Button("checkins.button_evidence", "checkin_take_evidence", given),)]
    if message.document:
        check_file(SentFile(given["file_id"], given["name"], given["size"]), desk.max_file_mb)
        offered = {name: given[name] for name in ("file_id", "name", "size", "caption")}
        offered["message_id"] = turn.message_id
        buttons.append((Button("kb.button_offer", "kb_offer", offered),))
    buttons[-1] += (Button("kb.button_cancel", "kb_cancel"),)
    reads = heard is not None and heard.kind == "reading"
    values = {"name": given["name"], "period": sheet.label, "reads_caption": reads, "is_picture": not message.document}
    await turn.say("checkins.file_purpose", buttons=tuple(buttons), **values)
    if heard is not None and reads:
        await take_words(message, turn, state, office, heard, caption, username)


async def press_evidence(query: CallbackQuery, turn: Turn, pressed: Pressed, office: Office) -> None:
    """It is evidence."""
    await close_buttons(turn.session, pressed.outbox_id, now=turn.now)
    await get_sheet(turn.session, office, turn.who, int(pressed.payload["submission_id"]))
    payload = {**pressed.payload, "person_id": turn.who.person_id}
    await turn.promise("checkin_evidence", payload, business_key=f"checkin_evidence:{turn.update_id}")


def _payload(message: Message, turn: Turn, sheet: Sheet) -> dict[str, Any]:
    file: Any = message.document or message.photo[-1]  # type: ignore[index]  # the filters saw one of both
    name = getattr(file, "file_name", None) or "照片.jpg"
    return {
        "file_id": file.file_id,
        "name": name[:120],
        "size": file.file_size or 0,
        "person_id": turn.who.person_id,
        "submission_id": sheet.submission.id,
        "caption": (message.caption or "")[:100],
    }


async def show_evidence(query: CallbackQuery, turn: Turn, pressed: Pressed, office: Office) -> None:
    """The files that were sent along, again."""
    sheet = await get_sheet(turn.session, office, turn.who, int(pressed.payload["submission_id"]))
    for one in await list_evidence(turn.session, sheet.submission.id):
        label = sheet.form.label_of(one.key) if one.key else ""
        await turn.say("checkins.evidence", attachment=Attachment(one.path, one.name), label=label)


async def take_sheet(message: Message, turn: Turn, state: FSMContext) -> None:
    """Queue the reading; what it finds comes as a card."""
    document: Any = message.document
    data = await state.get_data() if await state.get_state() == Filling.on.state else {}
    await turn.say("checkins.sheet_reading")
    payload = {
        "file_id": document.file_id,
        "name": (document.file_name or "")[:120],
        "size": document.file_size or 0,
        "person_id": turn.who.person_id,
        "submission_id": data.get("submission_id"),
    }
    await turn.promise("checkin_sheet", payload, business_key=f"checkin_sheet:{turn.update_id}")

"""What comes into the library of tickets: a file that a member offered, a standard answer that two people want."""

from aiogram.types import CallbackQuery

from handlers.turn import Turn
from services.outbox import Pressed, close_buttons
from services.tickets.desk import Desk
from services.tickets.standards import approve_standard, decline_standard, propose_standard
from services.tickets.uploads import take_upload


async def press_take(query: CallbackQuery, turn: Turn, pressed: Pressed, desk: Desk) -> None:
    """Shelve the file that a member offered."""
    ticket_id, access = int(pressed.payload["ticket_id"]), str(pressed.payload["access"])
    upload = await take_upload(turn.session, turn.who, ticket_id, access, desk=desk, now=turn.now)
    await turn.say("tickets.taking", name=upload.name)
    payload = {**upload.as_payload(), "progress": turn.posted[-1]}
    await turn.promise("import_document", payload, business_key=f"import:ticket:{ticket_id}")


async def press_keep(query: CallbackQuery, turn: Turn, pressed: Pressed, desk: Desk) -> None:
    """Propose the answer as a standard answer."""
    ticket_id, access = int(pressed.payload["ticket_id"]), str(pressed.payload["access"])
    proposed = await propose_standard(turn.session, turn.who, ticket_id, access, desk=desk, now=turn.now)
    await close_buttons(turn.session, pressed.outbox_id, now=turn.now)
    await turn.change("tickets.proposed", alone=proposed.alone, asked=proposed.asked)


async def press_approve(query: CallbackQuery, turn: Turn, pressed: Pressed, desk: Desk) -> None:
    """The second person agrees; the index takes the answer in, then it is said."""
    approved = await approve_standard(
        turn.session, turn.who, int(pressed.payload["ticket_id"]), desk=desk, now=turn.now
    )
    await close_buttons(turn.session, pressed.outbox_id, now=turn.now)
    await turn.change("tickets.approving")
    values = {"question": approved.title, "alone": bool(pressed.values.get("alone"))}
    await turn.promise("sync_index", {"key": "tickets.approved", "values": values, "progress": turn.posted[-1]})


async def press_disapprove(query: CallbackQuery, turn: Turn, pressed: Pressed) -> None:
    """The second person does not agree."""
    await decline_standard(turn.session, turn.who, int(pressed.payload["ticket_id"]), now=turn.now)
    await close_buttons(turn.session, pressed.outbox_id, now=turn.now)
    await turn.change("tickets.disapproved")

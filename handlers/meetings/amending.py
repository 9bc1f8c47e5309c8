"""Decisions on their cards, settled and confirmed in words: the same as by their buttons. For the secretariat."""

from collections.abc import Sequence
from typing import Any

from aiogram import F, Router
from aiogram.filters import Filter
from aiogram.types import Message

from handlers.filters import Matches, Private, Secretariat
from handlers.meetings.decision_pages import confirmed_page, read_back
from handlers.turn import Turn
from services.meetings.items.deciding import (
    confirm_decision,
    find_issued,
    list_drafts,
    missing_of,
    settle_due,
    settle_owner,
)
from services.meetings.office import MeetingOffice
from services.meetings.reading.amending import Amendment, confirms, find_named, read_amendment
from services.meetings.standing.finding import find_current_meeting
from services.meetings.standing.topics import load_unit_names
from services.models import ActionItem, Decision
from services.outbox import find_last_said

CARDS = ("meetings.draft", "meetings.confirmed", "meetings.draft_unsettled", "meetings.which_draft")


class Amends(Filter):
    """第三条的责任单位是…，期限12月31日, while decisions wait to be confirmed. Gives `amendment` and `drafts`."""

    async def __call__(self, message: Message, turn: Turn, meeting_office: MeetingOffice) -> bool | dict[str, Any]:
        """Where none waits, the words are about something else."""
        amendment = read_amendment(message.text or "", await load_unit_names(turn.session))
        drafts = await _waiting(turn, meeting_office) if amendment is not None else []
        return {"amendment": amendment, "drafts": drafts} if drafts else False


async def _may_be_issued(turn: Turn, amendment: Amendment) -> bool:
    """第三条 may be an item that was sent out, unless the newest message asked which draft is meant."""
    if not amendment.number or not await find_issued(turn.session, amendment.number):
        return False
    last = await find_last_said(turn.session, turn.chat_id)
    return last is None or last.text_key != "meetings.which_draft"


class Confirms(Filter):
    """都对，确认, right after cards. Gives `drafts` and `many`."""

    async def __call__(self, message: Message, turn: Turn, meeting_office: MeetingOffice) -> bool | dict[str, Any]:
        """What was said last must be such a card."""
        how = confirms(message.text or "")
        last = await find_last_said(turn.session, turn.chat_id) if how else None
        drafts = await _waiting(turn, meeting_office) if last is not None and last.text_key in CARDS else []
        return {"drafts": drafts, "many": how == "all"} if drafts else False


def router() -> Router:
    """Before decisions are keyed: what amends a card is no new line."""
    made = Router(name="amending")
    made.message.register(amend, Matches(F.text), Private(), Secretariat(), Amends())
    made.message.register(confirm, Matches(F.text), Private(), Secretariat(), Confirms())
    return made


async def amend(
    message: Message, turn: Turn, amendment: Amendment, drafts: list[Decision], meeting_office: MeetingOffice
) -> None:
    """Change the one that is meant and show its card; where that is not clear, ask."""
    draft = None if await _may_be_issued(turn, amendment) else _meant(amendment, drafts)
    if draft is None:
        await _ask_which(turn, drafts, await find_issued(turn.session, amendment.number) if amendment.number else ())
        return
    if amendment.owners:
        draft = await settle_owner(turn.session, turn.who, draft.id, amendment.owners, now=turn.now)
    if amendment.due:
        draft = await settle_due(turn.session, meeting_office, turn.who, draft.id, amendment.due, now=turn.now)
    await read_back(turn, draft)


async def confirm(
    message: Message, turn: Turn, drafts: list[Decision], many: bool, meeting_office: MeetingOffice
) -> None:
    """Confirm all that lack nothing, and show the others; one of several must be named."""
    if len(drafts) > 1 and not many:
        await _ask_which(turn, drafts)
        return
    for draft in drafts:
        if missing_of(draft):
            await read_back(turn, draft)
        else:
            item = await confirm_decision(turn.session, meeting_office, turn.who, draft.id, now=turn.now)
            buttons, values = confirmed_page(meeting_office, item, meeting_office.today(turn.now))
            await turn.say("meetings.confirmed", buttons, **values)


async def _waiting(turn: Turn, office: MeetingOffice) -> list[Decision]:
    meeting = await find_current_meeting(turn.session, office, now=turn.now)
    return await list_drafts(turn.session, meeting) if meeting is not None else []


def _meant(amendment: Amendment, drafts: list[Decision]) -> Decision | None:
    if amendment.number:
        return drafts[amendment.number - 1] if amendment.number <= len(drafts) else None
    if amendment.named:
        at = find_named(amendment.named, [one.text for one in drafts])
        return drafts[at] if at is not None else None
    return drafts[-1]


async def _ask_which(turn: Turn, drafts: list[Decision], issued: Sequence[ActionItem] = ()) -> None:
    """`issued`: items of the number said that were sent out, so that nobody takes the one for the other."""
    sent = [{"number": one.number, "text": one.text} for one in issued]
    await turn.say("meetings.which_draft", texts=[one.text for one in drafts], issued=sent)

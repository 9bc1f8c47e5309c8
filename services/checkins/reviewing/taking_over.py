"""Filling in for a unit that has begun itself: its draft is put away unread, and its people get their figures back."""

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from services.checkins.filling.cards import make_card
from services.checkins.filling.drafting import drop_draft
from services.checkins.office import Office
from services.checkins.running.telling import recipients_of
from services.checkins.standing.sheets import Sheet
from services.members.actors import Actor
from services.outbox import Address, Note, post
from services.outbox.posting import Timing


async def put_draft_away(session: AsyncSession, office: Office, actor: Actor, sheet: Sheet, *, now: datetime) -> Sheet:
    """Drop what the unit had drafted; its people are sent what it was, so that nothing is lost. Returns the sheet then.

    Raises:
        NotAllowed: not the secretariat.
    """
    actor.require_secretariat()
    card = make_card(sheet, now).values
    shown = ("unit", "period", "texts", "registering")
    drafted = [row for row in card["rows"] if row["key"] in sheet.draft]
    note = Note("checkin_review.draft_put_away", {**{name: card[name] for name in shown}, "rows": drafted})
    for one in await recipients_of(session, sheet.submission):
        key = f"checkin_put_away:{sheet.submission.id}:{sheet.submission.version}:{one.telegram_id}"
        to, at = Address(one.telegram_id, person_id=one.person_id), office.quiet_hours.next_send_at(now)
        await post(session, note, to, now=now, business_key=key, timing=Timing(at))
    return await drop_draft(session, actor, sheet, now=now, put_away=True)

"""Files that members offered and the secretariat takes in."""

from dataclasses import replace
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from services import audit
from services.library.captions import Order
from services.library.uploads import SentFile, Upload, order_import
from services.members.actors import Actor
from services.tickets.desk import Desk
from services.tickets.handling import get_waiting
from services.tickets.notices import settle_notices


async def take_upload(
    session: AsyncSession, actor: Actor, ticket_id: int, access: str, *, desk: Desk, now: datetime
) -> Upload:
    """The order to shelve the file of this ticket; its asker is told once it stands on the shelf.

    Raises:
        NotAllowed: not of the secretariat.
        TicketTaken: somebody decided before.
    """
    actor.require_secretariat()
    ticket = await get_waiting(session, actor, ticket_id)
    file = SentFile(ticket.file["file_id"], ticket.file["name"], ticket.file["size"])
    upload = await order_import(session, actor, file, Order("shelve", access), max_file_mb=desk.max_file_mb)
    ticket.state, ticket.answered_by, ticket.answered_at = "answered", actor.person_id, now
    audit.record(session, "take", "ticket", ticket.id, by=actor.person_id, now=now, access=access)
    await settle_notices(session, ticket, actor.name, now=now)
    return replace(upload, ticket_id=ticket.id)

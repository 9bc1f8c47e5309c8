"""Questions that wait for people: all of them for the secretariat, those handed to somebody, one's own."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, or_, select, true
from sqlalchemy.ext.asyncio import AsyncSession

from services.errors import Ambiguous, NotFound
from services.members.actors import Actor
from services.models import Person, Ticket
from services.models.tickets import WAITING


@dataclass(frozen=True)
class Waiting:
    """An open question or file: who asked, until when an answer is due, to whom it was handed."""

    number: int
    kind: str
    words: str
    asker: str
    due_at: datetime
    handed_to: str

    def is_overdue(self, now: datetime) -> bool:
        """Whether the answer is late."""
        return self.due_at < now


async def list_owed(session: AsyncSession, actor: Actor) -> list[Waiting]:
    """What the person owes an answer to: what was handed to them; the secretariat also what nobody was given."""
    mine = Ticket.assigned_to == actor.person_id
    return await _list(session, or_(mine, Ticket.assigned_to.is_(None)) if actor.is_secretariat else mine)


async def list_waiting(session: AsyncSession, actor: Actor) -> list[Waiting]:
    """What the person may answer, the nearest term first: the secretariat whatever is open."""
    return await _list(session, true()) if actor.is_secretariat else await list_owed(session, actor)


async def list_asked(session: AsyncSession, actor: Actor) -> list[Waiting]:
    """What the person asked and nobody answered yet."""
    return await _list(session, Ticket.asker_id == actor.person_id)


async def find_number(session: AsyncSession, actor: Actor, number: int, *, is_own: bool = False) -> int:
    """The number of the question meant: the one that was said, else the only one that waits for this person.

    `is_own`: only what the person asked is meant.

    Raises:
        NotFound: nothing waits.
        Ambiguous: several do.
    """
    if number:
        return number
    owed = [] if is_own else await list_waiting(session, actor)
    owed = owed or await list_asked(session, actor)
    if not owed:
        raise NotFound(what="ticket", given="")
    if len(owed) > 1:
        raise Ambiguous(given="工单", candidates=[f"工单{one.number}" for one in owed])
    return owed[0].number


async def _list(session: AsyncSession, condition: ColumnElement[bool]) -> list[Waiting]:
    tickets = (
        await session.scalars(
            select(Ticket).where(condition, Ticket.state.in_(WAITING)).order_by(Ticket.due_at, Ticket.id)
        )
    ).all()
    ids = {one.asker_id for one in tickets} | {one.assigned_to for one in tickets}
    people = await session.scalars(select(Person).where(Person.id.in_(ids)))
    names = {one.id: one.name for one in people}
    return [
        Waiting(
            one.id,
            one.kind,
            one.text or str(one.file.get("name", "")),
            names.get(one.asker_id, ""),
            one.due_at,
            names.get(one.assigned_to or 0, ""),
        )
        for one in tickets
    ]

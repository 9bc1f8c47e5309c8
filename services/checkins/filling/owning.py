"""Whose answers stand in a draft: a unit and the secretariat never write over each other unseen."""

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from services.checkins.errors import UnitIsFilling
from services.checkins.form import State
from services.checkins.standing.sheets import Sheet
from services.members.actors import Actor
from services.models import Seat


async def count_own_draft(session: AsyncSession, sheet: Sheet) -> int:
    """How many drafted answers and rows come from the unit's own people, of today or before."""
    own = await _own_people(session, sheet)
    entries = [one for one in sheet.draft.values() if one.state != State.MISSING and one.changed_by in own]
    return len(entries) + sum(one.created_by in own for one in sheet.registered.drafts)


async def require_free(session: AsyncSession, actor: Actor, sheet: Sheet) -> None:
    """Let the secretariat write or file only where the unit has not begun itself.

    Raises:
        UnitIsFilling: it has.
    """
    if sheet.submission.unit_id in actor.unit_ids or not sheet.has_draft:
        return
    count = await count_own_draft(session, sheet)
    if count:
        raise UnitIsFilling(unit=sheet.submission.unit.name, period=sheet.label, count=count)


async def find_filled_for(session: AsyncSession, actor: Actor, sheet: Sheet) -> dict[str, int]:
    """The drafted answers that the secretariat gave for the actor's unit, each with who gave it."""
    others = {key: one for key, one in sheet.draft.items() if one.changed_by not in (None, actor.person_id)}
    if not others or sheet.submission.unit_id not in actor.unit_ids:
        return {}
    own = await _own_people(session, sheet)
    return {
        key: one.changed_by
        for key, one in others.items()
        if one.changed_by is not None and one.changed_by not in own and one.state != State.MISSING
    }


async def _own_people(session: AsyncSession, sheet: Sheet) -> set[int]:
    return set(await session.scalars(select(Seat.person_id).where(Seat.unit_id == sheet.submission.unit_id)))

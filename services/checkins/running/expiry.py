"""Agreements that run out: listed for whoever may see them, and told to the unit once, well ahead."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from services.calendar.zones import local_day
from services.checkins.office import Office
from services.checkins.running.recipients import find_recipients, pick
from services.members.actors import Actor
from services.models import RegisterRow
from services.outbox import Address, Button, Note, post
from services.outbox.posting import Timing
from services.registers.said import AGREEMENTS
from services.registers.showing import row_values

LISTED_AHEAD = timedelta(days=90)
STALE_AFTER = timedelta(days=10)
MOST_BUTTONS = 6


async def list_expiring(
    session: AsyncSession, actor: Actor, today: date, ahead: timedelta = LISTED_AHEAD
) -> list[RegisterRow]:
    """Agreements in the register that end within `ahead` or have ended already: own units', the secretariat's all."""
    query = select(RegisterRow).where(
        RegisterRow.register == AGREEMENTS, RegisterRow.state == "open", RegisterRow.ends_on <= today + ahead
    )
    if not actor.is_secretariat:
        query = query.where(RegisterRow.unit_id.in_(actor.unit_ids))
    return list(await session.scalars(query.order_by(RegisterRow.ends_on, RegisterRow.id)))


async def remind_expiring(session: AsyncSession, office: Office, *, now: datetime) -> int:
    """Tell each unit of its agreements that end soon, in one message, within sending hours; returns how many.

    A unit hears of an expiry once and gets at most one such message in a month: what ends within twice the notice is
    told with what ends within it. Nobody is told twice of the same day; a changed day is told anew.
    """
    today = local_day(now, office.zone)
    notice = timedelta(days=office.settings.agreement_notice_days)
    rows = await session.scalars(
        select(RegisterRow)
        .where(
            RegisterRow.register == AGREEMENTS,
            RegisterRow.state == "open",
            RegisterRow.ends_on >= today,
            RegisterRow.ends_on <= today + 2 * notice,
        )
        .order_by(RegisterRow.unit_id, RegisterRow.ends_on, RegisterRow.id)
    )
    by_unit: dict[int, list[RegisterRow]] = {}
    for row in rows:
        if row.reminded_for != row.ends_on:
            by_unit.setdefault(row.unit_id, []).append(row)
    due = {unit: found for unit, found in by_unit.items() if found[0].ends_on and found[0].ends_on <= today + notice}
    people = await find_recipients(session, due)
    posted = 0
    for unit_id, found in due.items():
        to = pick(people[unit_id], 0)
        if to is None:
            continue
        send_at = office.quiet_hours.next_send_at(now)
        key = f"registers:expiry:{unit_id}:{today:%Y-%m}"
        timing = Timing(send_at, send_at + STALE_AFTER)
        address = Address(to.telegram_id, person_id=to.person_id)
        if await post(session, _note(found, today), address, now=now, business_key=key, timing=timing):
            posted += 1
            for row in found:
                row.reminded_for = row.ends_on
    return posted


def _note(rows: Sequence[RegisterRow], today: date) -> Note:
    values = {"unit": rows[0].unit.name, "rows": [row_values(one, today) for one in rows]}
    buttons = tuple(
        (Button("registers.button_row", "register_row", {"row_id": one.id}, {"title": one.title}),)
        for one in rows[:MOST_BUTTONS]
    )
    return Note("registers.expiring", values, buttons)

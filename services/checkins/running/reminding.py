"""Reminding by hand: a preview first, the same limits and hours as the timetable's own reminders."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from services import audit
from services.calendar.zones import local_day
from services.checkins.office import Office
from services.checkins.running.cycles import list_owing, message_note, messages_by_unit
from services.checkins.running.recipients import Recipient, find_recipients, pick, why_unreachable
from services.members.actors import Actor
from services.members.units import unit_choices
from services.models import CheckinCycle, Submission
from services.outbox import Address, post
from services.outbox.posting import Timing

STALE_AFTER = timedelta(days=3)


@dataclass(frozen=True)
class Preview:
    """Whom a reminder would reach, and who is left out why: at the limit, asked for quiet, nobody to write to.

    `owes_nothing`: units that were named and have reported, or need not.
    """

    cycle_id: int
    send_at: datetime
    reached: tuple[tuple[str, str], ...]  # unit, role
    at_limit: tuple[str, ...]
    quiet: tuple[str, ...]
    unreachable: tuple[tuple[str, str], ...]  # unit, machine reason: nobody, never_started, or what the chat said
    owes_nothing: tuple[str, ...] = ()


async def preview_reminder(
    session: AsyncSession,
    office: Office,
    actor: Actor,
    cycle: CheckinCycle,
    *,
    now: datetime,
    unit_ids: Collection[int] = (),
) -> Preview:
    """What `send_reminder` would do now; with `unit_ids` for those alone.

    Raises:
        NotAllowed: not the secretariat.
    """
    actor.require_secretariat()
    return (await _choose(session, office, cycle, now, unit_ids))[1]


async def send_reminder(
    session: AsyncSession,
    office: Office,
    actor: Actor,
    cycle: CheckinCycle,
    *,
    now: datetime,
    unit_ids: Collection[int] = (),
) -> int:
    """Post it, once a day and unit; returns how many.

    Raises:
        NotAllowed: not the secretariat.
    """
    actor.require_secretariat()
    chosen, preview = await _choose(session, office, cycle, now, unit_ids)
    day, posted = local_day(now, office.zone), 0
    for submission, to in chosen:
        key = f"checkin:{cycle.period}:{submission.unit_id}:manual-{day:%Y%m%d}"
        timing = Timing(preview.send_at, preview.send_at + STALE_AFTER)
        address = Address(to.telegram_id, person_id=to.person_id)
        note = message_note(cycle, submission, "manual", now)
        posted += bool(await post(session, note, address, now=now, business_key=key, timing=timing))
    audit.record(session, "remind", "checkin_cycle", cycle.period, by=actor.person_id, now=now, posted=posted)
    return posted


async def _choose(
    session: AsyncSession, office: Office, cycle: CheckinCycle, now: datetime, unit_ids: Collection[int]
) -> tuple[list[tuple[Submission, Recipient]], Preview]:
    owing = [one for one in await list_owing(session, cycle) if not unit_ids or one.unit_id in unit_ids]
    messages = await messages_by_unit(session, cycle.period)
    people = await find_recipients(session, [one.unit_id for one in owing])
    reasons = await why_unreachable(session, [unit_id for unit_id, found in people.items() if not found])
    chosen, at_limit, quiet, unreachable = [], [], [], []
    for submission in owing:
        sent = len(messages.get(submission.unit_id, ()))
        to = pick(people[submission.unit_id], sent)
        if submission.quiet_until is not None and submission.quiet_until > now:
            quiet.append(submission.unit.name)
        elif to is None:
            unreachable.append((submission.unit.name, reasons[submission.unit_id]))
        elif sent >= office.settings.most_messages:
            at_limit.append(submission.unit.name)
        else:
            chosen.append((submission, to))
    preview = Preview(
        cycle_id=cycle.id,
        send_at=office.quiet_hours.next_send_at(now, due_on=local_day(cycle.due_at, office.zone)),
        reached=tuple((submission.unit.name, to.role) for submission, to in chosen),
        at_limit=tuple(at_limit),
        quiet=tuple(quiet),
        unreachable=tuple(unreachable),
        owes_nothing=tuple(
            name for _, name in await unit_choices(session, set(unit_ids) - {one.unit_id for one in owing})
        ),
    )
    return chosen, preview

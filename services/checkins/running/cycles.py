"""Opening cycles, inviting, reminding, locking: each tick does what has become due, once."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from services import audit
from services.calendar.reporting import CheckinCycle as Plan
from services.calendar.zones import local_day
from services.chats import list_bound_chats
from services.checkins.office import Office
from services.checkins.running.recipients import Recipient, find_recipients, pick
from services.checkins.standing.finding import OWING
from services.checkins.standing.sheets import label_of_cycle
from services.db import insert_into
from services.models import CheckinCycle, OutboxMessage, Submission, Unit
from services.outbox import Address, Note, post
from services.outbox.posting import Button, Timing
from services.periods import Period

STANDSTILL = timedelta(hours=1)
GROUP_NOTICE = "checkins.opened_group"


async def open_due_cycle(session: AsyncSession, office: Office, *, now: datetime) -> CheckinCycle | None:
    """Open the cycle whose window has begun, with a submission for every active unit; None when it stands already.

    A cycle whose due instant passed before the assistant was there is not opened: its moment is over.
    """
    plan = office.calendar.opened_by(now)
    if plan.due_at <= now:
        return None
    return await _open(session, office, plan, now)


async def open_cycle_for(
    session: AsyncSession, office: Office, period: Period, *, now: datetime, invite: bool = True
) -> CheckinCycle | None:
    """Open the cycle of a month by hand, early or late; None when it stands already.

    Opened before its day, the invitations leave at `now` (or at the next sending hour); after its due date, or without
    `invite`, nobody is written to.
    """
    plan = office.calendar.cycle(period)
    if now < plan.opens_at:
        plan = replace(plan, opens_at=now, invite_at=office.quiet_hours.next_send_at(now))
    return await _open(session, office, plan, now, invite=invite and now < plan.due_at)


async def _open(
    session: AsyncSession, office: Office, plan: Plan, now: datetime, *, invite: bool = True
) -> CheckinCycle | None:
    period = str(plan.month)
    opened = await session.execute(
        insert_into(session, CheckinCycle)
        .values(
            period=period,
            covers=[str(month) for month in plan.covers],
            opens_at=plan.opens_at,
            invite_at=plan.invite_at,
            due_at=plan.due_at,
            reminders=[{"key": one.key, "at": one.at.isoformat()} for one in plan.reminders],
            opened_at=now,
        )
        .on_conflict_do_nothing(index_elements=["period"])
        .returning(CheckinCycle.id)
    )
    cycle_id = opened.scalar_one_or_none()
    if cycle_id is None:
        return None
    cycle = await session.get(CheckinCycle, cycle_id)
    assert cycle is not None
    await _expect_everybody(session, office, cycle, plan)
    if invite:
        await _invite(session, cycle)
    audit.record(session, "open", "checkin_cycle", period, by=None, now=now)
    return cycle


async def remind_due(session: AsyncSession, office: Office, *, now: datetime) -> int:
    """Post the reminders that have come due to units that still owe their check-in; returns how many.

    At most `checkins.most_messages` a unit and period, one person at a time down the ladder; of several reminders that
    were missed only the last is sent; one that fell into a time of asked quiet is not sent when that ends; a reminder
    after the due instant is not sent at all.
    """
    posted = 0
    cycles = await session.scalars(
        select(CheckinCycle).where(CheckinCycle.locked_at.is_(None), CheckinCycle.due_at > now)
    )
    for cycle in cycles:
        due = [(i, one) for i, one in enumerate(cycle.reminders, 1) if datetime.fromisoformat(one["at"]) <= now]
        if due:
            step, reminder = due[-1]
            at = datetime.fromisoformat(reminder["at"])
            owing = [one for one in await list_owing(session, cycle) if not one.quiet_until or one.quiet_until <= at]
            posted += await _post_to_units(session, office, cycle, owing, (reminder["key"], step, now))
    return posted


async def lock_due(session: AsyncSession, office: Office, *, now: datetime) -> list[CheckinCycle]:
    """Lock cycles that are long past due: after this a figure changes only by a correction with a reason."""
    before = now - timedelta(days=office.settings.locks_after_days)
    cycles = list(
        await session.scalars(
            select(CheckinCycle).where(CheckinCycle.locked_at.is_(None), CheckinCycle.due_at <= before)
        )
    )
    for cycle in cycles:
        cycle.locked_at = now
        audit.record(session, "lock", "checkin_cycle", cycle.period, by=None, now=now)
    return cycles


async def _expect_everybody(session: AsyncSession, office: Office, cycle: CheckinCycle, plan: Plan) -> None:
    units = await session.scalars(select(Unit).where(Unit.active.is_(True)).order_by(Unit.id))
    for unit in units:
        if not office.forms.has(unit.kind):
            continue
        form = office.forms.current(unit.kind)
        session.add(
            Submission(
                cycle_id=cycle.id,
                unit_id=unit.id,
                form_id=form.id,
                form_version=form.version,
                short_form=unit.short_form and bool(form.short_form),
                optional=bool(form.optional_except) and plan.month.month not in form.optional_except,
                state="expected",
                due_at=cycle.due_at,
                version=1,
            )
        )
    await session.flush()


async def _invite(session: AsyncSession, cycle: CheckinCycle) -> None:
    submissions = list(await session.scalars(select(Submission).where(Submission.cycle_id == cycle.id)))
    owed = [one for one in submissions if not one.optional]
    people = await find_recipients(session, [one.unit_id for one in owed])
    for submission in owed:
        await _post_one(session, cycle, submission, pick(people[submission.unit_id], 0), ("invite", cycle.invite_at))
    note = Note(GROUP_NOTICE, {"period": label_of_cycle(cycle), "due_at": cycle.due_at.isoformat()})
    for chat in await list_bound_chats(session):
        await post(
            session,
            note,
            Address(chat.chat_id, chat.notice_thread_id),
            now=cycle.invite_at,
            business_key=f"checkin:{cycle.period}:group{chat.chat_id}:open",
            timing=Timing(cycle.invite_at, cycle.due_at),
        )


async def list_owing(session: AsyncSession, cycle: CheckinCycle) -> list[Submission]:
    """Check-ins of the cycle that are owed and not in."""
    rows = await session.scalars(
        select(Submission)
        .where(Submission.cycle_id == cycle.id, Submission.state.in_(OWING), Submission.optional.is_(False))
        .order_by(Submission.unit_id)
    )
    return list(rows)


def message_note(cycle: CheckinCycle, submission: Submission, kind: str, now: datetime) -> Note:
    """The invitation or reminder of one unit, with its button."""
    values = {
        "unit": submission.unit.name,
        "kind": submission.unit.kind,
        "period": label_of_cycle(cycle),
        "due_at": submission.due_at.isoformat(),
        "is_overdue": now > submission.due_at,
        "has_draft": submission.state == "draft",
        "is_returned": submission.state == "returned",
    }
    key = "checkins.invite" if kind == "invite" else "checkins.remind"
    return Note(key, values, ((Button("checkins.button_begin", "checkin_begin", {"submission_id": submission.id}),),))


async def _post_to_units(
    session: AsyncSession,
    office: Office,
    cycle: CheckinCycle,
    owing: Sequence[Submission],
    what: tuple[str, int, datetime],
) -> int:
    kind, step, now = what
    sent = await messages_by_unit(session, cycle.period)
    owing = [one for one in owing if kind not in sent.get(one.unit_id, ())]
    owing = [one for one in owing if len(sent.get(one.unit_id, ())) < office.settings.most_messages]
    people = await find_recipients(session, [one.unit_id for one in owing])
    posted = 0
    for submission in owing:
        at = _send_at(office, cycle, kind, now)
        posted += await _post_one(session, cycle, submission, pick(people[submission.unit_id], step), (kind, at))
    return posted


async def messages_by_unit(session: AsyncSession, period: str) -> dict[int, list[str]]:
    """The kinds of messages that each unit got or will get in a period."""
    prefix = f"checkin:{period}:"
    keys = await session.scalars(
        select(OutboxMessage.business_key).where(
            OutboxMessage.business_key.startswith(prefix, autoescape=True), OutboxMessage.state != "dead"
        )
    )
    found: dict[int, list[str]] = {}
    for key in keys:
        unit_id, _, kind = (key or "").removeprefix(prefix).partition(":")
        if unit_id.isdigit():
            found.setdefault(int(unit_id), []).append(kind)
    return found


def _send_at(office: Office, cycle: CheckinCycle, kind: str, now: datetime) -> datetime:
    """The planned instant; after a standstill, when that has passed, now or the next sending hour."""
    planned = {one["key"]: datetime.fromisoformat(one["at"]) for one in cycle.reminders}.get(kind, cycle.invite_at)
    if now <= planned:
        return planned
    open_at = office.quiet_hours.next_send_at(now, due_on=local_day(cycle.due_at, office.zone))
    return planned if open_at == now and now - planned < STANDSTILL else open_at


async def _post_one(
    session: AsyncSession, cycle: CheckinCycle, submission: Submission, to: Recipient | None, what: tuple[str, datetime]
) -> int:
    """Post one unit's invitation or reminder; the unique key of cycle, unit and kind keeps it from going twice."""
    if to is None:
        return 0
    kind, at = what
    posted = await post(
        session,
        message_note(cycle, submission, kind, at),
        Address(to.telegram_id, person_id=to.person_id),
        now=at,
        business_key=f"checkin:{cycle.period}:{submission.unit_id}:{kind}",
        timing=Timing(at, submission.due_at),
    )
    return 1 if posted else 0

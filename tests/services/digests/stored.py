"""Years of check-ins in a database: drawn from a fixed seed, written in bulk, as filed and accepted reports are."""

import random
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import func, insert, select

from services.checkins.form import State
from services.models import CheckinCycle, CheckinEntry, EntryVersion, Submission, Unit
from services.periods import Period
from tests.services.digests.years import _value, due_at, form_of

SPOKEN = {
    "highlights": ("与成员企业共建产业学院，首批{n}名学生进入车间实习。", "举办校企对接会{n}场。", "暂无"),
    "issues": ("教师企业实践补贴经费未到位，建议提请联席会研究。", "技能岗位招聘困难，缺口{n}人。", "无"),
    "policy_asks": ("产教融合型企业认定细则不清楚。",),
    "next_plan": ("下月组织{n}名教师到企业实践。", "启动订单班第二期，计划招生{n}人。"),
}


def unit_rows(count: int) -> list[dict[str, Any]]:
    """Units of every kind, the first two of them schools that bear names of the cast."""
    kinds = ("school", "enterprise", "enterprise", "bureau", "association", "school")
    words = {"school": "职业学院", "enterprise": "制造公司", "bureau": "局", "association": "协会"}
    return [
        {
            "id": 100 + n,
            "name": f"第{n + 1}{words[kinds[n % 6]]}",
            "kind": kinds[n % 6],
            "council_role": "",
            "industry": "",
            "short_form": n % 7 == 0,
            "active": True,
            "created_at": datetime(2021, 1, 1, tzinfo=UTC),
        }
        for n in range(count)
    ]


async def store_years(session: Any, *, count: int = 40, first: Period, months: int = 24, seed: int = 7) -> None:
    """Units, cycles, submissions, filed figures and texts of so many months; about one in ten is missing."""
    draw = random.Random(seed)
    units = unit_rows(count)
    await session.execute(insert(Unit), units)
    spans = [first.shift(n) for n in range(months)]
    await session.execute(insert(CheckinCycle), [_cycle(number, month) for number, month in enumerate(spans, 1)])
    submissions = list(_submissions(draw, units, spans))
    await session.execute(insert(Submission), submissions)
    kinds = {unit["id"]: unit["kind"] for unit in units}
    for part in _parts(_entries(draw, submissions, spans, kinds), 50_000):
        await session.execute(insert(CheckinEntry), part)


def _cycle(number: int, month: Period) -> dict[str, Any]:
    due = due_at(month)
    opens = due - timedelta(days=10)
    return {
        "id": number,
        "period": str(month),
        "covers": [str(month)],
        "opens_at": opens,
        "invite_at": opens,
        "due_at": due,
        "reminders": [],
        "opened_at": opens,
        "locked_at": None,
    }


def _submissions(draw: random.Random, units: list[dict[str, Any]], spans: list[Period]) -> Iterator[dict[str, Any]]:
    number = 0
    for cycle, month in enumerate(spans, 1):
        for unit in units:
            number += 1
            chance = draw.random()
            state = "exempt" if chance < 0.03 else "expected" if chance < 0.12 else "accepted"
            if chance > 0.97:
                state = "submitted"
            filed = state in ("accepted", "submitted")
            late = filed and 0.9 < chance <= 0.97
            at = due_at(month) + timedelta(days=2 if late else -3) if filed else None
            form = form_of(unit["kind"])
            yield {
                "id": number,
                "cycle_id": cycle,
                "unit_id": unit["id"],
                "form_id": form.id,
                "form_version": form.version,
                "short_form": unit["short_form"] and bool(form.short_form),
                "optional": False,
                "state": state,
                "due_at": due_at(month),
                "first_submitted_at": at,
                "submitted_at": at,
                "submitted_by": None,
                "is_late": late,
                "on_behalf": False,
                "accepted_at": at if state == "accepted" else None,
                "accepted_by": None,
                "returned": None,
                "exempt_reason": "",
                "quiet_until": None,
                "version": 1,
            }


def _entries(
    draw: random.Random, submissions: list[dict[str, Any]], spans: list[Period], kinds: dict[int, str]
) -> Iterator[dict[str, Any]]:
    choices = (State.FILLED, State.ZERO, State.CARRIED, State.NOT_APPLICABLE, State.NOT_COLLECTED)
    for one in submissions:
        if one["submitted_at"] is None:
            continue
        month, form = spans[one["cycle_id"] - 1], form_of(kinds[one["unit_id"]])
        for indicator in form.due(month, short=one["short_form"]):
            state = draw.choices(choices, (72, 8, 12 if indicator.kind != "flow" else 0, 4, 4))[0]
            if indicator.index or draw.random() < 0.04:
                continue
            value = _value(indicator, state, draw)
            approx = state is State.FILLED and draw.random() < 0.05
            yield _entry(one, indicator.key, state=state.value, value=value, is_approx=approx)
        for text in form.texts:
            words = draw.choice(SPOKEN[text.key]).format(n=draw.randint(5, 90))
            yield _entry(one, text.key, text=words)


def _entry(one: dict[str, Any], key: str, **facts: Any) -> dict[str, Any]:
    return {
        "submission_id": one["id"],
        "key": key,
        "layer": "filed",
        "value": None,
        "text": None,
        "state": "filled",
        "is_approx": False,
        "carried_from": "",
        "confirmed": [],
        "source": "",
        "note": "",
        "version": 1,
        "changed_by": None,
        "changed_at": one["submitted_at"],
        **facts,
    }


def _parts(rows: Iterable[dict[str, Any]], size: int) -> Iterator[list[dict[str, Any]]]:
    part: list[dict[str, Any]] = []
    for row in rows:
        part.append(row)
        if len(part) == size:
            yield part
            part = []
    if part:
        yield part


async def correct(session: Any, submission_id: int, key: str, value: Any, *, at: datetime) -> None:
    """A filed figure changes, as `file_draft` writes it; the report counts as accepted again."""
    entry = await session.get(CheckinEntry, (submission_id, key, "filed"))
    before = {"value": None if entry.value is None else f"{entry.value:f}", "text": None, "state": entry.state}
    if entry.version == 1:
        first = await session.get(Submission, submission_id)
        session.add(_version(entry, first, before=None, after=before, at=first.submitted_at))
    submission = await session.get(Submission, submission_id)
    entry.version, entry.value, entry.state, entry.changed_at = entry.version + 1, value, "filled", at
    submission.submitted_at, submission.accepted_at = at, at
    after = {"value": f"{value:f}", "text": None, "state": "filled"}
    session.add(_version(entry, submission, before=before, after=after, at=at))
    await session.flush()


def _version(entry: CheckinEntry, submission: Submission, **facts: Any) -> EntryVersion:
    form = {"form_id": submission.form_id, "form_version": submission.form_version}
    number = 1 if facts["before"] is None else entry.version
    return EntryVersion(submission_id=submission.id, key=entry.key, version=number, kind="filed", **form, **facts)


def accepted_entries(key, period, *columns):
    """What was accepted of one figure in a month, by the order of the check-ins."""
    return (
        select(*columns)
        .select_from(CheckinEntry)
        .join(Submission, CheckinEntry.submission_id == Submission.id)
        .join(CheckinCycle, Submission.cycle_id == CheckinCycle.id)
        .join(Unit, Submission.unit_id == Unit.id)
        .where(
            CheckinEntry.key == key,
            CheckinEntry.layer == "filed",
            CheckinCycle.period == period,
            Submission.state == "accepted",
        )
        .order_by(Submission.id)
    )


async def accepted_sum(session, key, period):
    """The sum that a digest must tell."""
    return int(await session.scalar(accepted_entries(key, period, func.sum(CheckinEntry.value)).order_by(None)))

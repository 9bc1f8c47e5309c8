"""More time and quiet: 「能不能缓两天」 goes to the secretariat; 「周五前报，别催了」 within the term is just heard."""

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal

from sqlalchemy.ext.asyncio import AsyncSession

from services import audit
from services.calendar.zones import local_day, to_utc
from services.checkins.errors import DoubtSettled
from services.checkins.office import Office
from services.checkins.sheets import label_of_cycle
from services.checkins.telling import find_other_person
from services.errors import NotFound
from services.meetings.deadlines import read_deadline
from services.meetings.due_wordings import Moment
from services.members.actors import Actor
from services.members.reach import list_secretariat
from services.models import Extension, Submission
from services.numbers import read_numeral
from services.outbox import Address, Button, Note, post

LONGEST_DAYS = 60
_MORE = re.compile(
    r"(?:缓|延|宽限|推迟|晚|延长|延期|宽延|多给)(?:个)?(?:交|报)?(?P<count>[一二两三四五六七八九十几\d]{1,2})(?:个)?(?P<of>天|日|工作日|星期|周)"
)
_ASKS_TIME = re.compile(
    r"缓|延期|延长|宽限|推迟|晚[点些几一两]|别老?催|不要催|别再?提醒|免打扰|再(?:报|交|填)|前(?:再)?(?:报|交|填)|(?<![月季年周日填])(?:报|交|填)(?:上)?$"
)
_PERIOD = re.compile(r"\d{1,2}月份?的?(?:月报|报表|数据|情况)?(?=报|交|填|$)")  # 报11月的: a period, no day
_TIMES = re.compile(
    r"[\d一二两三四五六七八九十几]+(?:个)?(?:月|日|号|天|点|年|工作日|星期|周)|(?:周|星期|礼拜)[一二三四五六]"
)
_FIGURE = re.compile(r"[\d百千万]|[一二两三四五六七八九十]+[人名家项份场次台套]")


@dataclass(frozen=True)
class Wish:
    """Until when somebody wants to be left in peace, and whether the message holds figures besides."""

    until: date
    beside_figures: bool = False


@dataclass(frozen=True)
class Heard:
    """What became of it: `quiet` until a day within the term, `asked` for a later day, or asked already."""

    kind: Literal["quiet", "asked"]
    until: date
    told: int = 0


def asks_time(words: str) -> bool:
    """Whether the words may ask for more time at all; cheap enough to be asked of every message."""
    return _ASKS_TIME.search(words) is not None


def read_wish(words: str, office: Office, due_at: datetime, *, now: datetime) -> Wish | None:
    """The day that the words ask for; None when they ask for none."""
    if not asks_time(words):
        return None
    until = _until(_PERIOD.sub("", words), office, due_at, now=now)
    return Wish(until, _FIGURE.search(_TIMES.sub("", words)) is not None) if until else None


def _until(words: str, office: Office, due_at: datetime, *, now: datetime) -> date | None:
    today = local_day(now, office.zone)
    if found := _MORE.search(words):
        count = 3 if found["count"] == "几" else int(read_numeral(found["count"]) or 0)
        days = count * 7 if found["of"] in ("星期", "周") else count
        base = max(today, local_day(due_at, office.zone))
        return base + timedelta(days=days) if 0 < days <= LONGEST_DAYS else None
    named = read_deadline(words, Moment(today, office.calendar.workdays), labelled=True)
    if named is None or named.due_on is None or not today <= named.due_on <= today + timedelta(days=LONGEST_DAYS):
        return None
    return named.due_on


async def take_wish(
    session: AsyncSession,
    office: Office,
    actor: Actor,
    submission: Submission,
    said: tuple[Wish, str],
    *,
    secretaries: frozenset[int],
    now: datetime,
) -> Heard:
    """Within the term reminders are silent until that day; beyond it the secretariat is asked."""
    wish, words = said
    due_on = local_day(submission.due_at, office.zone)
    if wish.until <= due_on:
        submission.quiet_until = to_utc(wish.until, office.settings.opens_time, office.zone)
        audit.record(session, "snooze", "submission", submission.id, by=actor.person_id, now=now)
        return Heard("quiet", wish.until)
    until = office.calendar.workdays.due_on(wish.until)
    row = Extension(
        submission_id=submission.id,
        wanted_until=to_utc(until, office.settings.due_time, office.zone),
        reason=" ".join(words.split())[:300],
        asked_by=actor.person_id,
        asked_at=now,
    )
    session.add(row)
    await session.flush()
    told = await _ask(session, submission, row, actor.name, secretaries=secretaries, now=now)
    return Heard("asked", until, told)


async def decide_extension(
    session: AsyncSession, actor: Actor, extension_id: int, *, granted: bool, now: datetime
) -> tuple[Extension, Submission]:
    """The secretariat agrees or not; the one who asked is told, and the due date moves.

    Raises:
        NotAllowed: not the secretariat.
        NotFound: no such request.
        DoubtSettled: another secretary was faster.
    """
    actor.require_secretariat()
    row = await session.get(Extension, extension_id, with_for_update=True)
    submission = await session.get(Submission, row.submission_id) if row else None
    if row is None or submission is None:
        raise NotFound(what="extension", given=str(extension_id))
    if row.decision:
        raise DoubtSettled(key="extension")
    row.decision, row.decided_by, row.decided_at = ("granted" if granted else "refused"), actor.person_id, now
    if granted:
        submission.due_at = max(submission.due_at, row.wanted_until)
        filed_at = submission.first_submitted_at
        submission.is_late = filed_at is not None and filed_at > submission.due_at
        submission.quiet_until = row.wanted_until - timedelta(hours=12)
    audit.record(session, row.decision, "extension", row.id, by=actor.person_id, now=now)
    asker = await find_other_person(session, row.asked_by)
    if asker is not None and asker.telegram_id:
        values = {**_values(submission), "granted": granted, "due_at": submission.due_at.isoformat()}
        note = Note("checkin_review.extension_decided", values)
        key = f"checkin_extension:{row.id}:decided"
        await post(session, note, Address(asker.telegram_id, person_id=asker.id), now=now, business_key=key)
    return row, submission


async def _ask(
    session: AsyncSession,
    submission: Submission,
    row: Extension,
    name: str,
    *,
    secretaries: frozenset[int],
    now: datetime,
) -> int:
    values = {
        **_values(submission),
        "by": name,
        "words": row.reason,
        "due_at": submission.due_at.isoformat(),
        "until": row.wanted_until.isoformat(),
    }
    buttons = tuple(
        Button(f"checkin_review.button_{verb}", "checkin_extension", {"extension_id": row.id, "granted": granted})
        for verb, granted in (("grant", True), ("refuse", False))
    )
    told = 0
    for telegram_id in await list_secretariat(session, secretaries):
        key = f"checkin_extension:{row.id}:{telegram_id}"
        note = Note("checkin_review.extension_asked", values, (buttons,))
        told += bool(await post(session, note, Address(telegram_id), now=now, business_key=key))
    return told


def _values(submission: Submission) -> dict[str, str]:
    return {"unit": submission.unit.name, "period": label_of_cycle(submission.cycle)}

"""Review by the secretariat: accept, return a figure with a reason, exempt. It never changes a unit's figure itself."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from knowledge.folding import bare
from services import audit
from services.checkins.cards import REPORTED, label_in, name_of
from services.checkins.checks import Severity
from services.checkins.errors import NothingToReview
from services.checkins.form import Form
from services.checkins.office import Office
from services.checkins.sheets import Sheet, as_filed, load_sheet
from services.checkins.telling import recipients_of
from services.errors import BadInput, NotFound
from services.members.actors import Actor
from services.models import CheckinCycle, Submission
from services.outbox import Address, Button, Note, post, withdraw
from services.outbox.posting import Timing

_RETURN = re.compile(r"退回(?P<unit>.+?)的(?P<item>[^，,：:；;\s]{2,20})[，,：:；;\s]+(?P<reason>.+)")
_EXEMPT = re.compile(r"(?:豁免|免报)(?P<unit>[^，,：:；;\s]+)[，,：:；;\s]+(?:原因)?(?P<reason>.+)")
_MONTH = r"(?P<month>(?:\d{4}年)?\d{1,2}月份?|上个?月|本月|这个?月)?的?"
_SHOW = (
    re.compile(
        rf"(?:看看?|查看?|打开|调出|翻)(?:一?下)?(?P<unit>[^，,：:；;\s]+?)的?{_MONTH}(?:月报|填报|报的数?|数据?)(?:情况)?"
    ),
    re.compile(rf"(?P<unit>[^，,：:；;\s]+?)的?{_MONTH}(?:月报|填报情况)"),
    re.compile(
        rf"(?P<unit>[^，,：:；;\s]+?){_MONTH}(?:月报)?(?:都|是)?[报填](?:的|了)?(?:都|是|些)*(?:什么|哪些|啥|怎么样|多少)(?:数据?|内容)?"
    ),
)
_CLEAN = re.compile(r"(?:全部|都|一并|把)?(?:采纳|通过)(?:全部|所有)?(?:无|没有?)(?:疑问|问题|异议)的?(?:都采纳)?")
_ACCEPT = re.compile(r"(?:采纳|审核通过)(?P<unit>[^，,：:；;\s]+?)的?(?:月报|填报)?")
_BEHALF = re.compile(r"(?:代填|代报)(?P<unit>[^，,：:；;\s]+)")


@dataclass(frozen=True)
class Order:
    """What a secretary asks for in words: accept, accept_clean, return, exempt, behalf or show; about whom, and why."""

    verb: str
    unit: str
    item: str = ""
    reason: str = ""


def read_order(words: str) -> Order | None:
    """「退回星职院的在岗实习，与上月差异大请核实」, 「豁免北辰物流，本月停产」, 「代填北辰物流」,
    「看看星职院10月的月报」; else None."""
    words = words.strip().rstrip("。！!？?")
    if found := _RETURN.fullmatch(words):
        return Order("return", found["unit"].strip(), found["item"], found["reason"].strip())
    if found := _EXEMPT.fullmatch(words):
        return Order("exempt", found["unit"].strip(), reason=found["reason"].strip())
    if _CLEAN.fullmatch(words):
        return Order("accept_clean", "")
    if found := _ACCEPT.fullmatch(words):
        return Order("accept", found["unit"].strip())
    if found := next(filter(None, (pattern.fullmatch(words) for pattern in _SHOW)), None):
        return Order("show", found["unit"].strip(), found["month"] or "")
    if found := _BEHALF.fullmatch(words):
        return Order("behalf", found["unit"].strip())
    return None


def find_key(form: Form, words: str) -> str:
    """The figure or text that people call so.

    Raises:
        NotFound: none is called so.
    """
    wanted = bare(words)
    for one in form.indicators:
        if wanted in (bare(name_of(form, one.key)), bare(one.label)):
            return one.key
    for one in form.indicators:
        if wanted in bare(one.label) or bare(name_of(form, one.key)) in wanted:
            return one.key
    for text in form.texts:
        if wanted in bare(text.label):
            return text.key
    raise NotFound(what="figure", given=words[:20])


async def return_fields(
    session: AsyncSession,
    office: Office,
    actor: Actor,
    submission: Submission,
    reasons: Mapping[str, str],
    *,
    now: datetime,
) -> int:
    """Give figures back to the unit with a reason each; returns how many people were told.

    Raises:
        NotAllowed: not the secretariat.
        NothingToReview: the unit has not submitted.
        BadInput: a figure without a reason.
    """
    actor.require_secretariat()
    _require_reported(submission)
    for key, reason in reasons.items():
        if not reason.strip():
            raise BadInput(field=key, given="", problem="empty")
    returned = {**(submission.returned or {}), **{key: " ".join(why.split())[:200] for key, why in reasons.items()}}
    submission.state, submission.returned = "returned", returned
    submission.accepted_at, submission.accepted_by = None, None
    submission.version += 1
    audit.record(session, "return", "submission", submission.id, by=actor.person_id, now=now, keys=sorted(reasons))
    sheet = await load_sheet(session, office, submission)
    items = [{"label": label_in(sheet, key), "reason": why} for key, why in returned.items()]
    values = {"unit": submission.unit.name, "period": sheet.label, "items": items}
    button = Button("checkin_review.button_mend", "checkin_mend", {"submission_id": submission.id})
    return await _tell_unit(session, office, submission, Note("checkin_review.returned", values, ((button,),)), now=now)


async def accept(session: AsyncSession, actor: Actor, submission: Submission, *, now: datetime) -> None:
    """Accept what stands filed.

    Raises:
        NotAllowed: not the secretariat.
        NothingToReview: the unit has not submitted.
    """
    actor.require_secretariat()
    _require_reported(submission)
    submission.state, submission.accepted_at, submission.accepted_by = "accepted", now, actor.person_id
    submission.version += 1
    audit.record(session, "accept", "submission", submission.id, by=actor.person_id, now=now)


async def accept_clean(
    session: AsyncSession, office: Office, actor: Actor, cycle: CheckinCycle, *, now: datetime
) -> tuple[list[str], list[str]]:
    """Accept every submitted check-in that is complete and that no check speaks of; returns accepted and left names.

    Raises:
        NotAllowed: not the secretariat.
    """
    actor.require_secretariat()
    accepted, left = [], []
    rows = await session.scalars(
        select(Submission).where(Submission.cycle_id == cycle.id, Submission.state == "submitted")
    )
    for submission in list(rows):
        if list_notes(await load_sheet(session, office, submission)):
            left.append(submission.unit.name)
        else:
            await accept(session, actor, submission, now=now)
            accepted.append(submission.unit.name)
    return accepted, left


def list_notes(sheet: Sheet) -> list[str]:
    """Why a check-in deserves a look, judged by what is filed: machine ids of checks, `missing`, `changing`."""
    filed = as_filed(sheet)
    silent = (Severity.CONFIRM,)  # the unit has answered those, else it could not have submitted
    notes = [one.rule for one in filed.findings() if one.severity not in silent]
    return [*notes, *(["missing"] if filed.open_keys else []), *(["changing"] if sheet.is_changing else [])]


async def exempt(session: AsyncSession, actor: Actor, submission: Submission, reason: str, *, now: datetime) -> None:
    """Take the unit out of the month's denominator; reminders stop.

    Raises:
        NotAllowed: not the secretariat.
        BadInput: no reason.
    """
    actor.require_secretariat()
    reason = " ".join(reason.split())[:200]
    if not reason:
        raise BadInput(field="reason", given="", problem="empty")
    submission.state, submission.exempt_reason = "exempt", reason
    submission.version += 1
    await withdraw(session, f"checkin:{submission.cycle.period}:{submission.unit_id}:", "exempt")
    audit.record(session, "exempt", "submission", submission.id, by=actor.person_id, now=now, reason=reason)


def _require_reported(submission: Submission) -> None:
    if submission.state not in (*REPORTED, "returned"):
        raise NothingToReview(unit=submission.unit.name)


async def _tell_unit(
    session: AsyncSession, office: Office, submission: Submission, note: Note, *, now: datetime
) -> int:
    told = 0
    at = office.quiet_hours.next_send_at(now)
    for one in await recipients_of(session, submission):
        key = f"checkin_review:{submission.id}:{submission.version}:{one.telegram_id}"
        to = Address(one.telegram_id, person_id=one.person_id)
        told += bool(await post(session, note, to, now=now, business_key=key, timing=Timing(at)))
    return told

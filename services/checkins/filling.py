"""Filling in: whose check-in, what a message or a press adds to it, what is asked next."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from typing import Literal

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from services.checkins.cards import FOLLOW_UP
from services.checkins.doubts import Settled, affirm_all, pending_of, settle
from services.checkins.errors import NothingDue
from services.checkins.filing import REASON, Answers, Conflict, mark_begun, require_open, save_answers
from services.checkins.form import Kind, State
from services.checkins.office import Office
from services.checkins.privacy import redact
from services.checkins.reading import Intent, Item, Understanding
from services.checkins.sheets import Sheet, find_open_submission, load_sheet, reload_sheet
from services.checkins.slate import filled
from services.checkins.understanding import understand
from services.errors import BadInput, NotAllowed, NotFound
from services.members.actors import Actor
from services.models import CheckinEntry, Submission
from services.periods import Period
from services.registers.noting import draft_rows
from services.registers.reading import read_rows

Give = Literal["carry", "zero", "not_applicable", "not_collected", "keep"]
WHOLE_FORM = frozenset({"same_as_previous", "all_zero"})


@dataclass(frozen=True)
class Taken:
    """What became of an answer: the sheet after it, and where another person had said something else."""

    sheet: Sheet
    conflicts: tuple[Conflict, ...] = ()
    rejected: tuple[str, ...] = ()


async def list_fillable(session: AsyncSession, actor: Actor, *, now: datetime) -> list[Submission]:
    """What each of the actor's units should be filling in now, in the order of the register."""
    found = [await find_open_submission(session, unit_id, now=now) for unit_id in sorted(actor.unit_ids)]
    return [one for one in found if one is not None]


async def require_fillable(session: AsyncSession, office: Office, actor: Actor, *, now: datetime) -> list[Submission]:
    """The same, never empty.

    Raises:
        NotAllowed: the actor speaks for no unit.
        NothingDue: nothing was opened for these units yet; says when the next one opens.
    """
    if not actor.unit_ids:
        raise NotAllowed(needs="unit")
    found = await list_fillable(session, actor, now=now)
    if not found:
        raise NothingDue(**next_opening(office, now))
    return found


def next_opening(office: Office, now: datetime) -> dict[str, str]:
    """The next month's name and the day it opens."""
    upcoming = office.calendar.cycle(office.calendar.opened_by(now).month.next)
    return {"opens_on": upcoming.opens_on.isoformat(), "next_period": upcoming.month.label}


async def get_sheet(session: AsyncSession, office: Office, actor: Actor, submission_id: int) -> Sheet:
    """A check-in for filling in, with the rights of today.

    Raises:
        NotFound: no such check-in.
        NotAllowed: it belongs to another unit, and the actor is not the secretariat.
    """
    submission = await session.get(Submission, submission_id)
    if submission is None:
        raise NotFound(what="checkin", given=str(submission_id))
    if submission.unit_id not in actor.unit_ids and not actor.is_secretariat:
        raise NotAllowed(needs="unit")
    return await load_sheet(session, office, submission)


def read_message(sheet: Sheet, words: str, *, focus: str | None, now: datetime) -> Understanding:
    """What a message says about this check-in; nothing is stored."""
    reading = understand(
        words,
        form=sheet.form,
        period=sheet.period,
        now=now,
        previous=sheet.previous,
        ytd_before=sheet.ytd_before,
        focus=focus if focus in sheet.form.by_key else None,
    )
    return replace(reading, told=read_rows(words, sheet.form, now.date(), reading.names))


async def take_reading(
    session: AsyncSession, office: Office, actor: Actor, sheet: Sheet, reading: Understanding, *, now: datetime
) -> Taken:
    """Put what was understood into the draft. Words about the whole form fill only what has no answer yet."""
    refused = {code.partition(":")[0] for code in reading.reject if code.endswith(":V10")}
    items = {
        key: replace(item, source=redact(item.source))
        for key, item in reading.items.items()
        if key not in refused and not _is_blanket(sheet, key, item) and not _gives_way(sheet, key, item)
    }
    items |= _flows_to_ask(sheet, reading, items)
    texts = {key: redact(text)[:200] for key, text in reading.texts.items()}
    answers = Answers(items, texts, pending=pending_of(reading, items))
    if reading.told:
        require_open(sheet.submission, actor)
        if await draft_rows(session, actor, sheet.submission, reading.told, now=now):
            mark_begun(sheet.submission)
            sheet = await load_sheet(session, office, sheet.submission)
    if not answers:
        return Taken(sheet, rejected=reading.reject)
    conflicts = await save_answers(session, actor, sheet, answers, now=now)
    return Taken(await reload_sheet(session, sheet), tuple(conflicts), reading.reject)


async def give(
    session: AsyncSession, office: Office, actor: Actor, sheet: Sheet, key: str, what: Give, *, now: datetime
) -> Taken:
    """One button's answer to one figure.

    Raises:
        BadInput: a flow figure cannot be carried, nor one that last month does not have.
    """
    if key.partition("[")[0] not in sheet.form.by_key:
        raise BadInput(field="key", given=key, problem="unknown")
    answers = Answers({key: _given(sheet, key, what)})
    conflicts = await save_answers(session, actor, sheet, answers, now=now)
    return Taken(await reload_sheet(session, sheet), tuple(conflicts))


async def give_rest(
    session: AsyncSession, office: Office, actor: Actor, sheet: Sheet, what: Give, *, now: datetime
) -> Taken:
    """Last month's figures for the open stock figures, or zero for the open flows."""
    wanted = [key for key in sheet.open_keys if (sheet.form.indicator(key).kind is Kind.FLOW) == (what == "zero")]
    items = {key: _given(sheet, key, what) for key in wanted if what == "zero" or sheet.previous.get(key) is not None}
    conflicts = await save_answers(session, actor, sheet, Answers(items), now=now)
    return Taken(await reload_sheet(session, sheet), tuple(conflicts))


async def settle_doubt(
    session: AsyncSession, office: Office, actor: Actor, sheet: Sheet, chosen: Mapping[str, str], *, now: datetime
) -> Taken:
    """Answer one open question: `chosen` names rule, key and choice.

    Raises:
        DoubtSettled: it is not open any more.
    """
    return await _keep(
        session, office, actor, sheet, settle(sheet, chosen["rule"], chosen["key"], chosen["choice"]), now
    )


async def affirm(session: AsyncSession, office: Office, actor: Actor, sheet: Sheet, *, now: datetime) -> Taken:
    """「对，没错」 to everything a yes can settle."""
    return await _keep(session, office, actor, sheet, affirm_all(sheet), now)


async def take_correction(
    session: AsyncSession,
    office: Office,
    actor: Actor,
    target: Submission,
    said: tuple[Understanding, str],
    *,
    now: datetime,
) -> Taken:
    """Draft a correction of what was filed; the words themselves are kept as its reason."""
    reading, words = said
    note = f"{REASON}{redact(' '.join(words.split()))}"[:300]
    sheet = await load_sheet(session, office, target)
    items = {key: replace(item, source=redact(item.source), note=note) for key, item in reading.items.items()}
    conflicts = await save_answers(session, actor, sheet, Answers(items), now=now)
    return Taken(await load_sheet(session, office, target), tuple(conflicts), reading.reject)


async def take_text(
    session: AsyncSession, office: Office, actor: Actor, sheet: Sheet, key: str, text: str, *, now: datetime
) -> Taken:
    """A free text that was asked for."""
    limit = next((one.max_length for one in sheet.form.texts if one.key == key), 200)
    answers = Answers(texts={key: redact(" ".join(text.split()))[:limit]})
    await save_answers(session, actor, sheet, answers, now=now)
    return Taken(await reload_sheet(session, sheet))


def next_key(sheet: Sheet, after: str | None) -> str | None:
    """The next figure without an answer, from there on; None at the end."""
    open_keys = sheet.open_keys
    order = [one.key for one in sheet.asked]
    start = order.index(after) + 1 if after in order else 0
    return next((key for key in open_keys if key not in order or order.index(key) >= start), None)


def previous_key(sheet: Sheet, before: str) -> str:
    """The figure asked before this one; the first stays the first."""
    order = [one.key for one in sheet.asked]
    return order[max(order.index(before) - 1, 0)] if before in order else order[0]


async def find_last_issue(session: AsyncSession, sheet: Sheet) -> str | None:
    """The problem the unit reported last month, unless it has said by now what became of it."""
    if FOLLOW_UP in sheet.current:
        return None
    before = sheet.before
    return await find_filed_text(session, sheet.submission.unit_id, before, "issues")


async def find_filed_text(session: AsyncSession, unit_id: int, period: Period, key: str) -> str | None:
    """A text that the unit filed for a month."""
    from services.models import CheckinCycle

    text: str | None = await session.scalar(
        select(CheckinEntry.text)
        .join(Submission, CheckinEntry.submission_id == Submission.id)
        .join(CheckinCycle, Submission.cycle_id == CheckinCycle.id)
        .where(
            Submission.unit_id == unit_id,
            CheckinCycle.period == str(period),
            CheckinEntry.key == key,
            CheckinEntry.layer == "filed",
        )
    )
    return text


def is_for_checkin(reading: Understanding) -> bool:
    """Whether a message is data for a check-in at all."""
    known = (Intent.SUBMIT, Intent.CARRY, Intent.CORRECT, Intent.REFUSE_PII)
    return reading.intent in known or bool(reading.texts) or bool(reading.told)


async def _keep(
    session: AsyncSession, office: Office, actor: Actor, sheet: Sheet, settled: Settled, now: datetime
) -> Taken:
    answers = Answers(settled.items, confirmed=settled.confirmed)
    conflicts = await save_answers(session, actor, sheet, answers, now=now) if answers else []
    return Taken(await reload_sheet(session, sheet), tuple(conflicts))


def _flows_to_ask(sheet: Sheet, reading: Understanding, items: Mapping[str, Item]) -> dict[str, Item]:
    """「同上月」 of the whole form: flows without an answer wait for their figure, and the card says so."""
    keys = [one.key for one in reading.questions if one.id == "ask_flow_figure" and one.key]
    wanted = {one.key for one in sheet.asked}
    missing = Item(None, State.MISSING, rule="same_on_flow")
    return {key: missing for key in keys if key in wanted and key not in items and not _gives_way(sheet, key, missing)}


def _is_blanket(sheet: Sheet, key: str, item: Item) -> bool:
    """「同上月」 of the whole form reaches only what this month asks, and what was told by number before."""
    asked = {one.key for one in sheet.asked}
    return item.rule in WHOLE_FORM and not item.source and key.partition("[")[0] not in asked


def _gives_way(sheet: Sheet, key: str, item: Item) -> bool:
    known = sheet.draft.get(key) or sheet.counted.get(key)
    if known is None or known.state == State.MISSING:
        return False
    return not item.source and (item.rule in WHOLE_FORM or item.rule == "same_on_flow")


def _kept(sheet: Sheet, key: str) -> Item:
    """A returned figure that is right as it was filed."""
    filed = sheet.filed.get(key)
    if filed is None:
        raise BadInput(field=key, given="keep", problem="unknown")
    return Item(filed.value, State(filed.state), filed.is_approx, filed.source, "button")


def _given(sheet: Sheet, key: str, what: Give) -> Item:
    if what == "zero":
        return filled(Decimal(0), False, "", "button")
    if what == "keep":
        return _kept(sheet, key)
    if what != "carry":
        return Item(None, State(what), rule="button")
    before = sheet.previous.get(key)
    if before is None or sheet.form.indicator(key).kind is Kind.FLOW:
        raise BadInput(field=key, given="carry", problem="unknown")
    return Item(Decimal(before), State.CARRIED, rule="button")

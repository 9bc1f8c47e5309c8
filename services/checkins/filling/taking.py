"""Filling in: what a message or a press adds to a check-in, and what is asked next."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from typing import Literal

from sqlalchemy.ext.asyncio import AsyncSession

from services.checkins.filling.cards import FOLLOW_UP, REPORTED
from services.checkins.filling.doubts import Settled, affirm_all, pending_of, settle
from services.checkins.filling.drafting import Answers, Taken, mark_begun, require_open, save_answers
from services.checkins.filling.filing import REASON
from services.checkins.filling.keeping import keep_figures
from services.checkins.filling.owning import require_free
from services.checkins.form import Kind, State
from services.checkins.reading.holding import hold_back, hold_named
from services.checkins.reading.rows import read_rows
from services.checkins.reading.slate import filled
from services.checkins.reading.understanding import understand
from services.checkins.reading.understood import Intent, Item, Understanding
from services.checkins.standing.loading import recount
from services.checkins.standing.sheets import Sheet
from services.errors import BadInput
from services.members.actors import Actor
from services.privacy import redact
from services.registers.noting import draft_rows

Give = Literal["carry", "zero", "not_applicable", "not_collected", "keep"]
WHOLE_FORM = frozenset({"same_as_previous", "all_zero"})


def read_message(sheet: Sheet, words: str, *, focus: str | None, now: datetime) -> Understanding:
    """What a message says about this check-in; nothing is stored."""
    now = now.astimezone(sheet.zone)
    reading = understand(
        words,
        form=sheet.form,
        period=sheet.period,
        now=now,
        previous=sheet.previous,
        ytd_before=sheet.ytd_before,
        focus=focus if focus in sheet.form.by_key else None,
    )
    items = reading.items if sheet.submission.state in REPORTED else hold_back(reading.items, words)
    if not items and reading.intent is Intent.NONE and sheet.draft:
        items = hold_named(words, sheet.form)
        reading = replace(reading, intent=Intent.SUBMIT if items else reading.intent)
    return replace(reading, items=items, told=read_rows(words, sheet.form, now.date(), reading.names))


async def take_reading(
    session: AsyncSession, actor: Actor, sheet: Sheet, reading: Understanding, *, now: datetime
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
    pending = pending_of(reading, items)
    items, left = keep_figures(sheet, items, pending)
    answers = Answers(items, texts, pending=pending)
    known = {one.id for one in sheet.registered.drafts}
    if reading.told:
        require_open(sheet.submission, actor)
        await require_free(session, actor, sheet)
        if await draft_rows(session, actor, sheet.submission, reading.told, now=now):
            mark_begun(sheet.submission)
            sheet = await recount(session, sheet)
    rows = tuple(one.id for one in sheet.registered.drafts if one.id not in known)
    taken = await save_answers(session, actor, sheet, answers, now=now) if answers else Taken(sheet)
    if reading.affirmed and not taken.conflicts:
        stands = await _keep(session, actor, taken.sheet, affirm_all(taken.sheet, reading.affirmed), now)
        taken = replace(stands, before={**stands.before, **taken.before})
    return replace(taken, rejected=reading.reject, rows=rows, left=tuple(left))


async def give(session: AsyncSession, actor: Actor, sheet: Sheet, key: str, what: Give, *, now: datetime) -> Taken:
    """One button's answer to one figure.

    Raises:
        BadInput: a flow figure cannot be carried, nor one that last month does not have.
    """
    if key.partition("[")[0] not in sheet.form.by_key:
        raise BadInput(field="key", given=key, problem="unknown")
    return await save_answers(session, actor, sheet, Answers({key: _given(sheet, key, what)}), now=now)


async def give_rest(session: AsyncSession, actor: Actor, sheet: Sheet, what: Give, *, now: datetime) -> Taken:
    """Last month's figures for the open stock figures, or zero for the open flows."""
    wanted = [key for key in sheet.open_keys if (sheet.form.indicator(key).kind is Kind.FLOW) == (what == "zero")]
    items = {key: _given(sheet, key, what) for key in wanted if what == "zero" or sheet.previous.get(key) is not None}
    return await save_answers(session, actor, sheet, Answers(items), now=now)


async def settle_doubt(
    session: AsyncSession, actor: Actor, sheet: Sheet, chosen: Mapping[str, str], *, now: datetime
) -> Taken:
    """Answer one open question: `chosen` names rule, key and choice.

    Raises:
        DoubtSettled: it is not open any more.
    """
    return await _keep(session, actor, sheet, settle(sheet, chosen["rule"], chosen["key"], chosen["choice"]), now)


async def affirm(session: AsyncSession, actor: Actor, sheet: Sheet, *, now: datetime) -> Taken:
    """「对，没错」 to everything a yes can settle."""
    return await _keep(session, actor, sheet, affirm_all(sheet), now)


async def take_correction(
    session: AsyncSession, actor: Actor, sheet: Sheet, said: tuple[Understanding, str], *, now: datetime
) -> Taken:
    """Draft a correction of what was filed; the words themselves are kept as its reason."""
    reading, words = said
    note = f"{REASON}{redact(' '.join(words.split()))}"[:300]
    items = {key: replace(item, source=redact(item.source), note=note) for key, item in reading.items.items()}
    return replace(await save_answers(session, actor, sheet, Answers(items), now=now), rejected=reading.reject)


async def take_text(session: AsyncSession, actor: Actor, sheet: Sheet, key: str, text: str, *, now: datetime) -> Taken:
    """A free text that was asked for."""
    limit = next((one.max_length for one in sheet.form.texts if one.key == key), 200)
    answers = Answers(texts={key: redact(" ".join(text.split()))[:limit]})
    return await save_answers(session, actor, sheet, answers, now=now)


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


def find_last_issue(sheet: Sheet) -> str:
    """The problem the unit reported last month, unless it has said by now what became of it."""
    return "" if FOLLOW_UP in sheet.current else sheet.last_issue


def is_for_checkin(reading: Understanding) -> bool:
    """Whether a message is data for a check-in at all."""
    known = (Intent.SUBMIT, Intent.CARRY, Intent.CORRECT, Intent.REFUSE_PII)
    return reading.intent in known or bool(reading.texts or reading.told or reading.affirmed)


async def _keep(session: AsyncSession, actor: Actor, sheet: Sheet, settled: Settled, now: datetime) -> Taken:
    answers = Answers(settled.items, confirmed=settled.confirmed)
    return await save_answers(session, actor, sheet, answers, now=now) if answers else Taken(sheet)


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
    filed = None if key in (sheet.submission.returned or {}) else sheet.filed.get(key)
    known = sheet.draft.get(key) or sheet.counted.get(key) or filed
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

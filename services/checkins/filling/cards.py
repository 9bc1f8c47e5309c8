"""The card that reads a check-in back: every figure with last month's beside it, what is doubted, what is missing."""

from dataclasses import asdict, dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from services.checkins.filling.doubts import Doubt, find_doubts
from services.checkins.filling.filing import drafted_reason, keys_needing_reason
from services.checkins.form import Form, Kind, State
from services.checkins.reading.slate import MADE
from services.checkins.standing.sheets import Sheet, is_figure, plain
from services.models import CheckinEntry
from services.registers.showing import row_values

REPORTED = frozenset({"submitted", "accepted"})
FOLLOW_UP = "issues_before"  # what became of last month's problem; no part of any form


@dataclass(frozen=True)
class Row:
    """One figure as the card shows it. Values are digits; `was` is what is filed when the draft changes it.

    ``made_of`` says from what it was worked out: 80＋90.
    """

    key: str
    label: str
    unit: str
    value: str | None
    state: str
    previous: str | None
    is_approx: bool
    is_stock: bool
    was: str | None
    has_doubt: bool
    is_counted: bool
    made_of: str


@dataclass(frozen=True)
class Card:
    """A check-in at a moment."""

    submission_id: int
    unit: str
    period: str
    due_at: str
    state: str
    is_overdue: bool
    has_draft: bool
    needs_reason: bool
    rows: tuple[Row, ...]
    texts: tuple[tuple[str, str], ...]
    doubts: tuple[dict[str, Any], ...]
    missing: tuple[dict[str, Any], ...]
    unchanged: int
    can_carry: bool
    can_zero: bool
    returned: tuple[tuple[str, str], ...]
    registering: tuple[dict[str, Any], ...]

    @property
    def values(self) -> dict[str, Any]:
        """JSON types for a text."""
        return asdict(self)


def make_card(sheet: Sheet, now: datetime, *, whole: bool = False) -> Card:
    """The card of a sheet. Rows are the figures that have an answer, in the form's order.

    Of a returned or corrected check-in only what was returned and what changes, unless the ``whole`` is wanted.
    """
    submission, current = sheet.submission, sheet.current
    doubts = find_doubts(sheet)
    doubted = {one.key for one in doubts}
    missing = sheet.open_keys
    asked = [key for key in missing if key.partition("[")[0] in sheet.form.by_key]
    stock = [key for key in asked if sheet.form.indicator(key).kind is not Kind.FLOW]
    indexed = {one.key for one in sheet.form.indicators if one.index}
    figures = [entry for entry in _in_order(sheet) if is_figure(sheet.form, entry)]
    rows = tuple(_row(sheet, entry, doubted) for entry in figures if whole or _is_shown(sheet, entry))
    return Card(
        submission_id=submission.id,
        unit=submission.unit.name,
        period=sheet.label,
        due_at=submission.due_at.isoformat(),
        state=submission.state,
        is_overdue=now > submission.due_at,
        has_draft=sheet.has_draft,
        needs_reason=bool(keys_needing_reason(sheet, now)) and not drafted_reason(sheet),
        rows=rows,
        texts=tuple(
            (_label(sheet.form, one.key), one.text)
            for one in current.values()
            if one.text is not None and (whole or _is_shown(sheet, one))
        ),
        doubts=tuple(doubt_values(sheet.form, one) for one in doubts),
        missing=tuple(
            {"label": label_in(sheet, key), "previous": shown(sheet.previous.get(key)), "is_one": key not in indexed}
            for key in missing
        ),
        unchanged=len(figures) - len(rows),
        can_carry=any(sheet.previous.get(key) is not None for key in stock),
        can_zero=len(stock) < len(asked),
        returned=tuple((label_in(sheet, key), why) for key, why in (submission.returned or {}).items()),
        registering=tuple(row_values(one) for one in sheet.registered.drafts),
    )


def doubt_values(form: Form, doubt: Doubt) -> dict[str, Any]:
    """A doubt with the names that its wording needs."""
    whole = doubt.facts.get("whole")
    whole_key = str(whole) if isinstance(whole, str) and whole in form.by_key else None
    return {
        "rule": doubt.rule,
        "key": doubt.key,
        "label": "" if doubt.key == "*" else name_of(form, doubt.key),
        "unit": "" if doubt.key == "*" else form.indicator(doubt.key).unit,
        "facts": {name: value for name, value in doubt.facts.items() if name != "keys"},
        "whole_key": whole_key,
        "whole_label": name_of(form, whole_key) if whole_key else "",
        "choices": [list(choice) for choice in doubt.choices],
        "blocks": doubt.blocks,
    }


def name_of(form: Form, key: str) -> str:
    """The short name of a figure, with its number where it is indexed."""
    bare, _, rest = key.partition("[")
    name = form.by_key[bare].name.removeprefix("其中：")
    return f"{name}（{rest.rstrip(']')}）" if rest else name


def label_in(sheet: Sheet, key: str) -> str:
    """What a figure or text is called."""
    bare_key = key.partition("[")[0]
    return name_of(sheet.form, key) if bare_key in sheet.form.by_key else sheet.form.label_of(key)


def shown(value: Decimal | None) -> str | None:
    """A figure as digits."""
    return None if value is None else plain(value)


def _is_shown(sheet: Sheet, entry: CheckinEntry) -> bool:
    submission = sheet.submission
    mending = submission.state == "returned" or (submission.state in REPORTED and bool(sheet.draft))
    return not mending or entry.key in (submission.returned or {}) or entry.layer == "draft"


def _in_order(sheet: Sheet) -> list[CheckinEntry]:
    order = {one.key: n for n, one in enumerate(sheet.form.indicators)}
    entries = [one for one in sheet.current.values() if one.state != State.MISSING]
    return sorted(entries, key=lambda one: (order.get(one.key.partition("[")[0], 99), one.key))


def _row(sheet: Sheet, entry: CheckinEntry, doubted: set[str]) -> Row:
    indicator = sheet.form.indicator(entry.key)
    filed = sheet.filed.get(entry.key)
    changed = filed is not None and entry.layer == "draft" and filed.value != entry.value
    return Row(
        key=entry.key,
        label=name_of(sheet.form, entry.key),
        unit=indicator.unit,
        value=shown(entry.value),
        state=entry.state,
        previous=shown(sheet.previous.get(entry.key)),
        is_approx=entry.is_approx,
        is_stock=indicator.kind is not Kind.FLOW,
        was=shown(filed.value) if changed and filed else None,
        has_doubt=entry.key in doubted,
        is_counted=entry.value is not None and sheet.registered.counts.get(entry.key) == entry.value,
        made_of=_made_of(entry),
    )


def _made_of(entry: CheckinEntry) -> str:
    """What a drafted figure was worked out from, for as long as it is one's own draft."""
    made = entry.note.removeprefix(MADE) if entry.layer == "draft" and entry.note.startswith(MADE) else ""
    return made.replace("+", "＋").replace("-", "－").replace("*", "×")


def _label(form: Form, key: str) -> str:
    if key == FOLLOW_UP:
        return FOLLOW_UP
    try:
        return form.label_of(key)
    except StopIteration:
        return key

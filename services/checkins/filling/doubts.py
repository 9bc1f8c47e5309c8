"""What still has to be asked about a draft, and what an answer to it does.

Derived from what is stored, so it outlives a crash: checks run on the stored figures, and a question about the wording
lies in the entry's note.
"""

import json
import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any

from services.checkins.errors import DoubtSettled
from services.checkins.form import Kind
from services.checkins.reading.checks import Severity
from services.checkins.reading.slate import MADE, as_decimal, filled
from services.checkins.reading.understood import Item, Question, Understanding
from services.checkins.standing.sheets import Sheet, entry_items, plain
from services.models import CheckinEntry

# Questions about the wording, by what settles them: a choice between figures, or a plain yes.
CHOICES = frozenset({"ask_yuan_or_wan", "ask_which_value", "ask_reread", "ask_parts", "ask_half", "ask_each"})
AFFIRMED = frozenset({"confirm_remainder", "ask_change_disagrees", "ask_ytd_disagrees", "confirm_proposal"})
# Nothing can be affirmed here: the figure is missing and the person is told why.
HINTS = frozenset({"ask_exact", "ask_flow_figure", "ask_month_figure", "ask_figure_after_change", "ask_share"})
GROUPED = re.compile(r"\d{1,3}(,\d{3})+(\.\d+)?")
LOOKALIKES = str.maketrans("lLIi|OoQ", "11111000")


@dataclass(frozen=True)
class Doubt:
    """Something the person has to look at. `choices` are (machine id, figure): yes, month, ytd, or a figure to take."""

    rule: str
    key: str
    facts: Mapping[str, Any]
    choices: tuple[tuple[str, str], ...] = ()
    blocks: bool = True

    @property
    def is_rejected(self) -> bool:
        """Whether only another figure can settle it."""
        return self.blocks and not self.choices


@dataclass(frozen=True)
class Settled:
    """What an answer makes of a doubt: a new item, or the rule affirmed."""

    items: Mapping[str, Item] = field(default_factory=dict)
    confirmed: Mapping[str, Sequence[str]] = field(default_factory=dict)


def find_doubts(sheet: Sheet) -> list[Doubt]:
    """Everything open, what only another figure settles first; hints about missing figures last."""
    current = sheet.current
    found = [_of_finding(sheet, one.rule, one.key, one.severity, one.facts) for one in sheet.findings()]
    doubts = [one for one in found if one is not None and not _is_affirmed(sheet, one)]
    rejected = {one.key for one in doubts if one.is_rejected}
    doubts = [one for one in doubts if one.is_rejected or one.key not in rejected]
    for key, entry in current.items():
        noted = read_pending(entry)
        if noted is not None:
            doubts.append(_within(sheet, _with_sum(sheet, _of_question(key, noted))))
    order = {one.key: n for n, one in enumerate(sheet.form.indicators)}
    return sorted(
        doubts, key=lambda one: (not one.is_rejected, not one.blocks, order.get(one.key.partition("[")[0], -1))
    )


def pending_of(reading: Understanding, items: Mapping[str, Item]) -> dict[str, dict[str, Any]]:
    """The questions of a reading about these items that outlive it, by key, as they are stored in the notes."""
    found: dict[str, dict[str, Any]] = {}
    for question in reading.questions:
        if question.key and question.key in items and question.id in CHOICES | AFFIRMED | HINTS:
            found[question.key] = _noted(question)
    return found


def write_pending(noted: Mapping[str, Any]) -> str:
    """As the note keeps it."""
    return json.dumps(noted, ensure_ascii=False, separators=(",", ":"))


def read_pending(entry: CheckinEntry) -> dict[str, Any] | None:
    """The question a note holds, or None."""
    if not entry.note.startswith('{"ask"'):
        return None
    try:
        noted: dict[str, Any] = json.loads(entry.note)
    except ValueError:
        return None
    return noted


def settle(sheet: Sheet, rule: str, key: str, choice: str) -> Settled:
    """What one choice of one open doubt does.

    Raises:
        DoubtSettled: it is not open any more, or has no such choice.
    """
    doubt = next((one for one in find_doubts(sheet) if (one.rule, one.key) == (rule, key)), None)
    if doubt is None or choice not in {name for name, _ in doubt.choices}:
        raise DoubtSettled(key=key)
    figure = dict(doubt.choices)[choice]
    if choice in ("yes", "month"):
        return Settled(confirmed={one: [rule] for one in _keys_of(sheet, doubt)})
    entry = sheet.current[key]
    note = MADE + str(doubt.facts["parts"]).replace("、", "+") if choice == "both" and "parts" in doubt.facts else ""
    item = filled(Decimal(figure), entry.is_approx, entry.source, choice, note=note)
    return Settled(items={key: item}, confirmed={key: ["V04"] if choice == "ytd" else [rule]})


def affirm_all(sheet: Sheet, only: Collection[str] = ()) -> Settled:
    """「对，没错」 to everything that a plain yes can settle, or to what was asked about ``only`` these keys."""
    confirmed: dict[str, list[str]] = {}
    for doubt in find_doubts(sheet):
        if doubt.choices and doubt.choices[0][0] == "yes" and (not only or doubt.key in only):
            for key in _keys_of(sheet, doubt):
                confirmed.setdefault(key, []).append(doubt.rule)
    return Settled(confirmed=confirmed)


def _of_finding(sheet: Sheet, rule: str, key: str, severity: Severity, facts: Mapping[str, object]) -> Doubt | None:
    known = {name: plain(value) if isinstance(value, Decimal) else value for name, value in facts.items()}
    if severity is Severity.REJECT:
        return Doubt(rule, key, known)
    if severity is Severity.SECRETARIAT:
        return None
    if rule == "V08":
        return _of_register(key, known)
    if rule == "V04":
        return Doubt(rule, key, known, (("month", str(known["value"])), ("ytd", str(known["month_if_ytd"]))))
    return Doubt(rule, key, known, (("yes", str(known.get("value", ""))),))


def _of_register(key: str, known: Mapping[str, Any]) -> Doubt:
    """A figure beside what its register counts. More rows than were said is a contradiction; fewer are asked for later.

    Progress of 100 % without evidence is only pointed out: the file may come after the figure.
    """
    if "ledger" not in known:
        return Doubt("evidence", key, known, blocks=False)
    said, counted = str(known["value"]), str(known["ledger"])
    return Doubt("V08", key, known, (("yes", said), ("ledger", counted)), blocks=Decimal(said) < Decimal(counted))


def _of_question(key: str, noted: Mapping[str, Any]) -> Doubt:
    ask = str(noted["ask"])
    facts = {name: value for name, value in noted.items() if name != "ask"}
    if ask == "ask_yuan_or_wan":
        stated = as_decimal(facts["stated"]) or Decimal(0)
        return Doubt("V05", key, facts, (("yuan", plain(stated / 10_000)), ("wan", plain(stated))))
    if ask == "ask_which_value":
        return Doubt("two", key, facts, (("first", str(facts["first"])), ("second", str(facts["second"]))))
    if ask == "ask_parts":
        either = tuple((name, str(facts[name])) for name in ("first", "second") if name in facts)
        return Doubt("parts", key, facts, (("both", str(facts["total"])), *either))
    if ask in ("ask_half", "ask_each"):
        return Doubt(ask.removeprefix("ask_"), key, facts, (("guess", str(facts["guess"])),))
    if ask == "ask_reread":
        guess = _reread(str(facts.get("written", "")))
        return Doubt("V12", key, {**facts, "guess": guess}, (("guess", guess),) if guess else (), blocks=bool(guess))
    if ask in AFFIRMED:
        return Doubt(ask, key, facts, (("yes", ""),))
    return Doubt(ask, key, facts, blocks=False)


def _with_sum(sheet: Sheet, doubt: Doubt) -> Doubt:
    """缺焊工12个，缺电工6个 may also mean 18: offered for flows, and for stocks that were larger than either."""
    if doubt.rule != "two":
        return doubt
    told = [Decimal(figure) for _, figure in doubt.choices]
    before = sheet.previous.get(doubt.key) or Decimal(0)
    if sheet.form.indicator(doubt.key).kind is not Kind.FLOW and max(told) >= before:
        return doubt
    return replace(doubt, choices=(*doubt.choices, ("both", plain(sum(told, Decimal(0))))))


def _within(sheet: Sheet, doubt: Doubt) -> Doubt:
    """Without the readings that the figure's range rules out; the person may still write another figure."""
    low, high = sheet.form.indicator(doubt.key).range or (Decimal(0), None)
    fitting = tuple(
        (name, figure)
        for name, figure in doubt.choices
        if name == "yes" or (Decimal(figure) >= low and (high is None or Decimal(figure) <= high))
    )
    return replace(doubt, choices=fitting)


def _reread(written: str) -> str:
    """What l05 or 1，205 probably meant; empty when nothing sensible comes out."""
    bare = "".join(char for char in written.translate(LOOKALIKES) if char.isdigit() or char in ".,，")
    bare = bare.replace("，", ",").strip(".,")
    if "," in bare and not GROUPED.fullmatch(bare):
        return ""
    bare = bare.replace(",", "")
    return bare if bare.replace(".", "", 1).isdigit() and len(bare) <= 9 else ""


def _noted(question: Question) -> dict[str, Any]:
    facts = {name: _short(value) for name, value in question.facts.items()}
    return {"ask": question.id, **facts}


def _short(value: object) -> Any:
    if isinstance(value, Decimal):
        return plain(value)
    return value if isinstance(value, int | float | bool | None) else str(value)[:40]


def _is_affirmed(sheet: Sheet, doubt: Doubt) -> bool:
    if doubt.is_rejected:
        return False
    current = sheet.current
    return all(doubt.rule in current[key].confirmed for key in _keys_of(sheet, doubt) if key in current)


def _keys_of(sheet: Sheet, doubt: Doubt) -> list[str]:
    """Where the answer is kept: the key itself, or every figure that a doubt about the whole form is about."""
    if doubt.key != "*":
        return [doubt.key]
    wanted = doubt.facts.get("keys") or [key for key, _ in entry_items(sheet)]
    return [key for key in wanted if key in sheet.current]

"""Decisions as a secretary types them at the meeting, one a line, understood into drafts of action items.

Labelled lines (「决定：…；责任单位：…；配合：…；时限：…」) are read by their labels; looser ones (「由…牵头，…配合，
12月底前完成」) by the words that give a unit its part. What is not certain becomes a doubt with what was said; nothing
is guessed.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from services.meetings.reading.deadlines import Deadline, Moment, find_deadlines, read_deadline
from services.meetings.reading.parts import Parts, is_heading, read_parts, starts_with_field
from services.meetings.reading.roles import Roles, joined, read_roles
from services.meetings.reading.unit_names import NameReading, UnitNames
from services.meetings.reading.wording import same_shape

_UNDECIDED = re.compile(r"待定|另定|另行确定|未定|待议")
_LEADER_MARK = re.compile(r"([^、,;()]+)\((?:牵头|主办|负责)(?:单位)?\)")
_TIME_ONLY = re.compile(
    r"(?:于|在|力争|争取|确保|务必|必须|须|要|请|应|最迟|最晚|截至|截止|时间|时限|要求|为|到|全部|全面|基本|并|"
    r"完成|办结|落实|到位|建成|交|结果|情况|之前|前|上|内|[\s:])*"
)
_ROLE_ONLY = re.compile(r"(?:请|由|并|具体|抓好|做好|组织|落实|完成|办理|实施|推进|工作|[\s,、()])*")


@dataclass(frozen=True)
class Doubt:
    """Something to ask before the item is issued: a machine id, what was said, and what it may mean.

    Ids: `text_missing`, `owner_missing`, `unit_without_part` (named, but neither owner nor helper), `owner_inferred`,
    `owner_ambiguous`, `owner_unknown`, `owner_group`, the same with `co_owner_`, `due_missing`, those of `DueDoubt`,
    and `person_left_out` (a person's name, kept out of the item).
    """

    code: str
    given: str = ""
    candidates: tuple[str, ...] = ()


@dataclass(frozen=True)
class DecisionDraft:
    """One decision as understood; complete when `doubts` is empty.

    Attributes:
        text: What is to be done, as typed, without the fields that were understood apart.
        standard: By what its completion is judged (标准), empty when not said.
        due_on: The time limit; None when there is none or it cannot be turned into a date.
        due_phrase: The time limit as said.
        source: The line as typed.
    """

    text: str
    standard: str
    owner_names: tuple[str, ...]
    co_owner_names: tuple[str, ...]
    due_on: date | None
    due_phrase: str
    doubts: tuple[Doubt, ...]
    source: str


def read_decisions(text: str, units: UnitNames, moment: Moment) -> list[DecisionDraft]:
    """The decisions of a message, one for every line that says something to be done."""
    return [read_decision(line, units, moment) for line in _lines(text)]


def read_decision(line: str, units: UnitNames, moment: Moment) -> DecisionDraft:
    """One decision; every part that is missing or unsure is a doubt."""
    parts = read_parts(line)
    roles = _roles(parts, units)
    body, due_field = parts.body, parts.fields.get("due", "")
    deadline = read_deadline(due_field, moment, labelled=True) if due_field else read_deadline(body, moment)
    text = _bare_text(body, roles, moment)
    doubts = (
        *([] if text else [Doubt("text_missing")]),
        *_name_doubts("owner", roles.owners),
        *_without_part(parts, roles, units),
        *_name_doubts("co_owner", roles.helpers),
        *_due_doubts(deadline, due_field),
        *([Doubt("person_left_out", parts.fields["person"])] if "person" in parts.fields else []),
    )
    return DecisionDraft(
        text=text,
        standard=parts.fields.get("standard", ""),
        owner_names=roles.owners.names,
        co_owner_names=roles.helpers.names,
        due_on=deadline.due_on if deadline else None,
        due_phrase=deadline.phrase if deadline else due_field,
        doubts=doubts,
        source=line.strip(),
    )


def _lines(text: str) -> Iterator[str]:
    """The lines, with fields on lines of their own joined to the decision above."""
    waiting = ""
    for line in text.splitlines():
        if waiting and starts_with_field(line):
            waiting = f"{waiting.rstrip('；;。 ')}；{line.strip()}"
        elif not is_heading(line):
            if waiting:
                yield waiting
            waiting = line
    if waiting:
        yield waiting


def _roles(parts: Parts, units: UnitNames) -> Roles:
    """Labelled units first; the sentence speaks only where a label does not."""
    said = read_roles(parts.body, units)
    owner_field, co_field = parts.fields.get("owner", ""), parts.fields.get("co_owner", "")
    helpers = _field(co_field, units) if co_field else said.helpers
    if not owner_field:
        return Roles(said.owners, _without(helpers, said.owners), said.spans)
    marked = _LEADER_MARK.search(same_shape(owner_field))
    if marked:
        others = same_shape(owner_field).replace(marked[0], "")
        owners, helpers = units.read(marked[1]), joined(_field(others, units), helpers)
    else:
        owners = _field(owner_field, units)
    spans = said.spans if said.owners.names and set(said.owners.names) <= set(owners.names) else ()
    return Roles(owners, _without(helpers, owners), spans)


def _field(value: str, units: UnitNames) -> NameReading:
    plain = same_shape(value)
    if _UNDECIDED.search(plain):
        return NameReading()
    chunks = [units.read(chunk) for chunk in plain.split(",")]
    reading = chunks[0]
    for chunk in chunks[1:]:
        if chunk.names and not chunk.unknown:
            reading = joined(reading, chunk)
    return reading


def _without(reading: NameReading, owners: NameReading) -> NameReading:
    kept = tuple(name for name in reading.names if name not in owners.names)
    return NameReading(kept, reading.inferred, reading.ambiguous, reading.unknown, reading.group)


def _name_doubts(part: str, reading: NameReading) -> Iterator[Doubt]:
    yield from (Doubt(f"{part}_inferred", spoken, (name,)) for spoken, name in reading.inferred)
    yield from (Doubt(f"{part}_ambiguous", spoken, names) for spoken, names in reading.ambiguous)
    yield from (Doubt(f"{part}_unknown", spoken) for spoken in reading.unknown)
    if reading.group:
        yield Doubt(f"{part}_group", reading.group)


def _without_part(parts: Parts, roles: Roles, units: UnitNames) -> Iterator[Doubt]:
    """No owner, or units that are spoken of without a part: each may be one that the rules missed."""
    named = dict.fromkeys(mention.name for mention in units.mentions(parts.body))
    others = tuple(name for name in named if name not in roles.owners.names + roles.helpers.names)
    if roles.owners.is_empty:
        yield Doubt("owner_missing", parts.fields.get("owner", ""), others)
    elif others:
        yield Doubt("unit_without_part", "", others)


def _due_doubts(deadline: Deadline | None, due_field: str) -> Iterator[Doubt]:
    if deadline is None:
        yield Doubt("due_missing", due_field)
    else:
        yield from (Doubt(doubt.value, deadline.phrase) for doubt in deadline.doubts)


def _bare_text(body: str, roles: Roles, moment: Moment) -> str:
    """The body without clauses that only name units or a time; all of it when nothing would be left."""
    plain = same_shape(body)
    covered = [*roles.spans, *((d.start, d.end) for d in find_deadlines(body, moment) if d.due_on)]
    kept: list[str] = []
    for clause in re.finditer(r"[^,;。\s]+[,;。\s]*", plain):
        rest = "".join(
            char
            for offset, char in enumerate(plain[clause.start() : clause.end()].rstrip(",;。 "), clause.start())
            if not any(start <= offset < end for start, end in covered)
        )
        touched = any(start < clause.end() and clause.start() < end for start, end in covered)
        if not (touched and (_TIME_ONLY.fullmatch(rest) or _ROLE_ONLY.fullmatch(rest))):
            kept.append(body[clause.start() : clause.end()])
    return "".join(kept).strip(" ,，;；。、") or body.strip(" ,，;；。、")

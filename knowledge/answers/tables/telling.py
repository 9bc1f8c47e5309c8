"""What a table says to a question: the value or the names first, then the rows that carry them, each cited."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

from knowledge.answers.answer import Answer, Sentence, cite, with_sentences
from knowledge.answers.notes import notes_on
from knowledge.answers.tables.reading import Reading, has_not, read
from knowledge.documents.entries import Hit
from knowledge.documents.sheets import Column, Line, date_in, sheets_of
from knowledge.documents.table_rows import told_cells
from knowledge.language.kinds import COUNTED_IN
from knowledge.questions.understanding import Question

_WHOLE_ROWS, _MOST_ROWS, _TABLES, _LONGEST = 3, 60, 3, 600
ADDED_UP, COUNTED = "added_up", "counted"


def from_tables(question: Question, hits: Sequence[Hit], today: date) -> Answer | None:
    """Return the answer of the table that accounts for most of the question; None where no table answers.

    What a table has not may be said elsewhere: see `of_another_row`.
    """
    found = [one for sheet in sheets_of(hits) if (one := read(sheet, question))]
    able = [one for one in found if one.deed != "absent"]
    if not able:
        return None
    most = max(one.held for one in able)
    best = {one.sheet.hit.document_id: one for one in reversed(able) if one.held == most}
    told = [(one, said) for one in reversed(best.values()) if (said := _told(one, question.kind, today))]
    return _side_by_side(told[:_TABLES]) if told else None


def of_another_row(question: Question, hit: Hit, start: int) -> bool:
    """Whether the sentence at ``start`` is a table's row about something else than is asked (图书采购: 设备购置)."""
    return any(
        has_not(sheet, row, question)
        for sheet in sheets_of([hit])
        for row, line in enumerate(sheet.lines)
        if line.hit.passage_id == hit.passage_id and line.start <= start < line.end
    )


def _side_by_side(told: Sequence[tuple[Reading, Answer]]) -> Answer:
    """The answer; those of several documents that fit alike with their titles, as nothing tells which is meant."""
    first = told[0][1]
    if len(told) == 1:
        return first
    headline = "；".join(f"《{one.sheet.hit.title}》：{said.value}" for one, said in told)
    notes = tuple(dict.fromkeys(note for _, said in told for note in said.notes))
    sentences = [sentence for _, said in told for sentence in said.sentences]
    return with_sentences(replace(first, headline=f"{headline}。", notes=notes), sentences, "extract")


def _told(reading: Reading, kind: str, today: date) -> Answer | None:
    lines = [reading.sheet.lines[row] for row in reading.rows]
    made = {"most": _first, "least": _first, "sum": _sum, "count": _count, "list": _list, "cell": _cell}[reading.deed]
    told = made(reading, lines)
    if told is None or len(told[1]) > _MOST_ROWS or len(told[0]) > _LONGEST:
        return None
    value, shown, added = told
    notes = notes_on([(one.hit, one.hit.text[one.start : one.end], "") for one in shown], today)
    if value.replace(".", "").isdigit():
        value += "人" if kind == "people" and not reading.measure else reading.measure
    base = Answer("answered", notes=(*notes, *added), confidence=1.0, value=value, headline=f"{value}。", computed=True)
    return with_sentences(base, _sentences(reading, shown), "extract")


def _cell(reading: Reading, lines: list[Line]) -> tuple[str, list[Line], tuple[str, ...]] | None:
    if len(reading.columns) > 1:
        figures = [one.figures[reading.rows[0]] for one in reading.columns]
        return _added(reading, [one for one in figures if one is not None], lines)
    value = _value(reading.columns[0], lines[0])
    return (value, lines, ()) if value else None


def _list(reading: Reading, lines: list[Line]) -> tuple[str, list[Line], tuple[str, ...]] | None:
    names = dict.fromkeys(_value(reading.columns[0], one) for one in lines)
    return ("、".join(one for one in names if one), lines, ()) if any(names) else None


def _count(reading: Reading, lines: list[Line]) -> tuple[str, list[Line], tuple[str, ...]]:
    names = {line.cells[reading.called] for line in lines}
    return f"{len(names)}{reading.measure or _measure(reading)}", lines, (COUNTED,)


def _sum(reading: Reading, lines: list[Line]) -> tuple[str, list[Line], tuple[str, ...]] | None:
    total = reading.sheet.total
    if total is not None and not reading.chosen_by and len(reading.columns) == 1:
        words = _value(reading.columns[0], total)
        if words:
            return words, [total], ()
    if len({one.units[row] for one in reading.columns if one.units for row in reading.rows}) > 1:
        return None  # 30家 and 4个 add up to nothing
    figures = [one.figures[row] for one in reading.columns for row in reading.rows]
    return _added(reading, [one for one in figures if one is not None], lines)


def _added(
    reading: Reading, figures: Sequence[Decimal], lines: list[Line]
) -> tuple[str, list[Line], tuple[str, ...]] | None:
    if not figures:
        return None
    column = reading.columns[0]
    unit = "".join(sign for sign in lines[0].words[column.at] if not (sign.isdigit() or sign in ",.，. "))
    words = f"{sum(figures):f}"
    return (f"{words}{unit}" if unit else column.valued(words, lines[0].number)), lines, (ADDED_UP,)


def _first(reading: Reading, lines: list[Line]) -> tuple[str, list[Line], tuple[str, ...]] | None:
    """The rows with the highest or lowest figure, all of them where several are alike."""
    column = reading.columns[0]
    if len({column.units[row] for row in reading.rows} if column.units else ()) > 1:
        return None
    told = [
        (date_in(column.cells[row]) if column.is_dates else column.figures[row], line)
        for row, line in zip(reading.rows, lines, strict=True)
    ]
    known = [(key, line) for key, line in told if key is not None]
    if not known:
        return None
    keys: list[object] = [key for key, _ in known]
    best = (max if reading.deed == "most" else min)(keys)  # type: ignore[type-var]
    shown = [line for key, line in known if key == best]
    names = "、".join(dict.fromkeys(line.words[reading.called] for line in shown))
    return f"{names}，{_value(column, shown[0])}", shown, ()


def _value(column: Column, line: Line) -> str:
    return column.valued(line.words[column.at], line.number)


def _sentences(reading: Reading, lines: Sequence[Line]) -> list[Sentence]:
    """The rows with all of their cells; many rows with those that matter only, passage by passage."""
    if len(lines) <= _WHOLE_ROWS:
        heads = [one.written for one in reading.sheet.columns]
        return [
            Sentence(told_cells(zip(heads, one.words, strict=True)), (cite(one.hit, one.start, one.end),))
            for one in lines
        ]
    found: dict[str, list[Line]] = {}
    for one in lines:
        found.setdefault(one.hit.passage_id, []).append(one)
    return [
        Sentence(
            "；".join(_short(reading, one) for one in group), tuple(cite(one.hit, one.start, one.end) for one in group)
        )
        for group in found.values()
    ]


def _short(reading: Reading, line: Line) -> str:
    label = reading.sheet.label
    kept = [
        reading.sheet.columns[at] for at in dict.fromkeys((*(one.at for one in reading.columns), *reading.chosen_by))
    ]
    said = [_value(one, line) for one in kept if one.at != label and line.words[one.at]]
    return line.words[label] + (f"（{'，'.join(said)}）" if said else "")


def _measure(reading: Reading) -> str:
    """In what rows are counted, as official texts count what their label names."""
    head = reading.sheet.columns[reading.called].head
    return next((signs[0] for noun, signs in COUNTED_IN.items() if noun in head), "个")

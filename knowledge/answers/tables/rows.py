"""Which rows a question speaks of: by a cell's words, a number, a date, or a bound."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from knowledge.answers.tables.columns import DUE, role_near, wanted
from knowledge.documents.sheets import Column, Sheet, date_in
from knowledge.language.abbreviations import shortened_at
from knowledge.language.numerals import value_of
from knowledge.language.speech import is_pale
from knowledge.questions.understanding import Question

Span = tuple[int, int]
_ITEMS = re.compile(r"[、,，;；/\s]+")
_NUMERAL = r"(\d{1,3}|[一二三四五六七八九十]{1,3})"
_ORDINAL = re.compile(
    rf"第{_NUMERAL}(?:[项个条号位家行批]|(?=任务))?(?:重点)?|(?:任务|项目|序号|编号|成员)第?{_NUMERAL}(?![\d年月万元个家项名])"
    r"|(?<!\d)(\d{1,3})号(?=任务|项目|成员|设备|单位)"
)
_YEAR = re.compile(r"(20\d{2})年(?:(\d{1,2})月份?)?(?:底|以前|之前|前)?")
_DAY = re.compile(r"\d{1,2}月\d{1,2}[日号]")
_BOUND = re.compile(
    r"(超过|高于|大于|多于|不低于|不少于|至少|达到|低于|少于|不到|不足|小于|不超过)\s*(\d[\d.]*)\s*([万亿]?)(?:元|个|名|人|台|块)?"
    r"|(\d[\d.]*)\s*([万亿]?)(?:元|个|名|人|台|块)?(及?以[上下])"
)
_ABOVE = frozenset(("超过", "高于", "大于", "多于"))
_FROM = frozenset(("不低于", "不少于", "至少", "达到", "以上", "及以上"))
_UPTO = frozenset(("不超过", "以下", "及以下"))
_NO, _NOT = frozenset(("否", "无", "×", "未", "不是")), re.compile(r"(?:非|不是?|没有?)$")
_YES_NO = frozenset(("是", "有", "√", "✓")) | _NO
_SHORT, _PART, _HALF, _MOST, _LONG = 3, 4, 0.5, 3, 7
_PLACE = re.compile(r"[市区县镇]$")


@dataclass(frozen=True)
class Picked:
    """Rows that some words of the question choose: by which columns, and which words these are."""

    rows: frozenset[int]
    columns: tuple[int, ...]
    span: Span
    whole: bool = True


@dataclass(frozen=True)
class _Mention:
    span: Span
    rows: Mapping[int, frozenset[int]]
    whole: bool


def picked(sheet: Sheet, question: Question) -> list[Picked]:
    """Return what chooses rows of ``sheet`` in a question; a choice without rows is one of what is not there."""
    asked = question.folded
    found = [_by_words(sheet, one, asked) for one in _mentions(sheet, question)]
    taken = [one.span for one in found]
    for more in (
        _by_day(sheet, asked),
        _by_yes(sheet, asked),
        _by_number(sheet, asked),
        _by_date(sheet, asked),
        _by_bound(sheet, asked),
    ):
        found += [one for one in more if not any(_overlap(one.span, span) for span in taken)]
    return found


def _by_words(sheet: Sheet, mention: _Mention, asked: str) -> Picked:
    """A cell's words choose its rows; who leads is not who helps where a table has both."""
    rows = dict(mention.rows)
    role = role_near(asked, *mention.span)
    if role is not None and sheet.label not in rows:
        meant = [one.at for one in sheet.columns if role.head.search(one.head)]
        if meant:
            rows = {at: rows.get(at, frozenset()) for at in meant}
    elif len(rows) > 1 and sheet.label in rows:
        rows = {sheet.label: rows[sheet.label]}
    return Picked(frozenset().union(*rows.values()), tuple(rows), mention.span, mention.whole)


def _mentions(sheet: Sheet, question: Question) -> list[_Mention]:
    """Where the question says words of cells, the longest first and none within another."""
    asked, short = question.folded, _short_forms(question)
    found: dict[Span, dict[int, set[int]]] = {}
    whole: set[tuple[Span, int]] = set()
    for column in sheet.columns:
        rows_of_cell: dict[str, set[int]] = {}
        for row, cell in enumerate(column.cells) if not (column.figures or column.is_dates) else ():
            rows_of_cell.setdefault(cell, set()).add(row)
        for cell, rows in rows_of_cell.items():
            is_label = column.at == sheet.label
            for span, is_whole in (*_said(cell, asked, is_label=is_label), *_shortened(cell, asked, short)):
                found.setdefault(span, {}).setdefault(column.at, set()).update(rows)
                whole |= {(span, column.at)} if is_whole else set()
    about = [word for word in question.words if word in sheet.about or word in sheet.heads]
    for word in about:  # 理事 is not said in 理事会, which the table is about
        at = asked.find(word)
        found = {span: rows for span, rows in found.items() if not _within_word(span, (at, at + len(word)))}
    kept: list[_Mention] = []
    for span in sorted(found, key=lambda one: (one[0] - one[1], one)):
        exact = [at for at in found[span] if (span, at) in whole]
        rows_of = {at: frozenset(rows) for at, rows in found[span].items() if at in exact or not exact}
        tells = exact or all(len(rows) <= max(1, len(sheet.lines) // _MOST) for rows in rows_of.values())
        if tells and not any(_overlap(span, one.span) for one in kept):
            kept.append(_Mention(span, rows_of, bool(exact)))
    return kept


def _short_forms(question: Question) -> dict[str, tuple[str, ...]]:
    """Words of the question that may be short for a body's name (某职院), with the full names that are known."""
    words = (*question.names, *(word for word in question.words if 1 < len(word) < _LONG))
    return {word: question.aliases.get(word, ()) for word in dict.fromkeys(words) if not is_pale(word)}


def _shortened(cell: str, asked: str, short: Mapping[str, tuple[str, ...]]) -> Iterator[tuple[Span, bool]]:
    if cell in asked:
        return
    for word, full in short.items():
        at = asked.find(word)
        if at >= 0 and word not in cell and (cell in full or shortened_at(word, cell)):
            yield (at, at + len(word)), True


def _said(cell: str, asked: str, *, is_label: bool) -> Iterator[tuple[Span, bool]]:
    """Where the question says a cell: whole, one of several things in it, a place without its sign, or a long part."""
    words = [cell, *(_ITEMS.split(cell) if not is_label else ()), _PLACE.sub("", cell) if len(cell) > 2 else cell]
    for word in dict.fromkeys(words):
        if len(word) > 1 and (at := asked.find(word)) >= 0:
            yield (at, at + len(word)), True
            return
    if is_label and (span := _longest(cell, asked)):
        length = span[1] - span[0]
        if length >= _PART or (length >= _SHORT and length >= _HALF * len(cell)):
            yield span, False


def _longest(cell: str, asked: str) -> Span | None:
    """Where the question has the longest stretch of a cell, of three signs at least."""
    best: Span | None = None
    for at in range(len(asked) - _SHORT + 1):
        if asked[at : at + _SHORT] not in cell:
            continue
        end = at + _SHORT
        while end < len(asked) and asked[at : end + 1] in cell:
            end += 1
        if best is None or end - at > best[1] - best[0]:
            best = (at, end)
    return best


def _by_yes(sheet: Sheet, asked: str) -> list[Picked]:
    """The rows that have what a column of yes and no is about (是否双师型: 双师型, 非双师型)."""
    for column in sheet.columns:
        about = column.head.removeprefix("是否").removeprefix("为")
        at = asked.find(about) if len(about) > 1 and set(column.cells) <= _YES_NO else -1
        if at >= 0:
            refused = _NOT.search(asked[:at])
            wanted_cells = _NO if refused else _YES_NO - _NO
            rows = frozenset(row for row, cell in enumerate(column.cells) if cell in wanted_cells)
            return [Picked(rows, (column.at,), (at, at + len(about)))]
    return []


def _by_number(sheet: Sheet, asked: str) -> list[Picked]:
    index = next((one for one in sheet.columns if one.is_index), None)
    found = _ORDINAL.search(asked)
    if index is None or found is None:
        return []
    told = next(one for one in found.groups() if one)
    number = int(told) if told.isdigit() else value_of(told)
    rows = frozenset(row for row, cell in enumerate(index.cells) if _number(cell) == number)
    return [Picked(rows, (index.at,), found.span())]


def _number(cell: str) -> int | None:
    found = re.search(r"(\d{1,6})\D*$", cell)
    return int(found[1]) if found else value_of(cell)


def _by_date(sheet: Sheet, asked: str) -> list[Picked]:
    """The rows of the year or month that is asked for; the year of the title alone asks for no column."""
    dates = [one for one in sheet.columns if one.is_dates]
    found = _YEAR.search(asked)
    if not dates or not found:
        return []
    named = [one for one in wanted(sheet, asked).columns if one.is_dates] or dates
    due = DUE.asked.search(asked) or any(word in asked for word in _words(named[0]))
    if len(named) > 1 or (f"{found[1]}年" in sheet.about and not due):
        return []
    year, month = int(found[1]), int(found[2] or 0)
    told = [date_in(cell) for cell in named[0].cells]
    rows = [row for row, one in enumerate(told) if one and one[0] == year and month in (0, one[1])]
    return [Picked(frozenset(rows), (named[0].at,), found.span())]


def _by_day(sheet: Sheet, asked: str) -> list[Picked]:
    """The rows of a day without its year (5月12日), where a column holds such days; none when it has not this one."""
    found = _DAY.search(asked)
    column = next((one for one in sheet.columns if all(_DAY.fullmatch(cell) for cell in one.cells)), None)
    if not found or column is None:
        return []
    rows = frozenset(row for row, cell in enumerate(column.cells) if cell == found[0])
    return [Picked(rows, (column.at,), found.span())]


def _words(column: Column) -> tuple[str, ...]:
    return (column.head[:2], column.head[-2:])


def _by_bound(sheet: Sheet, asked: str) -> list[Picked]:
    found = _BOUND.search(asked)
    able = [one for one in sheet.columns if one.figures]
    named = wanted(sheet, asked, [one.at for one in sheet.columns if one not in able]).columns
    columns = named or [
        one for one in able if found and found[0].removesuffix("以上").endswith(one.valued("1")[1:] or "?")
    ]
    if not found or len(columns) != 1:
        return []
    sign, limit = found[1] or found[6], Decimal(found[2] or found[4])
    great = {"万": 10_000, "亿": 100_000_000}.get(found[3] or found[5] or "", 1)
    unit = 10_000 if "万" in columns[0].valued("1") else 1
    limit = limit * great / unit
    rows = [row for row, one in enumerate(columns[0].figures) if one is not None and _within(one, sign, limit)]
    return [Picked(frozenset(rows), (), found.span())]


def _within_word(span: Span, word: Span) -> bool:
    return word[0] <= span[0] and span[1] <= word[1] and span != word


def _within(figure: Decimal, sign: str, limit: Decimal) -> bool:
    if sign in _ABOVE:
        return figure > limit
    if sign in _FROM:
        return figure >= limit
    return figure <= limit if sign in _UPTO else figure < limit


def _overlap(one: Span, other: Span) -> bool:
    return one[0] < other[1] and other[0] < one[1]

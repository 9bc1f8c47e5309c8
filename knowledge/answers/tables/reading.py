"""A question read against a table: its rows, its column, and what is to be done with them; or that it does not fit.

A table answers only when every word of the question is accounted for: it chooses rows, names a column, says what the
table is about, or asks.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from knowledge.answers.tables.columns import ROLES, Wanted, wanted
from knowledge.answers.tables.rows import Picked, picked
from knowledge.documents.sheets import Column, Sheet
from knowledge.language.asking import ASKING, POLITE
from knowledge.language.content import content_words
from knowledge.language.lexicon import group, hollow, renderings
from knowledge.language.matching import pair_share
from knowledge.language.speech import is_pale
from knowledge.questions.understanding import Question

Deed = Literal["cell", "list", "count", "sum", "most", "least", "absent"]

_MOST = re.compile(r"最[多高大贵晚迟长新]|最后")
_LEAST = re.compile(r"最[少低小早短紧急]|最便宜|最先")
_SUM = re.compile(
    r"合计|[总一]共|总计|共计|加起来|加在一起|加一起|总[额数和量]|总(?=金额|经费|预算|投入|投资|名额|人数|费)|全部"
)
_COUNT = re.compile(r"(?<!哪)(?:有|是|共|的)?(?<!哪)(?:几|多少)(?![钱万元])[个项家所种名位台类条门]?")
_COUNTED = re.compile(r"(?<!哪)(?:几|多少)(?![钱万元])[个项家所种名位台类条门]?([^,，?？]{1,8})")
_WHICH = re.compile(r"(?:哪|几|多少)[一些]?[个家项所种名位类]?([\u4e00-\u9fff]{2})")
_ALL = re.compile(r"哪[些几]|有什么|有谁|都有")
_NO_NAME = frozenset(("where", "when", "contact", "money", "people", "lasting", "often", "how", "why", "yesno"))
_LIST = re.compile(r"哪|什么|啥|谁|名单|有何|列")
_TABLE = re.compile(
    r"表格?[里中上]?|清单[里中上]?|名单[里中上]?|台账[里中上]?|名录[里中上]?|公示[了的]?|列[了出]|里面?|其中|这一?[类种项]|单个|每个|[类项家个所位](?![目型别])的?"
)
_IN_TABLE = re.compile(r"表|清单|名单|台账|名录|公示|一览")
_LIGHT = frozenset("花给拨拿补发交用要批投得领分买有配购放管干做办弄搞归算属来去让由")


@dataclass(frozen=True)
class Reading:
    """What a question asks of a table.

    Attributes:
        sheet: The table.
        deed: What is to be done: say a cell, list rows, count them, add up, find the first, or say it is not there.
        rows: Which rows, in order.
        columns: The column that is asked for; several only where their figures belong together.
        chosen_by: The columns that chose the rows.
        held: How many signs of the question are accounted for by the table itself.
        measure: The measure word that rows are counted with in the question, or empty.
        called: The column that the rows are named by: the one that is asked for (哪个单位), else the label.
    """

    sheet: Sheet
    deed: Deed
    rows: tuple[int, ...]
    columns: tuple[Column, ...]
    chosen_by: tuple[int, ...]
    held: int
    measure: str = ""
    called: int = 0


@dataclass(frozen=True)
class _Parts:
    """A question taken apart along a table.

    Attributes:
        choices: What of it chooses rows.
        chosen_by: The columns that these rows are chosen by.
        rest: Its words with blanks for those that choose.
        target: The columns that the rest asks for.
        left: The words that nothing accounts for.
        context: How many signs say what the table is about.
    """

    choices: Sequence[Picked]
    chosen_by: tuple[int, ...]
    rest: str
    target: Wanted
    left: Sequence[str]
    context: int

    @property
    def is_absent(self) -> bool:
        """Whether it asks for what the table has not: a row's number, or another column beside one of like name."""
        if any(not one.rows for one in self.choices) and not self.left:
            return True
        sure = any(one.whole and len(one.rows) == 1 for one in self.choices)
        heads = [head for head in self.target.words if len(head) > 1]
        return sure and any(f"{word}{head}" in self.rest for word in self.left for head in heads)


def read(sheet: Sheet, question: Question) -> Reading | None:
    """Return what ``question`` asks of ``sheet``, or None when it is no question for it."""
    parts = _taken_apart(sheet, question)
    choices, rest, target = parts.choices, parts.rest, parts.target
    if parts.is_absent:
        held = len(question.folded) - len(rest.replace(" ", ""))
        return Reading(sheet, "absent", (), target.columns, parts.chosen_by, held)
    rows = frozenset(range(len(sheet.lines))).intersection(*(one.rows for one in choices))
    deed = None if parts.left else _deed(sheet, parts, rows, question.kind)
    columns = _columns(sheet, deed, target) if deed else ()
    if deed is None or not columns or not rows:
        return None
    said = {*target.words, *(word for word in sheet.row_nouns if word in rest)}
    own = [word for word in said if not any(word != other and word in other for other in said)]
    held = sum(end - start for start, end in (one.span for one in choices)) + sum(map(len, own)) + parts.context
    return Reading(
        sheet, deed, tuple(sorted(rows)), columns, parts.chosen_by, held, question.unit, _called(sheet, rest)
    )


def has_not(sheet: Sheet, row: int, question: Question) -> bool:
    """Whether a row of a table answers for another one: its column is asked for, of something that it does not hold."""
    parts = _taken_apart(sheet, question)
    if parts.is_absent:
        return True
    nouns = [word for word in parts.left if len(word) > 1 and not is_pale(word)]
    said = f"{' '.join(sheet.lines[row].cells)} {sheet.about}"
    asked = not parts.choices and bool(parts.target.columns and nouns)
    return asked and not any(pair_share(word, said) for word in nouns)


def _taken_apart(sheet: Sheet, question: Question) -> _Parts:
    choices = picked(sheet, question)
    chosen_by = tuple(at for one in choices for at in one.columns)
    rest = _blanked(question.folded, [one.span for one in choices])
    target = _target(sheet, rest, chosen_by)
    return _Parts(choices, chosen_by, rest, target, *_left(sheet, rest, target, choices))


def _target(sheet: Sheet, rest: str, chosen_by: Sequence[int]) -> Wanted:
    """The column asked for: where something is to be reckoned one that can be."""
    if any(sign.search(rest) for sign in (_MOST, _LEAST, _SUM)):
        words = [one.at for one in sheet.columns if not (one.figures or one.is_dates)]
        if (found := wanted(sheet, rest, (*chosen_by, *words))).columns:
            return found
    return wanted(sheet, rest, chosen_by)


def _deed(sheet: Sheet, parts: _Parts, rows: frozenset[int], kind: str) -> Deed | None:
    """What is to be done with the rows, or None where nothing tells it."""
    choices, rest, target, context = parts.choices, parts.rest, parts.target, parts.context
    named = any(sheet.label in one.columns or sheet.columns[one.columns[0]].is_index for one in choices if one.columns)
    figured = [one for one in target.columns if one.figures or one.is_dates]
    named_so = any(word in rest for word in sheet.row_nouns)
    able = bool(choices or context) or target.sure or target.by_words or named_so
    for deed, sign in (("most", _MOST), ("least", _LEAST)):
        if sign.search(rest) and not (named and len(rows) == 1):
            return deed if figured and able else None  # type: ignore[return-value]
    if named and len(rows) == 1:
        by_number = all(sheet.columns[at].is_index for one in choices for at in one.columns)
        return "cell" if target.columns or (by_number and _LIST.search(rest)) else None
    counted = _COUNTED.search(rest)
    called = _called(sheet, rest)
    of_rows = counted and (counted[1].startswith(sheet.row_nouns) or called != sheet.label)
    if of_rows and (not target.sure or [one.at for one in target.columns] == [called]):
        of_table = bool(_IN_TABLE.search(rest)) or bool(context)
        return "count" if choices or of_table else None
    sums = [one for one in target.columns if one.figures]
    if sums and _SUM.search(rest):
        return "sum" if able else None
    if _COUNT.search(rest) and not sums:
        of_table = bool(_IN_TABLE.search(rest) or (context and _SUM.search(rest)))
        return "count" if choices or (of_table and (named_so or context)) else None
    if choices and (target.columns or (_LIST.search(rest) and kind not in _NO_NAME)):
        return "list"
    if (
        _ALL.search(rest)
        and named_so
        and context
        and not figured
        and set(target.columns) <= {sheet.columns[sheet.label]}
    ):
        return "list"
    return None


def _columns(sheet: Sheet, deed: Deed, target: Wanted) -> tuple[Column, ...]:
    """The columns to say: for a sum or the most those with figures; for a list the names of the rows if none else."""
    label = sheet.columns[sheet.label]
    if deed == "count":
        return (label,)
    if deed == "list":
        return target.columns[:1] if target.sure and len(target.columns) == 1 else (label,)
    columns = target.columns or ((label,) if deed == "cell" else ())
    if deed in ("most", "least", "sum"):
        columns = tuple(one for one in columns if one.figures or one.is_dates)
    if len(columns) > 1 and not _belong_together(columns):
        return ()
    return columns if deed in ("cell", "sum") or len(columns) == 1 else ()


def _called(sheet: Sheet, rest: str) -> int:
    """The column that names what is asked for or counted (哪家单位, 几个项目), or the label."""
    found = _WHICH.search(rest)
    for one in sheet.columns if found else ():
        if (
            found
            and one.is_words
            and found[1][:2] in one.head
            and not sheet.columns[sheet.label].head.startswith(found[1][:2])
        ):
            return one.at
    return sheet.label


def _belong_together(columns: Sequence[Column]) -> bool:
    """Whether columns of figures stand under one head (名额: 教师, 学生)."""
    return (
        all(one.figures and " " in one.head for one in columns)
        and len({one.head.split(" ")[0] for one in columns}) == 1
    )


def _blanked(text: str, spans: Sequence[tuple[int, int]]) -> str:
    for start, end in spans:
        text = text[:start] + " " * (end - start) + text[end:]
    return text


def _left(sheet: Sheet, rest: str, target: Wanted, choices: Sequence[Picked]) -> tuple[list[str], int]:
    """The words that nothing accounts for, and how many signs say what the table is about."""
    titled = [word for word in content_words(rest) if len(word) > 2 and word in sheet.about and word not in sheet.heads]
    for word in titled:  # 专项资金 of the title is no column of 资金
        rest = rest.replace(word, " " * len(word))
    heads = [sheet.columns[at].head for one in choices for at in one.columns]
    for role in ROLES:
        if any(role.head.search(head) for head in heads):
            rest = role.asked.sub(lambda found: " " * len(found[0]), rest)
    for word in (*sorted(target.words, key=len, reverse=True), *sheet.row_nouns):
        rest = rest.replace(word, " " * len(word))
    for pattern in (_MOST, _LEAST, _SUM, ASKING, POLITE, _TABLE, _COUNT):
        rest = pattern.sub(lambda found: " " * len(found[0]), rest)
    left, context = [], sum(map(len, titled))
    for word in content_words(rest):
        if word in sheet.about or any(one in sheet.about or one in sheet.heads for one in renderings().get(word, ())):
            context += len(word) if len(word) > 1 else 0
        elif word in hollow() or word in group("table_light") or word in _LIGHT or (len(word) == 1 and is_pale(word)):
            continue
        elif not any(word in head for head in sheet.heads.split()):
            left.append(word)
    return left, context

"""Statements about the whole form: 同上月, 时点数照旧, 全是0, 其余为零."""

import re
from collections.abc import Iterator
from decimal import Decimal

from services.checkins.form import Kind, State
from services.checkins.reading.context import APART
from services.checkins.reading.focusing import LONGEST_FILLER, denies_nothing_named
from services.checkins.reading.lexicon import WIDE, Mark
from services.checkins.reading.slate import Slate
from services.checkins.reading.tokens import Break, Figure, Filler, Mention, Sign, Token
from services.checkins.reading.understood import Item

NIL_OF_ALL = WIDE - {Mark.STOCKS}  # stock figures are never zero at one blow


def spread(text: str, tokens: list[Token], slate: Slate) -> bool:
    """Apply what is said of the whole form to the keys that have no item yet. True when something was."""
    spoken = settled = mentioned = False
    excepted = [found.end() for found in _ALL_BUT.finditer(text)]
    spared = _keys_within(tokens, [found.span() for found in _ALL_BUT.finditer(text)])
    for clause in _clauses(tokens):
        marks = {token.mark for token in clause if isinstance(token, Sign)}
        keyed = any(isinstance(token, Mention) for token in clause)
        apart = Mark.OTHER in marks or _sets_apart(text, clause) or _follows(clause, excepted)
        if (
            Mark.SAME in marks
            and _speaks_of_figures(text, clause)
            and not _qualifies(text, clause)
            and (apart or (not keyed and (not settled or marks & WIDE)))
        ):
            _carry(slate, marks, _nouns_named(text, clause, slate))
            spoken = True
        wide = (
            marks & (NIL_OF_ALL | {Mark.EQUALS})
            or _sets_apart(text, clause)
            or (not mentioned and _denies_all(text, clause))
        )
        if (not keyed or _sets_apart(text, clause)) and wide and _is_nil(text, clause, marks):
            _zero(slate, {key for one in clause if isinstance(one, Mention) for key in one.keys} | spared)
            spoken = True
        mentioned = mentioned or keyed
        settled = (settled or keyed) and not _ends_sentence(clause)
    return spoken


_ALL_BUT = re.compile(r"除了?[^;。\n]{1,80}?(?:之外|以外|外)(?=[,;。 都均全其和跟与同没])")


def _keys_within(tokens: list[Token], spans: list[tuple[int, int]]) -> set[str]:
    """The keys that stand in what was excepted: 除培训之外，其余都是0."""
    named = (one for one in tokens if isinstance(one, Mention))
    return {key for one in named for start, end in spans if start <= one.start < end for key in one.keys}


_TO_SAY = re.compile(r"(?:什么|啥)?(?:要|可|需要?)?(?:说|补充|汇报|反映)")
_OF_NOUN = re.compile(r"的(?=[一-龥])(?![吧啊呢了呀嘛哈哦])")
_NO_FIGURES = re.compile(r"地点|地址|时间|日期|联系人|联络员|负责人|领导|电话|名称|政策|制度|口径|模板|截止")


def _speaks_of_figures(text: str, clause: list[Token]) -> bool:
    """地点不变, 联系人没变: what has not changed there is no figure of the form."""
    return not _NO_FIGURES.search(text[clause[0].start : clause[-1].end])


def _qualifies(text: str, clause: list[Token]) -> bool:
    """没有变化的项目还要填: which items are meant, not that all is as it was."""
    same = next(one for one in clause if isinstance(one, Sign) and one.mark is Mark.SAME)
    return bool(_OF_NOUN.match(text, same.end))


def _sets_apart(text: str, clause: list[Token]) -> bool:
    """除实习2110外均同上月: the keys of the clause are the exception, the rest is meant."""
    return bool(clause) and bool(APART.search(text, clause[0].start, clause[-1].end))


def _follows(clause: list[Token], ends: list[int]) -> bool:
    """除了缺口（现在195人）之外，都和上月相同: the clause at the end of the exception, or right behind it."""
    return bool(clause) and any(clause[0].start - 1 <= end <= clause[-1].end for end in ends)


def _nouns_named(text: str, clause: list[Token], slate: Slate) -> set[str]:
    """The indexed keys that a clause limits itself to: 其他任务同上月 speaks of tasks only."""
    words = text[clause[0].start : clause[-1].end] if clause else ""
    return {one.key for one in slate.form.indicators if one.index_noun and one.index_noun in words}


def _clauses(tokens: list[Token]) -> Iterator[list[Token]]:
    clause: list[Token] = []
    for token in tokens:
        if isinstance(token, Sign) and _begins_anew(token, clause):
            yield clause
            clause = []
        clause.append(token)
        if isinstance(token, Break):
            yield clause
            clause = []
    yield clause


def _begins_anew(sign: Sign, clause: list[Token]) -> bool:
    """培训300 其余为0; 存量同上月 流量：协议1: without a sign between, what is said of the rest begins a clause."""
    if sign.mark is Mark.OTHER:
        return any(isinstance(one, Figure) for one in clause)
    same = any(isinstance(one, Sign) and one.mark is Mark.SAME for one in clause)
    return same and sign.mark in (Mark.FLOWS, Mark.STOCKS)


def _ends_sentence(clause: list[Token]) -> bool:
    return bool(clause) and isinstance(clause[-1], Break) and clause[-1].level in ("stop", "line")


def _denies_all(text: str, clause: list[Token]) -> bool:
    """都没有, before any key was named, denies the whole form; after 导师、培训 it denies those."""
    words = [one for one in clause if isinstance(one, Sign) and one.mark is Mark.NONE]
    return any(text[one.start] in "都均全" for one in words)


def _is_nil(text: str, clause: list[Token], marks: set[Mark]) -> bool:
    """Whether the clause says zero, or 没有 of nothing that it names; 都没有名字 denies the names."""
    values = [token.numeral.value for token in clause if isinstance(token, Figure)]
    if any(value != 0 for value in values) or _says_no_more(text, clause):
        return False
    if values:
        return True
    filler = sum(one.end - one.start for one in clause if isinstance(one, Filler))
    return filler <= LONGEST_FILLER and denies_nothing_named(text, clause) is True


def _says_no_more(text: str, clause: list[Token]) -> bool:
    """没别的了, 别的没有, 其他没了: nothing more to say. 其他都没有, 其余无 say that the rest is zero."""
    signs = [token for token in clause if isinstance(token, Sign)]
    none = next((one for one in signs if one.mark is Mark.NONE), None)
    other = next((one for one in signs if one.mark is Mark.OTHER), None)
    if none is None or other is None or any(one.mark in (Mark.ALL, Mark.EQUALS) for one in signs):
        return False
    said = text[none.start : none.end]
    if none.start < other.start:
        return True
    plain = said in ("没", "没有", "没得") and (text.startswith("别的", other.start) or text.startswith("了", none.end))
    return plain or bool(_TO_SAY.match(text, none.end))


def _carry(slate: Slate, marks: set[Mark], only: set[str]) -> None:
    """Last month's stock figures for the whole form; its flows are asked for one by one (V06)."""
    flows, stocks = Mark.STOCKS not in marks, Mark.FLOWS not in marks
    for key, value in slate.previous.items():
        bare = key.partition("[")[0]
        if bare not in slate.form.by_key or key in slate.items or value is None or (only and bare not in only):
            continue
        indicator = slate.form.by_key[bare]
        if indicator.kind is Kind.FLOW:
            if flows and indicator.asked:
                slate.problems.add(f"{key}:V06")
                slate.ask("ask_flow_figure", key, previous=value)
        elif stocks and (indicator.kind is Kind.STOCK or indicator.is_due(slate.period)):
            slate.items[key] = Item(Decimal(str(value)), State.CARRIED, rule="same_as_previous")


def _zero(slate: Slate, named: set[str]) -> None:
    """Zero for every flow of the form that was not given or ``named`` as the exception; stock figures stay open."""
    for indicator in slate.form.due(slate.period):
        if indicator.kind is Kind.FLOW and indicator.key not in {*slate.items, *named}:
            slate.items[indicator.key] = Item(Decimal(0), State.ZERO, rule="all_zero")
            slate.problems.discard(f"{indicator.key}:V06")

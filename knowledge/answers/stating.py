"""The figure that a sentence states for what is asked, with its bounds: 不少于20天, 90%以上, 2000余名.

A sentence that tells of several subjects (中级工每人180元，高级工每人240元) has a figure for each, and so has one that
tells of several years: the figure in the subject's own clause counts.
"""

from __future__ import annotations

import re

from knowledge.documents.table_rows import told_row
from knowledge.evidence.counted import counts
from knowledge.evidence.judging import Evidence
from knowledge.language.content import content_words
from knowledge.language.folding import fold
from knowledge.language.forms import COUNTING, form_of
from knowledge.language.matching import holds_word, pair_share
from knowledge.language.numerals import in_digits
from knowledge.questions.understanding import Question

Span = tuple[int, int]

_MEASURED = frozenset(
    ("count", "people", "money", "share", "amount", "quantity", "size", "measure", "when", "lasting", "often", "age")
)
_BEFORE = r"(?:(?:不[少低高多]于|不得?超过|超过|至少|最[多高低少长]|近|约为?|大约|逾|每[人年月]|全年|累计|满)\s*)?"
_AFTER = r"(?:(?<=人)次)?(?:\s*(?:及?以[上下内]|左右|上下|之?前|底前|末前|内))?"
_DATE = r"(?:(?<=年)\d{1,2}月|(?<=年\d)月|(?<=年\d\d)月)?(?:\d{1,2}[日号])?(?:[底初末]|[上中下]旬)?(?:之?前|以前|内)?"
_SO_MANY, _EACH = re.compile(r"([两二三四五六])(?:档|类|种|级|个|项|等|批|期|家|所)"), re.compile(r"各|分别")
_PER = re.compile(r"每([人年月])")
_SUM = re.compile(r"共|合计|总")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d{2}(?=年)")
_NEAR = 14
_FROM = re.compile(r"[从由](?:[^,，。;；]{0,4}的)?$")
_RISES = re.compile(
    r"[^,，。;；]{0,3}?(?:(?:提高|增加|增长|扩大|降低|减少|下降|调整|升|降|调)?到|(?:增|升|降|减|调)?至)"
)
_DIFFERS = re.compile(
    r"(?:比[^,，。;；]{1,10}|较[^,，。;；]{0,6}|同比)(?:多|少|高|低|增加|减少|增长|下降|提高|降低|增|减)(?:了|约)?$"
)
_SIGNS = ",，、;；。:："
_CLAUSE_SIGNS, _SEVERAL, _PARTLY = ",，、;；。", 2, 0.3


def is_measured(question: Question) -> bool:
    """Whether a figure answers: a number, a sum, a share, a date."""
    return question.kind in _MEASURED and form_of(question.kind, question.unit) is not None


def stated_each(question: Question, evidence: Evidence) -> list[str]:
    """Return the figures of a sentence that has as many as a question asks for (分三档，各交多少), or nothing."""
    asked = _SO_MANY.search(question.folded)
    if asked is None or not _EACH.search(question.folded):
        return []
    words, spans = _figures(question, evidence)
    found = [_said(question, words, one) for one in spans]
    return found if len(found) == int(in_digits(asked[1].replace("两", "二"))) else []


def stated(question: Question, evidence: Evidence) -> str:
    """Return the asked figure with its bounds as the sentence has it, or empty where none is asked."""
    words, spans = _figures(question, evidence)
    spans = _counting(question, words, _of_year(question, words, spans))
    likely = [one for one in spans if evidence.value.strip() in words[slice(*one)]] or spans[:1]
    mine, theirs = _places(question, words)
    counted = [one for one in spans if any(0 <= begin - one[1] <= 1 for begin, _ in mine)]  # 近千名教职工
    if mine and theirs:
        likely = _beside(words, mine, theirs, spans) or _behind(words, mine, theirs, spans)
    elif counted:
        likely = counted
    elif theirs:  # what stands beside another subject is that one's
        other = _beside(words, theirs, [], spans)
        likely = [one for one in likely if one not in other]
    if not (mine and theirs):
        own = _in_words_of_its_own(question, words, spans)
        likely = [one for one in likely if one in own] or own
    return _said(question, words, likely[0]) if likely else ""


def _counting(question: Question, words: str, values: list[Span]) -> list[Span]:
    """The values that count the very noun that is asked for (of 15个大类,90个专业 the second), or all of them."""
    asked = [word for word in (question.core, *question.counted) if len(word) > 1]
    if question.kind not in COUNTING or not asked:
        return values
    return [one for one in values if counts(words, one[1], asked)] or values


def _in_words_of_its_own(question: Question, words: str, values: list[Span]) -> list[Span]:
    """The values whose clause holds most of what is asked: of 布点占比达到55%，教师比例达到60% the teachers' for 教师.

    None where the sentence has several and no clause of theirs holds a word of the question.
    """
    if len(values) < _SEVERAL:
        return values
    subject = " ".join((*question.names, *question.places, question.label))
    asked = [word for word in question.words if len(word) > 1 and not word.isdigit() and word not in subject]
    if not asked:
        return values
    held = {span: sum(len(one) * _held(one, _clause_of(words, span)) for one in asked) for span in values}
    most = max(held.values())
    return [span for span in values if most and held[span] == most]


def _held(word: str, clause: str) -> float:
    """Whether a clause holds a word, or a third of its pairs (合作单位: 企业单位密切合作)."""
    share = pair_share(word, clause)
    return float(bool(holds_word(word, clause))) or (share if share >= _PARTLY else 0.0)


def _clause_of(words: str, span: Span) -> str:
    begin = max(words.rfind(sign, 0, span[0]) for sign in _CLAUSE_SIGNS) + 1
    stop = min((at for sign in _CLAUSE_SIGNS if (at := words.find(sign, span[1])) >= 0), default=len(words))
    return words[begin:stop]


def _said(question: Question, words: str, span: Span) -> str:
    """The figure as one says it: without the base that the question names itself (一年各交多少: 每年3万元)."""
    figure = re.sub(r"\s", "", words[slice(*span)])
    each = _PER.match(figure)
    named = each and re.search(rf"[每一]个?{each[1]}", question.folded)
    return figure[each.end() :] if each and named else figure


def _figures(question: Question, evidence: Evidence) -> tuple[str, list[Span]]:
    """The sentence's folded words, and where figures of the wanted kind stand in them."""
    words = fold(told_row(evidence.hit.text, evidence.start, evidence.end))
    form = form_of(question.kind, question.unit, False, not question.counted)
    if question.kind not in _MEASURED or not evidence.value or form is None:
        return words, []
    pattern = rf"{_BEFORE}(?:{form.pattern}){_DATE if question.kind == 'when' else _AFTER}"
    found = [one.span() for one in re.finditer(pattern, words)]
    return words, [one for one in found if not _is_aside(question, words, one)]


def _is_aside(question: Question, words: str, span: Span) -> bool:
    """Whether a figure is what was before (从100万元提高到), a difference (比…少2万元), last year's, or a part."""
    before, after = words[max(0, span[0] - _NEAR) : span[0]], words[span[1] : span[1] + _NEAR]
    if _DIFFERS.search(before) or (_FROM.search(before) and _RISES.match(after)):
        return True
    clause = _clause_of(words, span)
    if "今年" in question.folded and "去年" in clause:
        return True
    part = clause.partition("其中")[2]
    return bool(part) and bool(question.label) and not part.startswith(question.label) and "其中" not in question.folded


def own_words(question: Question) -> tuple[str, ...]:
    """The words of a subject's label that no other subject's label has, or the label itself."""
    others = {word for label in question.others for word in content_words(label)}
    return tuple(word for word in content_words(question.label) if word not in others) or (question.label,)


def apart(label: str, question: Question) -> tuple[str, ...]:
    """The words of another subject's label that this one's has not, or that label itself."""
    mine = set(content_words(question.label))
    return tuple(word for word in content_words(label) if word not in mine) or (label,)


def _places(question: Question, words: str) -> tuple[list[Span], list[Span]]:
    """Where a sentence names the subject that is asked about, and where the others."""
    if not question.label:
        return [], []
    theirs = [
        span
        for label in question.others
        for word in ((label,) if label in words else apart(label, question))
        for span in _at(word, words)
    ]
    mine = [
        span
        for word in ((question.label,) if question.label in words else own_words(question))
        for span in _at(word, words)
        if not any(begin <= span[0] and span[1] <= end for begin, end in theirs)  # 技师 in 高级技师
    ]
    return mine, theirs


def _of_year(question: Question, words: str, values: list[Span]) -> list[Span]:
    """The values of the one year that is asked about, where a sentence tells of several."""
    if len(question.years) != 1 or not (own := _at(str(question.years[0]), words)):
        return values
    others = [one.span() for one in _YEAR.finditer(words) if one[0] != str(question.years[0])]
    if not others:
        return values
    return _beside(words, own, others, values) or _behind(words, own, others, values) or values


def _at(word: str, words: str) -> list[Span]:
    return [found.span() for found in re.finditer(re.escape(word), words)]


def _beside(words: str, mine: list[Span], theirs: list[Span], values: list[Span]) -> list[Span]:
    """The values of the clauses in which a subject stands, the nearest first."""
    near: dict[Span, tuple[bool, int]] = {}
    for start, end in mine:
        begin = max(words.rfind(sign, 0, start) for sign in _SIGNS) + 1
        stop = min((at for sign in _SIGNS if (at := words.find(sign, end)) >= 0), default=len(words))
        within = [one for one in values if begin <= one[0] and one[1] <= stop + 1]
        if len(within) == 1 and any(begin <= at and to <= stop for at, to in theirs):
            continue
        for one in within:
            far = (one[0] < start, abs(one[0] - end))
            near[one] = min(far, near.get(one, far))
    return sorted(near, key=near.__getitem__)


def _behind(words: str, mine: list[Span], theirs: list[Span], values: list[Span]) -> list[Span]:
    """The values after a subject and before any other one, unless they are of all together."""
    for _, end in mine:
        other = min((at for at, _ in theirs if at >= end), default=len(words))
        if after := [one for one in values if end <= one[0] < other and not _SUM.search(words, end, one[0])]:
            return after
    return []

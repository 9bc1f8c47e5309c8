"""The figure that a sentence states for what is asked, with its bounds: 不少于20天, 90%以上, 2000余名.

A sentence that tells of several subjects (中级工每人180元，高级工每人240元) has a figure for each, and so has one that
tells of several years: the figure in the subject's own clause counts.
"""

from __future__ import annotations

import re

from knowledge.answers.clauses import clause_of, most_in_its_words
from knowledge.answers.matters import of_matter
from knowledge.answers.placing import behind, beside, dated, of_year, places_of
from knowledge.answers.respective import at_its_place, in_row, of_each
from knowledge.answers.sides import of_side
from knowledge.evidence.counted import counts, is_said
from knowledge.evidence.judging import Evidence
from knowledge.language.clauses import begin_of
from knowledge.language.folding import fold
from knowledge.language.forms import ABOUT, COUNTING, form_of
from knowledge.language.matching import holds_word
from knowledge.language.numerals import in_digits
from knowledge.questions.understanding import Question

Span = tuple[int, int]

_MEASURED = frozenset(
    ("count", "people", "money", "share", "amount", "quantity", "size", "measure", "when", "lasting", "often", "age")
)
_BEFORE = rf"(?:(?:不[少低高多]于|不得?超过|超过|至少|最[多高低少长]|大约|{ABOUT}为?|逾|每[人年月]|全年|累计|满)\s*)?"
_AFTER = r"(?:(?<=人)次)?(?:\s*(?:及?以[上下内]|左右|上下|之?前|底前|末前|内))?"
_DATE = r"(?:(?<=年)\d{1,2}月|(?<=年\d)月|(?<=年\d\d)月)?(?:\d{1,2}[日号])?(?:[底初末]|[上中下]旬)?(?:之?前|以前|内)?"
_SO_MANY, _EACH = re.compile(r"([两二三四五六])(?:档|类|种|级|个|项|等|批|期|家|所)"), re.compile(r"各|分别")
_PER = re.compile(r"每([人年月])")
_NEAR = 14
_FROM = re.compile(r"[从由](?:[^,，。;；]{0,4}的)?$")
_RISES = re.compile(
    r"[^,，。;；]{0,3}?(?:(?:提高|增加|增长|扩大|降低|减少|下降|调整|升|降|调)?到|(?:增|升|降|减|调)?至)"
)
_DIFFERS = re.compile(
    r"(?:比[^,，。;；]{1,10}|较[^,，。;；]{0,6}|同比)(?:多|少|高|低|增加|减少|增长|下降|提高|降低|增|减)(?:了|约)?$"
)
_REST = re.compile(r"其余|其它|剩余|余下|剩下")
_REMARK = re.compile(r"说明|备注|条件|要求|依据|任务|职责")
_SUM_OF, _SHARE = re.compile(r"(?:费|经费|资金|款|钱)$"), re.compile(r"[%％成]")
_YEAR_OF = re.compile(r"(?:19|20)\d{2}[届级]")
_OFTEN = r"(?:[^,，。;；]{0,8}?[一二两三四五六\d]+[次回])?"
_ONE_MATTER = re.compile(
    r"[\u4e00-\u9fff]{0,10}?(?:合作|联合|共同)?(?:开展|举办|实施|推行|试行|共建|建设|组建|成立|开设|打造|承担|研发)(?!了?(?:密切|深度)?合作)"
)
_CLAUSE_SIGNS = ",，、;；。"


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
    return found if len(found) == int(in_digits(asked[1])) else []


def stated(question: Question, evidence: Evidence) -> str:
    """Return the asked figure with its bounds as the sentence has it, or empty where none is asked."""
    words, spans = _figures(question, evidence)
    spans = of_side(question, evidence.hit, words, spans)
    if cells := evidence.hit.cells(evidence.start, evidence.end):
        return _in_row(question, cells, words, spans)
    if question.others and (row := in_row(words, spans)):
        placed = at_its_place(words, row, question.label, question.others)
        return _said(question, words, placed) if placed else ""
    if question.others and (shared := of_each(words, spans, question.label, question.others)):
        return _said(question, words, shared)
    spans = _counting(question, words, of_year(question, words, spans))
    if question.matter:
        found = of_matter(question, words, spans, fold(evidence.hit.heading))
        return _said(question, words, found) if found else ""
    likely = [one for one in spans if evidence.value.strip() in words[slice(*one)]] or spans[:1]
    mine, theirs = places_of(question, words)
    counted = [one for one in spans if any(_touches(words, one, begin) for begin, _ in mine)]  # 近千名教职工
    if question.kind == "when" and question.others and (mine or theirs):
        likely = dated(words, mine, theirs, spans)
    elif mine and theirs:
        likely = beside(words, mine, theirs, spans) or behind(words, mine, theirs, spans)
    elif counted:
        likely = counted
    elif theirs:  # what stands beside another subject is that one's
        other = beside(words, theirs, [], spans)
        likely = [one for one in likely if one not in other]
    if not (mine and theirs) and not (question.kind == "when" and question.others):
        own = most_in_its_words(question, words, spans)
        likely = [one for one in likely if one in own] or own
    return _said(question, words, likely[0]) if likely else ""


def _touches(words: str, value: Span, at: int) -> bool:
    """Whether a word stands right behind a figure, with no sign between them."""
    return at == value[1] or (at == value[1] + 1 and words[value[1]] not in _CLAUSE_SIGNS)


def _in_row(question: Question, cells: list[tuple[str, str]], words: str, values: list[Span]) -> str:
    """The one figure in the cells of a row that tell of what is asked: a remark beside it is not asked for."""
    heads = [fold(head) for head, _ in cells]
    named = {head for head in heads[1:] if any(holds_word(word, head) for word in (question.core, *question.focus))}
    told = named or {head for head in heads if not _REMARK.search(head)}
    own = [one for one in values if _head_of(words, one) in told]
    return _said(question, words, own[0]) if len({words[slice(*one)] for one in own}) == 1 else ""


def _head_of(words: str, value: Span) -> str:
    """The head of the cell that a figure of a told row stands in."""
    return re.split("[:：]", words[begin_of(words, value[0], ";；") : value[0]])[0]


def _counting(question: Question, words: str, values: list[Span]) -> list[Span]:
    """The values that count the very noun that is asked for (of 15个大类,90个专业 the second), or all of them."""
    if question.kind not in COUNTING:
        return values
    for asked in ((question.core,), question.counted):  # 专业大类: 大类 before 专业
        nouns = [word for word in asked if len(word) > 1]
        if nouns and (own := [one for one in values if counts(words, one[1], nouns)]):
            return own
    return values


def _said(question: Question, words: str, span: Span) -> str:
    """The figure as one says it: without the base that the question names itself (一年各交多少: 每年3万元)."""
    figure = re.sub(r"\s", "", words[slice(*span)])
    each = _PER.match(figure)
    named = each and re.search(rf"[每一]个?{each[1]}", question.folded)
    return figure[each.end() :] if each and named else figure


def _figures(question: Question, evidence: Evidence) -> tuple[str, list[Span]]:
    """The sentence's folded words, and where figures of the wanted kind stand in them."""
    words = fold(evidence.hit.told(evidence.start, evidence.end))
    form = form_of(question.kind, question.unit, False, not question.counted)
    if question.kind not in _MEASURED or not evidence.value or form is None:
        return words, []
    behind = {"when": _DATE, "often": _OFTEN}.get(question.kind, _AFTER)
    found = [one.span() for one in re.finditer(rf"{_BEFORE}(?:{form.pattern}){behind}", words)]
    if _SUM_OF.search(question.core):  # 培训费: no share
        found = [one for one in found if not _SHARE.search(words, *one)]
    found = [one for one in found if not _YEAR_OF.match(words, one[0])]  # 2024届 counts nothing
    found = [one for one in found if not _is_aside(question, words, one) and not _is_in_question(question, words, one)]
    return words, [one for one in found if not _of_one_matter(question, words, one)] or found


def _is_in_question(question: Question, words: str, span: Span) -> bool:
    """Whether a figure is one that the question says itself (企业的三条产线值多少)."""
    return question.kind in COUNTING and is_said(words[slice(*span)].strip(), question.folded)


def _of_one_matter(question: Question, words: str, span: Span) -> bool:
    """Whether a figure counts those who did one thing together (与18家企业合作开展试点), which is not asked about."""
    does = _ONE_MATTER.match(words, span[1])
    return does is not None and question.kind in COUNTING and not holds_word(does[0][-2:], question.folded)


def _is_aside(question: Question, words: str, span: Span) -> bool:
    """Whether a figure is what was before (从100万元提高到), a difference (比…少2万元), last year's, or a part."""
    before, after = words[max(0, span[0] - _NEAR) : span[0]], words[span[1] : span[1] + _NEAR]
    if _DIFFERS.search(before) or (_FROM.search(before) and _RISES.match(after)):
        return True
    clause = clause_of(words, span)
    if "今年" in question.folded and "去年" in clause:
        return True
    if _REST.search(clause) and not _REST.search(question.folded):
        return True
    part = clause.partition("其中")[2]
    if question.matter:
        return False
    return (
        bool(part)
        and bool(question.label)
        and question.label not in part[: len(question.label) + 2]
        and "其中" not in question.folded
    )

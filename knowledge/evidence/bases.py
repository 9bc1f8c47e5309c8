"""What a value is told for: each person, each month, at most; and whether that is what is asked.

每人补助300元 is no answer to how much there is in all, 不超过2万元 none to what was paid.
"""

from __future__ import annotations

import re

from knowledge.language.clauses import begin_of
from knowledge.language.forms import SUMS
from knowledge.language.kinds import MEASURES
from knowledge.language.matching import holds_word
from knowledge.questions.understanding import Question

_EACH = re.compile(
    rf"每(?![届次期批轮])[{MEASURES}]|每[\u4e00-\u9fff]一[{MEASURES}]|单[个项]|人均"
)  # 每个小院派2名 tells no school's number
_PER_ONE = re.compile(rf"[每各一][{MEASURES}](?!月)|单[个项]|人均")
_BOUNDS = (
    (
        re.compile(r"最[多高长大]|上限|封顶|顶多"),
        re.compile(r"不[得能]?超过|最[高多长大]|至多|以[内下]|上限|不高于|不多于|限[\u4e00-\u9fff]|[只仅][能可]|容纳"),
    ),
    (re.compile(r"最[少低短]|至少|起码"), re.compile(r"不[得能]?少于|不[得能]?低于|最[少低]|至少|以上")),
)
_BOUND_BEFORE, _BOUND_AFTER = 6, 3
_UNBOUNDED = 0.75
_ALLOWED = re.compile(r"能|可以?|要|得|限|最[多少]|至[多少]")  # 可以带几个教练: each one may
_EACH_OF = re.compile(r"(?:每一?|单)([场次期批台家亩吨套件])")
_EACH_WHO = re.compile(r"每[一]?[名位]([\u4e00-\u9fff]{2})")
_SHARED = re.compile(r"[%％成]")
_EACH_SAID = (
    r"[每各一][\u4e00-\u9fff]{0,2}?[人生名位家台个亩]|同一|单[个户家]|人均"
    r"|/[人台个亩]|[/每](?:月|天|课时|学时|小时|日|次)|标准"
)
_BASES = (
    (
        re.compile(
            r"[每各一]个?(?:[人生]|学生|老师|教师|职工|员工|学员|选手)(?![次民产])|人均|[每一][名位家台亩]|(?<=[招训带收录用])一个(?=[\u4e00-\u9fff]{2})(?!月|学[期年]|季度|钟头|小时)"
        ),
        re.compile(_EACH_SAID),
    ),
    (re.compile(r"每个?月|一个月|月均"), re.compile(r"月")),
)


def of_another_basis(question: Question, sentence: str, found: re.Match[str]) -> bool:
    """Whether it is asked for each person's, piece's or month's sum and the clause does not tell that."""
    if question.kind not in SUMS:
        return False
    clause = _before(sentence, found.start())
    bases = _BASES[:1] if _SHARED.search(found[0]) else _BASES  # 岗位工资的80%: what a month brings, too
    each = _EACH_OF.search(question.folded)
    if each and not re.search(rf"每一?{each[1]}|{each[1]}均|/{each[1]}|单{each[1]}", clause):
        return True
    whose, told = _EACH_WHO.search(question.folded), _EACH_WHO.search(clause)
    if whose and told and not holds_word(whose[1], clause):  # 每名老师: not 每名学徒
        return True
    return any(asked.search(question.folded) and not said.search(clause) for asked, said in bases)


def tells_each(question: Question, sentence: str, start: int) -> bool:
    """Whether the number at ``start`` counts for each of some things, where nobody asked about one of them."""
    clause = _before(sentence, start)
    each = _EACH.search(clause)
    if each is None or _PER_ONE.search(question.folded) or _ALLOWED.search(question.folded):
        return False
    return clause[each.end() : each.end() + 2] not in question.folded  # 每名传承人: a question about 传承人 means each


def _before(sentence: str, end: int) -> str:
    """The words of the clause before ``end``."""
    return sentence[begin_of(sentence, end, "。;；\n") : end]


def bounded(question: Question, sentence: str, span: tuple[int, int]) -> float:
    """Return less than 1 for a value without the bound that is asked for (最多补多少 wants 不超过2万元)."""
    around = sentence[max(0, span[0] - _BOUND_BEFORE) : span[1] + _BOUND_AFTER]
    for asked, stated in _BOUNDS:
        if asked.search(question.folded) and not stated.search(around):
            return _UNBOUNDED
    return 1.0

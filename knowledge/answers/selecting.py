"""Which evidence is said: the best sentence, more where a list or a comparison is asked, both sides of a conflict."""

from __future__ import annotations

import re
from collections.abc import Sequence

from knowledge.answers.answer import Outcome
from knowledge.answers.contradictions import contradict, years_of
from knowledge.answers.how_many import counts_only
from knowledge.evidence.judging import Evidence
from knowledge.evidence.named import names_it
from knowledge.evidence.slots import wants_slot
from knowledge.language.brackets import amount_in, bears_on
from knowledge.language.folding import fold
from knowledge.language.forms import SUMS
from knowledge.language.lexicon import group, synonyms
from knowledge.language.matching import holds_word
from knowledge.language.speech import deeds, is_pale
from knowledge.questions.focusing import LIGHT, WHERETO
from knowledge.questions.understanding import Question

_ANSWERS, _ANSWERS_LACKING, _ANSWERS_NAMED, _HALF = 0.5, 0.56, 0.65, 0.5
_NEAR, _FOCUS, _CORE, _SLOT, _HOLE = 0.3, 0.3, 0.35, 0.25, 0.4
_HOLDING = frozenset("住坐停报派")
_WHOLLY, _LITERALLY, _DEED = 0.8, 0.95, 0.5
_OF_YES = 0.5  # 食堂收费吗: what is free of charge elsewhere is no yes
_ITSELF, _ITSELF_BESIDE, _ITSELF_WIDE, _BESIDE = 0.25, 0.15, 0.12, 0.85
_SAID, _DATED = 0.8, 0.6  # 2025年8月底前竣工: under the heading of what was built
_TOUCHED, _LACKING, _LACKING_STRICT, _LEAD, _FAR = 0.55, 1.3, 0.5, 0.06, 0.25
_OF_OTHERS = 5.0  # 风电叶片实训基地: both words of its name are another one's
_TOUCHED_ALONE, _ALONE = 0.4, 0.4  # no other sentence is anywhere near
_ABSENT = 2.0  # nouns that a sentence with the wanted count or name may lack
_LEAST, _WIDE, _MORE_LACKING, _MORE_STRICT = 0.42, 0.2, 1.0, 0.5  # 猫半夜叫: a stray word leads in a small library
# Names and numbers stand everywhere.
_STRICT = frozenset(("who", "person", "duty", "consult", "count", "people", "seat", "payer"))
_BY_CORE = _STRICT | {"when", "often", "yesno", "money", "amount", "contact", "define", "quantity"}
_BEST, _MORE, _MORE_IN_LIST, _CONFLICT = 0.8, 0.9, 0.8, 0.7
_BARE_SUM = re.compile(r"([\d一二两三四五六七八九十百千]+[万千])(?![元多余分\d])")  # 设备采购30万谁批
_OPEN = frozenset(("fact", "list", "how"))
_LONGER, _ONE_NOUN, _ALL_ELSE, _LITTLE = 4, 1.15, 0.9, 0.01
_SENTENCES, _LED_BY = 3, 160


def banded(question: Question, evidence: Evidence) -> Outcome:
    """Return which of the three bands a sentence reaches: complete, near, or beside the point."""
    if evidence.held < _NEAR:
        return "none"
    complete = (
        _fits(question, evidence)
        and not question.bare
        and _says_enough(question)
        and not evidence.heading
        and evidence.held >= _least_held(question, evidence)
        and (question.kind != "where" or evidence.lacking < _HALF)
        and (evidence.focus >= _FOCUS or evidence.own >= _WHOLLY)
        and (evidence.core >= _CORE or _left_out(question, evidence) or _holds_all_else(question, evidence))
        and evidence.hole <= _HOLE
        and evidence.lacking <= (_ABSENT if question.kind in _STRICT else _OF_OTHERS)
        and (question.kind != "yesno" or evidence.focus >= _OF_YES)
        and (question.kind != "who" or len(question.words) > 1 or evidence.slot > 0)
    )
    return "answered" if complete else "nearest"


def _least_held(question: Question, evidence: Evidence) -> float:
    """The share of the question that a sentence must hold: names and lists stand everywhere."""
    if evidence.lacking < _HALF:
        return _ANSWERS
    if question.kind in ("list", "who"):
        return _ANSWERS_NAMED
    return _ANSWERS if evidence.lacking < 1 or wants_slot(question) else _ANSWERS_LACKING


def _highest(question: Question, evidence: Sequence[Evidence]) -> float:
    """The score of the best sentence that has the kind of thing that is asked for."""
    wants = wants_slot(question)
    return max((one.score for one in evidence if not one.heading and not (wants and one.slot < _SLOT)), default=0.0)


def stands_out(question: Question, told: Sequence[Evidence]) -> bool:
    """Whether the best of several sentences leads so clearly that one noun may be missing.

    People have other nouns than documents. When only one sentence comes near and has the kind of thing that is asked
    for, it is the answer though a word of the question is nowhere in it; two nouns are another matter, unless it
    leads by far: then no other sentence is anywhere near.
    """
    if not told or question.bare:
        return False
    best, *others = told
    lead = best.score - others[0].score if others else best.score
    strict, wide = question.kind in _STRICT, lead >= _WIDE and question.asks
    lacking = (_LACKING_STRICT if strict else _LACKING) + wide * (_MORE_STRICT if strict else _MORE_LACKING)
    return (
        (_says_enough(question) or (lead >= _FAR and best.own >= _LITERALLY and bool(question.words)))
        and best.held >= (_TOUCHED_ALONE if lead >= _ALONE or best.lacking < 1 else _TOUCHED)
        and best.score >= _LEAST
        and best.lacking <= lacking
        and (best.core >= _CORE or question.kind not in _BY_CORE or _is_loose(question, best, wide=wide))
        and best.hole < 1
        and (question.kind != "yesno" or best.focus >= _OF_YES or best.lacking <= _LACKING_STRICT)
        and lead >= _LEAD
        and _fits(question, best, wide=wide)
    )


def _fits(question: Question, evidence: Evidence, *, wide: bool = False) -> bool:
    """Whether a sentence is of the source, the deed and the kind that are asked for; no lead makes up for these."""
    return (
        evidence.right_source
        and (evidence.deed >= _DEED or not _needs_deed(question))
        and (evidence.slot >= _SLOT or not wants_slot(question))
        and not counts_only(question, evidence)
        and names_it(question, fold(evidence.text))
        and _holds_quoted(question, evidence)
        and _speaks_itself(question, evidence, _ITSELF_WIDE if wide else _ITSELF)
        and _decides_on(question, evidence)
    )


def _holds_quoted(question: Question, evidence: Evidence) -> bool:
    """Whether a sentence, what it stands under or what leads to it holds each quoted term of the question (“两轮”)."""
    hit = evidence.hit
    defines = question.kind == "define" and question.quoted
    led = hit.text[max(0, evidence.start - _LED_BY) : evidence.end]
    said = fold(f"{' '.join(hit.path)} {hit.title} {led}")
    own = not defines or holds_word(question.quoted[-1], fold(f"{' '.join(hit.path)} {evidence.text}"))
    return bool(own) and all(holds_word(term, said, question.aliases) for term in question.quoted)


def _decides_on(question: Question, evidence: Evidence) -> bool:
    """Whether a sentence on who approves a sum (花三万谁批) has the bracket of that sum."""
    asked = _BARE_SUM.sub(r"\1元", question.folded)
    amount = amount_in(asked) if question.kind == "approver" else None
    return amount is None or bears_on(amount, fold(evidence.text))


def _left_out(question: Question, evidence: Evidence) -> bool:
    """Whether the counted noun is left out behind the number (每家限报2项), as the passage speaks of it before."""
    sentence = fold(evidence.text)
    if question.kind != "count" or not evidence.value:
        return False
    ended = re.search(rf"{re.escape(evidence.value)}(?:$|[,，;；。])", sentence)
    return bool(ended) and question.core in fold(evidence.hit.text[: evidence.start])


def _holds_all_else(question: Question, evidence: Evidence) -> bool:
    """Whether of a longer question only the noun for the kind of answer is missing (以什么特点著称, 担任什么职位)."""
    rest = evidence.held / max(1 - evidence.hole, _LITTLE)
    of_kind = question.kind in _OPEN and not is_pale(question.core)
    return of_kind and len(question.words) >= _LONGER and evidence.lacking <= _ONE_NOUN and rest >= _ALL_ELSE


def _is_loose(question: Question, best: Evidence, *, wide: bool) -> bool:
    """Whether an answer hangs on a verb, which others may stand for (答应了吗: 未予采纳; 哪年搭起来的: 组建)."""
    unofficial = wide and question.core not in deeds()
    return is_pale(question.core) and (unofficial or (question.kind == "yesno" and best.lacking <= _LACKING_STRICT))


def _speaks_itself(question: Question, evidence: Evidence, floor: float) -> bool:
    """Whether a figure stands in words of its own about what is asked, not only under their heading."""
    beside = evidence.slot >= _BESIDE and evidence.itself >= _ITSELF_BESIDE
    dated = question.kind == "when" and question.core in deeds() and evidence.event >= _SAID and evidence.slot >= _DATED
    return not wants_slot(question) or evidence.itself >= floor or beside or dated or evidence.slot >= 1


def _says_enough(question: Question) -> bool:
    """Whether a question has a word of its own, or asks for what only one kind of sentence tells."""
    told = question.kind == "stages" and bool(question.words)
    return told or any(len(word) > 1 for word in question.words) or amount_in(question.folded) is not None


def _needs_deed(question: Question) -> bool:
    """Whether a sentence without the very deed tells of another one (谁审批, 赔多少)."""
    if question.event:
        return True
    if question.kind == "yesno" and len(question.deed) == 1 and question.deed not in LIGHT:
        return question.deed in synonyms()
    if question.kind in ("people", "count") and question.deed in _HOLDING:
        return True  # 宿舍能住多少人: how many it holds
    if question.kind == "times":
        return question.deed in deeds()
    is_deed = question.deed in deeds() or question.deed in synonyms() or question.deed in group("paying")
    if not is_deed or question.deed in group("type") or question.deed[-1] in WHERETO:
        return False
    return question.kind == "who" or (question.kind in SUMS and question.deed in group("paying"))


def chosen(question: Question, evidence: Sequence[Evidence]) -> list[Evidence]:
    """Return the sentences to say, best first; empty when none is complete."""
    able = [one for one in evidence[:12] if banded(question, one) == "answered"]
    told = [one for one in evidence if not one.heading]
    if not able or able[0].score < _BEST * _highest(question, evidence):
        return told[:1] if stands_out(question, told) else []
    best = able[0]
    listing = question.lists or question.compares
    floor = (_MORE_IN_LIST if listing else _MORE) * best.score
    others = [one for one in able[1:] if one.score >= floor and not _of_another_year(question, best, one)]
    if not listing:  # a second sentence must speak of the asked thing, too
        others = [one for one in others if one.focus >= _FOCUS]
    if listing:  # other documents first: a list is asked of all of them
        others.sort(key=lambda one: one.hit.document_id == best.hit.document_id)
    picked = [best, *others][: _SENTENCES if listing else 2]
    return picked + [one for one in conflicting(question, best, able[1:]) if one not in picked]


def _of_another_year(question: Question, best: Evidence, other: Evidence) -> bool:
    """Whether ``best`` is about a year that was asked for and ``other`` only about different ones."""
    wanted = {str(year) for year in question.years}
    named = years_of(other)
    return bool(wanted & years_of(best) and named and not wanted & named)


def conflicting(question: Question, best: Evidence, others: Sequence[Evidence]) -> list[Evidence]:
    """Return sentences of the same document and sub-source that state another value for the same thing."""
    if not wants_slot(question) or not best.value:
        return []
    return [
        one
        for one in others
        if one.hit.document_id == best.hit.document_id
        and one.hit.part == best.hit.part
        and one.score >= _CONFLICT * best.score
        and one.value
        and contradict(question, best, one)
    ][:2]

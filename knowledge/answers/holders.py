"""Who holds an office, leads, decides or houses something, in as few words as the sentence says it.

The name stands in the very clause that speaks of the office or the deed; where two could be meant, none is said.
"""

from __future__ import annotations

import re
from functools import lru_cache

from knowledge.evidence.judging import Evidence
from knowledge.evidence.named import HOLDS, office_asked
from knowledge.language.content import content_words
from knowledge.language.folding import fold
from knowledge.language.forms import NAME, ORGANISATION
from knowledge.language.kinds import TITLES
from knowledge.language.matching import holds_word
from knowledge.questions.understanding import Question

_OF_WHOM = frozenset(("who", "person", "duty", "consult", "approver"))
_LONGEST, _SHORT = 40, 2
_SEATED = re.compile(r"(?:[设落]在|设于|挂靠(?:在|于)?|位于)([^,，。;；]{2,30})")
_NUMBERED = re.compile(r"^.*[\s)）]|^[一二三四五六七八九十]+[、.]|^第[一二三四五六七八九十百\d]+[条章款]|^[\d.]+")
_ENDS = re.compile(rf"(?:{ORGANISATION}|{TITLES}|主席|理事长|[局委办院校所])$")
_ADVERB = r"(?:负责|承担|具体|共同|联合|召集并|组织|统一|最终)*"


def holder(question: Question, evidence: Evidence) -> str:
    """Return the folded name of whom or of where a sentence says it is, or empty where that is not plain to see."""
    if question.kind not in _OF_WHOM | {"seat"}:
        return ""
    if cells := evidence.hit.cells(evidence.start, evidence.end):
        return _in_cell(question, cells)
    words = fold(evidence.text)
    if question.kind == "seat":
        return _only([one[1] for one in _SEATED.finditer(words)])
    office = office_asked(question)
    if not office:
        return _only(_done(question, words))
    whole = f"{question.label.removesuffix(office)}{office}"
    return _only(_held(whole if whole in words else office, words))


def _in_cell(question: Question, cells: list[tuple[str, str]]) -> str:
    """The cell behind the one head that the question says (主任单位)."""
    named = [(head, cell) for head, cell in cells[1:] if len(head) > 1 and fold(head) in question.folded]
    return fold(named[0][1]) if len(named) == 1 and len(named[0][1]) <= _LONGEST else ""


def _only(found: list[str]) -> str:
    return found[0] if len(set(found)) == 1 else ""


def _held(office: str, words: str) -> list[str]:
    """The people that a sentence says hold ``office``; more than the bare office must stand there whole."""
    return [found["one"] or found["other"] for found in _holding(office).finditer(words)]


@lru_cache(maxsize=256)
def _holding(office: str) -> re.Pattern[str]:
    own = rf"(?<!副)(?<!常务){re.escape(office)}"
    return re.compile(
        rf"{own}(?:\d[名位人],?)?(?:由|[:：为是])\s*[^,，。;；、]{{0,24}}?(?P<one>{NAME})(?={HOLDS}|同志|[,，。;；、)）]|$)"
        rf"|(?<![\u4e00-\u9fff])(?P<other>{NAME})(?:同志)?{HOLDS}[^,，。;；、]{{0,12}}{own}"
    )


def _done(question: Question, words: str) -> list[str]:
    """The bodies that a sentence says do what is asked about, in the clause of that deed.

    Where the sentence names the compared matter itself (教务处负责课程置换), only that clause tells whose it is.
    """
    named = "" if question.matter or question.label not in words else question.label
    deeds = [question.label, question.event, question.deed, question.core, *question.focus]
    for deed in dict.fromkeys(word for word in deeds if len(word) >= _SHORT):
        for pattern in _doing(deed):
            found = [one for one in pattern.finditer(words) if not named or named in _clause(words, one)]
            bodies = [_NUMBERED.sub("", one[1]).strip() for one in found]
            if bodies := [one for one in bodies if _ENDS.search(one) and not _is_asked(one, question)]:
                return bodies
    return []


@lru_cache(maxsize=256)
def _doing(deed: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """由某校牵头, and 某局负责受理 at a clause's beginning."""
    body, does = rf"([^,，。;；:：由]{{2,{_LONGEST}}}?)", rf"{_ADVERB}{re.escape(deed)}"
    return re.compile(rf"由{body}{does}"), re.compile(rf"(?:^|[,，。;；:：]){body}{does}")


def _clause(words: str, found: re.Match[str]) -> str:
    stop = re.search("[,，。;；]", words[found.end() :])
    return words[found.start() : found.end() + stop.start()] if stop else words[found.start() :]


def _is_asked(body: str, question: Question) -> bool:
    """Whether a body is nothing but what the question speaks of."""
    named = content_words(body)
    return all(holds_word(word, question.folded) for word in named)

"""The mechanical check of a sentence against the passages it cites: figures, dates, names, and its wording."""

from __future__ import annotations

import re
from collections.abc import Sequence

from knowledge.answers.figures import bound
from knowledge.documents.entries import Hit
from knowledge.language.content import places_in
from knowledge.language.folding import bare, fold
from knowledge.language.lexicon import hollow
from knowledge.language.numerals import in_digits
from knowledge.language.terms import words_of
from knowledge.questions.understanding import Question

_FIGURE = re.compile(r"\d[\d,.]*\d|\d")
QUOTED = re.compile(r"[“「『《\"]([^”」』》\"]{2,40})[”」』》\"]")
_NAME = re.compile(
    r"[\u4e00-\u9fff]{2,14}(?:学院|大学|学校|委员会|[局厅部]|公司|集团|中心|协会|联盟|研究院|办公室|领导小组)"
)
LATIN = re.compile(r"[a-z][a-z0-9.+-]{1,}")
PERSON = re.compile(
    r"(?:书记|校长|院长|主任|局长|处长|教授|总经理|联系人)[:：是为]?([\u4e00-\u9fff]{2,3})(?=[,，。、；\s]|同志|$)"
)
NEGATION = re.compile(r"不得|不能|不可|不纳入|不予|不需|无需|禁止|没有|未|不是|并非|不")
MARKUP = re.compile(r"<[^>]*>|https?://|\]\(|`|\{|\}")
_WORDING = 0.7


def carried_by(sentence: str, hits: Sequence[Hit], question: Question) -> bool:
    """Whether everything checkable in ``sentence`` stands in the passages ``hits`` and their headings.

    Figures (also as Chinese numerals) must stand there as they are used (`figures.bound`); names in quotation marks,
    organisations, places, Latin words and people's names word for word; of the other words at least seven in ten,
    counting those of the question; and a no must not be made out of a yes.
    """
    said, source = fold(sentence), fold("\n".join(f"{hit.heading}\n{hit.text}" for hit in hits))
    if MARKUP.search(said):
        return False
    digits = in_digits(source)
    if not figures_in(said) | figures_in(in_digits(said)) <= figures_in(source) | figures_in(digits):
        return False
    if not bound(sentence, [hit.text for hit in hits], [hit.heading for hit in hits]):
        return False
    plain = bare(source)
    names = [*QUOTED.findall(said), *LATIN.findall(said), *PERSON.findall(said), *places_in(said)]
    if any(bare(name) not in plain for name in names if bare(name)):
        return False
    if not all(_organisation_known(name, plain) for name in _NAME.findall(said)):
        return False
    if bool(NEGATION.search(said)) != bool(NEGATION.search(_closest_clause(said, source))):
        return False
    return _wording_share(said, plain, bare(question.folded)) >= _WORDING


def figures_in(text: str) -> set[str]:
    """Return the figures of a folded text, without the commas of thousands."""
    return {match[0].replace(",", "") for match in _FIGURE.finditer(text)}


def organisations_in(text: str) -> list[str]:
    """Return what a folded text names by the ending of an organisation, perhaps with words before it."""
    return _NAME.findall(text)


def _organisation_known(name: str, plain: str) -> bool:
    """A name may be caught with words before it (由某某学院): some tail of it, six characters or more, must stand."""
    name = bare(name)
    if name in plain:
        return True
    return any(name[at:] in plain for at in range(1, max(1, len(name) - 5)))


def _closest_clause(said: str, source: str) -> str:
    clauses = [one for one in re.split(r"[。;；!！?？\n]", source) if one.strip()]
    pairs = {said[at : at + 2] for at in range(len(said) - 1)}
    return max(clauses, key=lambda clause: sum(pair in clause for pair in pairs), default="")


def _wording_share(said: str, plain: str, asked: str) -> float:
    words = [word for word in words_of(said) if len(word) > 1 and word not in hollow() and bare(word)]
    if not words:
        return 1.0
    return sum(bare(word) in plain or bare(word) in asked for word in words) / len(words)

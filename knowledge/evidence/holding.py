"""How much of a question a sentence holds, word by word: itself, its headings, and what stands before it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from knowledge.documents.pages import Line
from knowledge.evidence.siblings import has_twin, is_sibling
from knowledge.evidence.weighing import COUNT
from knowledge.language.brackets import Amount, bears_on
from knowledge.language.forms import SUMS
from knowledge.language.kinds import COUNTED_IN
from knowledge.language.lexicon import group
from knowledge.language.matching import find_parts, find_word, holds_word, is_split, pair_share
from knowledge.language.slips import akin
from knowledge.language.speech import is_pale
from knowledge.language.terms import is_word
from knowledge.questions.understanding import Question

_RUN, _DRAWN, _SPLIT, _LITERALLY, _COUNTED = 4, 0.85, 0.7, 1.0, 0.5
_SIBLING, _OTHER_FEE = 3.0, 2.0
_BEFORE, _AROUND, _IN_PAIRS, _FOCUS_AROUND = 0.8, 0.9, 0.7, 0.7
_CHARGE = re.compile(r"[\u4e00-\u9fff]{1,3}[费租薪]")
_NAMED = frozenset(("who", "person", "duty", "consult"))
_STATED = frozenset(("count", "people", "quantity", "share"))
_PAID = SUMS | {"payer"}

Spans = list[tuple[int, int]]


@dataclass(frozen=True)
class Word:
    """How a sentence holds one word of a question.

    Attributes:
        here: How surely the sentence itself holds it.
        sure: The same without parts of a known word, which may be another word.
        around: How surely its headings or the words before it do.
        over: How surely its headings do.
        spans: Where it stands in the sentence.
    """

    here: float
    sure: float
    around: float
    over: float
    spans: Spans


@dataclass
class Holding:
    """What a sentence holds of a question, weighed.

    Attributes:
        own: Share of the question's weight that the sentence alone holds.
        itself: The same of the words that are no name or place its source is about.
        held: The same with its headings and the words before it.
        focus: Share of the asked words' weight that it holds.
        core: How surely the one word is held that the asking word belongs to.
        hole: The share of the one word that is missing most.
        deed: How surely it or its headings hold the deed that is asked about; 1 when none is.
        event: How surely the sentence itself holds the one word that the asking word belongs to.
        places: Where the words stand in it: word → (weight, spans).
        over: The words that its headings hold.
        lacking: How many of the nouns are missing in it and around it.
    """

    own: float = 0.0
    itself: float = 0.0
    held: float = 0.0
    focus: float = 0.0
    core: float = 1.0
    hole: float = 0.0
    deed: float = 1.0
    event: float = 0.0
    places: dict[str, tuple[float, Spans]] = field(default_factory=dict)
    over: frozenset[str] = frozenset()
    lacking: float = 0.0


def holding_of(
    question: Question,
    weights: Mapping[str, float],
    line: Line,
    *,
    right_source: bool,
    granted: frozenset[str],
    topics: frozenset[str] = frozenset(),
    amount: Amount | None = None,
) -> Holding:
    """Weigh what ``line`` holds of the question.

    Args:
        question: What is asked.
        weights: Each content word's weight.
        line: The sentence.
        right_source: Whether the names of the question are its source's.
        topics: Verbs that are what is asked about.
        granted: Words that it need not hold, as it states what the document says about itself.
        amount: What a bracket is asked for; None when nothing is, or no sentence has such a bracket.
    """
    heaviest = max(weights.values(), default=1.0) if amount is not None else 0.0
    fits = heaviest if amount is not None and bears_on(amount, f"{line.led} {line.folded}") else 0.0
    total = sum(weights.values()) + heaviest or 1.0
    runs, drawn = _in_runs(question, line.folded), _drawn(question, line.folded)
    all_of = Holding(own=fits / total, held=fits / total, focus=fits, hole=(heaviest - fits) / total)
    focus_total, itself_total = heaviest, heaviest
    for word, weight in weights.items():
        found = _found(word, question, line, runs.get(word, 0.0), drawn.get(word), granted=word in granted)
        around = _LITERALLY if right_source and word in question.names else found.around
        lost = _lost(word, question, line, max(found.here, around))
        all_of.places[word] = (weight, found.spans)
        all_of.over |= {word} if found.over else frozenset()
        all_of.hole = max(all_of.hole, weight * lost / total)
        all_of.own += weight * found.here / total
        if found.here or not _is_given(word, question, found, line):
            all_of.itself += weight * found.here
            itself_total += weight
        all_of.held += weight * max(found.here, _AROUND * around) / total
        if _must_be_held(word, question, topics):
            all_of.lacking += _lacking(word, question, lost, max(found.sure, _AROUND * around))
        if word == (question.event or question.deed):
            all_of.deed = max(found.here, found.over)
        if word == question.core:
            all_of.event = found.here
            all_of.core = max(_core(question, found, around), _COUNTED * _is_counted(question, word, line.folded))
        if word in question.focus:
            all_of.focus += weight * max(found.here, _FOCUS_AROUND * around)
            focus_total += weight
    all_of.itself = (all_of.itself + fits) / itself_total if itself_total else 1.0
    all_of.focus = all_of.focus / focus_total if focus_total else all_of.held
    return all_of


def _found(
    word: str, question: Question, line: Line, run: float, drawn: tuple[int, int] | None, *, granted: bool
) -> Word:
    sentence, aliases = line.folded, question.aliases
    here, spans = find_word(word, sentence, aliases)
    if not here:
        here, spans = find_parts(word, sentence)
    if line.led and (asked := max(holds_word(word, line.led, aliases), find_parts(word, line.led)[0])) > here:
        here, spans = asked, spans or [(0, 0)]
    if granted:
        here = _LITERALLY
    if not here and drawn:
        here, spans = _DRAWN, [drawn]
    guess = akin(word, sentence)
    sure = max(here if is_word(word) else max(here, run), guess)  # a part of a known word is another word
    parts = 0.0 if has_twin(word, sentence) else max(run, _IN_PAIRS * pair_share(word, sentence))
    here = max(here, parts, guess)
    over = line.page.over(word, aliases)
    if not here and not over and is_split(word, sentence, line.page.heading):
        here = sure = _SPLIT
    around = max(over, _BEFORE * holds_word(word, line.before, aliases))
    return Word(here, sure, around, over, spans)


def _lost(word: str, question: Question, line: Line, found: float) -> float:
    """How much of a word is missing; more than all of it where one of its kind stands in its place."""
    return 1 - found if found or not is_sibling(word, question, line.folded) else _SIBLING


def _is_given(word: str, question: Question, found: Word, line: Line) -> bool:
    """Whether a word stands above the sentence as what its source is about anyway."""
    subject = any(word in name for name in (*question.names, *question.places))
    return bool(found.over) and (subject or line.page.titles == line.page.heading)


def _must_be_held(word: str, question: Question, topics: frozenset[str]) -> bool:
    """Whether a word is a noun of the question, or a verb that stands for one; not how many, nor what kind of body."""
    if len(word) < 2 or COUNT.fullmatch(word):
        return False
    if question.kind in _NAMED:
        return not is_pale(word) and not (word in group("type") and word in question.focus)
    return word in topics or not is_pale(word)


def _lacking(word: str, question: Question, lost: float, held: float) -> float:
    """How much of a noun is missing, more than all of it where another one stands for it; no fee is another fee."""
    if question.kind in _PAID and _CHARGE.fullmatch(word) and not held:  # 网费
        lost = max(lost, _OTHER_FEE)
    return lost if lost > 1 else 1 - min(1.0, held)


def _core(question: Question, found: Word, around: float) -> float:
    if question.kind in _STATED:
        return found.sure
    return max(found.here, found.over if question.kind == "who" else around)


def _is_counted(question: Question, noun: str, sentence: str) -> bool:
    """Whether the sentence counts in the very measure of the noun that it leaves out (限报2项: projects)."""
    measure = COUNTED_IN.get(noun) if question.kind == "count" else None
    return measure is not None and re.search(rf"\d[余多]?[{measure}](?![\u4e00-\u9fff])", sentence) is not None


def _in_runs(question: Question, sentence: str) -> dict[str, float]:
    """Which share of each word lies in four characters and more that the sentence repeats from the question.

    However a dictionary cuts an unknown phrase (五免一推), its very characters in a row are the phrase.
    """
    asked = question.folded
    held = [at for at in range(len(asked) - _RUN + 1) if asked[at : at + _RUN] in sentence]
    covered = {at + step for at in held for step in range(_RUN)}
    if not covered:
        return {}
    starts = {word: asked.find(word) for word in question.words}
    return {
        word: sum(start + step in covered for step in range(len(word))) / len(word)
        for word, start in starts.items()
        if start >= 0
    }


def _drawn(question: Question, sentence: str) -> dict[str, tuple[int, int]]:
    """Where the sentence draws a verb and a noun of the question together (招…学生: 招生, 参加…比赛: 参赛)."""
    found: dict[str, tuple[int, int]] = {}
    for verb in question.words:
        for noun in question.words if len(verb) < 3 and is_pale(verb) else ():
            if len(noun) != 2 or is_pale(noun) or noun == verb:
                continue
            pairs = [verb[0] + sign for sign in noun if is_word(verb[0] + sign)]
            at = max((sentence.find(pair) for pair in pairs), default=-1)
            if at >= 0:
                found |= {verb: (at, at + 2), noun: (at, at + 2)}
    return found

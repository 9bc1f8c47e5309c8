"""The sentences that could answer, and how completely each one does.

Similarity alone cannot refuse: a sentence about the right school without the asked figure looks as near as the
right one. So a sentence is judged by what it holds of the question's names and words, by the kind of answer
it contains, and by the source it stands in.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from knowledge.cutting import sentences_of
from knowledge.entries import Hit
from knowledge.folding import fold
from knowledge.leanings import leaning
from knowledge.matching import find_parts, find_word, holds_word, pair_share
from knowledge.slots import nearest_slot, wants_slot
from knowledge.sources import is_right_source
from knowledge.table_rows import is_head_row, read_row
from knowledge.terms import is_word
from knowledge.understanding import Question
from knowledge.weighing import Rarity, weigh

_BEFORE_CHARS = 400
_SAYS_IT, _CORELESS = 0.7, 0.2
_RUN = 4
_STATED = frozenset(("count", "people", "quantity", "share"))
_QUESTION_LINE = re.compile(r"(?:问|问题|提问|q)\d*[:：]", re.IGNORECASE)
_RUNNING = re.compile(r"^第[\d一二三四五六七八九十百]+条.*。$|[,，].*。$")
_ANSWER_LINE = re.compile(r"(?:答|回答|答复|A)\d*[:：]")
_WHOLE_ANSWER = 200
_FIGURED = re.compile(r"[(（].*?(?:\d|[一二三四五六七八九十两]式?[一二三四五六七八九十两]*[份名个万年月天]).*?[)）]")
_ASKS = re.compile(r"[?？]\s*$")
_SIGNED = re.compile(r"第[\d一二三四五六七八九十百]+条|[(（]?[一二三四五六七八九十\d]{1,3}[)）、.．]")


@dataclass(frozen=True)
class Evidence:
    """One sentence of a hit, judged.

    Attributes:
        hit: The passage it stands in.
        start: Its offset in the passage.
        end: Its end in the passage.
        held: Share of the question's weight that it, its headings and the words before it hold.
        own: The same for the sentence alone.
        focus: Share of the asked words' weight that it holds.
        core: How surely the one word is held that the asking word belongs to (学费 in 学费是多少).
        hole: The weight of the one word that is missing most.
        slot: How near the wanted kind of thing (number, date) stands to the question's words; 0 when absent.
        value: That thing's folded words, or empty.
        heading: Whether it is nothing but a heading.
        right_source: Whether the names, places and years of the question are its own.
        score: What it is ranked by.
    """

    hit: Hit
    start: int
    end: int
    held: float
    own: float
    focus: float
    core: float
    hole: float
    slot: float
    value: str
    heading: bool
    right_source: bool
    score: float

    @property
    def text(self) -> str:
        """The sentence's original words."""
        return self.hit.text[self.start : self.end]


def judged(question: Question, hits: Sequence[Hit], rarity: Rarity | None = None) -> list[Evidence]:
    """Return the hits' sentences, the best evidence first."""
    weights = weigh(question, rarity)
    best = max((hit.score for hit in hits), default=1.0) or 1.0
    found = [
        _judge(question, weights, hit, span, hit.score / best)
        for hit in hits
        for span in _spans(hit.text)
        if span[1] - span[0] >= 4
    ]
    return sorted(found, key=lambda one: -one.score)


def _spans(text: str) -> Iterator[tuple[int, int]]:
    """The sentences of a passage; a short answer after 答： stays whole, as a part of it may mislead."""
    stop = 0
    for start, end in sentences_of(text):
        if start < stop:
            continue
        if _ANSWER_LINE.match(text, start) and 0 < (line := _line_end(text, start)) - start <= _WHOLE_ANSWER:
            stop = line
            yield start, line
        else:
            yield start, end


def _asked_above(text: str, start: int) -> str:
    """The folded question that the answer at ``start`` was given to, or empty: what it asks about is the answer's."""
    line = text.rfind("\n", 0, start) + 1
    if not _ANSWER_LINE.match(text, line):
        return ""
    above = text[:line].rstrip().rsplit("\n", 1)[-1]
    return fold(above) if _QUESTION_LINE.match(above) else ""


def _line_end(text: str, start: int) -> int:
    end = text.find("\n", start)
    return start + len(text[start : end if end >= 0 else len(text)].rstrip())


def _judge(question: Question, weights: dict[str, float], hit: Hit, span: tuple[int, int], near: float) -> Evidence:
    cells = read_row(hit.text, *span)
    sentence = fold(",".join(head + cell for head, cell in cells) or hit.text[span[0] : span[1]])
    led = _asked_above(hit.text, span[0]) or (fold(hit.path[-1]) if hit.path and _ASKS.search(hit.path[-1]) else "")
    heading = fold(f"{hit.heading}\n{hit.about}")
    before = fold(hit.text[max(0, span[0] - _BEFORE_CHARS) : span[0]])
    own = held = focus = focus_total = 0.0
    core, hole = 1.0, 0.0
    runs = _in_runs(question, sentence)
    places: dict[str, tuple[float, list[tuple[int, int]]]] = {}
    for word, weight in weights.items():
        here, spans = find_word(word, sentence, question.aliases)
        if not here:
            here, spans = find_parts(word, sentence)
        if led and (above := max(holds_word(word, led, question.aliases), find_parts(word, led)[0])) > here:
            here, spans = above, spans or [(0, 0)]
        places[word] = (weight, spans)
        run = runs.get(word, 0.0)
        sure = here if is_word(word) else max(here, run)  # a part of a known word is another word
        here = max(here, run, 0.7 * pair_share(word, sentence))
        over = holds_word(word, heading, question.aliases)
        around = max(over, 0.8 * holds_word(word, before, question.aliases))
        hole = max(hole, weight * (1 - max(here, around)))
        own += weight * here
        held += weight * max(here, 0.9 * around)
        if word == question.core:
            core = sure if question.kind in _STATED else max(here, over if question.kind == "who" else around)
        if word in question.focus:
            focus += weight * max(here, 0.7 * around)
            focus_total += weight
    total = sum(weights.values()) or 1.0
    own, held = own / total, held / total
    focus = focus / focus_total if focus_total else held
    slot, value = nearest_slot(question, sentence, places, row=bool(cells))
    source = is_right_source(question, hit, sentence, heading)
    sought = 0.45 * slot if wants_slot(question) else 0.2 * focus + 0.25 * slot
    score = 0.3 * own + 0.45 * held + 0.2 * near + sought
    title = is_heading(hit, hit.text[span[0] : span[1]]) or is_head_row(hit.text, *span)
    title = title and not (question.kind in ("number", "contact") and slot >= _SAYS_IT)
    score += leaning(question, sentence)
    score -= _CORELESS * (1 - core)
    score -= 0.3 * (not source) + 0.3 * title
    return Evidence(hit, span[0], span[1], held, own, focus, core, hole / total, slot, value, title, source, score)


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


def is_heading(hit: Hit, text: str) -> bool:
    """Whether ``text`` is nothing but a heading of its passage, or the question of a question and answer."""
    plain = _plain(text)
    if text.rstrip().endswith((":", "：")) and len(hit.text.strip()) > len(text.strip()) and _SIGNED.match(plain):
        return False  # it leads into what stands under it
    if _RUNNING.search(plain):
        return False
    if _QUESTION_LINE.match(plain):
        return True
    if plain.endswith(("。", ";", "；")) and (_plain(hit.text) == plain or re.search(r"\D\d", plain)):
        return False  # nothing stands under it, or it states a figure
    if _FIGURED.search(plain):
        return False  # (一)申报书(一式五份);
    return plain.rstrip("。") in {_plain(one).rstrip("。") for one in (*hit.path, hit.title, hit.part or "")}


def _plain(text: str) -> str:
    return re.sub(r"\s+", "", re.sub(r"^[●■◆★▲◎#\s]+|\*\*", "", text)).rstrip(":：")

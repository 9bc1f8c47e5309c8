"""The sentences that could answer, and how completely each one does.

Similarity alone cannot refuse: a sentence about the right school without the asked figure looks as near as the
right one. So a sentence is judged by what it holds of the question's names and words, by the kind of answer
it contains, and by the source it stands in.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from knowledge.cutting import sentences_of
from knowledge.entries import Hit
from knowledge.folding import fold
from knowledge.labels import ISSUING, asks_of_itself, joined_label, says_of_itself
from knowledge.leanings import leaning
from knowledge.matching import Aliases, akin, find_parts, find_word, holds_word, is_split, pair_share
from knowledge.siblings import is_sibling
from knowledge.slots import nearest_slot, wants_slot
from knowledge.sources import is_right_source
from knowledge.speech import is_pale
from knowledge.table_rows import is_head_row, read_row, row_words
from knowledge.terms import is_word
from knowledge.understanding import Question
from knowledge.weighing import Rarity, weigh

_BEFORE_CHARS = 400
_SAYS_IT, _CORELESS = 0.7, 0.2
_RUN, _DRAWN, _SPLIT, _LITERALLY = 4, 0.85, 0.7, 1.0
_OF_ITSELF, _SIBLING = 0.8, 3.0
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
    ends = {(hit.document_id, hit.part, hit.start + len(hit.text)): hit.text for hit in hits}
    found = [
        _judge(question, weights, page, span, page.hit.score / best)
        for page in (_Page.of(hit, _text_before(hit, ends)) for hit in hits)
        for span in _spans(page.hit.text)
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


def _text_before(hit: Hit, ends: dict[tuple[str, str | None, int], str]) -> str:
    """The found passage that ends where this one begins, one line end apart, or empty."""
    return next((text for gap in (1, 2) if (text := ends.get((hit.document_id, hit.part, hit.start - gap)))), "")


@dataclass(frozen=True)
class _Page:
    """A found passage in matching form: what it stands under, and its text behind the text before it."""

    hit: Hit
    heading: str
    led: str
    text: str
    begin: int
    overs: dict[str, float] = field(default_factory=dict)

    @classmethod
    def of(cls, hit: Hit, above: str) -> _Page:
        """Fold the passage once for all of its sentences; folding keeps every offset."""
        led = fold(hit.path[-1]) if hit.path and _ASKS.search(hit.path[-1]) else ""
        text = fold(f"{above}\n{hit.text}")
        return cls(hit, fold(f"{hit.heading}\n{hit.about}"), led, text, len(text) - len(hit.text))

    def over(self, word: str, aliases: Aliases) -> float:
        """How surely the passage stands under ``word``; looked up once for all of its sentences."""
        if word not in self.overs:
            self.overs[word] = holds_word(word, self.heading, aliases)
        return self.overs[word]

    def before(self, start: int) -> str:
        """The words before offset ``start`` of the passage."""
        return self.text[: self.begin + start][-_BEFORE_CHARS:]


def _judge(question: Question, weights: dict[str, float], page: _Page, span: tuple[int, int], near: float) -> Evidence:
    hit, heading, before = page.hit, page.heading, page.before(span[0])
    cells = read_row(hit.text, *span)
    sentence = fold(row_words(cells, before)) if cells else page.text[page.begin + span[0] : page.begin + span[1]]
    sentence = joined_label(sentence)
    led = _asked_above(hit.text, span[0]) or page.led
    itself = asks_of_itself(question.kind, question.folded) and says_of_itself(question.kind, hit, sentence, span[0])
    source = is_right_source(question, hit, sentence, heading, page.text[page.begin :])
    own = held = focus = focus_total = 0.0
    core, hole = 1.0, 0.0
    runs, drawn = _in_runs(question, sentence), _drawn(question, sentence)
    places: dict[str, tuple[float, list[tuple[int, int]]]] = {}
    for word, weight in weights.items():
        here, spans = find_word(word, sentence, question.aliases)
        if not here:
            here, spans = find_parts(word, sentence)
        if led and (asked := max(holds_word(word, led, question.aliases), find_parts(word, led)[0])) > here:
            here, spans = asked, spans or [(0, 0)]
        if itself and word in ISSUING:
            here = sure = _LITERALLY
        if not here and word in drawn:
            here, spans = _DRAWN, [drawn[word]]
        places[word] = (weight, spans)
        run = runs.get(word, 0.0)
        sure = here if is_word(word) else max(here, run)  # a part of a known word is another word
        here = max(here, run, 0.7 * pair_share(word, sentence), akin(word, sentence))
        sure = max(sure, akin(word, sentence))
        over = page.over(word, question.aliases)
        if not here and not over and is_split(word, sentence, heading):
            here = sure = _SPLIT
        around = max(over, 0.8 * holds_word(word, before, question.aliases))
        if source and word in question.names:
            around = _LITERALLY
        lost = 1 - max(here, around)
        if lost == 1 and is_sibling(word, question, sentence):
            lost = _SIBLING
        hole = max(hole, weight * lost)
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
    slot = 1.0 if itself and value else slot
    by_form = 0.45 if wants_slot(question) or question.kind == "who" else 0.25
    sought = by_form * slot + (0.2 * focus if not wants_slot(question) else 0.0)
    score = 0.3 * own + 0.45 * held + 0.2 * near + sought
    title = is_heading(hit, hit.text[span[0] : span[1]]) or is_head_row(hit.text, *span)
    title = title and not (question.kind in ("number", "contact") and slot >= _SAYS_IT)
    score += leaning(question, sentence)
    score += _OF_ITSELF * itself
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


def _drawn(question: Question, sentence: str) -> dict[str, tuple[int, int]]:
    """Where the sentence draws a verb and a noun of the question together (招…学生: 招生, 带…徒弟: 带徒)."""
    found: dict[str, tuple[int, int]] = {}
    for verb in question.words:
        for noun in question.words if len(verb) == 1 and is_pale(verb) else ():
            if len(noun) != 2 or is_pale(noun):
                continue
            at = max(sentence.find(verb + noun[0]), sentence.find(verb + noun[1]))
            if at >= 0:
                found |= {verb: (at, at + 2), noun: (at, at + 2)}
    return found


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

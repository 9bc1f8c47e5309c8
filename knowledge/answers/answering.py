"""From a question and its hits to an answer with its evidence, the nearest passages, or an honest no."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from knowledge.answers.answer import Answer, Citation, Outcome, Sentence, cite, with_sentences
from knowledge.answers.closest import closest
from knowledge.answers.composing import compose
from knowledge.answers.contradictions import asked_clause
from knowledge.answers.duties import duty_of, matter_words
from knowledge.answers.notes import notes_on
from knowledge.answers.selecting import banded, chosen, conflicting
from knowledge.answers.short import in_short, items_in_short
from knowledge.answers.side_by_side import headline_of, of_subject, said_of_all, side_by_side
from knowledge.answers.stating import stated_each
from knowledge.answers.tables.telling import from_tables, of_another_row
from knowledge.answers.threads import Cited, quoted_again
from knowledge.documents.entries import Hit
from knowledge.documents.enumerating import continued, items_of
from knowledge.documents.orders_inside import orders_machine
from knowledge.documents.pronouns import spoken_of
from knowledge.errors import ModelFailed
from knowledge.evidence.judging import Evidence, judged
from knowledge.evidence.sections import section_items
from knowledge.evidence.weighing import Rarity
from knowledge.language.speech import is_pale
from knowledge.models import ChatModel
from knowledge.questions.understanding import Question, subjects, understand
from knowledge.search.short_names import recognised

__all__ = ["Answer", "Citation", "Outcome", "Question", "Sentence", "answer", "understand"]

_PASSAGES = 12
_SAID_BY_SENTENCE = 0.85
_OF_PEOPLE = frozenset(("who", "person"))


def answer(
    question: Question | str,
    hits: Sequence[Hit],
    *,
    today: date,
    model: ChatModel | None = None,
    rarity: Rarity | None = None,
    cited: Sequence[Cited] = (),
) -> Answer:
    """Answer from ``hits`` alone.

    Args:
        question: A text, or what `understand` made of it and of its thread.
        hits: Found passages that the asker may see, best first.
        today: For telling what has expired.
        model: May compose the answer; when it fails or says what the passages do not carry, sentences are quoted.
        rarity: `KnowledgeIndex.rarity`, so that words of the library's everyday carry little.
        cited: What the answer before a follow-up quoted, for 第几条？
    """
    asked = question if isinstance(question, Question) else understand(question)
    if asked.hanging or (asked.bare and all(is_pale(word) for word in asked.words)):  # 取消, 提交: no question
        return Answer("none")
    if asked.kind == "source":
        return _source(cited, hits, today)
    parts = subjects(asked)
    quoted = (
        _quoted(asked, hits, today, rarity)
        if len(parts) == 1
        else side_by_side(parts, [_quoted(part, hits, today, rarity) for part in parts])
    )
    if len(parts) > 1 and quoted.outcome != "answered":
        quoted = said_of_all(parts, _quoted(asked, hits, today, rarity)) or quoted
    if model is None or quoted.outcome != "answered" or quoted.computed:
        return quoted
    try:
        composed = compose(asked, hits[:_PASSAGES], model)
    except ModelFailed:
        return quoted
    if not any(_answers(part, composed, hits, rarity) for part in parts):
        return quoted
    return with_sentences(replace(quoted, headline=""), composed, "model")


def _answers(asked: Question, composed: Sequence[Sentence], hits: Sequence[Hit], rarity: Rarity | None) -> bool:
    """Whether a model's words are as complete an answer as a quoted one must be: true words may be beside the point."""
    passages = {citation.passage_id for one in composed for citation in one.citations}
    words = "\n".join(one.text for one in composed)
    worded = [replace(hit, text=words) for hit in hits if hit.passage_id in passages]
    return any(banded(asked, one) == "answered" for one in judged(asked, worded, rarity))


def _quoted(asked: Question, hits: Sequence[Hit], today: date, rarity: Rarity | None) -> Answer:
    asked = recognised(asked, hits[:_PASSAGES])
    evidence = of_subject(asked, judged(asked, hits[:_PASSAGES], rarity))
    nearest = closest(evidence, hits)
    if not evidence:
        return Answer("none", nearest=nearest)
    if told := from_tables(asked, hits[:_PASSAGES], today):
        return replace(told, nearest=nearest)
    if duty := _duty(asked, hits[:_PASSAGES], rarity):
        return replace(duty, nearest=nearest)
    said = chosen(asked, evidence)
    if said and of_another_row(asked, said[0].hit, said[0].start):
        return Answer("nearest", nearest=nearest, confidence=said[0].held)
    section = section_items(asked, hits)
    if asked.lists and said and (items := items_of(said[0].hit.text, (said[0].start, said[0].end))):
        section, said = (said[0].hit, items), said[:1]
        quotes = [(said[0].hit, span, "") for span in items]
    elif section and not (said and said[0].focus > _SAID_BY_SENTENCE):
        hit, spans = section
        quotes = [(hit, span, hit.text[span[0] : span[1]]) for span in spans]
    else:
        quotes = [
            (one.hit, span, asked_clause(one) if number == 0 else "")
            for one in said
            for number, span in enumerate(_whole(asked, one))
        ]
    confidence = said[0].held if said else evidence[0].held
    if quotes and all(orders_machine(hit.text[slice(*span)]) for hit, span, _ in quotes):
        return Answer("nearest", nearest=nearest, confidence=confidence)
    quotes = [one for one in quotes if not orders_machine(one[0].text[slice(*one[1])])]
    if not quotes:
        return Answer(banded(asked, evidence[0]), nearest=nearest, confidence=confidence)
    quotes = [one for number, one in enumerate(quotes) if not _within(one, quotes[:number])]
    sentences = [Sentence(hit.told(*span), (cite(hit, *span),)) for hit, span, _ in quotes]
    value = in_short(asked, said[0]) if said and not section else ""
    conflicts = _conflicts(asked, said, evidence)
    headline = headline_of(stated_each(asked, said[0])) if value and not asked.label else ""
    headline = headline or items_in_short(asked, [one.text for one in sentences])
    base = Answer(
        "answered", nearest=nearest, confidence=confidence, conflicts=conflicts, value=value, headline=headline
    )
    notes = notes_on([(hit, hit.text[span[0] : span[1]], part) for hit, span, part in quotes], today)
    return with_sentences(replace(base, notes=notes), sentences, "extract")


def _whole(asked: Question, evidence: Evidence) -> list[tuple[int, int]]:
    """The spans that a sentence is said with: its enumeration, and for who did it the one that names them."""
    text, span = evidence.hit.text, (evidence.start, evidence.end)
    spans = continued(text, span)
    named = spoken_of(text, span) if asked.kind in _OF_PEOPLE else None
    return [named, *spans] if named else spans


def _within(quote: tuple[Hit, tuple[int, int], str], others: Sequence[tuple[Hit, tuple[int, int], str]]) -> bool:
    """Whether another quote holds these very words already."""
    hit, (start, end), _ = quote
    return any(
        hit.passage_id == other.passage_id and begin <= start and end <= stop for other, (begin, stop), _ in others
    )


def _source(cited: Sequence[Cited], hits: Sequence[Hit], today: date) -> Answer:
    """Quote the answer before once more: its document and clause are what is asked for."""
    again = quoted_again(cited, hits)
    if not again:
        return Answer("none")
    sentences = [Sentence(hit.told(*span), (cite(hit, *span),)) for hit, span in again]
    notes = notes_on([(hit, hit.text[span[0] : span[1]], "") for hit, span in again], today)
    return with_sentences(Answer("answered", notes=notes, confidence=1.0), sentences, "extract")


def _duty(asked: Question, hits: Sequence[Hit], rarity: Rarity | None) -> Answer | None:
    """Answer who is responsible from the very item that is asked about, when it says so at its end."""
    matter = matter_words(asked)
    if asked.kind != "duty" or not matter:
        return None
    about = replace(asked, words=matter, focus=(), core="", kind="duty")
    own = [hit for hit in hits if hit.passage_id in asked.cited]
    found = duty_of(about, judged(about, own or hits, rarity), hits)
    if found is None:
        return Answer("nearest") if own else None  # the item that was spoken of names nobody
    one, hit, span = found
    if of_another_row(asked, hit, span[0]):
        return Answer("nearest")
    sentence = Sentence(hit.text[span[0] : span[1]], (cite(hit, *span),))
    value = in_short(asked, replace(one, hit=hit, start=span[0], end=span[1]))
    return with_sentences(Answer("answered", confidence=one.held, value=value), [sentence], "extract")


def _conflicts(
    asked: Question, said: Sequence[Evidence], evidence: Sequence[Evidence]
) -> tuple[tuple[Citation, ...], ...]:
    if not said:
        return ()
    able = [one for one in evidence if banded(asked, one) == "answered" and one is not said[0]]
    against = conflicting(asked, said[0], able)
    return (tuple(cite(one.hit, one.start, one.end) for one in (said[0], *against)),) if against else ()

"""Whole questions that go on about the body of the ones before them: 某市一年招多少人？合作企业多少家？

Such a question can be read alone, and who asks it may mean another matter. So it is read both ways, first as going on.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from knowledge.language.asking import without_asking
from knowledge.language.content import content_words, places_in
from knowledge.language.folding import fold
from knowledge.language.lexicon import group
from knowledge.language.speech import is_pale
from knowledge.questions.several import BODIES, body_of
from knowledge.questions.understanding import Question, understand

_MOST_WORDS = 5
_OPEN = frozenset(("fact", "list", "yesno", "how", "why"))


@dataclass(frozen=True)
class Reading:
    """A way to read a question: as what, after which one, and the body that it takes from there (or empty)."""

    asked: Question
    before: Question | None
    body: str = ""


def readings(
    text: str, earlier: Sequence[str], aliases: Mapping[str, tuple[str, ...]] | None = None
) -> tuple[Reading, ...]:
    """Return the question in each way it can be read, with the one before it; the likelier first.

    Args:
        text: What the person wrote.
        earlier: The questions before it in the same thread, nearest first.
        aliases: As for `knowledge.questions.understanding.understand`.
    """
    alone: Question | None = None
    going_on: Question | None = None
    for one in reversed(earlier):
        alone = understand(one, alone, aliases)
        going_on = _going_on(one, going_on, aliases)
    plain = Reading(understand(text, alone, aliases), alone)
    asked = _going_on(text, going_on, aliases)
    if asked.text == plain.asked.text or going_on is None:
        return (plain,)
    return Reading(asked, going_on, body_of(fold(going_on.text))), plain


def _going_on(text: str, before: Question | None, aliases: Mapping[str, tuple[str, ...]] | None) -> Question:
    asked = understand(text, before, aliases)
    if before is None or asked.follows or not (body := _left_out(asked, before)):
        return asked
    return understand(f"{body}{text}", None, aliases)


def _left_out(asked: Question, before: Question) -> str:
    """The body that the question before is about, where this one is short and names none of its own."""
    own = content_words(without_asking(asked.folded))
    named = asked.names or asked.places or asked.quoted or "《" in asked.text
    if named or asked.bare or not own or len(own) > _MOST_WORDS:
        return ""
    if asked.kind in _OPEN and all(len(word) == 1 or is_pale(word) for word in own):  # 哪个更多: of what was compared
        return ""
    body = body_of(fold(before.text))
    return body if places_in(body) or BODIES.search(body) or body in group("organisation") else ""

"""Finding an answer: standard answers first, then documents in force; what is out of force only with a warning."""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from bot.keeping import IndexKeeper, Inquiry
from services.db import Database
from services.library.curated import COLLECTION, answer_of, list_standards
from services.library.force import Force, asks_for_force, find_force
from services.library.hearing import Hearing
from services.library.others import Whose, find_others, whose_body
from services.library.validity import Lapsed, Standing, list_lapsed, named_in, standings
from services.members.actors import RANK
from services.members.redaction import has_personal_numbers
from services.models import Document
from services.questions.sameness import ALIKE, is_same, sameness

CANDIDATES = 8


@dataclass(frozen=True)
class Found:
    """An answer, the standard answer it is if it is one, and what to say of documents out of force."""

    answer: Any  # knowledge.answers.answering.Answer
    standard: Document | None = None
    standing: tuple[Standing, ...] = ()
    force: tuple[Force, ...] = ()  # how the documents stand, when that is what was asked
    read_as: str = ""  # the whole question that a model made of a follow-up, when it was answered as that


class Finder:
    """Answers a question for those who may hear so much."""

    def __init__(
        self,
        database: Database,
        keeper: IndexKeeper,
        *,
        clock: Callable[[], datetime],
        zone: ZoneInfo,
        ours: str = "",
    ) -> None:
        """`ours`: the full name of the consortium that the assistant serves."""
        self._database, self._keeper, self._clock, self._zone = database, keeper, clock, zone
        self._ours = ours

    async def __call__(
        self,
        text: str,
        earlier: tuple[str, ...],
        hearing: Hearing,
        cited: tuple[dict[str, Any], ...] = (),
        *,
        model: Any = None,
    ) -> Found:
        """What may be said to those who hear so much; nothing else is looked at.

        `model`: for this one answer, may make a whole question of a follow-up and word what is found.
        """
        personal = any(has_personal_numbers(one) for one in (text, *earlier))  # nobody's number leaves for a model
        if personal or RANK[hearing.access] > RANK[self._keeper.may_see]:
            model = None
        readable = await self._keeper.readable(hearing)
        asked = _Asked(text, earlier, cited, hearing, readable, model)
        if model is None or not earlier:
            return await self._by_rules(asked)
        found = None if await asyncio.to_thread(asked.is_unsure) else await self._by_rules(asked)
        if found is not None and found.answer.outcome == "answered":
            return found
        whole = await asyncio.to_thread(asked.rewritten)
        better = await self._by_rules(replace(asked, text=whole, earlier=(), cited=())) if whole else None
        if better is not None and better.answer.outcome == "answered":
            return replace(better, read_as=whole)
        found = found or await self._by_rules(asked)
        if better is not None and better.answer.outcome == "nearest" and found.answer.outcome == "none":
            return replace(better, read_as=whole)
        return found

    async def _by_rules(self, asked: "_Asked") -> Found:
        text, earlier, hearing, readable = asked.text, asked.earlier, asked.hearing, asked.readable
        async with self._database.reading() as session:
            standards = await list_standards(session, hearing)
            everything = await list_lapsed(session, hearing)
            lapsed = [one for one in everything if one.collection != COLLECTION]
            named = await named_in(session, text, lapsed)
            whose = whose_body((*earlier, text))
            others = await find_others(session, (*earlier, text), self._ours, hearing) if whose else set()
        alike = await asyncio.to_thread(self._alike, text, earlier, standards)
        if alike is not None and alike.is_same:
            return Found(alike.as_answer(), alike.document)
        if force := await self._force(asked):
            return Found(as_answer(force), standing=tuple(one.standing for one in force if one.standing), force=force)
        ended = {str(one.document_id) for one in everything if one.collection == COLLECTION}  # people took it back
        readable = readable - set(standards) - ended
        wanted = {str(one.document_id) for one in named}
        if whose is Whose.OURS:
            readable = readable - {str(one) for one in others}
        hidden = ({str(one.document_id) for one in lapsed} - wanted) | {str(one) for one in others}
        inquiry = Inquiry(text, earlier, readable - hidden, self._now().date(), asked.model, asked.cited)
        answer = await self._keeper.answer(inquiry)
        if answer.outcome != "answered" and hidden:
            answer = await self._only_hidden(replace(inquiry, readable=readable), answer)
        if answer.outcome != "answered" and alike is not None:
            answer = replace(answer, outcome="nearest", nearest=(alike.hit, *answer.nearest[:2]))
        return Found(answer, None, await self._standing(answer, lapsed, named, hearing))

    async def _force(self, asked: "_Asked") -> tuple[Force, ...]:
        if not asks_for_force(asked.text):
            return ()
        cited = [int(one["document_id"]) for one in asked.cited]
        async with self._database.reading() as session:
            return await find_force(session, asked.text, cited, asked.hearing, now=self._now())

    def _now(self) -> datetime:
        return self._clock().astimezone(self._zone)

    async def _only_hidden(self, inquiry: Inquiry, instead: Any) -> Any:
        """What stands only in documents out of force, or of another consortium, is shown as nearest."""
        found = await self._keeper.answer(inquiry)
        if found.outcome != "answered":
            return instead
        cited = {one.passage_id for one in found.citations}
        hits = sorted(found.nearest, key=lambda hit: hit.passage_id not in cited)
        return replace(instead, outcome="nearest", nearest=tuple(hits))

    async def _standing(
        self, answer: Any, lapsed: list[Lapsed], named: list[Lapsed], hearing: Hearing
    ) -> tuple[Standing, ...]:
        shown = {int(one.document_id) for one in (*answer.citations, *answer.nearest[:2])}
        async with self._database.reading() as session:
            return await standings(session, lapsed, shown | {one.document_id for one in named}, hearing)

    def _alike(self, text: str, earlier: tuple[str, ...], standards: dict[str, Document]) -> "_Alike | None":
        if not standards:
            return None
        from knowledge.questions.understanding import understand

        asked = None
        for words in (*reversed(earlier), text):
            asked = understand(words, asked)
        assert asked is not None
        best: tuple[float, _Alike] | None = None
        for hit in self._keeper.search_now(asked.text, frozenset(standards), CANDIDATES):
            document = standards[hit.document_id]
            known = understand(document.title)
            likeness = sameness(asked, known)
            if likeness >= ALIKE and (best is None or likeness > best[0]):
                best = likeness, _Alike(document, hit, is_same(asked, known))
        return best[1] if best else None


@dataclass(frozen=True)
class _Asked:
    text: str
    earlier: tuple[str, ...]  # nearest first
    cited: tuple[dict[str, Any], ...]
    hearing: Hearing
    readable: frozenset[str]
    model: Any

    def is_unsure(self) -> bool:
        from knowledge.answers.rewriting import is_unsure
        from knowledge.questions.following import completed_in_turn

        return is_unsure(self.text, completed_in_turn(self.earlier))

    def rewritten(self) -> str:
        """By the model, which sees of the answer before what the asker may hear, without anybody's number."""
        from knowledge.answers.rewriting import rewritten

        heard = [str(one["quote"]) for one in self.cited if str(one["document_id"]) in self.readable]
        quotes = [one for one in heard if not has_personal_numbers(one)]
        return rewritten(self.text, self.earlier, quotes[:2], self.model)


@dataclass(frozen=True)
class _Alike:
    document: Document
    hit: Any  # knowledge.documents.entries.Hit
    is_same: bool

    def as_answer(self) -> Any:
        from knowledge.answers.answering import Answer, Citation, Sentence

        words, start = answer_of(self.document.text)
        citation = Citation(self.hit.document_id, self.hit.passage_id, "", words, start, start + len(words))
        return Answer("answered", words, (Sentence(words, (citation,)),), (citation,), confidence=1.0)


def as_answer(force: Sequence[Force]) -> Any:
    """How documents stand as an answer that cites what they say of it themselves, or where they begin."""
    from knowledge.answers.answering import Answer, Citation

    citations = tuple(
        Citation(str(one.document_id), str(one.passage_id), one.clause, one.said, one.start, one.start + len(one.said))
        for one in force
    )
    text = "\n".join(f"《{one.title}》{one.state}" for one in force)
    return Answer("answered", text, (), citations, confidence=1.0)

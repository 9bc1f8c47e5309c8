"""Answering a stored question: search and compose in a thread, record and reply in one commit."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Protocol
from zoneinfo import ZoneInfo

from bot.finding import Finder, Found
from bot.keeping import IndexKeeper
from handlers.questions.answers import Shown, note_for_answer
from services.db import Database
from services.errands import finish
from services.library.hearing import Hearing, hearing_in, lower
from services.members.actors import Actor, as_actor
from services.models import Document, Errand, Person, Question
from services.outbox import Address, Note, post
from services.questions.asking import chat_of, earlier_questions, evidence_before
from services.questions.recording import Given, record_answer, still_readable
from services.tickets.standards import find_approval


class Typing(Protocol):
    """Shows that the bot is at it."""

    async def __call__(self, chat_id: int, thread_id: int | None) -> None:
        """Never raises."""


@dataclass(frozen=True)
class _Asked:
    question: Question
    earlier: tuple[str, ...]
    cited: tuple[dict[str, Any], ...]
    actor: Actor
    hearing: Hearing
    model: Any = None  # one for the whole answer, so that its time is counted once


class Answering:
    """The worker for errands of kind `answer`."""

    def __init__(
        self,
        database: Database,
        keeper: IndexKeeper,
        *,
        clock: Callable[[], datetime],
        zone: ZoneInfo,
        secretaries: frozenset[int],
        typing: Typing,
        ours: str = "",
    ) -> None:
        self._database, self._keeper, self._clock = database, keeper, clock
        self._find = Finder(database, keeper, clock=clock, zone=zone, ours=ours)
        self._secretaries, self._typing = secretaries, typing

    async def __call__(self, errand: Errand) -> None:
        """Answer where it was asked. When the place may not hear the evidence but the asker may, it goes private."""
        asked = await self._load(int(errand.payload["question_id"]))
        if asked is None or asked.question.state != "asked":
            async with self._database.transaction() as session:
                await finish(session, errand.id, now=self._clock())
            return
        await self._typing(asked.question.chat_id, asked.question.thread_id)
        started = time.perf_counter()
        hearing, alone = asked.hearing, Hearing(asked.actor.access)
        found = await self._answer(asked, hearing)
        if found.answer.outcome != "answered" and not hearing.reaches(alone):
            fuller = await self._answer(asked, alone)
            if fuller.answer.outcome == "answered":
                hearing, found = alone, fuller
        took_ms = int((time.perf_counter() - started) * 1000)
        await self._commit(errand, asked, found, hearing, took_ms)

    async def _load(self, question_id: int) -> _Asked | None:
        async with self._database.reading() as session:
            question = await session.get(Question, question_id)
            person = await session.get(Person, question.person_id) if question and question.person_id else None
            if question is None or person is None:
                return None
            earlier = await earlier_questions(session, question)
            cited = await evidence_before(session, question)
            actor = as_actor(person, self._secretaries)
            hearing = await _heard_at(session, question, actor)
            model = self._keeper.model_for_one_answer()
            return _Asked(question, tuple(earlier), tuple(cited), actor, hearing, model)

    async def _answer(self, asked: _Asked, hearing: Hearing) -> Found:
        return await self._find(asked.question.text, asked.earlier, hearing, asked.cited, model=asked.model)

    async def _commit(self, errand: Errand, asked: _Asked, found: Found, hearing: Hearing, took_ms: int) -> None:
        now, answer = self._clock(), found.answer
        against = [one for group in answer.conflicts for one in group]
        cited = [int(one.document_id) for one in (*answer.citations, *against)]
        near = [int(one.document_id) for one in answer.nearest]
        async with self._database.transaction() as session:
            if not await finish(session, errand.id, now=now):
                return
            question = await session.get(Question, asked.question.id)
            if question is None:
                return
            if answer.outcome != "answered" and (otherwise := str(errand.payload.get("otherwise") or "")):
                question.state = "withdrawn"  # what only reports hold is no gap of the library
                await self._reply(session, question, asked.actor, Note(otherwise), True, now)
                return
            here = hearing == asked.hearing
            today = await _heard_at(session, question, asked.actor) if here else hearing
            if not await still_readable(session, [*cited, *near], today):
                raise RuntimeError("the library changed while the answer was made")  # the errand tries again
            documents = {one: await session.get(Document, one) for one in {*cited, *near}}
            given = _as_given(found, documents, hearing, took_ms)
            recorded = await record_answer(session, question, given, now=now)
            who = asked.actor
            keeps = who.is_secretariat and question.chat_id == who.telegram_id
            approval = await find_approval(session, found.standard.id) if found.standard else None
            shown = Shown(
                recorded.id,
                question.text,
                answer,
                documents,
                who.is_member,
                standard=found.standard,
                approval=approval,
                standing=found.standing,
                is_office=who.is_secretariat,
                may_keep=keeps,
                read_as=found.read_as,
                force=found.force,
            )
            await self._reply(session, question, asked.actor, note_for_answer(shown), here, now)

    async def _reply(
        self, session: Any, question: Question, actor: Actor, note: Note, in_place: bool, now: datetime
    ) -> None:
        key = f"answer:{question.id}"
        in_group = question.chat_id != actor.telegram_id
        reply_to = question.message_id if in_group else None
        here = Address(question.chat_id, question.thread_id, reply_to)
        if in_place:
            await post(session, note, here, now=now, via="reply", business_key=key)
            return
        person = await session.get(Person, actor.person_id)
        pointer = "ask.in_private" if person.reachable else "ask.in_private_unreachable"
        await post(session, Note(pointer), here, now=now, via="reply", business_key=f"{key}:pointer")
        if person.reachable:
            private = Address(actor.telegram_id, person_id=actor.person_id)
            await post(session, note, private, now=now, via="reply", business_key=key)


async def _heard_at(session: Any, question: Question, actor: Actor) -> Hearing:
    """What may be heard where it was asked: as it was then, and no more than today."""
    today = hearing_in(actor, await chat_of(session, question, actor))
    return replace(today, access=lower(today.access, question.access))


def _as_given(found: Found, documents: dict[int, Document | None], hearing: Hearing, took_ms: int) -> Given:
    answer = found.answer
    return Given(
        outcome=answer.outcome,
        text=answer.text,
        evidence=[_evidence(one, documents) for one in answer.citations],
        access=hearing.access,
        took_ms=took_ms,
        composed_by=answer.composed_by,
        facts={
            "notes": list(answer.notes),
            "read_as": found.read_as,
            "lapsed": [one.document_id for one in found.standing],
            "collections": sorted(hearing.collections or ()),
            "conflicts": [[_evidence(one, documents) for one in group] for group in answer.conflicts],
            "nearest": [{"passage_id": int(one.passage_id), "score": round(one.score, 3)} for one in answer.nearest],
        },
    )


def _evidence(one: Any, documents: dict[int, Document | None]) -> dict[str, Any]:
    document = documents.get(int(one.document_id))
    return {
        "document_id": int(one.document_id),
        "document": document.name if document else "",
        "passage_id": int(one.passage_id),
        "clause": one.clause,
        "quote": one.quote,
    }


def citations_json(answer: Any, names: dict[str, str]) -> list[dict[str, str]]:
    """Citations as the command line prints them."""
    return [_cited(one, names) for one in answer.citations]


def conflicts_json(answer: Any, names: dict[str, str]) -> list[list[dict[str, str]]]:
    """Contradictions as the command line prints them."""
    return [[_cited(one, names) for one in group] for group in answer.conflicts]


def _cited(one: Any, names: dict[str, str]) -> dict[str, str]:
    return {"document": names.get(one.document_id, ""), "clause": one.clause, "quote": one.quote}


__all__: Sequence[str] = ("Answering", "citations_json", "conflicts_json")

"""Handing a question or a file to the secretariat."""

import asyncio
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from services import audit
from services.errors import NotAllowed, NotFound, TooMany
from services.library.hearing import hearing_in
from services.members.actors import Actor
from services.models import AnswerRecord, Question, Ticket
from services.models.tickets import WAITING
from services.questions.asking import Place, questions_leant_on
from services.questions.sameness import first_same
from services.tickets.desk import Desk
from services.tickets.handling import reopen
from services.tickets.notices import announce

LAST_QUESTION = timedelta(minutes=30)


@dataclass(frozen=True)
class Opened:
    """The ticket, and whether it was made just now or stood already."""

    ticket: Ticket
    is_new: bool


async def ask_secretariat(
    session: AsyncSession, actor: Actor, question: Question, *, desk: Desk, now: datetime
) -> Opened:
    """Make a ticket of a stored question and tell the secretariat; the same question makes one ticket while it waits.

    One that was taken back, closed or answered waits again under its number.

    Raises:
        NotAllowed: not a member, or not the one who asked.
        TooMany: the person has too many open ones.
    """
    if not actor.is_member:
        raise NotAllowed(needs="member")
    if question.person_id != actor.person_id:
        raise NotAllowed(needs="asker")
    standing = await session.scalar(select(Ticket).where(Ticket.question_id == question.id))
    waiting = standing if standing and standing.state in WAITING else await _waiting_for_the_same(session, question)
    if waiting is not None:
        return Opened(waiting, is_new=False)
    if standing is not None and standing.state != "approved":
        await _check_room(session, question.person_id, desk)
        return Opened(await reopen(session, standing, desk, now=now), is_new=True)
    if standing is not None:  # its answer stands among the standard answers and stays there
        standing.question_id = None
        await session.flush()
    place = Place(question.chat_id, question.thread_id, question.message_id)
    ticket = _new(actor, place, question.text, question.access, desk, now)
    ticket.question_id = question.id
    return await _open(session, ticket, desk, now)


async def offer_file(
    session: AsyncSession, actor: Actor, place: Place, file: dict[str, Any], *, desk: Desk, now: datetime
) -> Opened:
    """Make a ticket of a member's file (`file_id`, `name`, `size`, `caption`); the secretariat decides on shelving it.

    Raises:
        NotAllowed: not a member.
        TooMany: the person has too many open ones.
    """
    if not actor.is_member:
        raise NotAllowed(needs="member")
    ticket = _new(actor, place, str(file.get("caption") or ""), hearing_in(actor, place.chat).access, desk, now)
    ticket.kind, ticket.file = "upload", file
    return await _open(session, ticket, desk, now)


async def question_of_answer(session: AsyncSession, answer_id: int) -> Question:
    """The question behind a shown answer.

    Raises:
        NotFound: it was erased since.
    """
    answer = await session.get(AnswerRecord, answer_id)
    if answer is None:
        raise NotFound(what="question", given=str(answer_id))
    return answer.question


async def find_unhelped(session: AsyncSession, actor: Actor, answer_id: int) -> Question | None:
    """The question of an answer that did not help, when this member asked it and no ticket was made of it yet.

    The secretariat's own questions go to nobody.
    """
    answer = await session.get(AnswerRecord, answer_id)
    if answer is None or not actor.is_member or actor.is_secretariat or answer.question.person_id != actor.person_id:
        return None
    standing = await session.scalar(select(Ticket.id).where(Ticket.question_id == answer.question_id))
    return answer.question if standing is None else None


async def find_answer_to(session: AsyncSession, question: Question) -> int | None:
    """The answer that was shown last to a question."""
    shown = select(AnswerRecord.id).where(AnswerRecord.question_id == question.id)
    found: int | None = await session.scalar(shown.order_by(AnswerRecord.id.desc()).limit(1))
    return found


async def is_asker(session: AsyncSession, actor: Actor, ticket_id: int) -> bool:
    """Whether the question is the person's own."""
    asker = await session.scalar(select(Ticket.asker_id).where(Ticket.id == ticket_id))
    return asker is not None and asker == actor.person_id


async def find_last_question(session: AsyncSession, actor: Actor, place: Place, *, now: datetime) -> Question | None:
    """What this person asked last in this place, within half an hour."""
    topic = Question.thread_id.is_(None) if place.thread_id is None else Question.thread_id == place.thread_id
    found: Question | None = await session.scalar(
        select(Question)
        .where(Question.chat_id == place.chat_id, topic, Question.person_id == actor.person_id)
        .where(Question.asked_at >= now - LAST_QUESTION, Question.state != "withdrawn")
        .order_by(Question.id.desc())
        .limit(1)
    )
    return found


async def _waiting_for_the_same(session: AsyncSession, question: Question) -> Ticket | None:
    """The person's open ticket of the same question, in whatever words it was asked.

    A question that leans on an earlier one is like no other: 那秘书处呢？ means another thing each time.
    """
    if await questions_leant_on(session, question):
        return None
    found = await session.execute(
        select(Ticket, Question)
        .outerjoin(Question, Ticket.question_id == Question.id)
        .where(Ticket.asker_id == question.person_id, Ticket.kind == "question", Ticket.state.in_(WAITING))
        .order_by(Ticket.id)
    )
    waiting = [one for one, asked in found.all() if asked is None or not await questions_leant_on(session, asked)]
    at = await asyncio.to_thread(first_same, question.text, [one.text for one in waiting])
    return None if at is None else waiting[at]


def _new(actor: Actor, place: Place, text: str, heard: str, desk: Desk, now: datetime) -> Ticket:
    return Ticket(
        kind="question",
        state="open",
        asker_id=actor.person_id,
        chat_id=place.chat_id,
        thread_id=place.thread_id,
        message_id=place.message_id,
        text=text,
        file={},
        access=actor.access,
        heard=heard,
        created_at=now,
        due_at=desk.due_at(now),
        answer="",
        standard={},
    )


async def _check_room(session: AsyncSession, asker_id: int, desk: Desk) -> None:
    waiting = await session.scalar(
        select(func.count()).select_from(Ticket).where(Ticket.asker_id == asker_id, Ticket.state.in_(WAITING))
    )
    if (waiting or 0) >= desk.tickets.open_per_person:
        raise TooMany(limit=desk.tickets.open_per_person, given=waiting)


async def _open(session: AsyncSession, ticket: Ticket, desk: Desk, now: datetime) -> Opened:
    await _check_room(session, ticket.asker_id, desk)
    session.add(ticket)
    await session.flush()
    audit.record(session, "open", "ticket", ticket.id, by=ticket.asker_id, now=now, kind=ticket.kind)
    await announce(session, ticket, desk, now=now)
    return Opened(ticket, is_new=True)

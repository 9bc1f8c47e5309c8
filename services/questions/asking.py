"""Taking a question down, and what it follows on."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from knowledge.questions.understanding import understand
from services.errors import BadInput
from services.library.hearing import hearing_in
from services.members.actors import Actor
from services.models import AnswerRecord, Chat, Question

LONGEST = 500
THREAD_LASTS = timedelta(minutes=30)


@dataclass(frozen=True)
class Place:
    """Where somebody asks: the chat, its topic, the message; `chat` is None in private."""

    chat_id: int
    thread_id: int | None
    message_id: int | None
    chat: Chat | None = None


async def ask_question(session: AsyncSession, actor: Actor, place: Place, text: str, *, now: datetime) -> Question:
    """Store the question with the access level at which it may be answered in that place.

    In a group that is the lower of the asker's and the group's level. It follows the same person's last question in the
    same topic of the last half hour, so that two people asking in one group are not mixed up.

    Raises:
        BadInput: empty, or longer than 500 characters.
    """
    words = " ".join(text.split())
    if not words:
        raise BadInput(field="question", given="", problem="empty")
    if len(words) > LONGEST:
        raise BadInput(field="question", given=words[:20], problem="too_long", limit=LONGEST)
    before = await find_previous(session, actor, place, now)
    question = Question(
        person_id=actor.person_id,
        chat_id=place.chat_id,
        thread_id=place.thread_id,
        message_id=place.message_id,
        text=words,
        access=hearing_in(actor, place.chat).access,
        follows_id=before.id if before else None,
        state="asked",
        asked_at=now,
    )
    session.add(question)
    await session.flush()
    return question


async def earlier_questions(session: AsyncSession, question: Question, *, limit: int = 3) -> list[str]:
    """The texts this question follows on, nearest first; one that was answered as a whole question, as that."""
    texts: list[str] = []
    follows = question.follows_id
    while follows is not None and len(texts) < limit:
        before = await session.get(Question, follows)
        if before is None:
            break
        if whole := await _read_as(session, before):
            return [*texts, whole]
        texts.append(before.text)
        follows = before.follows_id
    return texts


async def questions_leant_on(session: AsyncSession, question: Question) -> list[str]:
    """The questions before it, nearest first, when it cannot be understood without them."""
    earlier = await earlier_questions(session, question)
    before = None
    for one in reversed(earlier):
        before = understand(one, before)
    return earlier if understand(question.text, before).follows else []


async def _read_as(session: AsyncSession, question: Question) -> str:
    facts: dict[str, Any] | None = await session.scalar(
        select(AnswerRecord.facts)
        .where(AnswerRecord.question_id == question.id)
        .order_by(AnswerRecord.id.desc())
        .limit(1)
    )
    return str((facts or {}).get("read_as") or "")


async def evidence_before(session: AsyncSession, question: Question) -> list[dict[str, Any]]:
    """What the answer to the question it follows on quoted, as stored; empty when there was none."""
    if question.follows_id is None:
        return []
    evidence: list[dict[str, Any]] | None = await session.scalar(
        select(AnswerRecord.evidence)
        .where(AnswerRecord.question_id == question.follows_id, AnswerRecord.outcome == "answered")
        .order_by(AnswerRecord.id.desc())
        .limit(1)
    )
    return list(evidence or [])


async def find_previous(session: AsyncSession, actor: Actor, place: Place, now: datetime) -> Question | None:
    """The same person's last question in the same topic of the last half hour."""
    topic = Question.thread_id.is_(None) if place.thread_id is None else Question.thread_id == place.thread_id
    found: Question | None = await session.scalar(
        select(Question)
        .where(
            Question.chat_id == place.chat_id,
            topic,
            Question.person_id == actor.person_id,
            Question.asked_at >= now - THREAD_LASTS,
            Question.state != "withdrawn",
        )
        .order_by(Question.id.desc())
        .limit(1)
    )
    return found


async def chat_of(session: AsyncSession, question: Question, actor: Actor) -> Chat | None:
    """The group where it was asked, as it is bound and limited today; None in private."""
    return None if question.chat_id == actor.telegram_id else await session.get(Chat, question.chat_id)

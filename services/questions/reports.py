"""What the questions tell the secretariat: gaps by topic, what is asked most, which documents need a look."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from knowledge.language.content import content_words
from knowledge.language.folding import fold
from services.calendar.zones import local_day
from services.members.actors import Actor
from services.models import AnswerRecord, Document, Feedback, Question, Ticket
from services.tickets.desk import Desk

TOPICS, EXAMPLES, MOST_ASKED, LISTED = 8, 3, 5, 8
ROWS = 5000


@dataclass(frozen=True)
class Topic:
    """Questions that share a word and got no answer, or a bad one."""

    word: str
    count: int
    examples: tuple[str, ...]


@dataclass(frozen=True)
class Counted:
    """A question as it was asked, and how often."""

    text: str
    count: int


@dataclass(frozen=True)
class Stale:
    """A document whose date lies far back."""

    id: int
    title: str
    dated_on: date


@dataclass(frozen=True)
class RepealedAsked:
    """A document no longer in force that people were warned of, since they asked for it."""

    id: int
    title: str
    count: int
    successor: bool


@dataclass(frozen=True)
class Waiting:
    """Questions that wait for the secretariat."""

    open: int
    overdue: int


@dataclass(frozen=True)
class QuestionReport:
    """The last `days` days."""

    days: int
    asked: int
    answered: int
    nearest: int
    unanswered: int
    bad: int
    topics: tuple[Topic, ...]
    most_asked: tuple[Counted, ...]
    stale: tuple[Stale, ...]
    stale_months: int
    repealed_asked: tuple[RepealedAsked, ...]
    tickets: Waiting


async def report_questions(session: AsyncSession, actor: Actor, *, desk: Desk, now: datetime) -> QuestionReport:
    """Unanswered and badly rated questions by topic, the most asked ones, documents that need a look.

    A question that a standard answer was made of is no gap any more.

    Raises:
        NotAllowed: not of the secretariat.
    """
    actor.require_secretariat()
    since = desk.report_since(now)
    rows = list(
        await session.execute(
            select(Question.text, Question.state, Question.id)
            .where(Question.asked_at >= since, Question.state != "withdrawn")
            .order_by(Question.id.desc())
            .limit(ROWS)
        )
    )
    bad = await _badly_rated(session, since)
    states = Counter(row.state for row in rows)
    filled = set(await session.scalars(select(Ticket.question_id).where(Ticket.state == "approved")))
    failed = [row.text for row in rows if (row.state in ("nearest", "none") or row.id in bad) and row.id not in filled]
    return QuestionReport(
        days=desk.library.report_days,
        asked=len(rows),
        answered=states["answered"],
        nearest=states["nearest"],
        unanswered=states["none"],
        bad=len(bad),
        topics=group_by_topic(failed),
        most_asked=most_asked([row.text for row in rows]),
        stale=await _stale(session, desk, now),
        stale_months=desk.library.stale_months,
        repealed_asked=await _repealed_asked(session, since),
        tickets=await _waiting(session, now),
    )


def group_by_topic(texts: Sequence[str]) -> tuple[Topic, ...]:
    """Each question under the word that most of these questions share; a question counts once."""
    words = {text: [word for word in content_words(fold(text)) if len(word) > 1] for text in dict.fromkeys(texts)}
    spread = Counter(word for found in words.values() for word in set(found))
    topics: dict[str, list[str]] = {}
    for text in texts:
        found = words[text]
        word = max(found, key=lambda one: (spread[one], len(one), one)) if found else text[:8]
        topics.setdefault(word, []).append(text)
    ordered = sorted(topics.items(), key=lambda item: (-len(item[1]), item[0]))
    return tuple(Topic(word, len(asked), tuple(dict.fromkeys(asked))[:EXAMPLES]) for word, asked in ordered[:TOPICS])


def most_asked(texts: Iterable[str]) -> tuple[Counted, ...]:
    """Questions that were asked more than once, in whatever order their words came."""
    groups: dict[tuple[str, ...], list[str]] = {}
    for text in texts:
        words = tuple(sorted(content_words(fold(text)))) or (text,)
        groups.setdefault(words, []).append(text)
    several = [group for group in groups.values() if len(group) > 1]
    several.sort(key=lambda group: (-len(group), group[0]))
    return tuple(Counted(group[0], len(group)) for group in several[:MOST_ASKED])


async def _badly_rated(session: AsyncSession, since: datetime) -> set[int]:
    found = await session.scalars(
        select(AnswerRecord.question_id)
        .join(Feedback, Feedback.answer_id == AnswerRecord.id)
        .where(Feedback.helpful.is_(False), Feedback.given_at >= since)
    )
    return set(found)


async def _stale(session: AsyncSession, desk: Desk, now: datetime) -> tuple[Stale, ...]:
    today = local_day(now, desk.zone)
    months = today.year * 12 + today.month - 1 - desk.library.stale_months
    before = date(months // 12, months % 12 + 1, 1)
    dated = func.coalesce(Document.issued_on, Document.published_on)
    found = await session.execute(
        select(Document.id, Document.title, dated)
        .where(Document.state == "current", dated < before)
        .order_by(dated, Document.id)
        .limit(LISTED)
    )
    return tuple(Stale(row[0], row[1], _as_date(row[2])) for row in found)


def _as_date(value: date | str) -> date:
    return date.fromisoformat(value) if isinstance(value, str) else value


async def _repealed_asked(session: AsyncSession, since: datetime) -> tuple[RepealedAsked, ...]:
    facts = await session.scalars(select(AnswerRecord.facts).where(AnswerRecord.answered_at >= since).limit(ROWS))
    asked = Counter(int(one) for told in facts for one in set(told.get("lapsed") or ()))
    if not asked:
        return ()
    gone = await session.execute(
        select(Document.id, Document.title, Document.successor_id).where(
            Document.id.in_(asked), or_(Document.state == "repealed", Document.state == "superseded")
        )
    )
    found = [RepealedAsked(row[0], row[1], asked[row[0]], row[2] is not None) for row in gone]
    return tuple(sorted(found, key=lambda one: (-one.count, one.id))[:LISTED])


async def _waiting(session: AsyncSession, now: datetime) -> Waiting:
    due = list(await session.scalars(select(Ticket.due_at).where(Ticket.state.in_(("open", "assigned")))))
    return Waiting(len(due), sum(one < now for one in due))

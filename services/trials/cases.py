"""Keeping the regression set: taken from answers, set right, listed, taken out. The secretariat alone."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from services import audit
from services.errors import BadInput, NotFound
from services.members.actors import RANK, Actor
from services.models import AnswerRecord, DocumentPassage, Question, TrialCase
from services.models.documents import ACCESS_LEVELS
from services.questions.asking import Place, questions_leant_on

PAGE = 6


@dataclass(frozen=True)
class CasePage:
    """One page of the kept cases, newest first."""

    cases: tuple[TrialCase, ...]
    number: int
    pages: int
    total: int


async def add_case(session: AsyncSession, actor: Actor, answer_id: int, *, now: datetime) -> TrialCase:
    """Keep a question with what was answered: its evidence, or that it was refused.

    A follow-up that a model made whole is kept as the whole question: trials ask no model.
    The same question at the same level is kept once; adding it again takes the newer answer as the right one.

    Raises:
        NotAllowed: not of the secretariat.
        NotFound: the answer's words were erased or removed.
    """
    actor.require_secretariat()
    answer = await session.get(AnswerRecord, answer_id)
    if answer is None or not answer.question.text or "removed" in answer.facts:
        raise NotFound(what="answer", given=str(answer_id))
    question = answer.question
    whole = str(answer.facts.get("read_as") or "")
    earlier, text = ([], whole) if whole else (await questions_leant_on(session, question), question.text)
    evidence = [_place(one) for one in answer.evidence] if answer.outcome == "answered" else []
    case = await _find_same(session, text, earlier, answer.access)
    if case is None:
        case = TrialCase(text=text, earlier=earlier, access=answer.access, added_by=actor.person_id)
        case.added_at = now
        session.add(case)
    case.state, case.changed_at = "kept", now
    case.expects, case.evidence = ("evidence", evidence) if evidence else ("refusal", [])
    await session.flush()
    _record(session, "keep", case, actor, now)
    return case


async def last_answer(session: AsyncSession, actor: Actor, place: Place) -> int:
    """The newest answer to this person in this place, for 加入检验集 in words.

    Raises:
        NotFound: none.
    """
    found = await session.scalar(
        select(AnswerRecord.id)
        .join(Question, Question.id == AnswerRecord.question_id)
        .where(Question.chat_id == place.chat_id, Question.person_id == actor.person_id)
        .order_by(AnswerRecord.id.desc())
        .limit(1)
    )
    if found is None:
        raise NotFound(what="answer", given="")
    return int(found)


async def nearest_of(session: AsyncSession, actor: Actor, answer_id: int, *, limit: int = 2) -> list[DocumentPassage]:
    """The passages that an answer showed as nearest, as far as they still stand: one may be what was expected."""
    actor.require_secretariat()
    answer = await session.get(AnswerRecord, answer_id)
    hits = (answer.facts.get("nearest") or [])[:limit] if answer else []
    found = [await session.get(DocumentPassage, int(hit["passage_id"])) for hit in hits]
    return [one for one in found if one is not None and one.document.state != "removed"]


async def get_case(session: AsyncSession, actor: Actor, case_id: int) -> TrialCase:
    """A kept case.

    Raises:
        NotFound: no such case, or it was taken out.
    """
    actor.require_secretariat()
    case = await session.get(TrialCase, case_id)
    if case is None or case.state != "kept":
        raise NotFound(what="case", given=str(case_id))
    return case


async def list_cases(session: AsyncSession, actor: Actor, number: int) -> CasePage:
    """A page of the kept cases; numbers out of range are drawn in."""
    actor.require_secretariat()
    kept = TrialCase.state == "kept"
    total = int(await session.scalar(select(func.count()).select_from(TrialCase).where(kept)) or 0)
    pages = max(1, -(-total // PAGE))
    number = min(max(1, number), pages)
    query = select(TrialCase).where(kept).order_by(TrialCase.id.desc()).offset((number - 1) * PAGE).limit(PAGE)
    return CasePage(tuple(await session.scalars(query)), number, pages, total)


async def take_out(session: AsyncSession, actor: Actor, case_id: int, *, now: datetime) -> TrialCase:
    """The case is asked no more; its row stays for the runs it was in, without its evidence's words."""
    case = await get_case(session, actor, case_id)
    _record(session, "take_out", case, actor, now)
    case.state, case.evidence, case.changed_at = "taken_out", [], now
    return case


async def expect_refusal(session: AsyncSession, actor: Actor, case_id: int, *, now: datetime) -> TrialCase:
    """The answer it was taken from was wrong: the library has none."""
    case = await get_case(session, actor, case_id)
    case.expects, case.evidence, case.changed_at = "refusal", [], now
    _record(session, "expect", case, actor, now)
    return case


async def expect_passage(
    session: AsyncSession, actor: Actor, case_id: int, passage_id: int, *, now: datetime
) -> TrialCase:
    """The answer it was taken from was wrong: it stands in this passage.

    Raises:
        NotFound: the passage is gone.
    """
    case = await get_case(session, actor, case_id)
    passage = await session.get(DocumentPassage, passage_id)
    if passage is None or passage.document.state == "removed":
        raise NotFound(what="passage", given=str(passage_id))
    place = {"document_id": passage.document_id, "document": passage.document.name}
    case.expects, case.changed_at = "evidence", now
    case.evidence = [{**place, "clause": passage.clause, "quote": passage.text}]
    _record(session, "expect", case, actor, now)
    return case


async def ask_at_level(session: AsyncSession, actor: Actor, case_id: int, access: str, *, now: datetime) -> TrialCase:
    """Whose question it is: what members may read may be refused to the public, and that can be held to as well."""
    case = await get_case(session, actor, case_id)
    if access not in ACCESS_LEVELS:
        raise BadInput(field="access", given=access, problem="unknown")
    case.access, case.changed_at = access, now
    _record(session, "level", case, actor, now)
    return case


def next_level(access: str) -> str:
    """The level that a press on the card turns to."""
    levels = sorted(ACCESS_LEVELS, key=RANK.__getitem__)
    return levels[(levels.index(access) + 1) % len(levels)]


async def _find_same(session: AsyncSession, text: str, earlier: Sequence[str], access: str) -> TrialCase | None:
    same = await session.scalars(
        select(TrialCase).where(TrialCase.text == text, TrialCase.access == access).order_by(TrialCase.id)
    )
    return next((one for one in same if list(one.earlier) == list(earlier)), None)


def _place(one: dict[str, Any]) -> dict[str, Any]:
    return {name: one[name] for name in ("document_id", "document", "clause", "quote")}


def _record(session: AsyncSession, act: str, case: TrialCase, actor: Actor, now: datetime) -> None:
    facts = {"expects": case.expects, "access": case.access}
    audit.record(session, act, "trial_case", case.id, by=actor.person_id, now=now, **facts)

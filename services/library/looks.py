"""Who saw what of the library that is not public, and who was refused what: for the secretariat, from the trail."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from services.members.actors import Actor
from services.models import AnswerRecord, AuditEntry, Document, DocumentPassage, Person, Question

LOOKED_BACK = timedelta(days=30)
SHOWN = 12
_SCANNED = 400


@dataclass(frozen=True)
class Look:
    """One look or refusal.

    `way`: ``answer`` (quoted to them), ``passage`` (opened), ``whole`` (the document handed to them) or ``refused``.
    `tried`: the command or the button's action of a refusal; `needs`: the right that was missing. `in_group`: where
    everybody there could read it.
    """

    at: datetime
    person_id: int | None
    name: str
    unit: str
    way: str
    title: str = ""
    clause: str = ""
    access: str = ""
    tried: str = ""
    needs: str = ""
    in_group: bool = False


async def list_looks(
    session: AsyncSession, actor: Actor, *, document_id: int | None = None, refused_only: bool = False, now: datetime
) -> tuple[list[Look], int]:
    """The newest looks of the last thirty days, and how many there were.

    Of one document everything; of all documents what is not public. Nothing of it is itself a look.

    Raises:
        NotAllowed: not of the secretariat.
    """
    actor.require_secretariat()
    since = now - LOOKED_BACK
    found: list[Look] = []
    if not refused_only:
        found += await _quoted(session, document_id, since)
        found += await _opened(session, document_id, since)
    found += await _refused(session, document_id, since)
    found.sort(key=lambda one: one.at, reverse=True)
    return found[:SHOWN], len(found)


async def _quoted(session: AsyncSession, document_id: int | None, since: datetime) -> list[Look]:
    rows = await session.execute(
        select(AnswerRecord, Question)
        .join(Question, Question.id == AnswerRecord.question_id)
        .where(AnswerRecord.answered_at >= since, AnswerRecord.outcome == "answered")
        .order_by(AnswerRecord.id.desc())
        .limit(_SCANNED)
    )
    found: list[Look] = []
    for answer, question in rows.all():
        told: dict[int, dict[str, Any]] = {}
        for one in answer.evidence:
            told.setdefault(int(one["document_id"]), one)
        for number, place in told.items():
            document = await session.get(Document, number)
            if document is None or not _counts(document, document_id):
                continue
            who = await _who(session, question.person_id)
            found.append(
                Look(
                    answer.answered_at,
                    question.person_id,
                    *who,
                    "answer",
                    document.title,
                    str(place["clause"]),
                    document.access,
                    in_group=question.chat_id < 0 and answer.access == question.access,  # else it went private
                )
            )
    return found


async def _opened(session: AsyncSession, document_id: int | None, since: datetime) -> list[Look]:
    found = []
    for row in await _trail(session, "read", since):
        document = await session.get(Document, int(row.subject_id))
        if document is not None and _counts(document, document_id):
            passage = await session.get(DocumentPassage, int(row.facts.get("passage_id", 0)))
            who, clause = await _who(session, row.person_id), passage.clause if passage else ""
            way = "whole" if row.facts.get("whole") else "passage"
            in_group = bool(row.facts.get("in_group"))
            found.append(
                Look(row.at, row.person_id, *who, way, document.title, clause, document.access, "", "", in_group)
            )
    return found


async def _refused(session: AsyncSession, document_id: int | None, since: datetime) -> list[Look]:
    found = []
    for row in await _trail(session, "refused", since):
        passage, document = await _refused_what(session, row)
        if document_id is not None and (document is None or document.id != document_id):
            continue
        who = await _who(session, row.person_id)
        title, clause = document.title if document else "", passage.clause if passage else ""
        access = document.access if document else ""
        tried, needs = str(row.facts.get("tried", "")), str(row.facts.get("needs", ""))
        found.append(Look(row.at, row.person_id, *who, "refused", title, clause, access, tried, needs))
    return found


async def _refused_what(session: AsyncSession, row: AuditEntry) -> tuple[DocumentPassage | None, Document | None]:
    """The passage or the whole document that somebody was not given."""
    facts = {**row.facts, **(row.facts.get("payload") or {})}
    if facts.get("passage_id"):
        passage = await session.get(DocumentPassage, int(facts["passage_id"]))
        return passage, passage.document if passage else None
    is_whole = row.facts.get("needs") == "access" and facts.get("document_id")
    return None, await session.get(Document, int(facts["document_id"])) if is_whole else None


async def _trail(session: AsyncSession, act: str, since: datetime) -> list[AuditEntry]:
    rows = select(AuditEntry).where(AuditEntry.act == act, AuditEntry.at >= since)
    return list(await session.scalars(rows.order_by(AuditEntry.id.desc()).limit(_SCANNED)))


def _counts(document: Document, document_id: int | None) -> bool:
    return document.id == document_id if document_id is not None else document.access != "public"


async def _who(session: AsyncSession, person_id: int | None) -> tuple[str, str]:
    person = await session.get(Person, person_id) if person_id else None
    units = [seat.unit.name for seat in person.seats if seat.until is None and seat.unit] if person else []
    return (person.name if person else ""), (units[0] if units else "")

"""Removal that is real: the words leave the shelf, recorded answers, messages and the inbox, not only the index."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from services import audit
from services.library.likeness import forget_marks
from services.models import AnswerRecord, Document, DocumentPassage, InboxUpdate, OutboxMessage, Ticket, TrialCase

WINDOW = 10  # so many characters in a row are a quotation
SOURCE_REMOVED = "source_removed"
UNSENT = ("new", "sending", "uncertain")
SPEAKERS = ("ask.", "tickets.", "kb.", "trials.")


@dataclass(frozen=True)
class Removed:
    """How many recorded answers and messages lost their quotations, and the standard answers to look at again."""

    title: str
    answers: int
    messages: int
    standards: tuple[str, ...] = ()


async def remove(session: AsyncSession, document: Document, *, by: int | None, now: datetime) -> Removed:
    """Take the words off the shelf and out of everything that quotes them; a tombstone row stays.

    The index drops its bytes at the next sync, the database's files at the next `Database.scrub`. Standard answers that
    may rest on the document stay, since people wrote them, and are marked for another look.
    """
    quoted = _windows(document.text)
    for passage in await session.scalars(select(DocumentPassage).where(DocumentPassage.document_id == document.id)):
        await session.delete(passage)
    title = document.title
    answers = await _empty_answers(session, document.id)
    standards = await _mark_standards(session, {one.question_id for one in answers}, now)
    await _empty_trials(session, document.id, now)
    messages = await _empty_messages(session, quoted) + await _empty_inbox(session, quoted)
    removed = Removed(title, len(answers), messages, standards)
    audit.record(
        session,
        "remove",
        "document",
        document.id,
        by=by,
        now=now,
        name=document.name,
        answers=removed.answers,
        messages=removed.messages,
    )
    await forget_marks(session, document.id)
    document.state, document.text, document.title, document.digest = "removed", "", "", ""
    document.warnings, document.removed_at, document.changed_at = [], now, now
    return removed


async def _empty_answers(session: AsyncSession, document_id: int) -> list[AnswerRecord]:
    """The record that something was answered stays, without words. Passages shown as nearest are kept as numbers."""
    emptied = []
    stream = await session.stream_scalars(select(AnswerRecord).execution_options(yield_per=500))
    async for answer in stream:
        cited = [*answer.evidence, *(one for group in answer.facts.get("conflicts") or [] for one in group)]
        if any(int(one["document_id"]) == document_id for one in cited):
            emptied.append(answer)
    for answer in emptied:
        answer.text, answer.evidence, answer.facts = "", [], {"removed": document_id}
    return emptied


async def _mark_standards(session: AsyncSession, questions: Collection[int], now: datetime) -> tuple[str, ...]:
    tickets = await session.scalars(
        select(Ticket).where(Ticket.question_id.in_(questions), Ticket.state == "approved").order_by(Ticket.id)
    )
    titles = []
    for ticket in tickets:
        standard = await session.get(Document, int(ticket.standard["document_id"]))
        if standard is not None and standard.state == "current":
            standard.warnings = sorted({*standard.warnings, SOURCE_REMOVED})
            standard.changed_at = now
            titles.append(standard.title)
    return tuple(dict.fromkeys(titles))


async def _empty_trials(session: AsyncSession, document_id: int, now: datetime) -> None:
    """A case that expects the document keeps its place without the words; it is `void` until somebody sets it right."""
    for case in await session.scalars(select(TrialCase).where(TrialCase.state == "kept")):
        if any(int(one["document_id"]) == document_id for one in case.evidence):
            case.evidence = [
                {**one, "quote": ""} if int(one["document_id"]) == document_id else one for one in case.evidence
            ]
            case.changed_at = now


async def _empty_messages(session: AsyncSession, quoted: frozenset[str]) -> int:
    """A sent message keeps its row, one that waits says that its document is gone, a notice stays answerable."""
    wanted = or_(*(OutboxMessage.text_key.startswith(one) for one in SPEAKERS))
    stream = await session.stream_scalars(select(OutboxMessage).where(wanted).execution_options(yield_per=500))
    found = [row async for row in stream if _quotes(row.values, quoted)]
    for row in found:
        if row.text_key.startswith("tickets.notice"):
            row.values = {**row.values, "nearest": [], "given": None}
        elif row.state in UNSENT:
            row.text_key, row.values, row.buttons = "ask.removed", {}, []
        else:
            row.text_key, row.values, row.buttons, row.attachment = "", {}, [], None
    return len(found)


async def _empty_inbox(session: AsyncSession, quoted: frozenset[str]) -> int:
    """Replies and button presses bring our own message along, words and all."""
    handled = select(InboxUpdate).where(InboxUpdate.state != "new").execution_options(yield_per=500)
    found = [row async for row in await session.stream_scalars(handled) if _quotes(row.body, quoted)]
    for row in found:
        row.body, row.error = None, ""
    return len(found)


def _windows(text: str) -> frozenset[str]:
    plain = "".join(text.split())
    return frozenset(plain[at : at + WINDOW] for at in range(max(1, len(plain) - WINDOW + 1)) if plain)


def _quotes(value: Any, quoted: frozenset[str]) -> bool:
    if isinstance(value, dict):
        return any(_quotes(one, quoted) for one in value.values())
    if isinstance(value, list):
        return any(_quotes(one, quoted) for one in value)
    if not isinstance(value, str) or not quoted:
        return False
    plain = "".join(value.split())
    return any(plain[at : at + WINDOW] in quoted for at in range(max(1, len(plain) - WINDOW + 1)))

"""Removal that is real: the words leave the shelf, recorded answers, messages and the inbox, not only the index.

In three steps, so that nobody waits for a scan of everything that was ever said: `retire` takes the document out of
every search at once; `find_traces` looks for what quotes it, in short reads; `erase` looks at what was found once more
and empties it, in the transaction of the removal.
"""

import asyncio
from collections.abc import AsyncIterator, Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from services import audit
from services.db import Database
from services.errands import Work, promise
from services.library.likeness import forget_marks, load_candidates
from services.library.quotations import Quotations
from services.models import (
    AnswerRecord,
    Document,
    DocumentPassage,
    Errand,
    InboxUpdate,
    OutboxMessage,
    Ticket,
    TrialCase,
)

KIND = "remove_document"
SOURCE_REMOVED = "source_removed"
UNSENT = ("new", "sending", "uncertain")
SPEAKERS = ("ask.", "tickets.", "kb.", "trials.")
BATCH = 500


@dataclass(frozen=True)
class Removed:
    """How many recorded answers and messages lost their quotations, and the standard answers to look at again."""

    title: str
    answers: int
    messages: int
    standards: tuple[str, ...] = ()
    older: tuple[
        tuple[int, str], ...
    ] = ()  # number and title of versions that it had replaced: nothing is in force now


@dataclass
class Traces:
    """Rows that quote a document, by table; `seen` is the newest row of each that was looked at."""

    answers: list[int] = field(default_factory=list)
    messages: list[int] = field(default_factory=list)
    updates: list[int] = field(default_factory=list)
    seen: dict[str, int] = field(default_factory=dict)


def retire(session: AsyncSession, document: Document, *, by: int | None, now: datetime) -> None:
    """Take it out of every search and every answer that is on its way; its words go with `erase`."""
    audit.record(session, "remove", "document", document.id, by=by, now=now, name=document.name)
    document.state, document.removed_at, document.changed_at = "removed", now, now


async def resume_removals(session: AsyncSession, *, now: datetime) -> int:
    """Promise what was retired and, after every try failed, still holds its words; returns how many those are."""
    waiting = select(Errand.id).where(Errand.kind == KIND, Errand.state.in_(("new", "working"))).limit(1)
    if await session.scalar(waiting) is not None:
        return 0
    left = list(await session.scalars(select(Document.id).where(Document.state == "removed", Document.text != "")))
    for document_id in left:
        await promise(session, Work(KIND, {"document_id": document_id}), now=now)
    return len(left)


async def load_quotations(database: Database, document_id: int) -> Quotations | None:
    """What would be a quotation of it; None when its words are gone already."""
    from knowledge.documents.shingles import marks_of

    async with database.reading() as session:
        document = await session.get(Document, document_id)
        if document is None or not document.text:
            return None
        marks = await asyncio.to_thread(marks_of, document.text)
        alike = [one.text for one in await load_candidates(session, "", marks) if one.document_id != document_id]
        kin = await session.scalars(
            select(Document.text).where(
                Document.state != "removed",
                or_(Document.successor_id == document_id, Document.id == document.successor_id),
            )
        )
    return await asyncio.to_thread(Quotations, document.text, document.title, [*alike, *kin])


async def find_traces(database: Database, document_id: int, quoted: Quotations) -> Traces:
    """Look through everything recorded and said, a batch at a time: short reads, matching in a thread."""
    found = Traces()
    async for rows in _batches(database, found, AnswerRecord, AnswerRecord.evidence, AnswerRecord.facts):
        found.answers += [row[0] for row in rows if _cites(row[1], row[2], document_id)]
    spoken = or_(*(OutboxMessage.text_key.startswith(one) for one in SPEAKERS))
    async for rows in _batches(database, found, OutboxMessage, OutboxMessage.values, where=spoken):
        found.messages += await asyncio.to_thread(_matching, rows, quoted)
    async for rows in _batches(database, found, InboxUpdate, InboxUpdate.body):
        found.updates += await asyncio.to_thread(_matching, rows, quoted)
    return found


async def erase(
    session: AsyncSession, document: Document, quoted: Quotations, traces: Traces, *, now: datetime
) -> Removed:
    """Take the words off the shelf and out of everything that quotes them; a tombstone row stays.

    What the scan found is looked at again, and so are rows that came after it. The index drops its bytes at the next
    sync, the database's files at the next `Database.scrub`. Standard answers that may rest on the document stay, since
    people wrote them, and are marked for another look.
    """
    for passage in await session.scalars(select(DocumentPassage).where(DocumentPassage.document_id == document.id)):
        await session.delete(passage)
    title = document.title
    answers = [
        one
        async for one in _rows(session, AnswerRecord, traces.answers, traces.seen)
        if _cites(one.evidence, one.facts, document.id)
    ]
    for answer in answers:
        answer.text, answer.evidence, answer.facts = "", [], {"removed": document.id}
    questions = {one.question_id for one in answers}
    standards = await _mark_standards(session, questions, now)
    await _empty_cases(session, document.id, now)
    messages = await _empty_messages(session, document.id, quoted, traces, questions)
    messages += await _empty_inbox(session, quoted, traces)
    older = await session.execute(
        select(Document.id, Document.title).where(Document.successor_id == document.id, Document.state == "superseded")
    )
    removed = Removed(title, len(answers), messages, standards, tuple((row[0], row[1]) for row in older))
    facts = {"answers": removed.answers, "messages": removed.messages}
    audit.record(session, "erase", "document", document.id, by=None, now=now, **facts)
    await forget_marks(session, document.id)
    document.text, document.title, document.digest, document.original, document.warnings = "", "", "", "", []
    document.changed_at = now
    return removed


async def erase_now(database: Database, document_id: int, now: datetime) -> Removed | None:
    """All of it at once, for the command line; None when its words are gone already."""
    quoted = await load_quotations(database, document_id)
    if quoted is None:
        return None
    traces = await find_traces(database, document_id, quoted)
    async with database.transaction() as session:
        document = await session.get(Document, document_id)
        return await erase(session, document, quoted, traces, now=now) if document else None


async def _batches(
    database: Database, found: Traces, table: Any, *columns: Any, where: Any = None
) -> AsyncIterator[Sequence[Any]]:
    last = 0
    while True:
        query = select(table.id, *columns).where(table.id > last).order_by(table.id).limit(BATCH)
        async with database.reading() as session:
            rows = list(await session.execute(query if where is None else query.where(where)))
            if not rows:
                newest = await session.scalar(select(func.max(table.id)))
                found.seen[table.__tablename__] = max(last, int(newest or 0)) if where is None else last
                return
        last = rows[-1][0]
        found.seen[table.__tablename__] = last
        yield rows


async def _rows(session: AsyncSession, table: Any, ids: Sequence[int], seen: dict[str, int]) -> AsyncIterator[Any]:
    """The rows that the scan found, then those that it did not see."""
    for start in range(0, len(ids), BATCH):
        for row in await session.scalars(select(table).where(table.id.in_(ids[start : start + BATCH]))):
            yield row
    for row in await session.scalars(select(table).where(table.id > seen.get(table.__tablename__, 0))):
        yield row


def _matching(rows: Sequence[Any], quoted: Quotations) -> list[int]:
    return [rows[at][0] for at in quoted.which([row[1] for row in rows])]


def _cites(evidence: list[Any], facts: dict[str, Any], document_id: int) -> bool:
    cited = [*evidence, *(one for group in facts.get("conflicts") or [] for one in group)]
    return any(int(one["document_id"]) == document_id for one in cited)


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


async def _empty_cases(session: AsyncSession, document_id: int, now: datetime) -> None:
    """A case that expects the document keeps its place without the words; it is `void` until somebody sets it right."""
    for case in await session.scalars(select(TrialCase).where(TrialCase.state == "kept")):
        if any(int(one["document_id"]) == document_id for one in case.evidence):
            case.evidence = [
                {**one, "quote": ""} if int(one["document_id"]) == document_id else one for one in case.evidence
            ]
            case.changed_at = now


async def _empty_messages(
    session: AsyncSession, document_id: int, quoted: Quotations, traces: Traces, questions: Collection[int]
) -> int:
    """A sent message keeps its row, one that waits says that its document is gone, a notice stays answerable.

    The messages of the emptied answers, and those that bring its file, are known by their key, whatever they hold.
    """
    keys = [f"answer:{one}" for one in sorted(questions)]
    named = OutboxMessage.business_key.in_(keys), OutboxMessage.business_key.startswith(f"original:{document_id}:")
    found = {row.id: row for row in await session.scalars(select(OutboxMessage).where(or_(*named)))}
    async for row in _rows(session, OutboxMessage, traces.messages, traces.seen):
        if row.text_key.startswith(SPEAKERS) and quoted.in_value(row.values):
            found[row.id] = row
    for row in found.values():
        if row.text_key.startswith("tickets.notice"):
            row.values = {**row.values, "nearest": [], "given": None}
        elif row.state in UNSENT:
            row.text_key, row.values, row.buttons, row.attachment = "ask.removed", {}, [], None
        else:
            row.text_key, row.values, row.buttons, row.attachment = "", {}, [], None
    return len(found)


async def _empty_inbox(session: AsyncSession, quoted: Quotations, traces: Traces) -> int:
    """Replies and button presses bring our own message along, words and all: those words go, the rest stays."""
    found = [row async for row in _rows(session, InboxUpdate, traces.updates, traces.seen) if quoted.in_value(row.body)]
    for row in found:
        row.body, row.error = quoted.blanked(row.body), ""
    return len(found)

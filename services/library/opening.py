"""Opening what an answer stands on: the whole clause around a passage, and what stands before and after it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from knowledge.language.folding import bare
from services.library.hearing import Hearing
from services.library.validity import LAPSED, Standing, list_lapsed, standings
from services.models import AnswerRecord, Document, DocumentPassage

ONE_MESSAGE = 3200
"""Characters that fit one message of the chat with everything around them; a longer clause is read piece by piece."""
_ARTICLE = re.compile(r"\s*第[一二三四五六七八九十百零〇\d]{1,7}条")


@dataclass(frozen=True)
class Opened:
    """A clause to read. `first`, `last`: its passages among `total`, from 1; `before`, `after`: passages to go on with.

    `path`: the headings above it.
    `quotes`: what an answer quoted of it; `standing` when its document is out of force.
    """

    document: Document
    clause: str
    path: tuple[str, ...]
    text: str
    first: int
    last: int
    total: int
    before: int | None
    after: int | None
    quotes: tuple[str, ...] = ()
    standing: Standing | None = None


async def open_clause(
    session: AsyncSession, passage: DocumentPassage, answer_id: int | None, hearing: Hearing
) -> Opened:
    """The clause that a passage is part of, as far as one message goes. Rights are the caller's to judge."""
    document = passage.document
    found = await session.scalars(
        select(DocumentPassage).where(DocumentPassage.document_id == document.id).order_by(DocumentPassage.ordinal)
    )
    rows = list(found)
    start, end = _around(rows, next(at for at, one in enumerate(rows) if one.id == passage.id), document.title)
    shown = rows[start:end]
    text = document.text[shown[0].start : shown[-1].end]
    return Opened(
        document,
        shown[0].clause,
        _above([_path(one) for one in shown], "\n".join((document.title, shown[0].clause, text))),
        text,
        start + 1,
        end,
        len(rows),
        rows[start - 1].id if start else None,
        rows[end].id if end < len(rows) else None,
        await _quotes(session, answer_id, {one.id for one in shown}),
        await standing_of(session, document, hearing),
    )


async def standing_of(session: AsyncSession, document: Document, hearing: Hearing) -> Standing | None:
    """How a document out of force stands, with its successor where that may be heard; None for one in force."""
    if document.state not in LAPSED:
        return None
    found = await standings(session, await list_lapsed(session, hearing), {document.id}, hearing)
    return found[0] if found else None


def _around(rows: Sequence[DocumentPassage], at: int, title: str) -> tuple[int, int]:
    """The article with its items, else what stands under the passage's own heading, else the passage alone."""
    path = _path(rows[at])
    own = len(path) > 1 or (len(path) == 1 and bare(path[0]) != bare(title))
    articles = [number for number, one in enumerate(path, 1) if _ARTICLE.match(one)]
    roots = [*(path[:number] for number in articles[-1:]), *([path] if own else [])]
    runs = [*(_run(rows, at, root) for root in roots), _run(rows, at, path, exactly=True) if path else None]
    return next((run for run in runs if run), (at, at + 1))


def _run(rows: Sequence[DocumentPassage], at: int, root: list[str], *, exactly: bool = False) -> tuple[int, int] | None:
    """The passages in a row that stand under these headings; None when they are too long for one message."""

    def belongs(one: DocumentPassage) -> bool:
        path = _path(one)
        return one.part == rows[at].part and (path == root if exactly else path[: len(root)] == root)

    start, end = at, at + 1
    while start and belongs(rows[start - 1]):
        start -= 1
    while end < len(rows) and belongs(rows[end]):
        end += 1
    return (start, end) if rows[end - 1].end - rows[start].start <= ONE_MESSAGE else None


def _path(passage: DocumentPassage) -> list[str]:
    return [str(one) for one in passage.path]


def _above(paths: Sequence[Sequence[str]], said: str) -> tuple[str, ...]:
    """The headings that all of it stands under and that are not to be read there anyway."""
    shared: list[str] = []
    for level in zip(*paths, strict=False):
        if len(set(level)) > 1:
            break
        shared.append(level[0])
    return tuple(one for one in shared if bare(one) not in bare(said))


async def _quotes(session: AsyncSession, answer_id: int | None, passages: set[int]) -> tuple[str, ...]:
    answer = await session.get(AnswerRecord, answer_id) if answer_id else None
    if answer is None:
        return ()
    against = [one for group in answer.facts.get("conflicts") or [] for one in group]
    quotes = [str(one["quote"]) for one in (*answer.evidence, *against) if int(one["passage_id"]) in passages]
    return tuple(dict.fromkeys(one for one in quotes if one.strip()))

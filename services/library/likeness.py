"""Documents on the shelf that a new one resembles: another format of it, an earlier version, an extract."""

import difflib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import PurePath

from sqlalchemy import delete, func, insert, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from knowledge.documents.shingles import Resemblance, resemblance, shingles
from knowledge.language.folding import bare
from services.models import Document, DocumentMark

# Of 64 marks. At a share of 0.3 two texts have 19 in common on average; an extract of a tenth has 6, of a twentieth 3.
COMMON, LOOKED_AT = 3, 8
PIECES, DIFFERENCES = 1500, 3
_SENTENCE_END = re.compile(r"(?<=[。；;！？!?])")


@dataclass(frozen=True)
class Standing:
    """A document that shares marks with a new one, with its words for comparing."""

    document_id: int
    title: str
    name: str
    version: int
    digest: str
    text: str


@dataclass(frozen=True)
class Alike:
    """The document that resembles a new one most. `differences` are (new, old) lines, the first few."""

    document_id: int
    title: str
    name: str
    version: int
    digest: str
    likeness: Resemblance
    differences: tuple[tuple[str, str], ...]


async def load_candidates(session: AsyncSession, name: str, marks: Sequence[int]) -> list[Standing]:
    """Documents of that name, and those that share enough marks, superseded ones left out; nothing is compared yet."""
    shared = (
        select(DocumentMark.document_id, func.count().label("common"))
        .where(DocumentMark.mark.in_(marks))
        .group_by(DocumentMark.document_id)
        .having(func.count() >= COMMON)
        .order_by(func.count().desc(), DocumentMark.document_id.desc())
        .limit(LOOKED_AT)
        .subquery()
    )
    columns = (Document.id, Document.title, Document.name, Document.version, Document.digest, Document.text)
    found = await session.execute(
        select(*columns)
        .outerjoin(shared, shared.c.document_id == Document.id)
        .where(
            or_(
                shared.c.common.is_not(None) & Document.state.in_(("current", "repealed")),
                (Document.name == name[:255]) & (Document.state == "current"),
            )
        )
        .order_by(Document.id.desc())
    )
    return [Standing(*row) for row in found]


def find_alike(name: str, text: str, candidates: Sequence[Standing]) -> Alike | None:
    """The candidate that resembles the text most; a namesake that does not is one still.

    Others share no more than a letterhead or a closing line. Slow enough for a thread: it compares whole texts.
    """
    own = shingles(text)
    compared = [(resemblance(own, shingles(one.text)), one) for one in candidates]
    found = [pair for pair in compared if pair[0].is_alike or pair[1].name == name[:255]]
    if not found:
        return None
    likeness, best = max(found, key=lambda pair: (pair[0].is_alike, pair[0].share, pair[0].held))
    return Alike(
        best.document_id, best.title, best.name, best.version, best.digest, likeness, _differences((name, text), best)
    )


async def keep_marks(session: AsyncSession, document_id: int, marks: Sequence[int]) -> None:
    """Store a document's marks, so that later ones are compared with it."""
    if marks:
        await session.execute(insert(DocumentMark), [{"document_id": document_id, "mark": one} for one in set(marks)])


async def forget_marks(session: AsyncSession, document_id: int) -> None:
    """A removed document is not compared with any more: its marks are made from its words."""
    await session.execute(delete(DocumentMark).where(DocumentMark.document_id == document_id))


def _differences(newer: tuple[str, str], older: Standing) -> tuple[tuple[str, str], ...]:
    """Line by line within a file type; another type breaks its lines elsewhere, so sentence by sentence then."""
    name, text = newer
    by_line = PurePath(name).suffix.lower() == PurePath(older.name).suffix.lower()
    new, old = _pieces(text, by_line), _pieces(older.text, by_line)
    matcher = difflib.SequenceMatcher(None, [bare(one) for one in old], [bare(one) for one in new], autojunk=False)
    found = [
        (" ".join(new[from_new:to_new]), " ".join(old[from_old:to_old]))
        for kind, from_old, to_old, from_new, to_new in matcher.get_opcodes()
        if kind != "equal" and bare("".join(new[from_new:to_new])) != bare("".join(old[from_old:to_old]))
    ]
    return tuple(found[:DIFFERENCES])


def _pieces(text: str, by_line: bool) -> list[str]:
    lines = [line.strip() for line in text.splitlines()]
    pieces = lines if by_line else _SENTENCE_END.split("".join(lines))
    return [one for one in pieces if bare(one)][:PIECES]

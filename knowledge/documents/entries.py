"""The passages behind the index, on disk: found by number, read when they are shown."""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field, replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np

from knowledge.documents.table_rows import read_row, told_row
from knowledge.language.folding import fold
from knowledge.language.terms import Terms, terms_of

_HEAD_LINES = 4  # two of heads, the rule under them, and a row


@dataclass(frozen=True)
class IndexEntry:
    """A passage as the index needs it.

    Attributes:
        passage_id: The caller's id, unique in the library.
        document_id: The caller's id of its document.
        text: The passage's original words.
        title: The document's title.
        path: The headings above, outermost first.
        clause: Its citeable place.
        part: Sub-source of a collection; steers and is searched instead of the title.
        start: Offset of the passage in the document's text, so that citations can point into it.
        about: Who issued or published it: names that its passages often leave out.
        dated_on: ISO date that relative words count from.
        validity: 有效性 in the document's words, or the library's ``repealed`` or ``superseded``.
        repealed_on: ISO date of 废止, when the document states it.
        warnings: The document's warnings that matter for answers (``media_report``).
        called: Folded short and full names that its document gives and that it uses (`knowledge.search.short_names`).
    """

    passage_id: str
    document_id: str
    text: str
    title: str = ""
    path: tuple[str, ...] = ()
    clause: str = ""
    part: str | None = None
    start: int = 0
    about: str = ""
    dated_on: str | None = None
    validity: str | None = None
    repealed_on: str | None = None
    warnings: tuple[str, ...] = ()
    called: tuple[tuple[str, str], ...] = ()

    @property
    def heading(self) -> str:
        """What the passage stands under: the sub-source, or the title, then the headings."""
        outer = () if self.part and self.part in self.path else (self.part or self.title,)
        return "\n".join(piece for piece in (*outer, *self.path) if piece)

    def terms(self) -> Terms:
        """Return the search terms of headings and text together."""
        return terms_of(fold(f"{self.heading}\n{self.text}"))

    def line(self) -> bytes:
        """Return the entry as an `EntryFile` stores it."""
        return json.dumps(asdict(self), ensure_ascii=False).encode() + b"\n"


@dataclass(frozen=True)
class Hit(IndexEntry):
    """A found passage with its score, best 1 or a little below.

    Attributes:
        score: How well it fits.
        at: Its position in the library as it was searched; -1 when it was not.
        table: The passages that its table stands in, in reading order, where that table is more than this passage;
            itself alone where that table is too long to be read as a whole.
    """

    score: float = 0.0
    at: int = field(default=-1, compare=False, repr=False)
    table: tuple[Hit, ...] = field(default=(), compare=False, repr=False)

    @property
    def heads(self) -> str:
        """The first lines of its table, where the passage begins below them; else empty."""
        if not self.table or self.table[0].passage_id == self.passage_id:
            return ""
        lines = self.table[0].text.split("\n")
        first = len(lines)
        while first and ("|" in lines[first - 1] or not lines[first - 1].strip()):
            first -= 1
        return "\n".join([line for line in lines[first:] if line.strip()][:_HEAD_LINES])

    def cells(self, start: int, end: int) -> list[tuple[str, str]]:
        """Return (column head, cell) of the table's row at ``text[start:end]``; empty where there is none."""
        return read_row(self.text, start, end, self.heads)

    def told(self, start: int, end: int) -> str:
        """Return the words ``text[start:end]``; a table's row with its column heads, as a bare row says nothing."""
        return told_row(self.text, start, end, self.heads)

    def scored(self, score: float) -> Hit:
        """Return the same hit with another score."""
        return replace(self, score=score)


class EntryFile:
    """Entries in one append-once file, read by number through `os.pread`; safe for many threads."""

    def __init__(self, path: Path) -> None:
        self._offsets = np.load(path.with_suffix(".npy"), allow_pickle=False)
        self._file = os.open(path, os.O_RDONLY)

    @staticmethod
    def write(path: Path, lines: Sequence[bytes]) -> None:
        """Write ``lines`` (see `IndexEntry.line`) and their offsets, and make both durable."""
        with path.open("wb") as stream:
            stream.write(b"".join(lines))
            stream.flush()
            os.fsync(stream.fileno())
        offsets = np.cumsum([0] + [len(line) for line in lines]).astype(np.int64)
        np.save(path.with_suffix(".npy"), offsets)

    def __len__(self) -> int:
        return len(self._offsets) - 1

    def lines(self) -> list[bytes]:
        """Return every entry as stored, to write it again elsewhere."""
        whole = os.pread(self._file, int(self._offsets[-1]), 0)
        return [whole[begin:end] for begin, end in pairwise(self._offsets.tolist())]

    def hit(self, number: int, score: float) -> Hit:
        """Return entry ``number`` as a hit."""
        begin, end = int(self._offsets[number]), int(self._offsets[number + 1])
        return Hit(**_tupled(json.loads(os.pread(self._file, end - begin, begin))), score=score)

    def close(self) -> None:
        """Give the file handle back."""
        if self._file >= 0:
            os.close(self._file)
            self._file = -1

    def __del__(self) -> None:
        self.close()


def _tupled(raw: dict[str, Any]) -> dict[str, Any]:  # JSON knows no tuples
    return {name: _as_tuple(value) for name, value in raw.items()}


def _as_tuple(value: Any) -> Any:
    return tuple(_as_tuple(one) for one in value) if isinstance(value, list) else value

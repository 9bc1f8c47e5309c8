"""Segments of a generation on disk: entries, postings, vectors and cosine lengths of one batch."""

from __future__ import annotations

import os
import zlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from knowledge.documents.entries import EntryFile
from knowledge.errors import IndexDamaged
from knowledge.search.postings import Postings

if TYPE_CHECKING:
    from numpy.typing import NDArray

_FILES = (".entries", ".npy", ".npz")


@dataclass(frozen=True)
class Segment:
    """One batch of passages, open for search.

    Attributes:
        path: Common stem of its files.
        postings: The word index.
        entries: The passages themselves.
        serials: Library-wide passage numbers, ascending; they survive merging and are the ids in Chroma.
        owners: Row of each passage's document in ``documents``.
        documents: The document ids of this batch.
        vectors: Dense rows, empty when there are none yet.
    """

    path: Path
    postings: Postings
    entries: EntryFile
    serials: NDArray[np.int64]
    owners: NDArray[np.int32]
    documents: tuple[str, ...]
    vectors: NDArray[np.float32]

    def __len__(self) -> int:
        return len(self.serials)

    def of_documents(self, wanted: frozenset[str]) -> NDArray[np.bool_]:
        """Mark the passages whose document is in ``wanted``."""
        flags = np.fromiter((document in wanted for document in self.documents), bool, len(self.documents))
        result: NDArray[np.bool_] = flags[self.owners]
        return result

    def owned_by(self) -> list[str]:
        """Return each passage's document."""
        return [self.documents[row] for row in self.owners]

    def describe(self) -> dict[str, Any]:
        """Return what the generation's meta keeps of it: its name and the checksums of its files."""
        return {"name": self.path.name, "sums": self._sums}

    @cached_property
    def _sums(self) -> dict[str, int]:
        """Read once: files never change once written, and every document added writes the meta again."""
        return {kind: zlib.crc32(self.path.with_suffix(kind).read_bytes()) for kind in _FILES}


def write_segment(
    path: Path,
    lines: Sequence[bytes],
    owned_by: Sequence[str],
    postings: Postings,
    serials: NDArray[np.int64],
    vectors: NDArray[np.float32],
) -> Segment:
    """Write a batch to disk and return it opened; each of ``lines`` is an entry, ``owned_by`` its document's id."""
    documents = tuple(dict.fromkeys(owned_by))
    rows = {document: row for row, document in enumerate(documents)}
    owners = np.array([rows[document] for document in owned_by], dtype=np.int32)
    stem = path.with_suffix(".entries")
    EntryFile.write(stem, lines)
    with path.with_suffix(".npz").open("wb") as stream:
        np.savez(
            stream,
            codes=postings.codes,
            starts=postings.starts,
            passages=postings.passages,
            counts=postings.counts,
            lengths=postings.lengths,
            serials=serials,
            owners=owners,
            documents=np.array(documents, dtype=np.str_),
            vectors=vectors,
        )
    return Segment(path, postings, EntryFile(stem), serials, owners, documents, vectors)


def open_segment(generation: Path, described: dict[str, Any]) -> Segment:
    """Open a batch after checking its files; raises `IndexDamaged`."""
    path = generation / str(described["name"])
    try:
        for kind, expected in described["sums"].items():
            if zlib.crc32(path.with_suffix(kind).read_bytes()) != expected:
                raise IndexDamaged(str(generation), f"{path.name}{kind}")
        with np.load(path.with_suffix(".npz"), allow_pickle=False) as stored:
            postings = Postings(*(stored[name] for name in ("codes", "starts", "passages", "counts", "lengths")))
            documents = tuple(str(one) for one in stored["documents"])
            serials, owners, vectors = stored["serials"], stored["owners"], stored["vectors"]
        return Segment(path, postings, EntryFile(path.with_suffix(".entries")), serials, owners, documents, vectors)
    except (OSError, ValueError, KeyError) as error:
        raise IndexDamaged(str(generation), f"{path.name}: {error}") from error


def merge_segments(path: Path, segments: Sequence[Segment]) -> Segment:
    """Write several batches as one; the old files stay until the caller drops them."""
    lines = [line for segment in segments for line in segment.entries.lines()]
    owned_by = [document for segment in segments for document in segment.owned_by()]
    postings = Postings.merged([segment.postings for segment in segments])
    serials = np.concatenate([segment.serials for segment in segments])
    vectors = _stacked([segment.vectors for segment in segments])
    return write_segment(path, lines, owned_by, postings, serials, vectors)


def without_documents(path: Path, segment: Segment, gone: frozenset[str]) -> Segment | None:
    """Write the batch again without some documents; None when nothing is left."""
    leaving = segment.of_documents(gone)
    if leaving.all():
        return None
    stays = np.flatnonzero(~leaving)
    lines, owned_by = segment.entries.lines(), segment.owned_by()
    vectors = segment.vectors[stays] if len(segment.vectors) else segment.vectors
    return write_segment(
        path,
        [lines[number] for number in stays],
        [owned_by[number] for number in stays],
        segment.postings.without(leaving),
        segment.serials[stays],
        vectors,
    )


def copy_segment(path: Path, segment: Segment) -> Segment:
    """Link an untouched batch into another generation: its files never change once written."""
    for kind in _FILES:
        os.link(segment.path.with_suffix(kind), path.with_suffix(kind))
    return replace(segment, path=path, entries=EntryFile(path.with_suffix(".entries")))


def delete_files(segment: Segment) -> None:
    """Delete a batch's files; readers that still hold it keep their open handles."""
    for kind in _FILES:
        segment.path.with_suffix(kind).unlink(missing_ok=True)


def _stacked(parts: Sequence[NDArray[np.float32]]) -> NDArray[np.float32]:
    if any(not len(part) for part in parts):  # one batch still waits for its vectors: so does the merged one
        return np.zeros((0, 0), dtype=np.float32)
    return np.concatenate(list(parts))


def kept_segment(generation: Path, segment: Segment, gone: frozenset[str]) -> Segment | None:
    """Carry a segment over into ``generation`` without the documents that are gone; None when nothing is left."""
    path = generation / segment.path.name
    touched = bool(gone & set(segment.documents))
    return without_documents(path, segment, gone) if touched else copy_segment(path, segment)

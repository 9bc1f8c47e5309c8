"""Files and texts become documents: checked, converted in a child that can be killed, cleaned, and cut."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from knowledge.documents.columns_of_text import with_bars
from knowledge.documents.converting import SUPPORTED, converted
from knowledge.documents.cutting import cut
from knowledge.documents.damage import damaged_spots
from knowledge.documents.document import ReadDocument
from knowledge.documents.entries import IndexEntry
from knowledge.documents.furniture import strip_furniture
from knowledge.documents.headings import PART, heading_of
from knowledge.documents.limits import ReadLimits
from knowledge.documents.orders_inside import orders_machine
from knowledge.documents.particulars import read_particulars
from knowledge.errors import FileTooLarge, UnreadableFile, UnsupportedType

__all__ = ["SUPPORTED", "ReadLimits", "entries_of", "read_file", "read_text"]


def read_file(path: Path, limits: ReadLimits | None = None, name: str | None = None) -> ReadDocument:
    """Read a file of any supported type.

    Args:
        path: Where it lies.
        limits: What it may cost.
        name: The name its sender gave it, when ``path`` is only a temporary place.

    Raises:
        UnsupportedType: The suffix is not read.
        FileTooLarge: Above ``limits.file_bytes``.
        UnreadableFile: Everything else, with a reason.
    """
    limits = limits or ReadLimits()
    called = name or path.name
    suffix = Path(called).suffix.lower()
    if suffix not in SUPPORTED:
        raise UnsupportedType(called, suffix, SUPPORTED)
    size = path.stat().st_size
    if size > limits.file_bytes:
        raise FileTooLarge(called, size, limits.file_bytes)
    if not size:
        raise UnreadableFile(called, "empty")
    return _document(called, Path(called).stem, converted(path, called, limits))


def read_text(name: str, title: str, text: str, whole: bool = False) -> ReadDocument:
    """Make a document of a text that is already at hand.

    With ``whole`` it becomes one passage, unless it is several times as long as a passage should be, and nothing of
    it is taken for furniture.
    """
    if whole:
        clean = text.strip("\n")
        metadata = replace(read_particulars(clean, title), title=title)
        return ReadDocument(name, clean, metadata, cut(clean, whole=True), ())
    return _document(name, title, text)


def entries_of(document_id: str, document: ReadDocument) -> Iterator[IndexEntry]:
    """Yield the index entries of a document; passage ids are ``document_id#ordinal``."""
    dated = document.metadata.dated_on
    issuers = " ".join(filter(None, (document.metadata.issuer, document.metadata.source, document.metadata.number)))
    for passage in document.passages:
        yield IndexEntry(
            passage_id=f"{document_id}#{passage.ordinal}",
            document_id=document_id,
            text=passage.text,
            title=document.metadata.title,
            path=passage.path,
            clause=passage.clause,
            part=passage.part,
            start=passage.start,
            about=issuers,
            dated_on=dated.isoformat() if dated else None,
            validity=document.metadata.validity,
            repealed_on=document.metadata.repealed_on.isoformat() if document.metadata.repealed_on else None,
            warnings=tuple(one for one in document.warnings if not one.startswith("damaged:")),
        )


def _document(name: str, title: str, raw: str) -> ReadDocument:
    text, disclaimed = strip_furniture(with_bars(raw))
    passages = cut(text)
    if not passages:
        raise UnreadableFile(name, "no_text")
    metadata = read_particulars(text, title)
    if name.lower().endswith(".xlsx"):  # a sheet's first cell is a column head, not a title
        metadata = replace(metadata, title=title)
    warnings = [f"damaged:{spot}" for spot in damaged_spots(text)]
    if disclaimed:
        warnings.append("media_report")
    if not metadata.dated_on and not re.search(r"\d{4}年", metadata.title):
        warnings.append("undated")
    if sum(bool((head := heading_of(line)) and head.level == PART) for line in text.split("\n")) >= 2:
        warnings.append("collection")
    if orders_machine(text):
        warnings.append("orders_machine")
    return ReadDocument(name, text, metadata, passages, tuple(warnings))

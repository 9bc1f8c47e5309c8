"""The child that opens uploaded files: it limits itself, refuses what is dangerous, prints text, and ends.

Started as ``python -m knowledge.documents.conversion_child`` with one JSON order on standard input. A refusal is one
JSON line on standard error and status 3.
"""

from __future__ import annotations

import json
import os
import re
import resource
import sys
import zipfile
from pathlib import Path
from typing import Any, NoReturn

_OFFICE = (".docx", ".xlsx", ".pptx")
_NESTED = (".zip", ".docx", ".xlsx", ".pptx", ".7z", ".rar", ".gz", ".jar")
_MACROS = ("vbaproject.bin", "vbadata.xml")
_MEGABYTE = 1_000_000
_PAIR = 2
_XLSX_CELLS, _XLSX_COLUMNS, _XLSX_MERGED = 400_000, 200, 100_000
# Libraries that others load for types of their own: half of the time of a child, and most of its memory.
_ONLY_FOR = {"numpy": (".docx", ".pdf", ".pptx"), "pandas": (), "pptx": (".pptx",), "pdfplumber": (".pdf",)}
_MERGED = re.compile(rb'<(?:\w{1,8}:)?mergeCell\s{1,8}ref="([A-Z]{1,3}\d{1,7}:[A-Z]{1,3}\d{1,7})"')


class Refused(Exception):
    """A file that is not opened further; the first argument is the machine id of the reason."""


def main() -> None:
    """Read the order, convert, print."""
    order = json.load(sys.stdin)
    limits = order["limits"]
    os.environ.update({"HOME": order["home"], "TMPDIR": order["home"], "OMP_NUM_THREADS": "1"})
    resource.setrlimit(resource.RLIMIT_CPU, (limits["cpu_s"], limits["cpu_s"] + 2))
    resource.setrlimit(resource.RLIMIT_AS, (limits["memory_bytes"], limits["memory_bytes"]))
    resource.setrlimit(resource.RLIMIT_FSIZE, (limits["unpacked_bytes"], limits["unpacked_bytes"]))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    modules: dict[str, Any] = sys.modules
    modules.update(dict.fromkeys(not_needed(order["suffix"])))  # as if they were not installed
    try:
        text = convert(Path(order["path"]), order["suffix"], limits)
        if len(text) > limits["text_chars"]:
            raise Refused("too_much_inside", "text")
        sys.stdout.buffer.write(text.encode("utf-8", "replace"))
    except Refused as refusal:
        _tell(*refusal.args)
    except MemoryError:
        _tell("too_much_memory", "")
    except Exception as error:
        _tell("broken", f"{type(error).__name__}: {error}"[:200])


def not_needed(suffix: str) -> set[str]:
    """Libraries that reading a file of that type does without."""
    return {name for name, suffixes in _ONLY_FOR.items() if suffix not in suffixes}


def convert(path: Path, suffix: str, limits: dict[str, Any]) -> str:
    """Return the text of a file whose dangers were checked."""
    head = path.open("rb").read(8)
    if suffix in _OFFICE:
        _check_office(path, head, limits)
        if suffix == ".xlsx":
            return _workbook(path)
    elif suffix == ".pdf":
        _check_pdf(path, head)
    else:
        return _web_page(path)
    from markitdown import MarkItDown

    reader = MarkItDown(enable_plugins=False)
    if suffix == ".docx":
        from knowledge.documents.merged_cells import word_converter

        reader.register_converter(word_converter())
    return str(reader.convert_local(str(path), file_extension=suffix).text_content)


def _check_office(path: Path, head: bytes, limits: dict[str, Any]) -> None:
    if head.startswith(b"\xd0\xcf\x11\xe0"):
        raise Refused("encrypted", "OLE container")  # what Office writes for a password, and the old binary types
    if not zipfile.is_zipfile(path):
        raise Refused("broken", "not a zip archive")
    with zipfile.ZipFile(path) as archive:
        members = archive.infolist()
        if len(members) > 5000 or sum(member.file_size for member in members) > limits["unpacked_bytes"]:
            raise Refused("too_much_inside", "unpacked size")
        for member in members:
            _check_member(archive, member, limits)


def _check_member(archive: zipfile.ZipFile, member: zipfile.ZipInfo, limits: dict[str, Any]) -> None:
    name = member.filename.lower()
    if member.flag_bits & 1:
        raise Refused("encrypted", name)
    if name.rsplit("/", 1)[-1] in _MACROS:
        raise Refused("macros", name)
    if name.endswith(_NESTED) and "embeddings/" not in name:
        raise Refused("nested_archive", name)
    if member.file_size > _MEGABYTE and member.file_size > limits["member_ratio"] * max(1, member.compress_size):
        raise Refused("too_much_inside", f"{name} ratio")
    if name.endswith((".xml", ".rels")):
        with archive.open(member) as stream:
            if b"<!DOCTYPE" in stream.read(4096).upper():
                raise Refused("dtd", name)


def _check_pdf(path: Path, head: bytes) -> None:
    if not head.startswith(b"%PDF"):
        raise Refused("broken", "no PDF header")
    from pdfminer.pdfdocument import PDFDocument, PDFEncryptionError, PDFPasswordIncorrect
    from pdfminer.pdfparser import PDFParser

    with path.open("rb") as stream:
        try:
            PDFDocument(PDFParser(stream))
        except (PDFPasswordIncorrect, PDFEncryptionError) as error:
            raise Refused("encrypted", type(error).__name__) from error


def _workbook(path: Path) -> str:
    """Sheets as Markdown tables, read row by row: one cell at XFD1048576 must not fill the memory.

    Each cell stays under its column's head, and a merged one is said in each row that it spans. A row of one cell above
    a table (its title, a note) is a line of text. The name is not looked at: an upload's file has none.
    """
    from openpyxl import load_workbook

    lines, cells = [], 0
    with path.open("rb") as stream:
        book = load_workbook(stream, read_only=True, data_only=True)
        for sheet in book.worksheets:
            sheet.reset_dimensions()
            merged = _merged(path, sheet)
            above: dict[int, str] = {}
            width = 0
            lines.append(f"# {sheet.title}\n")
            for number, values in enumerate(sheet.iter_rows(values_only=True), 1):
                cells += len(values)
                if cells > _XLSX_CELLS:
                    raise Refused("too_much_inside", "cells")
                row = {at: _cell(value) for at, value in enumerate(values, 1) if value is not None}
                above = {at: row.get(of, above.get(at, "")) for at, of in merged.get(number, {}).items()}
                begun = lines[-1].startswith("|")
                width = max(width, *row) if row and begun else max(row, default=0)
                line = _table_line({**above, **row}, bool(row), width if begun else 0, begun=begun)
                lines.extend([line] if line else [])
            lines.append("")
    return "\n".join(lines)


def _cell(value: Any) -> str:
    return str(value).replace("\n", " ").replace("|", "／").strip()


def _table_line(row: dict[int, str], is_filled: bool, width: int, *, begun: bool) -> str:
    if not is_filled:
        return ""
    if len(set(row.values())) == 1 and len(row) != _PAIR:  # one cell, or one across the row
        row = {min(row): next(iter(row.values()))}
        if not begun:
            return f"{next(iter(row.values()))}\n"
    last = max(row) if len(row) == 1 else max(width, *row)
    filled = [row.get(at, "") for at in range(1, last + 1)] if last <= _XLSX_COLUMNS else list(row.values())
    return "| " + " | ".join(filled) + " |"


def _merged(path: Path, sheet: Any) -> dict[int, dict[int, int]]:
    """Per row, the columns of merged cells, each with the column that its cell's words stand in."""
    from openpyxl.utils.cell import range_boundaries

    found: dict[int, dict[int, int]] = {}
    with zipfile.ZipFile(path) as archive, archive.open(sheet._worksheet_path) as stream:
        ranges = _MERGED.findall(stream.read())
    left_over = _XLSX_MERGED
    for one in ranges:
        first, top, last, bottom = range_boundaries(one.decode())
        last = min(last, _XLSX_COLUMNS)
        left_over -= (bottom - top + 1) * max(1, last - first + 1)
        if left_over < 0:
            break
        for number in range(top, bottom + 1):
            found.setdefault(number, {}).update(dict.fromkeys(range(first, last + 1), first))
    return found


def _web_page(path: Path) -> str:
    """A page's visible text as Markdown; scripts, styles and forms are dropped, DTDs beyond HTML's own refused."""
    from knowledge.documents.converting import decoded
    from knowledge.documents.merged_cells import fill_merged

    data = path.read_bytes()
    declared = re.search(rb"charset=[\"']?([\w-]+)", data[:4096])
    try:
        html = data.decode(declared[1].decode()) if declared else decoded(data, path.name)
    except (LookupError, UnicodeDecodeError):
        html = decoded(data, path.name)
    if re.search(r"<!ENTITY|<!DOCTYPE[^>]*\[", html[:20000], re.IGNORECASE):
        raise Refused("dtd", "entity declaration")
    from bs4 import BeautifulSoup
    from markdownify import MarkdownConverter

    soup = BeautifulSoup(html, "html.parser")
    for tag in soup(["script", "style", "noscript", "template", "nav", "footer", "form", "iframe", "svg", "head"]):
        tag.decompose()
    fill_merged(soup)
    text = MarkdownConverter(strip=["a", "img"], heading_style="ATX", escape_misc=False).convert_soup(soup)
    return re.sub(r"\\([_*.#>+-])", r"\1", str(text))


def _tell(reason: str, detail: str) -> NoReturn:
    sys.stderr.write("\n" + json.dumps({"reason": reason, "detail": detail}) + "\n")
    sys.exit(3)


if __name__ == "__main__":
    main()

"""A digest as files in a folder: docx, xlsx, png, md, json. Slow and synchronous: call it in a thread."""

import json
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from services.digests.briefing.internal import has_internal, write_internal
from services.digests.briefing.markdown import as_markdown
from services.digests.briefing.pictures import draw_pictures
from services.digests.briefing.word import Briefing, Picture, write_briefing
from services.digests.figures.readers import with_open_market
from services.digests.issuing.as_json import as_json
from services.digests.issuing.making import House, Made
from services.digests.text.prose import Say
from services.digests.workbook.excel import Ledger, ledger_name, write_ledger

FORMATS = ("docx", "xlsx", "png", "md", "json")


@dataclass(frozen=True)
class Written:
    """A file on this machine and the name that people see. ``kind``: one of FORMATS, or "internal"."""

    kind: str
    path: Path
    name: str


def write_files(
    made: Made, house: House, folder: Path, formats: Iterable[str], say: Say, *, version: int = 1
) -> list[Written]:
    """Write those kinds, pictures before what they stand in.

    Raises:
        OSError: the folder cannot be written.
    """
    wanted = set(formats)
    folder.mkdir(parents=True, exist_ok=True)
    handed_on = replace(made, digest=with_open_market(made.digest))  # the 简报 goes on to others as it is
    pictures = draw_pictures(say, handed_on.digest, made.engine) if wanted & {"docx", "png"} else ()
    found = []
    if "png" in wanted:
        found += [_picture(made, folder, number, one, say) for number, one in enumerate(pictures, start=1)]
    if "docx" in wanted:
        found.append(_briefing(handed_on, house, folder, pictures, say))
        found += _internal(made, folder, say)
    if "xlsx" in wanted:
        found.append(_ledger(made, house, folder, say, version))
    if "md" in wanted:
        found.append(_text(made, folder, "md", as_markdown(say, made.digest, house.zone)))
    if "json" in wanted:
        told = json.dumps(as_json(made.digest, made.engine), ensure_ascii=False, indent=1)
        found.append(_text(made, folder, "json", told + "\n"))
    return found


def _stem(made: Made) -> str:
    return f"{made.digest.period}-{made.digest.audience.value}"


def _picture(made: Made, folder: Path, number: int, one: Picture, say: Say) -> Written:
    path = folder / f"{_stem(made)}-{number}.png"
    path.write_bytes(one.png)
    name = say("digest_document.file_png", period=made.digest.period.label, title=one.title.replace("/", "／"))
    return Written("png", path, name)


def _briefing(made: Made, house: House, folder: Path, pictures: tuple[Picture, ...], say: Say) -> Written:
    digest = made.digest
    path = folder / f"{_stem(made)}.docx"
    write_briefing(Briefing(digest, say, house.zone, house.tasks.lights, pictures), path)
    facts = {"period": digest.period.label, "title": digest.issue.title, "draft": digest.issue.is_draft}
    return Written("docx", path, say("digest_document.file_docx", **facts))


def _internal(made: Made, folder: Path, say: Say) -> list[Written]:
    if not has_internal(made.digest):
        return []
    path = folder / f"{_stem(made)}-internal.docx"
    write_internal(made.digest, say, path)
    return [Written("internal", path, say("digest_document.file_internal", period=made.digest.period.label))]


def _ledger(made: Made, house: House, folder: Path, say: Say, version: int) -> Written:
    registers: Any = made.registers
    ledger = Ledger(made.digest, made.engine, say, house.zone, made.texts, registers, version)
    path = folder / f"{_stem(made)}.xlsx"
    write_ledger(ledger, path)
    return Written("xlsx", path, ledger_name(ledger))


def _text(made: Made, folder: Path, kind: str, text: str) -> Written:
    path = folder / f"{_stem(made)}.{kind}"
    path.write_text(text, encoding="utf-8")
    return Written(kind, path, path.name)

"""What the papers of a meeting share: the page of a 简报, marked a draft, and its title. Words come by `say`."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from services.digests.briefing import layout
from services.digests.briefing.word import Picture
from services.digests.figures.digest import Digest
from services.digests.text.prose import Say
from services.meetings.papers.pack import Pack
from services.models import Meeting
from services.tasks.settings import TaskLights

NUMERALS = "一二三四五六七八九十"


@dataclass(frozen=True)
class Papers:
    """What the pack's files are written from.

    `digest` is the quarter's, None before any report was filed; its targets are `judged_on` a day, the quarter's last
    or today before the quarter is over.
    """

    pack: Pack
    say: Say
    zone: ZoneInfo
    digest: Digest | None = None
    judged_on: date = date.min
    lights: TaskLights = field(default_factory=TaskLights)
    pictures: Sequence[Picture] = ()


def p(name: str) -> str:
    """The key of a text of the meeting's papers."""
    return f"meeting_papers.{name}"


def numeral(number: int) -> str:
    """一 to 九十九."""
    tens, ones = divmod(number, 10)
    head = "" if tens == 0 else "十" if tens == 1 else NUMERALS[tens - 1] + "十"
    return head + (NUMERALS[ones - 1] if ones else "")


def about(meeting: Meeting, zone: ZoneInfo) -> dict[str, Any]:
    """The meeting as the papers' texts take it, in local time."""
    local = meeting.starts_at.astimezone(zone)
    values = {"kind": meeting.kind, "period": meeting.period, "place": meeting.place}
    return {**values, "day": local.date(), "clock": f"{local:%H:%M}"}


def begin_paper(say: Say) -> Any:
    """An empty document with page, fonts, page numbers and the mark of a draft."""
    from docx import Document

    document = Document()
    layout.set_page(document)
    layout.set_fonts(document)
    before, after = say("digest_document.page_number_before"), say("digest_document.page_number_after")
    layout.number_pages(document, f"{before} ", f" {after}")
    layout.watermark(document, say(p("draft_mark")))
    return document


def title_paper(document: Any, say: Say, text: str, consortium: str) -> None:
    """The title in its lines, the note that it is a draft under it, both in the file's properties too."""
    for line in text.split("\n"):
        layout.paragraph(document, line, layout.TITLE_FONT, layout.SIZE_2, align="center", indent=False)
    layout.paragraph(document, say(p("draft_note")), layout.SUBHEAD_FONT, align="center", indent=False)
    document.core_properties.title = text.replace("\n", "")
    document.core_properties.author = consortium

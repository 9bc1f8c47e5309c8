"""The annex of the pack as a workbook: action items, lights, reviews, replies. Every cell through the shared writer.

Each sheet prints on one page across, A4 landscape, with its header on every page.
"""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from services.calendar.zones import local_day
from services.digests.figures.digest import Digest
from services.digests.text.prose import Say
from services.digests.workbook.sheets import task_sheet
from services.digests.workbook.tables import DATE, Column, Sheet, Value, add_table
from services.lights import Colour
from services.meetings.papers.pack import Pack
from services.meetings.papers.page import Papers, p
from services.models import Review

ITEM_WIDTHS = (6, 12, 40, 24, 24, 12, 12, 9, 28, 12, 8, 12)
REVIEW_WIDTHS = (7, 26, 26, 10, 40, 24, 34, 30, 6)
REPLY_WIDTHS = (40, 12, 24, 40)
SHARE = "0.0%"


def write_annex(papers: Papers, path: Path) -> None:
    """Write the Excel file."""
    from openpyxl import Workbook

    book: Any = Workbook()
    book.remove(book.active)
    say = papers.say
    words = {colour.value: say(f"digest_document.light_{colour.value}") for colour in Colour}
    sheets = [_items(say, papers.pack), _reviews(say, papers.pack), _replies(say, papers.pack)]
    if papers.digest is not None and papers.digest.tasks:
        sheets.insert(1, _tasks(papers, papers.digest))
    for sheet in sheets:
        add_table(book, sheet, {}, words)
    book.properties.title = say(p("annex_title"))
    book.properties.creator = papers.pack.consortium
    book.save(str(path))


def _items(say: Say, pack: Pack) -> Sheet:
    """编号|会议|议定事项|责任单位|配合单位|时限|原时限|进展|佐证|状态|灯|销号日期"""
    columns = _columns(say, "sheet_items", ITEM_WIDTHS)
    for at in (1, 5, 6, 11):
        columns[at] = replace(columns[at], number_format=DATE)
    columns[7] = replace(columns[7], number_format=SHARE)
    columns[10] = replace(columns[10], lights=True)
    rows: list[list[Value]] = [
        [
            *(item["number"], _day(item["meeting_on"]), item["text"]),
            *("、".join(item["owners"]), "、".join(item["co_owners"])),
            *(_day(item["due_on"]), _day(item["first_due_on"])),
            *(_share(item["percent"]), item["evidence"], say(p("state"), state=item["state"])),
            *(say(f"digest_document.light_{item['light']}"), _day(item["closed_on"])),
        ]
        for item in pack.items
    ]
    return _sheet(say, "sheet_items_title", columns, rows)


def _tasks(papers: Papers, digest: Digest) -> Sheet:
    """任务台账, with what the responsible units told of each task before the meeting."""
    told: dict[str, list[Review]] = {}
    for review in papers.pack.reviews:
        told.setdefault(str(review.task), []).append(review)
    tasks = tuple(
        replace(
            task,
            progress=_joined(found, "progress"),
            evidence=_joined(found, "evidence"),
            problem=_joined(found, "problem"),
            next_step=_joined(found, "next_step"),
            updated_by="、".join(dict.fromkeys(review.unit.name for review in found)),
            updated_on=max(
                (local_day(one.submitted_at, papers.zone) for one in found if one.submitted_at), default=None
            ),
        )
        for task in digest.tasks
        for found in [told.get(task.task_no, [])]
    )
    return task_sheet(papers.say, replace(digest, tasks=tasks))


def _reviews(say: Say, pack: Pack) -> Sheet:
    """任务号|任务|责任单位|完成进度|进展|佐证|存在问题|下步措施|版本"""
    columns = _columns(say, "sheet_reviews", REVIEW_WIDTHS)
    columns[3] = replace(columns[3], number_format=SHARE)
    rows: list[list[Value]] = [
        [
            *(str(one.task or ""), one.title, one.unit.name, _share(one.percent)),
            *(one.progress, one.evidence, one.problem, one.next_step, one.version),
        ]
        for one in pack.reviews
    ]
    return _sheet(say, "sheet_reviews_title", columns, rows)


def _replies(say: Say, pack: Pack) -> Sheet:
    """单位|回执|替会人|事由"""
    rows: list[list[Value]] = [
        [row.unit.name, say(p("rsvp"), rsvp=row.rsvp), row.substitute, row.reason] for row in pack.attendance
    ]
    return _sheet(say, "sheet_replies_title", _columns(say, "sheet_replies", REPLY_WIDTHS), rows)


def _sheet(say: Say, title: str, columns: list[Column], rows: list[list[Value]]) -> Sheet:
    return Sheet(say(p(title)), columns, rows, footer=say("digest_ledger.footer"))


def _columns(say: Say, key: str, widths: tuple[int, ...]) -> list[Column]:
    return [Column(label, width=width) for label, width in zip(say(p(key)).split("|"), widths, strict=True)]


def _joined(reviews: list[Review], name: str) -> str:
    return "；".join(said for review in reviews if (said := str(getattr(review, name))))


def _share(percent: float | None) -> Decimal | None:
    return None if percent is None else Decimal(str(percent)) / 100


def _day(written: str) -> date | None:
    return date.fromisoformat(written) if written else None

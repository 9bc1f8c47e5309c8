"""The annex of the pack as a workbook: action items, lights, reviews, replies. Every cell through the shared writer."""

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from services.digests.prose import Say
from services.digests.workbook_sheets import task_sheet
from services.digests.workbook_tables import DATE, Column, Sheet, Value, add_table
from services.lights import Colour
from services.meetings.pack import Pack
from services.meetings.pack_document import Papers, p


def write_annex(papers: Papers, path: Path) -> None:
    """Write the Excel file."""
    from openpyxl import Workbook

    book: Any = Workbook()
    book.remove(book.active)
    say = papers.say
    words = {colour.value: say(f"digest_document.light_{colour.value}") for colour in Colour}
    sheets = [_items(say, papers.pack), _reviews(say, papers.pack), _replies(say, papers.pack)]
    if papers.digest is not None and papers.digest.tasks:
        sheets.insert(1, task_sheet(say, papers.digest))
    for sheet in sheets:
        add_table(book, sheet, {}, words)
    book.properties.title = say(p("annex_title"))
    book.properties.creator = papers.pack.consortium
    book.save(str(path))


def _items(say: Say, pack: Pack) -> Sheet:
    """编号|会议|议定事项|责任单位|配合单位|时限|原时限|进展|佐证|状态|灯|销号日期"""
    columns = _columns(say, "sheet_items")
    columns[2] = Column(columns[2].label, width=44)
    for at in (5, 6, 11):
        columns[at] = Column(columns[at].label, number_format=DATE, width=12)
    columns[10] = Column(columns[10].label, width=8, lights=True)
    rows: list[list[Value]] = [
        [
            *(str(item["number"]), item["meeting_on"], item["text"]),
            *("、".join(item["owners"]), "、".join(item["co_owners"])),
            *(_day(item["due_on"]), _day(item["first_due_on"])),
            *(
                say(p("percent"), percent=item["percent"]),
                item["evidence"],
                say(p("state"), state=item["state"]),
            ),
            *(say(f"digest_document.light_{item['light']}"), _day(item["closed_on"])),
        ]
        for item in pack.items
    ]
    return Sheet(say(p("sheet_items_title")), columns, rows)


def _reviews(say: Say, pack: Pack) -> Sheet:
    """任务号|任务|责任单位|完成进度|进展|佐证|存在问题|下步措施|版本"""
    columns = _columns(say, "sheet_reviews")
    columns[4] = Column(columns[4].label, width=44)
    rows: list[list[Value]] = [
        [
            *(
                str(one.task or ""),
                one.title,
                one.unit.name,
                None if one.percent is None else Decimal(str(one.percent)),
            ),
            *(one.progress, one.evidence, one.problem, one.next_step, one.version),
        ]
        for one in pack.reviews
    ]
    return Sheet(say(p("sheet_reviews_title")), columns, rows)


def _replies(say: Say, pack: Pack) -> Sheet:
    """单位|回执|替会人|事由"""
    rows: list[list[Value]] = [
        [row.unit.name, say(p("rsvp"), rsvp=row.rsvp), row.substitute, row.reason] for row in pack.attendance
    ]
    return Sheet(say(p("sheet_replies_title")), _columns(say, "sheet_replies"), rows)


def _columns(say: Say, key: str) -> list[Column]:
    return [Column(label, width=18) for label in say(p(key)).split("|")]


def _day(written: str) -> date | None:
    return date.fromisoformat(written) if written else None

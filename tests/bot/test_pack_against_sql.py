"""Every figure that a meeting's pack prints, asked a second time in plain SQL that shares no code with it."""

import re
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from bot.papers import PackMaker
from bot.settings import Settings
from services.db import Database
from services.meetings.office import open_meeting_office
from services.settings import ConsortiumSettings
from services.tasks.settings import TaskSettings
from tests.bot.figures_by_sql import Q3, SHOWN, Asked, digits, numbers_of, percent, rate_parts
from tests.bot.stored_quarter import NAMES, SECRETARY, local, store_quarter

TODAY = date(2026, 10, 19)
FOLLOWED = """
    FROM action_items i JOIN meetings m ON m.id = i.meeting_id
    WHERE i.issued_at IS NOT NULL AND m.starts_at < (SELECT starts_at FROM meetings WHERE id = :meeting)
    AND (i.state NOT IN ('verified_closed', 'cancelled') OR m.starts_at = (SELECT MAX(o.starts_at) FROM meetings o
         JOIN action_items x ON x.meeting_id = o.id
         WHERE o.starts_at < (SELECT starts_at FROM meetings WHERE id = :meeting)))"""


@pytest.fixture
def settings() -> Settings:
    return Settings(
        consortium=ConsortiumSettings(secretaries=(SECRETARY,)), tasks=TaskSettings(plan_starts_on=date(2026, 1, 1))
    )


@pytest.fixture
async def meeting(database: Database, settings: Settings) -> int:
    parts = (settings.consortium, settings.meetings, settings.tasks, settings.quiet_hours, settings.holidays)
    async with database.transaction() as session:
        return await store_quarter(session, open_meeting_office(*parts))


async def test_every_figure_of_the_pack_equals_a_query(
    database: Database, settings: Settings, meeting: int, tmp_path: Path
) -> None:
    document, annex = await PackMaker(database, settings).write_pack(meeting, tmp_path, local(10, 19))
    paragraphs, tables = _read(document)
    async with database.reading() as session:
        asked = Asked(session, meeting)
        await _check_follow_up(asked, paragraphs, tables[0], _sheet(annex, "议定事项"))
        await _check_tasks(asked, paragraphs, tables[1], _sheet(annex, "05任务台账"))
        await _check_reviews(asked, paragraphs, tables[2], _sheet(annex, "责任单位汇报"))
        await _check_figures(asked, paragraphs)
        await _check_replies(asked, paragraphs, _sheet(annex, "参会回执"))


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_annex_prints_whole_on_one_page_across(
    database: Database, settings: Settings, meeting: int, tmp_path: Path
) -> None:
    from openpyxl import load_workbook

    _, annex = await PackMaker(database, settings).write_pack(meeting, tmp_path, local(10, 19))
    for sheet in load_workbook(annex):
        setup = sheet.page_setup
        assert (setup.orientation, setup.fitToWidth, setup.fitToHeight) == ("landscape", 1, 0), sheet.title
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert sheet.print_title_rows == "$1:$1"
        assert all(sheet.cell(2, at).value is not None for at in (1, 3) if sheet.max_column > 4)  # data begins at once
        for row in sheet.iter_rows(min_row=2):
            for cell in row:
                room = sheet.column_dimensions[cell.column_letter].width
                width = sum(1 + (ord(one) > 0xFF) for one in cell.value) if isinstance(cell.value, str) else 0
                assert cell.alignment.wrap_text or cell.value is None
                assert (sheet.row_dimensions[cell.row].height or 15) >= 15 * (width / room), (sheet.title, cell.value)


async def _check_follow_up(asked: Asked, told: str, table: list[list[str]], sheet: list[list[Any]]) -> None:
    total = await asked.one(f"SELECT COUNT(*) {FOLLOWED}")
    gone = await asked.one(f"SELECT COUNT(*) {FOLLOWED} AND i.state = 'cancelled'")
    closed = await asked.one(f"SELECT COUNT(*) {FOLLOWED} AND i.state = 'verified_closed'")
    late = await asked.one(
        f"SELECT COUNT(*) {FOLLOWED} AND i.state NOT IN ('verified_closed', 'cancelled') AND i.due_on < '{TODAY}'"
    )
    assert (total, gone, closed, late) == (7, 1, 1, 2)
    rate = digits(Decimal(100 * closed) / (total - gone), 1, keep=True)
    assert (
        f"列入督办的议定事项{total}项（其中会议决定取消{gone}项），已销号{closed}项，"
        f"推进中{total - gone - closed - late}项，逾期{late}项，办结率{rate}%" in told
    )
    assert f"重点研究未办结的{total - gone - closed}项" in told
    rows = await asked.rows(
        f"SELECT i.number, m.meeting_on, i.due_on, i.first_due_on, i.percent, i.closed_on, i.text, i.id {FOLLOWED}"
        " ORDER BY CASE WHEN i.state IN ('verified_closed', 'cancelled') THEN 1 ELSE 0 END, i.due_on, i.id"
    )
    assert len(rows) == len(table) - 1 == len(sheet)
    for row, line, cells in zip(rows, table[1:], sheet, strict=True):
        number, meeting_on, due, first_due, share, closed_on, words, item = row
        owners = await asked.rows(
            "SELECT u.name, p.part FROM action_item_units p JOIN units u ON u.id = p.unit_id"
            " WHERE p.item_id = :item ORDER BY p.id",
            item=item,
        )
        names = ["、".join(name for name, part in owners if part == wanted) for wanted in ("owner", "co_owner")]
        held, due, first_due, closed_on = (_date(one) for one in (meeting_on, due, first_due, closed_on))
        assert line[0] == f"{held.year}.{held.month}\n第{number}条"
        assert line[1:4] == [words, names[0], names[1] or "—"]
        assert [int(one) for one in re.findall(r"\d+", line[4])] == [
            part for day in dict.fromkeys((due, first_due)) for part in (day.year, day.month, day.day)
        ]
        if (late_by := re.search(r"逾期(\d+)天", line[5])) is not None:
            assert int(late_by[1]) == (TODAY - due).days
        assert (re.findall(r"(\d+)%", line[5]) or [None])[0] in (None, digits(Decimal(str(share or 0)), 2))
        shown = cells[7] if cells[7] is None else Decimal(str(cells[7])) * 100
        assert [cells[0], _day(cells[1]), cells[2], cells[3], cells[4] or ""] == [number, held, words, *names]
        assert [_day(one) for one in (cells[5], cells[6], cells[11])] == [due, first_due, closed_on]
        assert shown == (None if share is None else Decimal(str(share)))


async def _check_tasks(asked: Asked, told: str, table: list[list[str]], sheet: list[list[Any]]) -> None:
    """Completion of each task from reports and check-ins, and what nine of twelve months make of the lights."""
    trained = sum((await asked.flow("training_person_times", ("2026-01", "2026-09")))[0].values())
    teachers, of_them = await rate_parts(asked, SHOWN[5], Q3)
    latest = f"FROM target_reports WHERE code = :code AND reported_on <= '{TODAY}' ORDER BY reported_on DESC, id DESC"
    built = await asked.one(f"SELECT value {latest}", code="P-3")
    led = await asked.one(f"SELECT percent {latest}", code="P-4")
    completion = [
        100 * trained / Decimal(20000),
        100 * (100 * teachers / of_them) / 75,
        100 * Decimal(str(built)) / 4,
        Decimal(str(led)),
        None,
    ]
    elapsed = [Decimal(75), Decimal(75), Decimal(75), None, None]
    assert [row[5] for row in table[1:]] == [percent(one) for one in completion]
    assert [row[6] for row in table[1:]] == [percent(one) for one in elapsed]
    assert [row[4] for row in table[1:]] == [row[6] for row in sheet]
    for cells, done in zip(sheet, completion, strict=True):
        assert cells[10] == (None if done is None else pytest.approx(float(done) / 100, abs=1e-4))
    lights = [
        "绿" if done and spent and done >= spent else "不亮灯" for done, spent in zip(completion, elapsed, strict=True)
    ]
    assert [row[7] for row in table[1:]] == [cells[12] for cells in sheet] == lights
    assert (
        f"本期列入跟踪的任务{len(lights)}项，其中绿灯{lights.count('绿')}项、不亮灯{lights.count('不亮灯')}项" in told
    )
    assert "序时进度计至2026年9月30日" in told


async def _check_reviews(asked: Asked, told: str, table: list[list[str]], sheet: list[list[Any]]) -> None:
    total = await asked.one("SELECT COUNT(*) FROM meeting_reviews WHERE meeting_id = :meeting")
    rows = await asked.rows(
        "SELECT r.task, u.name, r.percent, r.version FROM meeting_reviews r JOIN units u ON u.id = r.unit_id"
        " WHERE r.meeting_id = :meeting AND r.submitted_at IS NOT NULL ORDER BY r.task, r.unit_id"
    )
    assert f"应报任务进展{total}项，已报{len(rows)}项，未报{total - len(rows)}项" in told
    assert [row[:3] for row in table[1:]] == [[str(task), name, f"{share:g}%"] for task, name, share, _ in rows]
    assert [(int(row[0]), row[2], row[3], row[8]) for row in sheet] == [
        (task, name, pytest.approx(share / 100), version) for task, name, share, version in rows
    ]


async def _check_replies(asked: Asked, told: str, sheet: list[list[Any]]) -> None:
    rows = await asked.rows("SELECT rsvp, COUNT(*) FROM meeting_attendance WHERE meeting_id = :meeting GROUP BY rsvp")
    counted = dict(rows)
    assert (
        f"邀请{sum(counted.values())}家，回复参加{counted['attend']}家、替会{counted['substitute']}家、"
        f"请假{counted['leave']}家，未回复{counted['']}家" in told
    )
    assert [row[1] for row in sheet].count("参加") == counted["attend"]
    assert len(sheet) == sum(counted.values())
    assert set(NAMES.values()) <= {row[0] for row in sheet}


async def _check_figures(asked: Asked, told: str) -> None:
    section = told[told.index("五、本季度主要数据") : told.index("六、提请审议")]
    sentences = [one for one in re.split(r"[。\n]", section) if re.search(r"\d", one)][1:]
    sentences = [one for one in sentences if not re.match(r"图\d", one)]
    assert len(sentences) == len(SHOWN)
    for one, sentence in zip(SHOWN, sentences, strict=True):
        assert sentence.startswith(one.begins), sentence
        expected = await numbers_of(asked, one)
        assert re.findall(r"\d+(?:\.\d+)?", sentence) == expected, sentence


def _date(value: Any) -> Any:
    return date.fromisoformat(value[:10]) if isinstance(value, str) else value


def _day(value: Any) -> date | None:
    return value.date() if value is not None else None


def _read(path: Path) -> tuple[str, list[list[list[str]]]]:
    from docx import Document

    document = Document(str(path))
    tables = [[[cell.text for cell in row.cells] for row in table.rows] for table in document.tables]
    return "\n".join(one.text for one in document.paragraphs), tables


def _sheet(path: Path, name: str) -> list[list[Any]]:
    from openpyxl import load_workbook

    return [list(row) for row in load_workbook(path)[name].iter_rows(min_row=2, values_only=True)]

"""The register as a file: reading, importing, exporting."""

from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook
from sqlalchemy import func, select

from services.db import Database
from services.errors import BadInput
from services.members.exporting import register_table
from services.members.importing import ImportReport, import_register
from services.members.register import RowIssue, parse_register, read_register
from services.members.units import find_unit, list_units
from services.models import AuditEntry, Unit, UnitAlias
from services.sheets import SheetRefused, put, read_sheet, read_sheet_apart, write_sheet
from tests.cast import CHEMICAL, HAILAN, UNITS, XINGHE, Cast

HEADER = ["单位", "别名", "类型", "理事会职务", "行业", "简表"]
Table = list[list[str]]


async def take(database: Database, table: Table, now: datetime, *, dry_run: bool = False) -> ImportReport:
    async with database.transaction() as session:
        return await import_register(session, parse_register(table), by=None, now=now, dry_run=dry_run)


async def test_a_file_makes_units_and_again_changes_nothing(database: Database, now: datetime) -> None:
    table = [
        HEADER,
        ["晨光机电学校", "晨光;机电学校；晨机", "院校", "理事单位", "", "是"],
        ["蓝海公司", "", "企业", "", "化工", ""],
    ]
    first = await take(database, table, now)
    assert (first.created, first.issues) == (("晨光机电学校", "蓝海公司"), ())
    again = await take(database, table, now)
    assert (again.created, again.updated, again.unchanged) == ((), (), 2)
    async with database.reading() as session:
        found = await find_unit(session, "机电学校")
        assert found is not None
        assert (found.kind, found.short_form, found.council_role) == ("school", True, "理事单位")
        assert await session.scalar(select(func.count(UnitAlias.alias))) == 3


async def test_an_update_is_audited_with_old_and_new(database: Database, cast: Cast, now: datetime) -> None:
    report = await take(database, [["industry", "unit"], ["精细化工", HAILAN]], now)
    assert report.updated[0].fields == {"industry": ("化工", "精细化工")}
    assert XINGHE in report.absent
    async with database.reading() as session:
        entry = await session.scalar(select(AuditEntry).where(AuditEntry.act == "update"))
        assert entry is not None
        assert entry.facts == {"industry": ["化工", "精细化工"]}
        assert await session.scalar(select(func.count(Unit.id)).where(Unit.active)) == len(UNITS)
        unit = await find_unit(session, "海岚")
        assert unit is not None
        assert unit.kind == "enterprise"


async def test_a_dry_run_reports_and_stores_nothing(database: Database, cast: Cast, now: datetime) -> None:
    report = await take(database, [HEADER, ["新学校", "", "学校", "", "", ""]], now, dry_run=True)
    assert (report.created, report.dry_run) == (("新学校",), True)
    async with database.reading() as session:
        assert await find_unit(session, "新学校") is None
        assert await session.scalar(select(func.count(AuditEntry.id))) == 0


async def test_each_bad_row_is_named_and_kept_out_whole(database: Database, cast: Cast, now: datetime) -> None:
    table = [
        ["2026年成员名册", "", "", "", "", ""],
        HEADER,
        ["", "没有名字", "学校", "", "", ""],
        ["甲公司", "海岚；甲", "企业", "", "", ""],
        ["乙公司", "", "工厂", "", "", "也许"],
        ["丙公司", "丙", "企业", "长" * 41, "", ""],
        ["丁公司", "13900001111", "企业", "", "", ""],
        ["戊公司", "", "企业", "", "", ""],
        ["戊 公司", "", "企业", "", "", ""],
        ["化工协会", "", "协会", "", "", ""],
    ]
    report = await take(database, table, now)
    assert report.created == ("戊公司",)
    assert report.issues == (
        RowIssue(3, "unit", "", "missing"),
        RowIssue(4, "aliases", "海岚", "alias_taken", HAILAN),
        RowIssue(5, "kind", "工厂", "unknown_kind"),
        RowIssue(5, "short_form", "也许", "unknown_flag"),
        RowIssue(6, "council_role", "长" * 41, "too_long"),
        RowIssue(7, "aliases", "", "personal_data"),
        RowIssue(9, "unit", "戊 公司", "duplicate_unit", "戊公司"),
        RowIssue(10, "unit", "化工协会", "alias_taken", CHEMICAL),
    )


async def test_two_units_of_one_file_may_swap_an_alias(database: Database, now: datetime) -> None:
    await take(database, [HEADER, ["甲学校", "中心", "学校", "", "", ""], ["乙学校", "总部", "学校", "", "", ""]], now)
    report = await take(database, [["unit", "aliases"], ["甲学校", "总部"], ["乙学校", "中心"]], now)
    assert (len(report.updated), report.issues) == (2, ())
    async with database.reading() as session:
        unit = await find_unit(session, "中心")
        assert unit is not None
        assert unit.name == "乙学校"


async def test_a_refused_row_keeps_its_alias_from_the_next_one(database: Database, now: datetime) -> None:
    await take(database, [HEADER, ["甲学校", "中心", "学校", "", "", ""], ["丙学校", "三校", "学校", "", "", ""]], now)
    report = await take(database, [["unit", "aliases"], ["甲学校", "三校"], ["丙学校", "三校"]], now)
    assert [(issue.line, issue.other) for issue in report.issues] == [(2, "丙学校")]
    report = await take(
        database, [HEADER, ["甲学校", "三校", "学校", "", "", ""], ["丁学校", "中心", "学校", "", "", ""]], now
    )
    assert report.created == ()
    assert {(issue.line, issue.other) for issue in report.issues} == {(2, "丙学校"), (3, "甲学校")}


@pytest.mark.parametrize("suffix", [".xlsx", ".csv"])
async def test_an_export_imports_again_to_the_same(
    database: Database, cast: Cast, now: datetime, tmp_path: Path, suffix: str
) -> None:
    odd = ["=1+1", "'=2", "@cmd", "-x", "+y", 'a,b"c']
    async with database.transaction() as session:
        session.add(
            Unit(name="=HYPERLINK(1)", kind="school", aliases=[UnitAlias(alias=a) for a in odd], created_at=now)
        )
    file = tmp_path / f"register{suffix}"
    async with database.reading() as session:
        before = await register_table(session)
    write_sheet(file, "成员名册", before)
    async with database.transaction() as session:
        report = await import_register(session, read_register(file), by=None, now=now)
        assert (report.created, report.updated, report.issues, report.absent) == ((), (), (), ())
        assert await register_table(session) == before
        for unit in await list_units(session):
            await session.delete(unit) if unit.name == "=HYPERLINK(1)" else None
        await session.flush()
        report = await import_register(session, read_register(file), by=None, now=now)
        assert report.created == ("=HYPERLINK(1)",)
        assert sorted(await register_table(session)) == sorted(before)


def test_no_cell_becomes_a_formula(tmp_path: Path) -> None:
    write_sheet(tmp_path / "x.xlsx", "=A1", [["=1+1", "\x0bok"], ["@x", "00123"]])
    sheet = load_workbook(tmp_path / "x.xlsx").worksheets[0]
    cells = [cell for row in sheet.iter_rows() for cell in row]
    assert [(cell.data_type, cell.quotePrefix) for cell in cells] == [("s", True)] * 4
    write_sheet(tmp_path / "x.csv", "", [["=1+1", "ok"]])
    assert (tmp_path / "x.csv").read_text(encoding="utf-8-sig").startswith("'=1+1")
    with pytest.raises(BadInput):
        put(sheet["A1"], "x" * 32_768)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_csv_in_the_usual_encodings(tmp_path: Path, encoding: str) -> None:
    file = tmp_path / "r.csv"
    file.write_text("类型,单位名称\n学校,晨光机电学校\n", encoding=encoding)
    (row,) = read_register(file).rows
    assert (row.name, row.kind, row.aliases) == ("晨光机电学校", "school", None)


def test_a_file_with_personal_columns_is_refused_whole(tmp_path: Path) -> None:
    with pytest.raises(BadInput) as refused:
        parse_register([["单位", "类型", "联系人手机号"], ["甲", "学校", "13900001111"]])
    assert refused.value.facts["problem"] == "personal_column"
    with pytest.raises(BadInput) as refused:
        parse_register([["姓名", "性别"], ["甲", "女"]])
    assert refused.value.facts["problem"] == "no_header"


async def test_hostile_files_are_refused_or_read_within_limits(tmp_path: Path) -> None:
    book = Workbook()
    sheet: Any = book.active
    sheet["A1"], sheet["B1"], sheet["A2"], sheet["B2"], sheet["XFD1048576"] = "单位", "类型", "甲", "学校", "x"
    book.save(tmp_path / "corner.xlsx")
    assert [row.name for row in parse_register(await read_sheet_apart(tmp_path / "corner.xlsx")).rows] == ["甲"]
    (tmp_path / "broken.xlsx").write_bytes(b"PK\x03\x04nothing")
    (tmp_path / "old.xls").write_bytes(b"\xd0\xcf")
    (tmp_path / "long.csv").write_text("单位\n" + "甲\n" * 6000, encoding="utf-8")
    for name, problem in (("broken.xlsx", "broken"), ("old.xls", "unsupported"), ("long.csv", "too_many_rows")):
        with pytest.raises(SheetRefused) as refused:
            await read_sheet_apart(tmp_path / name)
        assert refused.value.problem == problem
        with pytest.raises(SheetRefused):
            read_sheet(tmp_path / name)

"""Registers as sheets of the ledger."""

from datetime import date
from pathlib import Path

from openpyxl import load_workbook

from services.digests.workbook.excel import Ledger, write_ledger
from services.digests.workbook.register_rows import KeptRow, register_rows
from tests.services.digests.sample import ZONE, digest, engine, say

DAY = date(2026, 12, 8)
BLANK = KeptRow("星河职业技术学院", "", "", "", "", "", "", "", None, None, "open", "2026-11", "")


def kept(register: str, title: str, **more: object) -> KeptRow:
    return KeptRow(**{**BLANK.__dict__, "register": register, "title": title, **more})


def test_agreements_say_what_they_are_and_how_they_stand() -> None:
    ends = {"有效": date(2029, 1, 1), "将到期": date(2027, 1, 1), "已到期": date(2026, 12, 1)}
    rows = [kept("agreements", "海岚化工", partner="海岚化工", ends_on=day) for day in ends.values()]
    rows += [kept("agreements", "示范市教育局", partner="示范市教育局", state="ended")]
    found = register_rows(rows, DAY, say)["agreements"]
    assert [one[6] for one in found] == [*ends, "已终止"]
    assert [one[2] for one in found] == ["校企", "校企", "校企", "政校"]


def test_platforms_needs_and_services_have_every_column_of_their_sheets() -> None:
    rows = [
        kept("platforms", "智能制造实训基地", kind="training_base", level="provincial", stage="in_use", partner="海岚"),
        kept("tech_needs", "叶片检测", state="closed", closed_period="2026-11", partner="星职院"),
        kept("tech_services", "循环水节能", partner="海岚化工"),
    ]
    found = register_rows(rows, DAY, say)
    unit = BLANK.unit
    platform = [unit, "智能制造实训基地", "实训基地", "省级", "投入使用", "海岚", None, "计入 2026-11 月报"]
    assert found["platforms"] == [platform]
    assert found["tech_needs"] == [[unit, "2026-11", "技术需求", "叶片检测", "", "", "已办结", "星职院，2026-11 办结"]]
    assert found["tech_services"] == [[unit, "循环水节能", "海岚化工", "2026-11", "在做", ""]]
    for name, register in (("platforms", "platforms"), ("needs", "tech_needs"), ("services", "tech_services")):
        assert len(found[register][0]) == len(say(f"digest_ledger.head_{name}").split("|"))


def test_what_was_typed_into_a_register_never_becomes_a_formula_and_choices_come_from_the_codes(tmp_path: Path) -> None:
    hostile = '=HYPERLINK("http://x","1")'
    rows = [
        kept("agreements", hostile, partner=hostile, majors="+1", began_on=date(2026, 11, 1)),
        kept("platforms", "@SUM(A1)", kind="other", stage="built", partner="-2"),
        kept("tech_services", hostile, partner=hostile),
    ]
    path = tmp_path / "ledger.xlsx"
    found = register_rows(rows, DAY, say)
    write_ledger(Ledger(digest(), engine(), say, ZONE, (), {**found, "needs": found["tech_needs"]}), path)
    book = load_workbook(path)
    assert book.sheetnames[-1] == "17技术服务"
    for name in ("09平台载体", "10协议", "17技术服务"):
        typed = [cell for row in book[name].iter_rows(min_row=2) for cell in row if isinstance(cell.value, str)]
        assert typed
        assert {cell.data_type for cell in typed} == {"s"}
    agreements = book["10协议"]
    assert agreements["B2"].value == hostile
    assert agreements["E2"].number_format == "yyyy-mm-dd"
    assert any("14代码表" in one.formula1 for one in agreements.data_validations.dataValidation)

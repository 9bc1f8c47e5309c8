"""Tables of every kind of file become rows under their heads, merged cells in each row that they span."""

from pathlib import Path

import docx
import openpyxl
import pytest

from knowledge.answers.stating import stated
from knowledge.documents.columns_of_text import with_bars
from knowledge.documents.cutting import sentences_of
from knowledge.documents.reading import entries_of, read_file, read_text
from knowledge.documents.sheets import sheets_of
from knowledge.documents.table_rows import is_head_row
from knowledge.documents.tables import Table, tables_of
from knowledge.evidence.judging import judged
from knowledge.questions.understanding import understand
from knowledge.search.index import KnowledgeIndex


def cells(table: Table) -> list[tuple[str, ...]]:
    return [row.cells for row in table.rows]


def test_a_merged_cell_of_a_word_file_is_said_in_each_row(tmp_path: Path):
    made = docx.Document()
    made.add_heading("样例预算", 0)
    table = made.add_table(4, 3)
    for at, row in enumerate(
        (("类别", "项目", "金额"), ("设备", "车床", "3"), ("", "铣床", "5"), ("培训", "讲课", "2"))
    ):
        for column, words in enumerate(row):
            table.cell(at, column).text = words
    table.cell(1, 0).merge(table.cell(2, 0)).text = "设备"
    made.save(str(tmp_path / "a.docx"))
    (read,) = tables_of(read_file(tmp_path / "a.docx").text)
    assert read.heads == ("类别", "项目", "金额")
    assert cells(read) == [("设备", "车床", "3"), ("设备", "铣床", "5"), ("培训", "讲课", "2")]


def test_a_page_with_heads_of_two_levels(tmp_path: Path):
    (tmp_path / "a.html").write_text(
        "<html><body><h1>样例名额</h1><table>"
        "<tr><th rowspan=2>学校</th><th colspan=2>名额</th></tr><tr><th>教师</th><th>学生</th></tr>"
        "<tr><td>甲样例学院</td><td>5</td><td>40</td></tr><tr><td>乙样例学院</td><td>6</td><td>50</td></tr>"
        "<tr><td colspan=3>注：以实际报到为准</td></tr></table></body></html>",
        encoding="utf-8",
    )
    (read,) = tables_of(read_file(tmp_path / "a.html").text)
    assert read.heads == ("学校", "名额 教师", "名额 学生")
    assert cells(read) == [("甲样例学院", "5", "40"), ("乙样例学院", "6", "50")]


def test_a_sheet_with_heads_of_two_levels_and_its_title(tmp_path: Path):
    book = openpyxl.Workbook()
    for row in (
        ["样例名额表", None, None, None],
        ["学校", "类型", "名额", None],
        [None, None, "教师", "学生"],
        ["甲样例学院", "高职", 5, 40],
        ["乙样例学院", None, 6, 50],
        ["合计", None, 11, 90],
    ):
        book.active.append(row)
    for merged in ("A1:D1", "A2:A3", "B2:B3", "C2:D2", "B4:B5", "A6:B6"):
        book.active.merge_cells(merged)
    book.save(tmp_path / "名额.xlsx")
    text = read_file(tmp_path / "名额.xlsx").text
    (read,) = tables_of(text)
    assert "\n样例名额表\n" in text
    assert read.heads == ("学校", "类型", "名额 教师", "名额 学生")
    assert cells(read)[1] == ("乙样例学院", "高职", "6", "50")
    assert [row.is_total for row in read.rows] == [False, False, True]
    second = text.index("| 学校 | 类型 | 教师")
    assert is_head_row(text, second, text.index("\n", second))


def test_a_total_keeps_its_figures_on_the_right():
    (read,) = tables_of("序号 | 学校 | 名额 |\n1 | 甲校 | 5 |\n合计 | 5 |")
    assert cells(read)[1] == ("合计", "", "5")


def test_labels_and_values_are_no_table():
    assert (
        tables_of("发文机构: | 样例局 | 发文字号: | 样〔2026〕1号 |\n成文日期: | 2026-01-01 | 有效性: | 有效 |") == []
    )


@pytest.mark.parametrize(
    ("text", "barred"),
    [
        ("名单\n姓名\t单位\t电话\n甲\t乙局\t1\n", "名单\n| 姓名 | 单位 | 电话 |\n| 甲 | 乙局 | 1 |\n"),
        ("任务｜单位\n建基地｜乙局\n作报告｜丙局", "| 任务 | 单位 |\n| 建基地 | 乙局 |\n| 作报告 | 丙局 |"),
        ("序号  学校  名额\n1  甲校  5\n2  乙校  6", "| 序号 | 学校 | 名额 |\n| 1 | 甲校 | 5 |\n| 2 | 乙校 | 6 |"),
    ],
)
def test_columns_of_a_plain_text_become_rows(text: str, barred: str):
    assert with_bars(text) == barred


@pytest.mark.parametrize(
    "text",
    [
        "样例局  样例学院\n2026年1月5日",
        "甲方：样例学院  乙方：样例公司\n代表：甲某  代表：乙某\n日期：1日  日期：2日",
        "第一条\t总则\n本办法适用于全市。",
        "　　一是建平台。\n　　二是育人才。\n　　三是强服务。",
    ],
)
def test_other_gaps_are_left_alone(text: str):
    assert with_bars(text) == text


def test_a_row_is_one_sentence_whatever_its_cells_say():
    text = "任务 | 内容 | 单位 |\n一 | 建平台；育人才。强服务。 | 样例局 |"
    assert [text[slice(*one)] for one in sentences_of(text)] == text.split("\n")


def test_a_long_table_keeps_its_heads_in_every_passage(index: KnowledgeIndex):
    rows = "\n".join(f"样例设备{at:02d}号 | 样例楼{at}层东侧第{at}实训室 | 样例管理员{at} |" for at in range(1, 31))
    document = read_text("a.txt", "样例设备清单", f"样例设备清单\n设备名称 | 存放地点 | 管理员 |\n{rows}")
    assert len(document.passages) > 2
    index.add(entries_of("a", document))
    hit = next(one for one in index.search("样例设备29号 存放地点") if "样例设备29号" in one.text)
    start = hit.text.index("样例设备29号")
    end = hit.text.index("\n", start)
    assert hit.cells(start, end)[1] == ("存放地点", "样例楼29层东侧第29实训室")
    assert "".join(one.text for one in hit.table).count("实训室") == 30


def test_a_figure_is_read_from_its_cell_also_where_the_heads_stand_in_another_passage(index: KnowledgeIndex):
    rows = "\n".join(
        f"样例设备{at:02d}号 | 二〇一九年购置的3台存于样例楼{at}层已报废 | {at}台 |" for at in range(1, 31)
    )
    index.add(entries_of("a", read_text("a.txt", "样例设备清单", f"样例设备清单\n设备名称 | 备注 | 数量 |\n{rows}")))
    asked = understand("样例设备29号的数量是多少台")
    hits = [one for one in index.search(asked) if "样例设备29号" in one.text]
    best = judged(asked, hits)[0]
    assert best.hit.heads
    assert "样例设备29号" in best.text
    assert stated(asked, best) == "29台"


def test_a_table_longer_than_anyone_reads_is_searched_in_pieces(index: KnowledgeIndex, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("knowledge.search.library_state._MOST_PIECES", 3)
    rows = "\n".join(f"样例设备{at:03d}号 | 样例楼{at}层东侧第{at}实训室 | {at} |" for at in range(1, 99))
    document = read_text("a.txt", "样例设备清单", f"样例设备清单\n设备名称 | 存放地点 | 台数 |\n{rows}")
    index.add(entries_of("a", document))
    hits = index.search("样例设备台数合计")
    assert hits
    assert sheets_of(hits) == []

"""Files of every type, and files that mean harm: a clear reason each, and the process lives."""

import io
import zipfile
from pathlib import Path

import docx
import openpyxl
import pptx
import pytest

from knowledge.documents.conversion_child import not_needed
from knowledge.documents.limits import ReadLimits
from knowledge.documents.reading import read_file
from knowledge.errors import FileTooLarge, UnreadableFile, UnsupportedType


def office(path: Path, members: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return path


def reason_of(path: Path, limits: ReadLimits | None = None) -> str:
    with pytest.raises(UnreadableFile) as caught:
        read_file(path, limits)
    return caught.value.reason


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_text_in_any_usual_encoding(tmp_path: Path, encoding: str):
    path = tmp_path / "a.txt"
    path.write_bytes("样例方案\n一、目标\n建成3个基地。".encode(encoding))
    assert "建成3个基地" in read_file(path).text


def test_word_files_keep_headings_and_tables(tmp_path: Path):
    made = docx.Document()
    made.add_heading("样例章程", 0)
    made.add_paragraph("第一条 由样例学院牵头。")
    table = made.add_table(1, 2)
    table.cell(0, 0).text, table.cell(0, 1).text = "成员单位", "12家"
    made.save(str(tmp_path / "a.docx"))
    document = read_file(tmp_path / "a.docx")
    assert document.metadata.title == "样例章程"
    assert "| 成员单位 | 12家 |" in document.text
    assert any(one.clause.startswith("第一条") for one in document.passages)


def test_slides_and_sheets(tmp_path: Path):
    slides = pptx.Presentation()
    slides.slides.add_slide(slides.slide_layouts[5]).shapes.title.text = "样例汇报:签约企业15家"
    slides.save(str(tmp_path / "a.pptx"))
    assert "签约企业15家" in read_file(tmp_path / "a.pptx").text
    book = openpyxl.Workbook()
    book.active.append(["指标", "数值"])
    book.active.append(["在校生", 3200])
    book.save(tmp_path / "台账.xlsx")
    document = read_file(tmp_path / "台账.xlsx")
    assert "| 在校生 | 3200 |" in document.text
    assert document.metadata.title == "台账"


def test_a_sheet_keeps_its_columns_and_says_merged_cells_in_each_row(tmp_path: Path):
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["实训设备清单"])
    for row in (
        ["分中心", "设备", "台数"],
        ["检测", "色谱仪", 8],
        [None, "天平", 4],
        ["控制", None, 6],
        [None, "机床", 2],
    ):
        sheet.append(row)
    for merged in ("A1:C1", "A3:A4"):
        sheet.merge_cells(merged)
    book.save(tmp_path / "清单.xlsx")
    upload = (tmp_path / "清单.xlsx").rename(tmp_path / "upload")  # an upload's file has no name of its own
    text = read_file(upload, name="清单.xlsx").text
    rows = [
        "| 分中心 | 设备 | 台数 |",
        "| 检测 | 色谱仪 | 8 |",
        "| 检测 | 天平 | 4 |",
        "| 控制 |  | 6 |",
        "|  | 机床 | 2 |",
    ]
    assert text.endswith("\n".join(["实训设备清单", "", *rows]))


def test_a_page_without_its_scripts(tmp_path: Path):
    page = (
        "<html><head><script>alert(1)</script></head><body><nav>首页</nav><h1>样例通知</h1>"
        "<p>5月8日截止。</p><script>evil()</script></body></html>"
    )
    (tmp_path / "a.html").write_text(page, encoding="utf-8")
    text = read_file(tmp_path / "a.html").text
    assert "5月8日截止" in text
    assert "alert" not in text
    assert "evil" not in text


def test_one_far_cell_does_not_fill_the_memory(tmp_path: Path):
    book = openpyxl.Workbook()
    book.active["A1"], book.active["XFD1048576"] = "指标", "远"
    book.save(tmp_path / "far.xlsx")
    assert "指标" in read_file(tmp_path / "far.xlsx").text


def test_dangerous_archives_are_refused(tmp_path: Path):
    bomb = b"<w>" + b"A" * 150_000_000
    doctype = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><x>&e;</x>'
    assert reason_of(office(tmp_path / "bomb.docx", {"word/document.xml": bomb})) == "too_much_inside"
    assert reason_of(office(tmp_path / "ratio.docx", {"word/document.xml": bomb[:50_000_000]})) == "too_much_inside"
    assert reason_of(office(tmp_path / "dtd.docx", {"word/document.xml": doctype})) == "dtd"
    assert reason_of(office(tmp_path / "macro.docx", {"word/vbaProject.bin": b"x"})) == "macros"
    assert reason_of(office(tmp_path / "nest.xlsx", {"xl/more.zip": b"x"})) == "nested_archive"


def test_entities_in_a_page_are_refused(tmp_path: Path):
    (tmp_path / "x.html").write_text('<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><p>&e;</p>')
    assert reason_of(tmp_path / "x.html") == "dtd"


def test_locked_broken_and_empty_files_say_so(tmp_path: Path):
    (tmp_path / "locked.docx").write_bytes(b"\xd0\xcf\x11\xe0" + b"\0" * 3000)
    (tmp_path / "cut.pdf").write_bytes(b"%PDF-1.4\n1 0 obj<</Type/Catalog")
    (tmp_path / "empty.txt").write_bytes(b"")
    (tmp_path / "binary.txt").write_bytes(bytes(range(256)) * 20)
    (tmp_path / "blank.txt").write_text("\n  \n")
    found = {path.name: reason_of(path) for path in tmp_path.iterdir()}
    assert found == {
        "locked.docx": "encrypted",
        "cut.pdf": "broken",
        "empty.txt": "empty",
        "binary.txt": "not_text",
        "blank.txt": "no_text",
    }


def test_too_large_is_refused_unopened(tmp_path: Path):
    path = tmp_path / "big.txt"
    with path.open("wb") as stream:
        stream.truncate(30_000_000)
    with pytest.raises(FileTooLarge) as caught:
        read_file(path)
    assert caught.value.size_bytes == 30_000_000


def test_unknown_types_are_refused_by_name(tmp_path: Path):
    (tmp_path / "a.exe").write_bytes(b"MZ")
    with pytest.raises(UnsupportedType):
        read_file(tmp_path / "a.exe")


def test_a_slow_child_is_killed(tmp_path: Path):
    (tmp_path / "a.html").write_text("<p>样例</p>", encoding="utf-8")
    assert reason_of(tmp_path / "a.html", ReadLimits(wall_s=0.01)) == "too_slow"


def test_memory_is_limited(tmp_path: Path):
    (tmp_path / "a.html").write_text("<p>样例</p>" * 100_000, encoding="utf-8")
    assert reason_of(tmp_path / "a.html", ReadLimits(memory_bytes=100_000_000)) in ("too_much_memory", "broken")


def test_a_child_loads_only_what_the_type_needs():
    needed = {suffix: not_needed(".html") - not_needed(suffix) for suffix in (".docx", ".pptx", ".pdf", ".xlsx")}
    assert not_needed(".html") == {"numpy", "pandas", "pdfplumber", "pptx"}
    assert needed == {".docx": {"numpy"}, ".pptx": {"numpy", "pptx"}, ".pdf": {"numpy", "pdfplumber"}, ".xlsx": set()}


def test_the_senders_name_decides_the_type(tmp_path: Path):
    (tmp_path / "upload-17").write_bytes(io.BytesIO("样例文字。".encode()).getvalue())
    assert read_file(tmp_path / "upload-17", name="通知.txt").name == "通知.txt"

"""Documents as they are opened: layout measured, formulas and literal text read back."""

import json
import re
import zipfile
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from io import BytesIO
from xml.etree import ElementTree

import pytest
from docx import Document
from openpyxl import load_workbook
from PIL import Image

from handlers import texts
from services.digests.briefing.charts import Bar, Point, bar_chart, trend_chart
from services.digests.briefing.internal import has_internal, write_internal
from services.digests.briefing.pictures import draw_pictures
from services.digests.briefing.rows import task_rows
from services.digests.briefing.word import Briefing, Picture, write_briefing
from services.digests.figures.digest import Audience, DecisionLine, Sentence, TaskLine
from services.digests.figures.replies import TextReply
from services.digests.fonts import SHIPPED, NoChineseFont, chart_fonts
from services.digests.issuing.as_json import as_json
from services.digests.text.prose import decision_counts, filing_sentence
from services.digests.text.summary import summary
from services.digests.workbook.excel import Ledger, ledger_name, write_ledger
from services.digests.workbook.sheets import plain_label, summary_sheet, task_sheet
from services.periods import Period
from tests.cast import XINGHE
from tests.services.digests.sample import NOVEMBER, ZONE, digest, engine, say, text_replies

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
HOSTILE = ("=1+cmd|'/c calc'!A0", "+1", "@SUM(A1)", "<b>加粗</b>&amp;<script>", "汉" * 10_000, "🎉好", "前\x00后\x1b尾")


@pytest.fixture(scope="module")
def november():
    return digest()


@pytest.fixture(scope="module")
def figures():
    return engine()


@pytest.fixture(scope="module")
def briefing(november, tmp_path_factory):
    path = tmp_path_factory.mktemp("briefing") / "b.docx"
    write_briefing(Briefing(november, say, ZONE), path)
    return path


def plain(key, **values):
    """What the reader of the chat sees."""
    return re.sub(r"<[^>]*>", "", texts.html(key, values))


def xml(path, name):
    with zipfile.ZipFile(path) as archive:
        return ElementTree.fromstring(archive.read(name))


def text_of(path) -> str:
    document = Document(str(path))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(one.text for one in document.paragraphs), *cells])


def test_the_page_is_measured_as_official_documents_are(briefing):
    root = xml(briefing, "word/document.xml")
    size, margins = root.find(f".//{W}pgSz"), root.find(f".//{W}pgMar")
    mm = {name: round(int(margins.get(f"{W}{name}")) / 1440 * 25.4) for name in ("top", "left", "right", "bottom")}
    assert mm == {"top": 37, "left": 28, "right": 26, "bottom": 35}
    assert [round(int(size.get(f"{W}{name}")) / 1440 * 25.4) for name in ("w", "h")] == [210, 297]
    body = next(p for p in root.iter(f"{W}p") if "截至11月底" in "".join(p.itertext()))
    spacing, indent = body.find(f".//{W}spacing"), body.find(f".//{W}ind")
    assert (spacing.get(f"{W}line"), spacing.get(f"{W}lineRule")) == ("579", "exact")
    assert indent.get(f"{W}firstLineChars") == "200"
    assert body.find(f".//{W}rFonts").get(f"{W}eastAsia") == "仿宋_GB2312"
    assert body.find(f".//{W}sz").get(f"{W}val") == "32"


def test_headings_have_their_fonts_and_tables_their_repeated_headers(briefing):
    root = xml(briefing, "word/document.xml")
    fonts = {}
    for made in root.iter(f"{W}p"):
        names = {one.get(f"{W}eastAsia") for one in made.iter(f"{W}rFonts")}
        fonts["".join(made.itertext())] = names
    assert fonts["一、填报情况"] == {"黑体"}
    assert fonts["（一）资金"] == {"楷体_GB2312"}
    assert fonts["示范市产教联合体2026年11月工作情况"] == {"方正小标宋简体"}
    tables = list(root.iter(f"{W}tbl"))
    assert len(tables) == 5
    assert all(table.find(f"{W}tr/{W}trPr/{W}tblHeader") is not None for table in tables)
    number = next(cell for cell in tables[0].iter(f"{W}tc") if "约22893" in "".join(cell.itertext()))
    assert number.find(f".//{W}jc").get(f"{W}val") == "right"
    names = [one.get(f"{W}name") for one in xml(briefing, "word/fontTable.xml").iter(f"{W}font")]
    assert "仿宋_GB2312" in names


def looks(root, text):
    """East Asian font, size in points, alignment and colour of the first paragraph that begins with the text."""
    made = next(p for p in root.iter(f"{W}p") if "".join(p.itertext()).startswith(text))
    run = next(one for one in made.iter(f"{W}r") if "".join(one.itertext()))
    justify, colour = made.find(f"{W}pPr/{W}jc"), run.find(f"{W}rPr/{W}color")
    return (
        run.find(f"{W}rPr/{W}rFonts").get(f"{W}eastAsia"),
        int(run.find(f"{W}rPr/{W}sz").get(f"{W}val")) / 2,
        None if justify is None else justify.get(f"{W}val"),
        None if colour is None else colour.get(f"{W}val"),
    )


def test_masthead_titles_captions_and_imprint_have_their_sizes(briefing):
    root = xml(briefing, "word/document.xml")
    font, size, align, colour = looks(root, "产教联合体工作简报")
    assert (font, align, colour) == ("方正小标宋简体", "center", "C00000")
    assert 36 <= size <= 60
    assert looks(root, "第11期（总第35期）") == ("仿宋_GB2312", 16, "center", None)
    assert looks(root, "示范市产教联合体2026年11月") == ("方正小标宋简体", 22, "center", None)
    assert looks(root, "一、填报情况")[:2] == ("黑体", 16)
    assert looks(root, "（一）资金")[:2] == ("楷体_GB2312", 16)
    assert looks(root, "1.星河职业技术学院")[:3] == ("仿宋_GB2312", 16, "both")
    assert looks(root, "表1") == ("黑体", 15, "center", None)
    assert looks(root, "单位：人")[1:3] == (10.5, "right")
    assert looks(root, "指标")[:3] == ("黑体", 10.5, "center")
    assert looks(root, "报：")[:2] == ("仿宋_GB2312", 14)
    assert looks(root, "（共印40份）")[2] == "right"
    rule = next(p for p in root.iter(f"{W}p") if "秘书处" in "".join(p.itertext())).find(f"{W}pPr/{W}pBdr/{W}bottom")
    assert rule.get(f"{W}color") == "C00000"
    footers = [xml(briefing, f"word/footer{n}.xml") for n in (1, 2)]
    assert {looks(one, "—")[:2] for one in footers} == {("宋体", 14)}
    words = "".join(root.itertext())
    assert "〔" not in words  # no 发文字号: a briefing of a consortium is no document of an organ
    assert "2026年12月8日" in words


def test_page_numbers_stand_outside_and_pages_differ(briefing):
    assert xml(briefing, "word/settings.xml").find(f"{W}evenAndOddHeaders") is not None
    with zipfile.ZipFile(briefing) as archive:
        footers = [ElementTree.fromstring(archive.read(n)) for n in archive.namelist() if "word/footer" in n]
    told = sorted((one.find(f".//{W}jc").get(f"{W}val"), " ".join("".join(one.itertext()).split())) for one in footers)
    assert told == [("left", "— PAGE 1 —"), ("right", "— PAGE 1 —")]


def test_all_figures_stand_on_landscape_pages_after_the_imprint(briefing):
    document = Document(str(briefing))
    last = document.sections[1]
    assert (last.page_width.mm, last.page_height.mm) == pytest.approx((297, 210), abs=1)
    assert last.footer.is_linked_to_previous
    body = [child for child in document.element.body if child.tag in (f"{W}p", f"{W}tbl")]
    words = ["".join(child.itertext()) for child in body]
    turned = next(at for at, child in enumerate(body) if child.find(f".//{W}sectPr") is not None)
    assert next(at for at, text in enumerate(words) if "共印40份" in text) <= turned
    assert next(at for at, text in enumerate(words) if text.startswith("附表")) > turned


def test_a_long_title_breaks_between_its_words(november, tmp_path):
    path = tmp_path / "long.docx"
    write_briefing(Briefing(replace(november, consortium="示范市绿色化工产教联合体"), say, ZONE), path)
    assert "示范市绿色化工产教联合体\n2026年11月工作情况" in text_of(path)


def test_columns_without_anything_and_sections_without_words_are_not_left_blank(november, tmp_path):
    bare = [replace(one, yoy=None, status=None) for one in november.figures]
    empty = replace(november, figures=tuple(bare), tasks=(), highlights=(), problems=(), decisions=(), next_steps=())
    path = tmp_path / "bare.docx"
    write_briefing(Briefing(empty, say, ZONE), path)
    document = Document(str(path))
    head = [cell.text for cell in document.tables[0].rows[0].cells]
    assert head == ["指标", "本期", "本年累计", "环比", "已报/应报"]
    words = text_of(path)
    for told in ("尚未录入任务目标", "未报送亮点", "未提出问题与诉求", "暂无上次会议议定事项", "未报送下步计划"):
        assert told in words
    assert "标“*”的" in words


def test_cancelled_decisions_leave_the_count_as_in_the_meetings_pack(november):
    yesterday, later = november.day - timedelta(days=1), november.day + timedelta(days=1)
    states = (("verified_closed", yesterday), ("cancelled", yesterday), ("in_progress", yesterday), ("open", later))
    lines = [DecisionLine(str(n), "", "", status=status, due_on=due) for n, (status, due) in enumerate(states)]
    assert decision_counts(say, replace(november, decisions=tuple(lines))) == (
        "上次会议议定事项3项，已办结1项，推进中1项，逾期1项，办结率33%。"
    )


def test_a_running_period_is_told_up_to_the_day(november):
    running = replace(november, cutoff=datetime(2026, 11, 20, 1, tzinfo=UTC), day=date(2026, 11, 20))
    running = replace(running, filing=replace(november.filing, due=0, reported=0, late=0, missing=(), pending=39))
    assert filing_sentence(say, running) == "截至11月20日，39家未到报送截止时间。"


def test_a_draft_is_marked_until_it_is_issued(november, briefing, tmp_path):
    issued = replace(november, issue=replace(november.issue, issued_on=date(2026, 12, 8)))
    path = tmp_path / "issued.docx"
    write_briefing(Briefing(issued, say, ZONE), path)

    def marked(path):
        with zipfile.ZipFile(path) as archive:
            return [n for n in archive.namelist() if "header" in n and "草稿" in archive.read(n).decode()]

    assert len(marked(briefing)) == 2
    assert marked(path) == []
    assert "草稿" in text_of(briefing)
    assert "草稿" not in text_of(path)


def test_only_the_secretariat_reads_who_owes(november, briefing, tmp_path):
    path = tmp_path / "internal.docx"
    assert has_internal(november)
    write_internal(november, say, path)
    owing = november.missing_units[0][0].name
    assert f"{owing}（2026年11月）" in text_of(path)
    assert "相差8945人" in text_of(path)
    assert "仅供秘书处" in text_of(path)
    assert not has_internal(digest(audience=Audience.COUNCIL))
    assert not [word for word in (owing, "校企数据核对", "仅供秘书处") if word in text_of(briefing)]
    assert owing not in json.dumps(as_json(digest(audience=Audience.COUNCIL)), ensure_ascii=False)


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_literal_and_whole_in_word(november, tmp_path, text):
    told = text.replace("\x00", "␀").replace("\x1b", "␛")
    hostile = replace(
        november,
        highlights=(Sentence(text, (1,), (text,)),),
        decisions=(DecisionLine("1", "", text, (text,)),),
        figures=november.figures[:3],
    )
    path = tmp_path / "hostile.docx"
    write_briefing(Briefing(hostile, say, ZONE), path)
    assert f"1.{told}：{told}" in text_of(path)


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_literal_and_whole_in_excel(november, figures, tmp_path, text):
    path = tmp_path / "hostile.xlsx"
    replies = [TextReply(1, 100, XINGHE, "school", NOVEMBER, "highlights", text)]
    registers = {"posts": [[text] * 14]}
    write_ledger(Ledger(november, figures, say, ZONE, replies, registers), path)
    book = load_workbook(path)
    told = text.replace("\x00", "␀").replace("\x1b", "␛")
    cell = book["07岗位需求"]["A2"]
    assert (cell.value, cell.data_type) == (told, "s")
    assert told in [cell.value for row in book["02学校月报"].iter_rows() for cell in row]


def test_the_ledger_has_its_sheets_and_formulas_that_follow_the_filter(november, figures, tmp_path):
    path = tmp_path / "ledger.xlsx"
    ledger = Ledger(november, figures, say, ZONE, text_replies())
    write_ledger(ledger, path)
    assert ledger_name(ledger) == "202611_产教联合体台账_v1.xlsx"
    book = load_workbook(path)
    assert [name[:2] for name in book.sheetnames] == [
        *("00", "01", "02", "03", "04", "04", "05", "06", "07", "08", "09", "10", "11", "12", "13", "14")
    ]
    sheet = book["02学校月报"]
    assert [sheet["A1"].value, sheet["C1"].value, sheet["C2"].value] == ["单位", "全日制在校生数", "人"]
    cells = f"C4:C{sheet.max_row}"
    assert sheet["C3"].value == f'=IF(SUBTOTAL(102,{cells})=0,"",SUBTOTAL(109,{cells}))'
    assert sheet.freeze_panes == "C4"
    assert sheet.auto_filter.ref.startswith("A3:")
    assert (sheet.page_setup.orientation, sheet.print_title_rows) == ("landscape", "$1:$3")
    rate = next(column for column in sheet.iter_cols() if column[0].value == "双师比例")
    assert str(rate[3].value).startswith("=IF(OR(")
    tasks = book["05任务台账"]
    assert tasks.conditional_formatting
    assert tasks.data_validations.dataValidation[0].formula1 == "='14代码表'!$A$2:$A$7"
    assert tasks["I2"].value == "=1+1 已完成阶段性工作"
    assert tasks["I2"].data_type == "s"


def test_stock_figures_of_several_months_are_not_added_up(figures, tmp_path):
    path = tmp_path / "quarter.xlsx"
    write_ledger(Ledger(digest(Period(2026, quarter=3)), figures, say, ZONE), path)
    sheet = load_workbook(path)["02学校月报"]
    heads = {cell.value: cell.column_letter for cell in sheet[1]}
    students, training = heads["全日制在校生数"], heads["本月社会（职工）培训"]
    assert sheet[f"{students}3"].value.endswith('"2026-09"))')
    assert "SUBTOTAL(109," in sheet[f"{training}3"].value


def test_a_council_ledger_has_no_sheet_of_those_who_owe(figures, tmp_path):
    path = tmp_path / "council.xlsx"
    write_ledger(Ledger(digest(audience=Audience.COUNCIL), figures, say, ZONE), path)
    assert not [name for name in load_workbook(path).sheetnames if name.startswith("12")]


@pytest.mark.parametrize("period", [NOVEMBER, Period(2026, quarter=3), Period(2026)], ids=str)
@pytest.mark.parametrize("audience", list(Audience))
def test_the_chat_summary_keeps_its_length(period, audience):
    told = summary(plain, digest(period, audience), ZONE)
    assert len(told.splitlines()) <= 25
    assert len(told) <= 900
    assert "应报" in told
    assert (XINGHE in told) is (audience is not Audience.GROUP)


def test_the_chat_summary_escapes_what_members_wrote(november):
    hostile = replace(november, highlights=(Sentence("<b>x</b>" + "长" * 10_000, (1,), ("<u>",)),))

    def say_html(key, **values):
        return texts.html(key, values)

    told = summary(say_html, hostile, ZONE)
    assert "&lt;b&gt;x&lt;/b&gt;" in told
    assert "<u>" not in told


def test_json_names_the_replies_behind_every_figure(november, figures):
    told = json.loads(json.dumps(as_json(november, figures), ensure_ascii=False))
    figure = next(one for one in told["figures"] if one["key"] == "training_person_times")
    assert figure["value"] == 11849
    assert figure["light"] == "red"
    assert len(figure["replies"]) >= figure["n_reported"]
    assert all(one["replies"] for one in told["highlights"])


def test_charts_are_drawn_with_a_chinese_font_and_fit_a_phone(november, figures, monkeypatch):
    pictures = draw_pictures(say, november, figures)
    assert len(pictures) == 4
    for picture in pictures:
        width, height = Image.open(BytesIO(picture.png)).size
        assert 900 <= width <= 1280
        assert height <= 1.3 * width


def test_chart_text_is_not_read_as_markup():
    assert bar_chart("$x^2$", "$\\frac{1}$", [Bar("$a$ <b>", Decimal(3))])
    assert trend_chart("空", "", [Point("1月", None), Point("2月", Decimal(2))])


@pytest.mark.filterwarnings("ignore:Glyph", "ignore:constrained_layout")
@pytest.mark.parametrize("text", [*HOSTILE, "\u202e倒写", "שלום مرحبا", "👩‍🔧🇨🇳"])
def test_no_label_breaks_a_chart(text):
    for png in (
        bar_chart(text, text, [Bar(text, Decimal(3), text[:5])]),
        trend_chart(text[:40], text[:40], [Point(text[:9], Decimal(1)), Point("2月", Decimal(2), text[:9])]),
    ):
        Image.open(BytesIO(png)).verify()


def test_without_a_chinese_font_there_is_no_chart_rather_than_boxes(november, figures, monkeypatch, tmp_path):
    def nothing(shipped=SHIPPED):
        raise NoChineseFont

    monkeypatch.setattr("services.digests.briefing.charts.chart_fonts", nothing)
    assert draw_pictures(say, november, figures) == ()


def test_the_shipped_font_has_every_character_of_our_texts():
    from fontTools.ttLib import TTFont

    known = set(TTFont(SHIPPED).getBestCmap())
    words = "".join(text for key, text in texts.load().items() if key.startswith("digest_"))
    words += "".join(one.label for form in engine().forms for one in form.indicators)
    assert {char for char in words if ord(char) not in known and char not in "\n"} == set()
    assert chart_fonts()[0] == "Lianluo Sans SC"


def test_a_picture_stands_in_the_briefing_with_its_title(november, tmp_path):
    path = tmp_path / "p.docx"
    png = bar_chart("题", "", [Bar("甲", Decimal(3))])
    write_briefing(Briefing(november, say, ZONE, pictures=[Picture("岗位缺口", png)]), path)
    assert "图1　岗位缺口" in text_of(path)
    assert len(Document(str(path)).inline_shapes) == 1


def test_a_schedule_that_counts_some_months_says_since_when(november):
    task = TaskLine("1", "1", "培训职工", schedule=Decimal(25), schedule_since=date(2026, 8, 1))
    (row,) = task_rows(say, [task], NOVEMBER)
    assert row[6].text == "25%（8月起）"
    (whole,) = task_rows(say, [replace(task, schedule_since=None)], NOVEMBER)
    assert whole[6].text == "25%"
    (sheet,) = [task_sheet(say, replace(november, tasks=(task,)))]
    assert "记录自8月起" in str(sheet.rows[0])


def test_the_ledger_compares_no_sum_while_some_have_not_reported(november):
    at = next(n for n, one in enumerate(november.figures) if one.mom and one.n_reported == one.n_due)
    figures = list(november.figures)
    figures[at] = replace(figures[at], n_reported=figures[at].n_due - 1)
    sheet = summary_sheet(say, replace(november, figures=tuple(figures)))
    row = next(one for one in sheet.rows if one[0] == plain_label(figures[at].label))
    assert (row[4], row[6]) == (None, None)
    assert "未报齐" in row[17]
    whole = next(one for one in summary_sheet(say, november).rows if one[0] == row[0])
    assert whole[4] is not None
    assert "未报齐" not in whole[17]

from datetime import date

import pytest

from services.calendar.errors import HolidaysInvalid
from services.calendar.holidays import built_in
from services.calendar.notices import read_notice
from services.calendar.tables import read_table
from services.calendar.workdays import Workdays

# The dates of the State Council's notice for 2026 (国办, 2025-11-04), in its own form.
NOTICE_2026 = """关于2026年部分节假日安排的通知
国办发明电〔2025〕7号
一、元旦：1月1日（周四）至3日（周六）放假调休，共3天。1月4日（周日）上班。
二、春节：2月15日（农历腊月二十八、周日）至23日（农历正月初七、周一）放假调休，共9天。2月14日（周六）、2月28日（周六）上班。
三、清明节：4月4日（周六）至6日（周一）放假，共3天。
四、劳动节：5月1日（周五）至5日（周二）放假调休，共5天。5月9日（周六）上班。
五、端午节：6月19日（周五）至21日（周日）放假，共3天。
六、中秋节：9月25日（周五）至27日（周日）放假，共3天。
七、国庆节：10月1日（周四）至7日（周三）放假调休，共7天。9月20日（周日）、10月10日（周六）上班。
2025年11月4日
"""


def test_pasted_notice_gives_the_same_2026_as_the_library():
    table = read_notice(NOTICE_2026)
    assert table.years == {2026}
    assert table.off == {day for day in built_in().off if day.year == 2026}
    assert table.makeup == {day for day in built_in().makeup if day.year == 2026}


def test_holiday_that_begins_in_the_old_year_is_read():
    table = read_notice("一、元旦：2022年12月31日至2023年1月2日放假调休，共3天。", 2023)
    assert table.off == {date(2022, 12, 31), date(2023, 1, 1), date(2023, 1, 2)}
    table = read_notice("元旦：12月31日至1月2日放假", 2026)
    assert max(table.off) == date(2027, 1, 2)


def test_older_wordings_are_read():
    text = "元旦：1月1日放假，与周末连休。清明节：4月4日至6日放假调休，共3天。4月7日（星期日）上班。"
    table = read_notice(text, 2024)
    assert table.off == {date(2024, 1, 1), date(2024, 4, 4), date(2024, 4, 5), date(2024, 4, 6)}
    assert table.makeup == {date(2024, 4, 7)}
    table = read_notice("放假时间为10月1号到3号，10月10号补上班", 2026)
    assert len(table.off) == 3
    assert table.makeup == {date(2026, 10, 10)}


@pytest.mark.parametrize(
    ("text", "year", "problem"),
    [
        ("10月1日至7日放假", None, "year_missing"),
        ("关于2026年部分节假日安排的通知\n1月1日放假", 2027, "year_differs"),
        ("10月1日（周四）至7日（周三）放假", 2027, "weekday_differs"),
        ("10月1日至7日放假调休，共8天", 2026, "day_count_differs"),
        ("2月30日放假", 2026, "bad_date"),
        ("10月7日至10月1日放假", 2026, "span_reversed"),
        ("10月1日放假。10月12日上班", 2026, "makeup_not_weekend"),
        ("10月10日放假。10月10日上班", 2026, "off_and_work"),
        ("关于2027年部分节假日安排的通知", None, "no_days"),
    ],
)
def test_notice_that_does_not_fit_is_refused_with_the_reason(text, year, problem):
    with pytest.raises(HolidaysInvalid) as refusal:
        read_notice(text, year)
    assert refusal.value.facts["problem"] == problem


def test_refusal_names_the_line():
    with pytest.raises(HolidaysInvalid) as refusal:
        read_notice("关于2027年部分节假日安排的通知\n一、元旦：1月1日（周四）放假", None)
    assert refusal.value.facts["line"] == 2
    assert refusal.value.facts["given"] == "1月1日(周四)"


def test_toml_csv_and_notice_files_agree(tmp_path):
    toml = tmp_path / "a.toml"
    toml.write_text('[2027]\nsource = "draft"\noff = ["2027-01-01", "2027-10-01..2027-10-07"]\nwork = ["2027-10-09"]\n')
    table = tmp_path / "b.csv"
    table.write_text("date,kind\n2027-01-01,放假\n2027-10-01..2027-10-07,off\n2027-10-09,上班\n")
    notice = tmp_path / "c.txt"
    notice.write_text("关于2027年部分节假日安排的通知\n1月1日放假。10月1日至7日放假，共7天。10月9日（周六）上班。")
    assert read_table(toml) == read_table(table) == read_table(notice)
    workdays = Workdays.from_file(toml)
    assert workdays.missing_years(date(2026, 1, 1), date(2027, 12, 31)) == ()
    assert not workdays.is_workday(date(2026, 10, 1))
    assert workdays.shift(date(2027, 9, 30), 1) == date(2027, 10, 8)


def test_csv_new_year_in_december_leaves_the_old_year_alone(tmp_path):
    path = tmp_path / "t.csv"
    path.write_text("date,kind\n2026-12-31..2027-01-02,off\n")
    table = read_table(path)
    assert table.years == {2027}
    assert not Workdays(built_in().replaced_by(table)).is_workday(date(2026, 10, 1))


@pytest.mark.parametrize(
    ("name", "content", "problem"),
    [
        ("a.xls", "x", "unknown_suffix"),
        ("a.toml", "[2027\n", "unreadable"),
        ("a.toml", "[next]\noff = []\n", "year_missing"),
        ("a.toml", '[2027]\nfree = ["2027-01-01"]\n', "bad_kind"),
        ("a.toml", '[2027]\noff = ["2027-13-01"]\n', "bad_date"),
        ("a.csv", "date,kind\n2027-01-01,maybe\n", "bad_kind"),
        ("a.csv", "date,kind\n2027-01-03..2027-01-01,off\n", "span_reversed"),
    ],
)
def test_file_that_cannot_be_taken_is_refused_with_the_reason(tmp_path, name, content, problem):
    path = tmp_path / name
    path.write_text(content)
    with pytest.raises(HolidaysInvalid) as refusal:
        read_table(path)
    assert refusal.value.facts["problem"] == problem


def test_absent_file_is_refused(tmp_path):
    with pytest.raises(HolidaysInvalid):
        read_table(tmp_path / "none.toml")

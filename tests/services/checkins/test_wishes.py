"""Wishes for more time as people word them, told from what only sounds so."""

from datetime import UTC, date, datetime

import pytest

from services.checkins.asking.wishes import read_until, read_wish
from tests.services.checkins.filings import IN_WINDOW, make_office

OFFICE = make_office()
DUE = datetime(2026, 12, 7, 9, 30, tzinfo=UTC)  # Monday; today is Tuesday the first


@pytest.mark.parametrize(
    ("words", "until"),
    [
        ("晚交两天行吗", date(2026, 12, 9)),
        ("麻烦再给我三天", date(2026, 12, 10)),
        ("请求延迟三个工作日报送", date(2026, 12, 10)),
        ("想推到下下周一", date(2026, 12, 14)),
        ("12月15号交可以不", date(2026, 12, 15)),
        ("能不能给延到十二月十一号", date(2026, 12, 11)),
        ("能不能等到12号", date(2026, 12, 12)),
        ("能宽限到周五不", date(2026, 12, 4)),
        ("下周一交可以吗", date(2026, 12, 7)),
        ("过两天再报行吗", date(2026, 12, 3)),
        ("能不能晚几天交", None),
        ("数据还没汇总完宽限两三天行吗", None),
        ("可不可以推迟报送", None),
        ("申请延期", None),
    ],
)
def test_more_time_is_asked_for_until_a_day_or_without_one(words: str, until: date | None) -> None:
    wish = read_wish(words, OFFICE, DUE, now=IN_WINDOW)
    assert wish is not None
    assert wish.asks
    assert wish.until == until


@pytest.mark.parametrize("words", ["别催了，周五前报", "我周五再报", "数据没齐，先欠着，周五补上"])
def test_a_day_that_is_told_is_a_wish_for_peace(words: str) -> None:
    wish = read_wish(words, OFFICE, DUE, now=IN_WINDOW)
    assert wish is not None
    assert not wish.asks
    assert wish.until == date(2026, 12, 4)


@pytest.mark.parametrize(
    "words", ["别给我发提醒了行不行", "不要再发消息了", "提醒能不能关掉", "别老催", "先别提醒", "少发点通知"]
)
def test_peace_may_be_wished_without_a_day(words: str) -> None:
    wish = read_wish(words, OFFICE, DUE, now=IN_WINDOW)
    assert wish is not None
    assert (wish.asks, wish.until) == (False, None)


@pytest.mark.parametrize(
    "words",
    [
        "材料3号补交",
        "佐证周五再交",
        "会议能不能推迟两天",
        "协议延期到2029年12月31日",
        "第3条能不能延期两天",
        "培训推迟到12月，本月0",
        "延期批了没",
        "我们延期到哪天了",
        "今天不交算不算迟报",
        "延迟退休的职工算从业人员吗",
        "在岗实习晚报了3人",
        "报11月的月报",
        "缓解用工缺口12人",
        "下周一开会可以吗",
    ],
)
def test_other_things_put_off_and_questions_ask_for_no_time(words: str) -> None:
    assert read_wish(words, OFFICE, DUE, now=IN_WINDOW) is None


@pytest.mark.parametrize(
    ("words", "until"),
    [
        ("两天", date(2026, 12, 9)),
        ("3", date(2026, 12, 10)),
        ("就一周吧", date(2026, 12, 14)),
        ("下周五", date(2026, 12, 11)),
        ("12月10号", date(2026, 12, 10)),
        ("随便", None),
        ("在岗实习2100", None),
    ],
)
def test_how_long_is_answered_in_days_or_by_a_day(words: str, until: date | None) -> None:
    assert read_until(words, OFFICE, DUE, now=IN_WINDOW) == until

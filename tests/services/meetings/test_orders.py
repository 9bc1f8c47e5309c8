"""What the secretariat's words about a meeting order."""

from datetime import date, time

import pytest

from services.calendar.workdays import Workdays
from services.meetings.reading.orders import hear_meeting_order, read_meeting_order
from services.meetings.reading.outcomes import Turnout
from services.meetings.reading.said_when import next_day, read_clock, read_day

TODAY = date(2026, 11, 26)


@pytest.mark.parametrize(
    ("words", "place"),
    [
        ("下次联席会定在12月22号上午9点，地点市政府三楼会议室", "市政府三楼会议室"),
        ("召开联席会 12月22日 14:30，地点：开发区管委会二楼", "开发区管委会二楼"),
        ("12月22日上午9点在职教中心报告厅召开联席会", "职教中心报告厅"),
        ("联席会定在下个月18号下午两点半，管委会三楼会议室", "管委会三楼会议室"),
        ("12月22日下午三点开联席会，图书馆报告厅", "图书馆报告厅"),
        ("联席会安排在下周二", ""),
        ("联席会定在12月22日，请各单位提前准备", ""),
        ("定在12月22日开会", ""),
        ("会议地点改到图书馆报告厅", "图书馆报告厅"),
    ],
)
def test_the_place_is_no_day(words: str, place: str) -> None:
    assert read_meeting_order(words, TODAY).place == place


@pytest.mark.parametrize(
    ("words", "came"),
    [
        ("会议实到23家左右", Turnout(units=23)),
        ("会议实到28家单位，第2会议室", Turnout(units=28)),
        ("会议实到31左右", Turnout(people=31)),
        ("会议实到，第2会议室", None),
    ],
)
def test_who_came_is_counted_by_what_stands_beside_the_number(words: str, came: Turnout | None) -> None:
    assert read_meeting_order(words, TODAY).turnout == came


def test_day_hour_and_place_of_one_sentence() -> None:
    order = read_meeting_order("下次联席会定在12月22号上午9点，地点市政府三楼会议室", TODAY)
    assert order.day is not None
    assert (order.verb, order.day.on, order.starts_at) == ("convene", date(2026, 12, 22), time(9))


STANDING = date(2026, 12, 22)  # a Tuesday


@pytest.mark.parametrize(
    ("words", "on", "at"),
    [
        ("联席会改到12月23日下午两点半", date(2026, 12, 23), time(14, 30)),
        ("会议推迟一周", date(2026, 12, 29), None),
        ("把联席会往后挪两天", date(2026, 12, 24), None),
        ("会议提前两个工作日", date(2026, 12, 18), None),
        ("会提前到周四", date(2026, 12, 17), None),
        ("联席会推迟到周五上午九点半", date(2026, 12, 25), time(9, 30)),
        ("会议改到周四", date(2026, 12, 24), None),
        ("改到十二月二十八号", date(2026, 12, 28), None),
        ("会议改到30号", date(2026, 12, 30), None),
        ("会议改到下下周三", date(2026, 12, 9), None),
        ("联席会延期半个月", date(2027, 1, 6), None),
        ("会议时间改成早上九点", STANDING, time(9)),
        ("开会时间改成下午三点", STANDING, time(15)),
        ("把联席会议调整到12月28日", date(2026, 12, 28), None),
        ("联席会改12月26号", date(2026, 12, 26), None),
        ("联席会从22号改到29号", date(2026, 12, 29), None),
        ("联席会时间从两点半改成三点", STANDING, time(15)),
        ("联席会提到21号上午十点", date(2026, 12, 21), time(10)),
        ("原定的会议挪后一天", date(2026, 12, 23), None),
    ],
)
def test_a_move_is_seen_from_today_or_from_the_day_the_meeting_stands_on(words: str, on: date, at: time | None) -> None:
    order = hear_meeting_order(words, TODAY)
    assert order is not None
    assert order.verb == "move"
    assert (order.day.seen_from(STANDING, Workdays()) if order.day else STANDING, order.starts_at) == (on, at)


@pytest.mark.parametrize(
    ("words", "place"),
    [
        ("这次会地点换成职教中心报告厅", "职教中心报告厅"),
        ("换到三楼会议室开", "三楼会议室"),
        ("开会地方改一下，在行政楼201", "行政楼201"),
        ("会场挪到学院图书馆", "学院图书馆"),
        ("把会议改在线上开", "线上"),
        ("联席会改在星职院开", "星职院"),
        ("会议室换成301", "301"),
        ("会议地点定在海岚化工二楼", "海岚化工二楼"),
    ],
)
def test_another_place_is_a_move_too(words: str, place: str) -> None:
    order = hear_meeting_order(words, TODAY)
    assert order is not None
    assert (order.verb, order.day, order.place) == ("move", None, place)


@pytest.mark.parametrize(
    ("words", "verb"),
    [
        ("回执情况怎么样", "board"),
        ("这次会谁来谁不来", "board"),
        ("还有哪些单位没回复参会", "board"),
        ("议题清单", "topics"),
        ("都报了哪些议题", "topics"),
        ("取消联席会", "cancel"),
        ("联席会改期", "move"),
    ],
)
def test_what_is_wanted_of_the_meeting(words: str, verb: str) -> None:
    order = hear_meeting_order(words, TODAY)
    assert order is not None
    assert order.verb == verb


@pytest.mark.parametrize(
    "words",
    [
        "会议推迟需要提前几天通知",
        "月报截止推迟一周",
        "第3条延期到12月底",
        "哪些单位应当参加联席会",
        "理事会谁参加表决",
        "联席会议议题什么时候截止",
        "把海岚化工的到期日改到2027年3月1日",
        "培训人次改成300",
        "帮我把会议室订了",
        "回执怎么填",
    ],
)
def test_what_is_no_order_about_a_meeting(words: str) -> None:
    assert hear_meeting_order(words, TODAY) is None


@pytest.mark.parametrize(
    ("words", "on"),
    [("下周三", date(2026, 12, 2)), ("周四", TODAY), ("25号", date(2026, 12, 25)), ("本月底", date(2026, 11, 30))],
)
def test_a_new_meeting_is_on_the_next_such_day(words: str, on: date) -> None:
    said = read_day(words, TODAY)
    assert said is not None
    assert next_day(said, TODAY) == on


@pytest.mark.parametrize(
    ("words", "at"),
    [
        ("两点半", time(14, 30)),
        ("九点", time(9)),
        ("晚上七点", time(19)),
        ("中午12点", time(12)),
        ("14:30", time(14, 30)),
    ],
)
def test_an_hour_without_a_half_is_one_of_the_working_day(words: str, at: time) -> None:
    assert read_clock(words) == at


@pytest.mark.parametrize("words", ["在岗实习改成750", "在校生应该是12900", "在外实习改为980"])
def test_figures_that_change_name_no_place(words: str) -> None:
    assert hear_meeting_order(words, TODAY) is None


@pytest.mark.parametrize("words", ["会议改到24号下午三点开，地方不变", "联席会挪到24号，地点照旧"])
def test_a_place_that_stays_is_no_place(words: str) -> None:
    order = hear_meeting_order(words, TODAY)
    assert order is not None
    assert (order.verb, order.place) == ("move", "")


def test_a_message_to_somebody_convenes_nothing() -> None:
    assert hear_meeting_order("给陈工发个消息，让他明天来开会", TODAY) is None

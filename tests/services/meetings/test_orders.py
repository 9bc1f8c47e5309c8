"""What the secretariat's words about a meeting order."""

from datetime import date, time

import pytest

from services.meetings.orders import read_meeting_order

TODAY = date(2026, 11, 26)


@pytest.mark.parametrize(
    ("words", "place"),
    [
        ("下次联席会定在12月22号上午9点，地点市政府三楼会议室", "市政府三楼会议室"),
        ("召开联席会 12月22日 14:30，地点：开发区管委会二楼", "开发区管委会二楼"),
        ("12月22日上午9点在职教中心报告厅召开联席会", "职教中心报告厅"),
        ("联席会安排在下周二", ""),
        ("定在12月22日开会", ""),
        ("会议地点改到图书馆报告厅", "图书馆报告厅"),
    ],
)
def test_the_place_is_no_day(words: str, place: str) -> None:
    assert read_meeting_order(words, TODAY).place == place


def test_day_hour_and_place_of_one_sentence() -> None:
    order = read_meeting_order("下次联席会定在12月22号上午9点，地点市政府三楼会议室", TODAY)
    assert (order.verb, order.on, order.starts_at) == ("convene", date(2026, 12, 22), time(9))

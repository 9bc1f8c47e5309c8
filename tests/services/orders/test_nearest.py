"""Orders that no room understood are told from questions and from the names of things."""

import pytest

from services.meetings.reading.item_orders import asks_extensions
from services.orders.nearest import is_order, nearest


@pytest.mark.parametrize(
    ("words", "room"),
    [
        ("把海岚化工的数改成300", "review"),
        ("给全体单位群发一条通知", "reminding"),
        ("催一下没回执的", "reminding"),
        ("帮我把会议室订了", "meeting"),
        ("通知各单位周五前交材料", "reminding"),
        ("给我打印一份名册", "members"),
        ("把台账发给市长", "digest"),
        ("恢复那份旧文件", "library"),
        ("锁定11月", ""),
    ],
)
def test_an_order_is_told_with_what_is_near_it(words: str, room: str) -> None:
    assert is_order(words)
    assert nearest(words) == room


@pytest.mark.parametrize(
    "words",
    [
        "联席会议多久开一次",
        "通知要提前几天发",
        "统计口径",
        "登记材料",
        "取消会员资格的情形",
        "更新频率",
        "退出机制",
        "给企业的补贴是多少",
        "章程第三条",
        "对成员单位考核",
        "通知附件",
        "改革试点",
        "好的",
    ],
)
def test_questions_and_names_of_things_are_no_orders(words: str) -> None:
    assert not is_order(words)


@pytest.mark.parametrize(
    "words", ["谁提了延期", "哪些事项申请延期了", "延期申请", "有没有申请延期的", "待批的延期有哪些", "哪几家要延期"]
)
def test_who_wants_more_time(words: str) -> None:
    assert asks_extensions(words)


@pytest.mark.parametrize(
    "words", ["第3条申请延期到12月底", "申请延期要提前几天", "我们想延期", "怎么申请延期", "延期申请谁批"]
)
def test_who_asks_for_more_time_or_how(words: str) -> None:
    assert not asks_extensions(words)

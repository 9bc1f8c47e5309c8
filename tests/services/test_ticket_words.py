"""What the secretariat says of questions that wait for people."""

import pytest

from services.tickets.words import TicketOrder, read_ticket_order


@pytest.mark.parametrize(
    "words",
    [
        "工单",
        "看看工单",
        "待答问题",
        "有哪些没答的",
        "还有几个问题没回",
        "没人答的问题有哪些",
        "有没有待答复的",
        "转人工的问题有哪些",
        "有人转问题过来没",
        "我提的那个问题有人回了吗",
        "谁负责回我的问题",
        "我的问题答复了没",
        "有没有转给我的问题",
        "转给我的工单有哪些",
        "有没有别人转给我们的问题",
        "秘书处把问题转过来了吗",
    ],
)
def test_the_list_is_wanted(words: str) -> None:
    assert read_ticket_order(words) == TicketOrder("list")


@pytest.mark.parametrize(
    ("words", "order"),
    [
        ("答复工单1：以市里文件为准，12月再通知", TicketOrder("answer", 1, "以市里文件为准，12月再通知")),
        ("回复12号工单，请按新口径报", TicketOrder("answer", 12, "请按新口径报")),
        ("回复工单1 请按要求报", TicketOrder("answer", 1, "请按要求报")),
        ("答复工单：请看群公告", TicketOrder("answer", 0, "请看群公告")),
        ("把工单1转给吴秘书", TicketOrder("hand_on", 1, "吴秘书")),
        ("工单1转给吴秘书处理", TicketOrder("hand_on", 1, "吴秘书")),
        ("工单1让吴秘书来答复", TicketOrder("hand_on", 1, "吴秘书")),
        ("关闭工单1", TicketOrder("close", 1)),
        ("关掉1号工单，已经电话说了", TicketOrder("close", 1, "已经电话说了")),
        ("工单1不用答了", TicketOrder("close", 1)),
        ("这个问题转给吴涛处理吧", TicketOrder("hand_on", 0, "吴涛")),
        ("刚才那个问题让王强来答", TicketOrder("hand_on", 0, "王强")),
    ],
)
def test_what_is_to_be_done_with_one(words: str, order: TicketOrder) -> None:
    assert read_ticket_order(words) == order


@pytest.mark.parametrize(
    "words",
    [
        "没答上的问题",
        "工单怎么答复",
        "这个问题让谁答",
        "答复时限是多久",
        "谁没回执",
        "没有回复的单位有哪些",
        "会议通知没回的有哪些",
        "还有什么问题没有",
    ],
)
def test_no_order(words: str) -> None:
    assert read_ticket_order(words) is None

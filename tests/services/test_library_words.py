"""Captions, orders in words, requests for people, sameness of questions, topics of a report: all pure."""

import pytest

from knowledge.questions.understanding import understand
from services.library.captions import Order, read_caption, read_repeal
from services.library.screening import find_concern
from services.questions.reports import group_by_topic, most_asked
from services.questions.sameness import is_same
from services.tickets.words import read_request


@pytest.mark.parametrize(
    ("caption", "order"),
    [
        ("收录", Order("shelve")),
        ("收录 公开 栏目:政策", Order("shelve", "public", "政策")),
        ("收录·成员可见", Order("shelve", "members")),
        ("公开，栏目：章程", Order("shelve", "public", "章程")),
        ("替换 3", Order("replace", target="3")),
        ("替换《联合体章程》 仅秘书处", Order("replace", "secretariat", target="联合体章程")),
        ("替换 成员管理办法", Order("replace", target="成员管理办法")),
        ("废止 旧办法", Order("repeal", target="旧办法")),
        ("收录 已公开", Order("shelve", published=True)),
        ("用这个替换章程", Order("replace", target="章程")),
        ("拿这份新的替换掉旧的章程", Order("replace", target="章程")),
        ("把《管理办法》换成这份 公开", Order("replace", "public", target="管理办法")),
        ("替换旧的管理办法", Order("replace", target="管理办法")),
        ("用这个替换", Order("replace")),
        ("请看一下这个文件", Order()),
        ("", Order()),
    ],
)
def test_captions(caption: str, order: Order) -> None:
    assert read_caption(caption) == order


@pytest.mark.parametrize(
    ("words", "target", "successor"),
    [
        ("废止 旧办法，由 新办法 替代", "旧办法", "新办法"),
        ("废止《旧办法》,由《新办法》代替。", "旧办法", "新办法"),
        ("废止《旧办法》，由 新办法 替代", "旧办法", "新办法"),
        ("废止 旧办法，由《新办法》替代", "旧办法", "新办法"),
        ("作废：12", "12", ""),
        ("废止 《旧办法》", "旧办法", ""),
        ("废止2019年的管理办法《联合体章程》", "联合体章程", ""),
        ("《联合体章程》废止了", "联合体章程", ""),
        ("《旧办法》作废，以《新办法》为准", "旧办法", "新办法"),
        ("把实施方案那个文件作废", "实施方案", ""),
        ("实施方案不再使用", "实施方案", ""),
        ("工作规程停用了", "工作规程", ""),
        ("成员管理办法以后不执行了", "成员管理办法", ""),
    ],
)
def test_repeals(words: str, target: str, successor: str) -> None:
    assert read_repeal(words) == Order("repeal", target=target, successor=successor)


@pytest.mark.parametrize(
    ("words", "target"),
    [
        ("老章程不用了，废掉", "章程"),
        ("章程有新版了，旧的作废", "章程"),
        ("新章程出来了，老章程作废", "章程"),
        ("章程改了，原来的废掉", "章程"),
        ("旧的管理办法废掉吧", "管理办法"),
        ("去年的实习管理办法过时了，下架吧", "实习管理办法"),
        ("旧章程可以废止了", "章程"),
    ],
)
def test_an_old_one_is_told_from_the_new(words: str, target: str) -> None:
    assert read_repeal(words) == Order("repeal", target=target, aged=True)


@pytest.mark.parametrize(
    "words",
    [
        "废止的文件还有效吗",
        "废止 哪些文件？",
        "章程废止了吗",
        "废止了",
        "《旧办法》什么时候废止",
        "教育厅废止了《某某办法》",
        "作废海岚化工的协议",
        "把工单1作废",
        "废止文件需要谁批",
        "通知不用了",
        "那个计划不用了",
        "月报不用了",
        "办法不用了吗",
    ],
)
def test_talk_about_repeal_is_no_order(words: str) -> None:
    assert read_repeal(words) is None


@pytest.mark.parametrize(
    ("words", "question"),
    [
        ("转人工", ""),
        ("请转秘书处。", ""),
        ("问秘书处：章程何时修订", "章程何时修订"),
        ("转人工 章程何时修订", "章程何时修订"),
        ("问秘书处的人员有哪些", None),
        ("秘书处在哪里", None),
    ],
)
def test_requests_for_people(words: str, question: str | None) -> None:
    assert read_request(words) == question


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("方案\n\n秘密★1年", "secret"),
        ("公开属性：不予公开\n\n正文", "secret"),
        ("内部资料 注意保存\n\n正文", "secret"),
        ("办法（讨论稿）\n\n正文", "draft"),
        ("| 姓名 | 性别 | 班级 |", "personal"),
        ("关于公开征求意见的公告\n\n办法（征求意见稿）", None),
        ("不得泄露国家秘密、商业秘密；机密级网络另行规定。", None),
        ("咨询电话：13812345678", None),
    ],
)
def test_marks_are_told_from_mentions(text: str, kind: str | None) -> None:
    concern = find_concern(text)
    assert (concern.kind if concern else None) == kind


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("实训基地怎么预约", "怎样预约实训基地？", True),
        ("联席会议的会费多少钱", "联席会议会费是多少", True),
        ("2025年会费多少钱", "2026年会费多少钱", False),
        ("实训基地怎么预约", "实训基地怎么取消", False),
        ("谁负责实训基地", "实训基地什么时候开放", False),
    ],
)
def test_sameness(one: str, other: str, same: bool) -> None:
    assert is_same(understand(one), understand(other)) is same
    assert is_same(understand(other), understand(one)) is same


def test_topics_gather_questions_that_share_a_word() -> None:
    asked = ["会费怎么交", "会费多少", "实训基地在哪", "会费怎么交"]
    first, second = group_by_topic(asked)
    assert (first.word, first.count, first.examples) == ("会费", 3, ("会费怎么交", "会费多少"))
    assert second.examples == ("实训基地在哪",)


def test_most_asked_ignores_the_order_of_words() -> None:
    (one,) = most_asked(["实训基地预约", "预约实训基地", "会费"])
    assert one.count == 2

"""What is told of a meeting that was held: how many came, what was decided."""

import pytest

from services.meetings.reading.outcomes import Turnout, read_decided, read_turnout


@pytest.mark.parametrize(
    ("words", "came"),
    [
        ("会议今天来了23家", Turnout(units=23)),
        ("今天到会一共19家", Turnout(units=19)),
        ("实到19家31人", Turnout(people=31, units=19)),
        ("今天会上来了二十一家单位", Turnout(units=21)),
        ("到会45人，请假2家", Turnout(people=45)),
        ("应到25家，实到23家", Turnout(units=23)),
        ("今天的会来了18家单位，有3家没来", Turnout(units=18)),
        ("出席会议的有26位", Turnout(people=26)),
        ("签到37", Turnout(people=37)),
    ],
)
def test_how_many_came(words: str, came: Turnout) -> None:
    assert read_turnout(words) == came


@pytest.mark.parametrize(
    "words",
    [
        "会议来了几家",
        "预计到会30家",
        "今天来了23个学生参观",
        "在岗实习来了30人",
        "明天的会来20家",
        "有3家没来",
        "到会情况",
        "会议通知发了23家",
    ],
)
def test_what_is_no_turnout(words: str) -> None:
    assert read_turnout(words) is None


@pytest.mark.parametrize(
    ("words", "lines"),
    [
        ("会上定了，市职院12月15号前把方案报上来", "市职院12月15号前把方案报上来"),
        ("会上定下来了，教育局年底前牵头把评估办法弄出来", "教育局年底前牵头把评估办法弄出来"),
        ("联席会上说好了星职院负责场地", "星职院负责场地"),
        ("会议决定由教育局牵头，12月底前完成评估", "由教育局牵头，12月底前完成评估"),
        ("昨天会上大家商量好：化工协会明年1月底前出标准", "化工协会明年1月底前出标准"),
        (
            "今天会上议了三件事：一是技师学院1月底前报方案，二是海岚2月15日前落实岗位，三是管委会牵头统计用工",
            "技师学院1月底前报方案\n海岚2月15日前落实岗位\n管委会牵头统计用工",
        ),
        (
            "会上定了两件事：1、教育局12月20日前出办法；2、星职院1月15日前报名单",
            "教育局12月20日前出办法\n星职院1月15日前报名单",
        ),
        ("会上定了", ""),
    ],
)
def test_what_was_decided(words: str, lines: str) -> None:
    assert read_decided(words) == lines


@pytest.mark.parametrize(
    "words",
    [
        "会上定的事落实了没",
        "会上决定的事项有哪些",
        "会上定了没",
        "会议定在12月22日",
        "会议安排在几号",
        "今天的联席会定了12月22日下午",
        "会上通过了吗",
        "会议要求是什么",
    ],
)
def test_what_tells_of_no_decision(words: str) -> None:
    assert read_decided(words) is None

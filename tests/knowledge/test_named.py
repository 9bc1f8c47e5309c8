"""Who or which one is asked for is answered by its own name or that very office; a figure by words of its own."""

import pytest

from knowledge.evidence.named import names_it
from knowledge.questions.understanding import understand
from knowledge.search.index import KnowledgeIndex
from tests.knowledge.samples import Shelved, ask

RULES = """临泽市新材料产教联合体监理与巡查办法
第一条 联合体设巡查组,组长由市教育局副局长方岚担任,副组长由临泽材料学院教务处长担任。
第二条 财务收支每年委托第三方会计师事务所审计。
第三条 实训楼加固工程由临泽宏基建筑公司承建,总投资460万元。
第四条 师资培训经费按年度预算安排。
(一)对巡查中表现优秀的教师,一次性奖励3000元。
第五条 常年合作的检测单位为宏远检测、启泽质检和临泽材料研究所。
第六条 2031年起与各区签订了6个政校合作协议,结业典礼以线上方式举行。
第八条 实训楼的教学实训不向成员单位收取场地费用。
第七条 巡查支出5万元以下由秘书长审批。
第九条 装配线由弘启精密(临泽)有限公司捐赠。仓储库由区教育局安排施工,沿滨湖路北侧布置。
第十条 设焊接、检测、仓储三个实训室,其中检测室最初设工位12个。
"""
MINUTES = """临泽市新材料产教联合体第三次会议纪要
出席：市教育局局长罗成、市财政局副局长秦岳、临泽材料学院院长孟平。
参加全省焊接比赛，临泽材料学院代表队获得团体第二名。
"""


@pytest.fixture(scope="module")
def papers(shelved: Shelved) -> KnowledgeIndex:
    return shelved(rules=RULES, minutes=MINUTES)


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("联合体巡查组的组长是谁", "方岚"),
        ("装配线是哪家企业捐的", "弘启精密"),
        ("实训楼加固是哪家公司干的", "临泽宏基建筑公司"),
        ("教育局局长叫什么名字", "罗成"),
        ("常年合作的检测单位是哪几家", "启泽质检"),
        ("跟各区签了几份政校合作协议", "6个"),
        ("结业典礼是线上还是线下办", "线上"),
    ],
)
def test_the_very_one_is_named(papers: KnowledgeIndex, question: str, said: str) -> None:
    assert said in ask(papers, question).text


@pytest.mark.parametrize(
    "question",
    [
        "审计找的是哪家会计师事务所",  # some one, not which one
        "仓储库是哪家建筑公司施工的",  # a bureau is no firm
        "请了哪家评估机构巡查",
        "工位最多的是哪个实训室",  # 最初 is not 最多
        "巡查组秘书长是谁",
        "联合体秘书长是谁",  # what he decides is not who he is
        "财政局局长叫什么名字",  # only the deputy was there
        "全省焊接比赛第一名是哪个队",
        "实训楼食堂收费吗",  # what else is free of charge
        "实训楼停车要交钱吗",
        "师资培训经费一年多少钱",  # a sum under that heading is another sum
    ],
)
def test_somebody_else_is_no_answer(papers: KnowledgeIndex, question: str) -> None:
    assert ask(papers, question).outcome != "answered"


@pytest.mark.parametrize(
    ("sentence", "named"),
    [
        ("督导组组长由方岚担任。", True),
        ("方岚任督导组组长。", True),
        ("督导组组长方岚任期三年。", True),
        ("督导组组长任职满三年后可以连任。", False),
        ("督导组组长承担主要责任。", False),
        ("督导组组长的任免另行通知。", False),
    ],
)
def test_how_long_or_whereto_one_holds_an_office_is_not_who_does(sentence: str, *, named: bool) -> None:
    assert names_it(understand("督导组组长是谁"), sentence) is named

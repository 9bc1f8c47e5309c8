"""Whose figure it is: a party's own clause, a city's own number, the state and not the change, the sum asked for."""

import pytest

from knowledge.documents.orders_inside import orders_machine
from tests.knowledge.samples import Shelved, ask

AGREEMENT = """校企合作协议书
甲方：营口临海职业学院
乙方：营口远港物流有限公司
第一条 乙方每年提供实习岗位60个。
第二条 甲方每年派教师12人到乙方锻炼。
第三条 乙方投入设备款300万元，甲方投入场地。
"""
FIGURES = """浙江省产教融合概况
湖畔产业学院去年签约12个攻关项目。湖畔产业学院改造锅炉节约8万元。
台州有企业120家。浙江省共有合作企业3500家，杭州合作企业900家。
第一轮基金投资700万元。第三届大赛第二轮有30人参加。
设备采购超过50万元的由理事会研究决定。
国家级基地补助从100万元提高到150万元，省级基地补助从50万元提高到80万元。
到2033年，企业达到90家，其中规上企业30家；学校达到12所。
点击提交后系统提示:报名成功,报名费为60元。
"""


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("营口远港物流有限公司每年提供多少个实习岗位", "60个"),
        ("营口临海职业学院每年派多少教师锻炼", "12人"),
        ("报名费多少钱", "60元"),
    ],
)
def test_a_party_is_answered_from_its_own_clauses(shelved: Shelved, question: str, said: str) -> None:
    assert said in ask(shelved(agreement=AGREEMENT, figures=FIGURES), question).text


@pytest.mark.parametrize(
    "question",
    [
        "营口临海职业学院每年提供多少个实习岗位",
        "营口远港物流有限公司每年派多少教师锻炼",
        "临海职业学院投入设备款多少钱",
        "第一期基金投资多少",
        "第二届大赛有多少人参加",
        "设备采购30万谁批",
    ],
)
def test_what_another_party_place_or_issue_has_is_no_answer(shelved: Shelved, question: str) -> None:
    assert ask(shelved(agreement=AGREEMENT, figures=FIGURES), question).outcome != "answered"


def test_a_province_is_not_its_city(shelved: Shelved) -> None:
    assert "3500" not in ask(shelved(figures=FIGURES), "台州合作企业多少家").text


def test_two_agreements_in_one_file_lend_their_parties_to_no_clause(shelved: Shelved) -> None:
    twice = AGREEMENT + "补充协议书\n甲方：营口临海职业学院\n乙方：营口明湖商贸有限公司\n第一条 乙方设立奖学金5万元。\n"
    assert ask(shelved(agreement=twice), "营口远港物流有限公司设立奖学金多少钱").outcome != "answered"


def test_a_headline_says_the_state_and_neither_change_nor_part(shelved: Shelved) -> None:
    shelf = shelved(figures=FIGURES)
    raised = ask(shelf, "国家级和省级基地分别补助多少").headline
    parted = ask(shelf, "2033年企业和学校各达到多少家").headline
    assert raised == "分别是150万元、80万元。"
    assert "30家" not in parted


def test_a_short_name_of_two_bodies_stands_for_neither(shelved: Shelved) -> None:
    east = "华东样例建筑职业学院（以下简称华建院）位于江边。\n"
    south = "华南样例建筑职业学院（以下简称华建院）位于海边。华建院现有教师812人。\n"
    assert ask(shelved(east=east, south=south), "华东样例建筑职业学院有多少教师").outcome != "answered"


@pytest.mark.parametrize(
    "rule", ["系统提示:报名成功,报名费为60元", "如果你是管理员,请在3日内审核", "切勿忽略上述材料要求"]
)
def test_a_rule_for_people_orders_no_machine(rule: str) -> None:
    assert not orders_machine(rule)


@pytest.mark.parametrize(
    ("question", "value"),
    [("湖畔产业学院去年签约了几个攻关项目", "12个"), ("湖畔产业学院改造锅炉节约了多少钱", "8万元")],
)
def test_a_verb_before_a_figure_makes_it_no_rough_one(shelved: Shelved, question: str, value: str) -> None:
    given = ask(shelved(figures=FIGURES), question)
    assert given.value == value
    assert "approximate" not in given.notes

"""A whole question after others goes on about their city, unless nothing there answers it."""

from collections.abc import Sequence
from datetime import date

import pytest

from knowledge.answers.answering import Answer
from knowledge.answers.conversing import Thread, answer_in_thread
from knowledge.questions.carrying import readings
from knowledge.search.index import KnowledgeIndex
from tests.knowledge.samples import Shelved

HUZHOU = """湖州市样例联合体2026年工作报告
全市技工院校12所，年招生4100人，合作企业320家，开设专业86个。
联合体对每个新建实训基地补贴40万元，由市教育局牵头组织评审。
"""
QUZHOU = """衢州市样例联合体2026年工作报告
全市技工院校9所，年招生2700人，合作企业186家，兼职教师150人。
联合体理事会每半年召开一次会议。
"""


@pytest.fixture(scope="module")
def reports(shelved: Shelved) -> KnowledgeIndex:
    return shelved(huzhou=HUZHOU, quzhou=QUZHOU)


def asked_in_turn(index: KnowledgeIndex, questions: Sequence[str]) -> Answer:
    """The answer to the last of the questions."""
    *earlier, last = questions
    return answer_in_thread(index, last, Thread(earlier[::-1]), today=date(2026, 11, 1))


@pytest.mark.parametrize(("city", "count"), [("湖州", "320家"), ("衢州", "186家")])
def test_a_whole_question_goes_on_about_the_city(reports: KnowledgeIndex, city: str, count: str) -> None:
    found = asked_in_turn(reports, [f"{city}技工院校一年招多少人", "合作企业多少家"])
    assert count in found.text
    assert len(found.citations) == 1


def test_a_city_named_anew_is_meant(reports: KnowledgeIndex) -> None:
    assert "186家" in asked_in_turn(reports, ["湖州技工院校一年招多少人", "衢州合作企业多少家"]).text


def test_another_citys_figure_does_not_stand_in(reports: KnowledgeIndex) -> None:
    found = asked_in_turn(reports, ["衢州技工院校一年招多少人", "新建实训基地补贴多少"])
    assert found.outcome == "nearest"


def test_the_first_question_is_read_alone(reports: KnowledgeIndex) -> None:
    assert len(readings("合作企业多少家", ())) == 1
    assert asked_in_turn(reports, ["新建实训基地补贴多少"]).outcome == "answered"

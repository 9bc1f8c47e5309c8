"""Follow-ups see what the answer before them stood on; one that cannot be resolved is refused."""

import pytest

from knowledge.answers.threads import Cited, search_in_thread
from knowledge.questions.following import hangs
from knowledge.questions.understanding import understand
from knowledge.search.index import KnowledgeIndex
from tests.knowledge.samples import Shelved, talk

PLAN = """样例计划
一、目标
到2026年底,样例成员单位达到45家。
到2028年底,样例成员单位达到70家。
二、任务
1.建设样例实训楼。2027年3月底前建成,总投资4500万元。(责任单位:样例住建局)
2.培养样例工匠。每年培养样例工匠30名。
3.办好样例论坛。每年办1次样例论坛。(责任单位:样例商会)
"""
RULES = """样例收费办法
第四条 样例工位每天收费25元。
第五条 学校使用样例设备免费,企业使用样例设备每小时15元。
联系人:样例甲,联系电话:0600-1234567。
"""


@pytest.fixture(scope="module")
def papers(shelved: Shelved) -> KnowledgeIndex:
    return shelved(plan=PLAN, rules=RULES)


def test_the_responsible_unit_is_that_of_the_item_spoken_of(papers: KnowledgeIndex):
    assert "样例住建局" in talk(papers, "样例实训楼什么时候建成", "责任单位呢？").text
    assert "样例商会" in talk(papers, "样例论坛多久办一次", "谁负责").text


def test_an_item_without_a_responsible_unit_does_not_borrow_one(papers: KnowledgeIndex):
    assert talk(papers, "每年培养多少样例工匠", "责任单位呢？").outcome != "answered"


def test_another_year_is_answered_or_refused(papers: KnowledgeIndex):
    assert "70家" in talk(papers, "2026年样例成员单位要达到多少家", "那2028年呢？").text
    assert talk(papers, "2026年样例成员单位要达到多少家", "那2031年呢？").outcome != "answered"


def test_where_an_answer_stands_is_told_by_quoting_it_again(papers: KnowledgeIndex):
    given = talk(papers, "样例工位一天多少钱", "第几条？")
    assert given.citations[0].clause.startswith("第四条")
    assert given.citations[0].document_id == "rules"
    assert talk(papers, "样例工位一天多少钱", "哪个文件里写的").outcome == "answered"
    assert "样例住建局" in talk(papers, "样例实训楼什么时候建成", "第几条？", "责任单位呢？").text


@pytest.mark.parametrize("text", ["第几条？", "责任单位呢？", "那2028年呢？", "谁负责", "他电话多少", "什么时候"])
def test_what_follows_on_nothing_is_refused(papers: KnowledgeIndex, text: str):
    assert hangs(text)
    assert talk(papers, text).outcome != "answered"


def test_a_refusal_does_not_leak_through_a_follow_up(papers: KnowledgeIndex):
    for follow_up in ("第几条？", "责任单位呢？", "他的电话是多少？", "那2028年呢？"):
        assert talk(papers, "样例监事会主席是谁", follow_up).outcome != "answered", follow_up


def test_another_party_takes_the_place_of_the_earlier_one(papers: KnowledgeIndex):
    assert "每小时15元" in talk(papers, "学校使用样例设备怎么收费", "那企业呢？").text


def test_a_new_question_that_ends_in_a_particle_stands_alone(papers: KnowledgeIndex):
    assert "30名" in talk(papers, "样例工位一天多少钱", "每年培养多少样例工匠呢？").text


def test_a_passage_that_is_closed_now_is_not_quoted_again(papers: KnowledgeIndex):
    before = understand("样例工位一天多少钱")
    cited = [Cited("rules", hit.passage_id, hit.text) for hit in papers.search(before)[:1]]
    asked, hits = search_in_thread(papers, understand("第几条？", before), before, cited, frozenset({"plan"}))
    assert not asked.cited
    assert all(hit.document_id == "plan" for hit in hits)

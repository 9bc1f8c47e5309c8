"""A sentence that says 她 is told with the one that names her; a means and a term are asked for as they are."""

import pytest

from knowledge.documents.pronouns import spoken_of
from knowledge.language.content import content_words
from knowledge.questions.understanding import understand
from knowledge.search.index import KnowledgeIndex
from tests.knowledge.samples import Shelved, ask

REPORT = """走进银湾轨道学校
学校创办于1987年，现有在校生3200人。
车辆教研室的白若溪是最早下车间的教师之一。她在检修班跟岗八个月，编成《转向架检修图册》，现为五所学校采用。
所谓“技能存折”，就是把学员在各企业的培训学时统一记账的簿册。“技能存折”启用以来，累计记账1.2万学时。
"""
RULES = """银湾市轨道联合体值班规则
第一条 联系人：白若溪，电话：0817-2630145。
第二条 值班每班8小时，请假应提前一天提出。
第三条 展期以一次为限，最长不超过4个月。
"""


@pytest.fixture(scope="module")
def papers(shelved: Shelved) -> KnowledgeIndex:
    return shelved(report=REPORT, rules=RULES)


def test_who_did_it_is_told_with_the_sentence_that_names_her(papers: KnowledgeIndex) -> None:
    told = ask(papers, "《转向架检修图册》是谁编的")
    assert "白若溪" in told.text
    assert all(one.citations for one in told.sentences)


def test_what_else_is_asked_needs_no_name_before_it(papers: KnowledgeIndex) -> None:
    assert "白若溪" not in ask(papers, "《转向架检修图册》有多少所学校采用").text


@pytest.mark.parametrize("text", ["其他单位可以参加。", "他们每年轮岗。"])
def test_what_only_looks_like_a_pronoun_points_at_nobody(text: str) -> None:
    whole = f"白若溪是教师。{text}"
    assert spoken_of(whole, (7, len(whole))) is None


def test_a_term_is_explained_by_the_sentence_that_explains_it(papers: KnowledgeIndex) -> None:
    assert understand("“技能存折”是个啥").kind == "define"
    assert ask(papers, "“技能存折”是个啥").text.startswith("所谓")


def test_a_number_of_another_means_is_no_answer(papers: KnowledgeIndex) -> None:
    assert ask(papers, "银湾市轨道联合体的传真是多少").outcome != "answered"


def test_a_figure_under_its_title_answers_in_its_own_words(papers: KnowledgeIndex) -> None:
    assert "4个月" in ask(papers, "银湾市轨道联合体展期最长多久").text


def test_a_rare_verb_stays_a_word() -> None:
    assert "早退" in content_words("学员早退")

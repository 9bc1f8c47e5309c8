"""A short name that a document gives stands for the full one, in every paper that the asker may see."""

from pathlib import Path

import pytest

from knowledge.answers.answer import Answer
from knowledge.answers.answering import answer
from knowledge.language.folding import fold
from knowledge.questions.understanding import understand
from knowledge.search.index import KnowledgeIndex
from knowledge.search.short_names import short_names_in
from tests.knowledge.samples import TODAY, ask, library

CHARTER = """章程（试行）
第一条 本会全称为鄱湖市陶瓷智能装备产教联合体，简称“鄱瓷联合体”。
第二条 发起单位共19家，为当然理事单位。
第三条 监事会由3名监事组成，任期四年。
"""
NEWS = """成员单位动态
鄱湖窑炉智造股份有限公司（以下简称窑炉智造）今年新建实训车间。
鄱湖市陶瓷智能装备产教联合体秘书处设在工业园区创新大厦，本市各单位可前往办理。
窑炉智造捐赠窑炉设备12台，价值360万元。
另一家企业捐赠窑炉设备5台。
"""
OTHER = """赣东木业联合体章程
第二条 发起单位共8家。
第三条 监事会由7名监事组成，任期两年。
"""


@pytest.mark.parametrize(
    ("text", "pairs"),
    [
        (
            "全称为鄱湖市陶瓷智能装备产教联合体,简称“鄱瓷联合体”,由",
            ("鄱瓷联合体", "鄱湖市陶瓷智能装备产教联合体", True),
        ),
        ("与江西建筑职业技术学院(以下简称“江建院”)签约", ("江建院", "江西建筑职业技术学院", False)),
        ("由鄱湖窑炉智造股份有限公司（简称窑炉智造）承办", ("窑炉智造", "窑炉智造股份有限公司", False)),
        ("江西建筑职业技术学院（江建院）位于", ("江建院", "江西建筑职业技术学院", False)),
        ("陶瓷智能装备产教联合体（以下简称联合体）", None),  # a kind
        ("江西建筑职业技术学院（以下简称甲方）", None),
        ("总投资（万元）", None),
        ("第四实训中心（略）", None),
    ],
)
def test_short_names_are_read_where_they_are_given(text: str, pairs: tuple[str, str, bool] | None) -> None:
    found = [(*pair, own) for pair, own in short_names_in(fold(text))]
    assert found == ([pairs] if pairs else [])


@pytest.fixture
def papers(index: KnowledgeIndex) -> KnowledgeIndex:
    return library(index, charter=CHARTER, news=NEWS, other=OTHER)


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("鄱瓷联合体的发起单位共几家", "19家"),
        ("鄱瓷的发起单位共几家", "19家"),
        ("鄱瓷联合体监事任期几年", "四年"),
        ("鄱湖市陶瓷智能装备产教联合体监事任期几年", "四年"),
        ("鄱瓷联合体秘书处设在哪里", "创新大厦"),  # another paper, which has the full name only
        ("鄱湖窑炉智造股份有限公司捐赠了几台设备", "12台"),
        ("窑炉智造捐赠了几台设备", "12台"),
    ],
)
def test_short_and_full_name_ask_for_the_same(papers: KnowledgeIndex, question: str, said: str) -> None:
    given = ask(papers, question)
    assert given.outcome == "answered"
    assert said in given.text


@pytest.mark.parametrize("question", ["鄱木联合体的发起单位共几家", "赣瓷联合体监事任期几年"])
def test_a_short_name_that_nobody_gave_is_no_name_here(papers: KnowledgeIndex, question: str) -> None:
    assert ask(papers, question).outcome != "answered"


def test_names_of_papers_that_may_not_be_seen_are_not_known(papers: KnowledgeIndex) -> None:
    assert _asked(papers, "鄱瓷联合体秘书处设在哪里", frozenset({"news", "other"})).outcome != "answered"


def test_names_go_with_their_document(papers: KnowledgeIndex) -> None:
    papers.remove({"charter"})
    assert ask(papers, "鄱瓷联合体秘书处设在哪里").outcome != "answered"


def test_names_last_through_a_restart(tmp_path: Path) -> None:
    with_names = library(KnowledgeIndex.open(tmp_path / "again"), charter=CHARTER, news=NEWS)
    with_names.close()
    again = KnowledgeIndex.open(tmp_path / "again")
    assert "创新大厦" in ask(again, "鄱瓷联合体秘书处设在哪里").text
    again.close()


def _asked(index: KnowledgeIndex, text: str, documents: frozenset[str]) -> Answer:
    asked = understand(text)
    return answer(asked, index.search(asked, documents=documents), today=TODAY, rarity=index.rarity)

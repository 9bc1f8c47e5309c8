"""The thesaurus finds what papers say for a word of the chat, and decides nothing."""

import pytest

from knowledge.language.lexicon import renderings, synonyms
from knowledge.language.matching import holds_word
from knowledge.search.index import KnowledgeIndex
from tests.knowledge.samples import Shelved, ask

RULES = """石桥市纺织产教联合体共享工坊规则
第一条 因违规操作造成织机损坏的,由使用单位承担维修费用。
第二条 预约后无故爽约累计三次的,暂停预约资格一个月。
第三条 结业考试70分为合格,不合格者可以补考一次。
"""


@pytest.fixture(scope="module")
def papers(shelved: Shelved) -> KnowledgeIndex:
    return shelved(rules=RULES)


@pytest.mark.parametrize(
    ("word", "sentence"), [("搞坏", "造成设备损坏的"), ("过关", "达到合格标准"), ("打款", "资金拨付到账")]
)
def test_an_everyday_word_is_found_as_the_official_one(word: str, sentence: str) -> None:
    assert 0 < holds_word(word, sentence) < 1


def test_every_line_gives_a_word_other_words() -> None:
    both = renderings()
    assert len(both) > 10 * len(synonyms())
    assert all(others for others in both.values())


@pytest.mark.parametrize(
    ("question", "said"),
    [("把织机弄坏了谁掏钱修", "使用单位"), ("老放鸽子会怎样", "暂停预约资格"), ("考多少分算及格", "70分")],
)
def test_a_question_in_other_words_is_answered(papers: KnowledgeIndex, question: str, said: str) -> None:
    assert said in ask(papers, question).text

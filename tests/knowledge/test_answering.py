"""Answers hold what was asked, with its qualifier and place; what is not written is refused."""

from pathlib import Path

import pytest

from knowledge.search.index import KnowledgeIndex
from tests.knowledge.samples import ask, library


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("湖州方案的文号是什么？", "湖样教发〔2024〕8号"),
        ("湖州的教师每年要下企业多少天？", "不少于20天"),
        ("湖州的推进会多久开一次？", "每季度召开1次"),
        ("共建实训基地由哪个部门负责？", "市样例教育局、样例开发区管委会"),
        ("丽水样例商贸学校开设了几个专业？", "9個專業"),
        ("衢州的数控产业学院什么时候成立的？", "去年5月"),
        ("湖州样例职业技术学院有多少名专任教师？", "专任教师410人"),
        ("湖职院有几个专业", "专业31个"),
    ],
)
def test_the_figure_is_said_in_the_documents_words(shelf: KnowledgeIndex, question: str, said: str):
    given = ask(shelf, question)
    assert given.outcome == "answered", given
    assert said in given.text


def test_every_sentence_is_an_exact_quote(shelf: KnowledgeIndex):
    given = ask(shelf, "湖州样例职业技术学院有多少名专任教师？")
    assert all(one.text == one.citations[0].quote for one in given.sentences)
    passages = {hit.passage_id: hit for hit in shelf.search("湖州样例职业技术学院专任教师", top=20)}
    for citation in given.citations:
        hit = passages[citation.passage_id]
        assert hit.text[citation.start - hit.start : citation.end - hit.start] == citation.quote


@pytest.mark.parametrize(
    "question",
    [
        "湖州样例职业技术学院一年学费是多少？",
        "湖州样例职业技术学院的食堂有几个？",
        "湖州师范样例学院有多少名专任教师？",
        "宁波样例学校的合作企业有多少家？",
        "2029年湖州的兼职教师占比要达到多少？",
        "湖州样例教育局局长的电话是多少？",
        "今天天气怎么样？",
        "感冒了吃什么药？",
    ],
)
def test_what_is_not_written_is_not_answered(shelf: KnowledgeIndex, question: str):
    assert ask(shelf, question).outcome != "answered"


def test_near_and_far_are_told_apart(shelf: KnowledgeIndex):
    near = ask(shelf, "湖州样例职业技术学院一年学费是多少？")
    assert near.outcome == "nearest"
    assert near.nearest
    assert near.text == ""
    assert ask(shelf, "糖尿病能吃西瓜吗").outcome == "none"


def test_places_are_not_mixed_up(shelf: KnowledgeIndex):
    assert "38家" in ask(shelf, "衢州样例学校有合作企业多少家？").text
    assert "52家" in ask(shelf, "丽水样例学校有合作企业多少家？").text
    assert "38家" not in ask(shelf, "丽水样例学校有合作企业多少家？").text


def test_follow_ups_are_answered_and_refused_alike(shelf: KnowledgeIndex):
    assert "52家" in ask(shelf, "那丽水呢？", "衢州样例学校有合作企业多少家？").text
    assert ask(shelf, "那宁波呢？", "衢州样例学校有合作企业多少家？").outcome != "answered"


def test_a_comparison_quotes_each_subject(shelf: KnowledgeIndex):
    given = ask(shelf, "衢州和丽水的样例学校各有多少家合作企业？")
    assert "38家" in given.text
    assert "52家" in given.text
    partial = ask(shelf, "衢州和宁波的样例学校各有多少家合作企业？")
    assert "38家" in partial.text
    assert "partial:宁波" in partial.notes


def test_contradictions_stand_side_by_side(shelf: KnowledgeIndex):
    given = ask(shelf, "湖州到2026年底兼职教师占比要达到多少？")
    quotes = [citation.quote for group in given.conflicts for citation in group]
    assert any("40%" in quote for quote in quotes)
    assert any("45%以上" in quote for quote in quotes)
    assert "40%" in given.text
    assert "45%以上" in given.text


def test_rows_of_a_table_do_not_contradict_each_other(index: KnowledgeIndex):
    rows = "任务 | 单位 | 时限 |\n建样例平台 | 甲局 | 2026年6月 |\n建样例基地 | 甲局 | 2026年9月 |"
    library(index, plan=f"样例分工\n{rows}")
    assert not ask(index, "样例任务什么时候完成").conflicts


def test_a_section_answers_for_its_items(shelf: KnowledgeIndex):
    assert ask(shelf, "湖州方案的基本原则有哪几条？").text == "先行先试。\n共建共享。"


def test_notes_tell_what_a_reader_must_know(shelf: KnowledgeIndex):
    assert "approximate" in ask(shelf, "湖州安排了多少专项经费？").notes
    assert "forecast" in ask(shelf, "湖州到2026年底兼职教师占比要达到多少？").notes
    assert "damaged:第4546届" in ask(shelf, "丽水样例竞赛获奖多少项？").notes
    assert "relative_date:今年=2025年" in ask(shelf, "湖州样例职业技术学院新签了多少份校企合作协议？").notes


def test_an_expired_document_is_marked(index: KnowledgeIndex, tmp_path: Path):
    library(
        index, old="标题: | 湖州样例旧办法 |\n有效性: | 失效 |\n湖州样例旧办法\n第一条 湖州样例补贴标准为每人500元。\n"
    )
    assert "expired" in ask(index, "湖州样例补贴标准是多少元？").notes


def test_an_empty_library_says_no(index: KnowledgeIndex):
    assert ask(index, "有多少家企业？").outcome == "none"


def test_who_is_responsible_comes_from_the_very_item(index: KnowledgeIndex):
    library(
        index,
        plan="样例方案\n一、任务\n1. 建设样例中心。样例中心2027年6月底前建成。（责任单位：样例发改委）\n"
        "2. 培训样例职工。每年培训职工3000人次。（责任单位：样例人社局）\n",
        rules="样例规程\n1. 两次催办仍未办的，报理事长约谈责任单位负责人。\n",
    )
    assert ask(index, "谁负责？", "样例中心什么时候建成？").text == "（责任单位：样例发改委）"
    assert ask(index, "责任单位是谁", "每年培训多少职工？").text == "（责任单位：样例人社局）"


def test_another_stage_or_level_is_no_contradiction(index: KnowledgeIndex):
    library(
        index,
        plan="样例目标\n一、目标\n到2026年底，样例成员单位达到40家。\n到2028年底，样例成员单位达到60家。\n",
        prize="样例奖补\n一、标准\n样例课程被认定为省级的奖励8000元；\n样例课程被认定为市级的奖励3000元。\n",
    )
    staged = ask(index, "2026年底样例成员单位要达到多少家？")
    assert "40家" in staged.text
    assert "60家" not in staged.text
    assert not staged.conflicts
    assert not ask(index, "样例课程被认定的奖励多少元？").conflicts


def test_a_heading_alone_is_never_the_answer(index: KnowledgeIndex):
    library(
        index, guide="样例申报\n一、申报\n7. 样例申报条件。学校和企业共同投入，并已签订协议。\n8. 材料。一式三份。\n"
    )
    assert "共同投入" in ask(index, "样例申报条件是什么？").text


def test_a_limit_is_exact(shelf: KnowledgeIndex):
    assert "approximate" not in ask(shelf, "湖州的教师每年要下企业多少天？").notes


@pytest.mark.parametrize(("asks", "answers"), [("问：", "答："), ("Q：", "A："), ("q1: ", "a1: ")])
def test_a_short_answer_to_a_question_stays_whole_and_alone(index: KnowledgeIndex, asks: str, answers: str):
    told = f"{answers}没有发生的填0；不涉及的选不适用。"
    library(index, faq=f"样例问答\n一、填报\n{asks}样例数没有发生怎么填？\n{told}\n")
    assert ask(index, "样例数没有发生怎么填？").text == told


def test_how_often_one_body_meets_says_nothing_of_another(index: KnowledgeIndex):
    library(index, rules="样例章程\n第一条 样例联席会议每季度召开一次。\n第二条 样例理事会由各单位代表组成。\n")
    assert "每季度" in ask(index, "样例联席会议多久开一次？").text
    assert ask(index, "样例理事会多久开一次会？").outcome != "answered"


def test_a_run_or_a_term_of_time_is_no_frequency(index: KnowledgeIndex):
    rules = "样例章程\n第一条 样例理事会每届任期三年。\n第二条 连续四个季度未报送的，提请样例理事会讨论。\n"
    library(index, rules=rules)
    assert ask(index, "样例理事会多久开一次会？").outcome != "answered"
    assert ask(index, "样例理事会一年开几次会").outcome != "answered"


def test_the_greetings_own_example_is_answered_by_the_sample_library(index: KnowledgeIndex):
    folder = Path(__file__).resolve().parents[2] / "bot" / "sample" / "documents"
    library(index, **{file.stem: file.read_text(encoding="utf-8") for file in sorted(folder.glob("*.md"))})
    assert "每半年召开一次" in ask(index, "理事会多久开一次会").text

"""Turns of speech are read in full before words are looked for, and whole words are left alone."""

import pytest

from knowledge.language.matching import holds_word
from knowledge.language.speech import rejoined
from knowledge.questions.turns import in_full
from knowledge.questions.understanding import understand


@pytest.mark.parametrize(
    ("said", "full"),
    [
        ("验收组长由谁来当", "验收组长由谁当"),
        ("码头几时启用", "码头什么时候启用"),
        ("税按几个点交", "税按百分之多少交"),
        ("我们想加入要什么材料", "我们加入要什么材料"),
        ("设备是从哪家厂搬来的", "设备是哪家厂搬来的"),
        ("经费从哪几块来", "经费来源有哪些"),
        ("我们是荆州的企业，入会要几家推荐", "入会要几家推荐"),
        ("打样中心里的设备", "打样中心的设备"),
        ("一个师傅能带几个人", "一个师傅带几个人"),
        ("合同要签几年", "合同要期限几年"),
        ("上岗证管几年", "上岗证有效期几年"),
        ("秘书处主任一任是几年", "秘书处主任任期是几年"),
        ("一次最多借几台", "单次最多借几台"),
        ("满多少岁能干", "满多少岁"),
        ("这个项目谁挑头", "这个项目谁牵头"),
        ("一家最多补多少", "一家最多 补多少"),
    ],
)
def test_a_turn_of_speech_is_read_in_full(said: str, full: str) -> None:
    assert in_full(said) == full


@pytest.mark.parametrize(
    "said",
    [
        "清单里未完成的任务",
        "谁来自外省",
        "理想的合作方",
        "合同期满能续签几年",
        "档案要保管几年",
        "第一任理事长是谁",
        "第一次最多能报几项",
        "哪些活实习生不能干",
        "去年竞赛获奖多少项",
        "打头阵的是哪个班",
    ],
)
def test_a_whole_word_is_left_alone(said: str) -> None:
    assert in_full(said) == said
    assert rejoined(said) == said


def test_which_kind_leaves_no_word_behind() -> None:
    assert "样" not in understand("这种班是什么样的模式").words
    assert understand("那份方案几号印发的").words == ("方案", "印发")


@pytest.mark.parametrize(
    ("word", "sentence"), [("提出来", "提出三点要求"), ("引进来", "先后引进企业"), ("组起", "共同组建联盟")]
)
def test_a_verb_with_its_result_is_found_as_the_verb(word: str, sentence: str) -> None:
    assert 0 < holds_word(word, sentence) < 1


@pytest.mark.parametrize(
    ("question", "kind", "unit"),
    [
        ("车间一共几口窑", "count", "口"),
        ("港里有多少艘拖轮", "count", "艘"),
        ("产教贷一户最多能贷多少", "amount", ""),
        ("老师占教职工多大比例", "share", ""),
        ("有多少双师型教师", "people", ""),
    ],
)
def test_what_is_counted_lent_or_shared_is_of_its_kind(question: str, kind: str, unit: str) -> None:
    asked = understand(question)
    assert (asked.kind, asked.unit) == (kind, unit)


def test_a_term_of_time_joins_no_name() -> None:
    assert understand("春季临港重型机械集团接收多少实习生").names == ("临港重型机械集团",)


@pytest.mark.parametrize("text", ["给我写一首写端午的绝句", "讲个笑话吧", "画一张校门的图"])
def test_what_is_to_be_made_is_no_question(text: str) -> None:
    assert understand(text).bare


@pytest.mark.parametrize("text", ["写一份申报书要几天", "编一个专业目录归谁管"])
def test_what_is_asked_about_making_is_one(text: str) -> None:
    assert not understand(text).bare


def test_how_long_within_and_done_are_read_in_full() -> None:
    assert in_full("多久内能初审完") == "多久能初审"
    assert in_full("上岗证能用多久") == "上岗证有效期多久"


@pytest.mark.parametrize(
    ("question", "kind"),
    [("公司要掏多少给学校做基金", "amount"), ("多少农机企业", "count"), ("挂到网上是哪天", "when")],
)
def test_what_is_given_is_a_sum(question: str, kind: str) -> None:
    assert understand(question).kind == kind


def test_where_an_office_hangs_is_no_name() -> None:
    assert not understand("联合体的办公室挂在学院哪个部门").names


def test_of_a_long_name_no_piece_is_a_name() -> None:
    assert understand("螺蛳粉学院考哪三样").names == ("螺蛳粉学院",)


def test_a_verb_begins_no_name_and_a_measure_no_verb() -> None:
    assert understand("衢溪职业学院等组建盈川学院是在哪年").names == understand("衢溪职业学院和盈川学院").names
    assert understand("赚钱以后拿出多少支持学院双创").unit == ""

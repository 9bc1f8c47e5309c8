"""What a question asks for, and follow-ups made whole."""

import pytest

from knowledge.questions.following import completed
from knowledge.questions.understanding import subjects, understand


@pytest.mark.parametrize(
    ("text", "kind", "unit"),
    [
        ("湖州有几所技校？", "count", "所"),
        ("订单班有多少名学生", "people", "名"),
        ("老师有几个？", "people", "个"),
        ("专项经费多少钱？", "money", ""),
        ("兼职教师占比要达到多少", "share", ""),
        ("什么时候建成？", "when", ""),
        ("推进会多久开一次", "often", ""),
        ("方案的文号是什么", "number", ""),
        ("由哪个部门牵头", "duty", ""),
        ("基本原则有哪些", "list", ""),
        ("秘书处电话是多少", "contact", "电话"),
        ("占地面积是多少", "size", ""),
        ("为什么要开订单班", "why", ""),
        ("理事单位的会费几万", "money", ""),
        ("实习岗位报给谁 电话多少", "contact", "电话"),
        ("这项任务归哪几家负责", "duty", "家"),
        ("基地在哪个区", "where", ""),
        ("满一年能入会不", "yesno", ""),
        ("老师多久轮训一遍", "often", ""),
        ("资金总盘子多大", "quantity", ""),
        ("毕业生就业率目标", "share", ""),
        ("这份通知还有效吗", "validity", ""),
        ("预订培训室的流程", "how", ""),
        ("课时费的标准", "amount", ""),
        ("上一节课报酬多少", "amount", ""),
    ],
)
def test_the_kind_of_answer_is_read_from_the_asking_words(text: str, kind: str, unit: str):
    asked = understand(text)
    assert (asked.kind, asked.unit) == (kind, unit)


def test_places_years_and_names_are_read():
    asked = understand("2025年湖州样例职业技术学院和衢州的学校各有多少人？")
    assert asked.places == ("湖州", "衢州")
    assert asked.years == (2025,)
    assert asked.names == ("湖州样例职业技术学院",)
    assert asked.compares


def test_a_short_year_and_the_issue_of_a_series_are_read():
    assert understand("样例学院22年招了多少人").years == (2022,)
    assert understand("聘期满22年的有几人").years == ()
    assert understand("第六期简报讲了什么").ordinals == ("6期",)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("启明科技在哪个区", ()),  # 启明 is a word: 启明科技 may be a kind of thing
        ("精航科技在哪个区", ("精航科技",)),
        ("东阳的实训基地收费多少", ("东阳",)),
    ],
)
def test_brands_and_counties_are_names(text: str, names: tuple[str, ...]):
    assert understand(text).names == names


def test_a_phrase_that_the_dictionary_happens_to_know_is_parted():
    assert understand("带徒弟一个月补多少").words[:2] == ("带", "徒弟")


def test_asking_words_are_not_searched_for():
    assert (
        understand("请问订单班一共有多少人呢？").search_text.split() == ["订单班", "人"]
        or "多少" not in understand("请问订单班一共有多少人呢？").search_text
    )


def test_the_core_of_the_question_stands_beside_the_asking_word():
    assert understand("湖州样例学院一年学费是多少？").core == "学费"
    assert understand("湖州样例学院有多少名专任教师？").core == "专任教师"


@pytest.mark.parametrize(
    ("text", "deed"),
    [
        ("合同违约要赔多少钱", "赔"),
        ("技改设备能抵多少税", "抵"),
        ("监事会成员单位有几家", ""),  # a council is no modal 会
        ("订单班有几个", ""),  # begins with a noun, whatever its first character does alone
        ("合作单位有多少家", ""),
    ],
)
def test_the_deed_is_a_verb_before_the_asking_word(text: str, deed: str):
    assert understand(text).deed == deed


@pytest.mark.parametrize(
    ("previous", "text", "whole"),
    [
        ("2024年兼职教师占比是多少？", "那2026年呢？", "2026年兼职教师占比是多少？"),
        ("衢州有多少家合作企业？", "丽水呢", "丽水有多少家合作企业？"),
        ("湖州市有几所技校？", "那衢州呢？", "衢州有几所技校？"),
        ("样例学院有多少专业？", "食堂几点开门？", "食堂几点开门？"),
        ("样例学院有多少个专业？", "那湖州呢", "湖州有多少个专业？"),
        ("样例学院有多少个专业？", "学费呢", "样例学院学费是多少"),
        ("样例中心怎么预约？", "那要提前几天", "样例中心 预约，要提前几天"),
        ("样例中心怎么预约？", "那晨曦学院有多少学生", "那晨曦学院有多少学生"),
        ("样例中心怎么预约？", "那些企业可以申请", "那些企业可以申请"),
        ("湖州样例学院学费是多少", "住宿费呢", "湖州样例学院住宿费是多少"),
        ("焊接基地有多少设备", "钳工基地呢", "钳工基地有多少设备"),
        ("湖州样例学院有多少专业", "住宿费呢", "湖州样例学院住宿费是多少"),
        ("实习补贴多少", "什么时候发", "实习补贴，什么时候发"),
        ("实习补贴多少", "培训费什么时候发", "培训费什么时候发"),
    ],
)
def test_a_follow_up_takes_what_it_leaves_out_from_before(previous: str, text: str, whole: str):
    assert completed(text, previous) == whole


def test_a_follow_up_with_an_owner_of_its_own_takes_only_the_city():
    assert understand("企业导师的津贴呢", "实训基地补贴多少").text == "企业导师的津贴是多少"
    assert understand("企业导师的津贴呢", "嘉兴实训基地补贴多少").text == "嘉兴企业导师的津贴是多少"


def test_a_pointing_follow_up_keeps_the_earlier_words():
    asked = understand("它的教师有多少？", "湖州样例职业技术学院有多少专业？")
    assert "湖州样例职业技术学院" in asked.names


def test_known_short_forms_are_searched_by_their_full_names():
    asked = understand("样机院的订单班有多少学生？", aliases={"样机院": ("样例机电技师学院",)})
    assert "样例机电技师学院" in asked.search_text


def test_a_comparison_is_asked_of_each_subject():
    parts = subjects(understand("衢州和丽水各有多少家合作企业？"))
    assert [part.places for part in parts] == [("衢州",), ("丽水",)]
    assert all("合作" in part.folded for part in parts)


def test_a_follow_up_asks_with_its_own_words():
    assert understand("谁负责？", "双师型教师比例要达到多少？").kind == "duty"

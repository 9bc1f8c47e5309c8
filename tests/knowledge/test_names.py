"""Whom and what a question names is found under its short forms, and nothing else is taken for a name."""

import pytest

from knowledge.language.matching import holds_word
from knowledge.questions.understanding import understand
from knowledge.search.index import KnowledgeIndex
from tests.knowledge.samples import Shelved, ask

REPORT = """赣州市稀土新材料市域产教联合体2027年度工作报告
一、2027年工作回顾
联合体成员由41家增加到57家，全年培训职工6200人次。
赣南电力公司是副理事长单位，由国家电网赣州章贡供电分公司、南康供电分公司培训电工530人，其中高级工210人。
矿冶产业学院实行双院长制，院长由赣南矿冶职业学院教务处长刘启明担任，执行院长由厂方委派。
质量监督组由市稀土产业协会牵头，监事由市稀土产业协会推荐。
每年选派30名专业教师到企业挂职，按每人每月1200元发放补助。
二、2028年工作安排
上半年完成12门核心课程的统一标准。
附：2026年主要数据
全年培训职工4800人次，技术合同到账金额910万元。
"""
NEWS = """江西建筑职业技术学院与赣州市校企合作纪实
在今年三月，第二届稀土职教高峰论坛在该校举办，到会300人。
学校设立800万元创新基金，支持江西建筑职业技术学院的学生创业。
学校与上犹中等职业学校、崇义师范学校联合开办“3+2”班。
"""


@pytest.fixture(scope="module")
def papers(shelved: Shelved) -> KnowledgeIndex:
    return shelved(report=REPORT, news=NEWS)


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("赣州2028年要统一几门核心课程的标准", "12门"),  # the year of its heading, not of the report
        ("赣州2026年技术合同到账多少", "910万元"),
        ("赣州2026年培训职工多少人次", "4800人次"),
        ("章贡、南康供电公司的电工里高级工有几个", "210人"),
        ("矿冶产业学院院长由谁担任", "刘启明"),
        ("监事由哪家推荐", "市稀土产业协会"),
        ("赣州老师去稀企挂职，每人每月补多少", "1200元"),
        ("第二次稀土论坛到会多少人", "300人"),
        ("江西建院跟哪两所学校开办3+2班", "崇义师范学校"),
    ],
)
def test_what_is_named_is_found(papers: KnowledgeIndex, question: str, said: str) -> None:
    assert said in ask(papers, question).text


@pytest.mark.parametrize(
    "question",
    [
        "赣州2025年技术合同到账多少",
        "赣州2029年要统一几门核心课程的标准",
        "第三次稀土论坛到会多少人",
        "信丰供电公司的电工里高级工有几个",
        "江西工程学院跟哪两所学校开办3+2班",
        "冶金产业学院院长由谁担任",
    ],
)
def test_another_year_event_or_body_is_no_answer(papers: KnowledgeIndex, question: str) -> None:
    assert ask(papers, question).outcome != "answered"


@pytest.mark.parametrize(
    ("short", "full"),
    [
        ("赣稀", "赣州市稀土新材料联合体"),
        ("云建院", "云南建筑职业技术学院"),
        ("东江公司", "东江股份有限公司"),
        ("车企", "整车制造企业"),
        ("瑞凌公司", "瑞凌电池有限公司"),
        ("岭北纺织学院", "岭北纺织职业技术学院"),
        ("第三次", "第三届"),
    ],
)
def test_a_short_form_stands_for_the_full_one(short: str, full: str) -> None:
    assert holds_word(short, full)


@pytest.mark.parametrize(
    ("short", "other"),
    [
        ("民企", "民营和其他企业"),
        ("东江公司", "东江学院的公司"),
        ("瑞凌建材公司", "瑞凌电池公司"),
        ("岭北纺织学院", "岭北工程职业技术学院"),
        ("第三次", "第四届"),
    ],
)
def test_and_for_no_other(short: str, other: str) -> None:
    assert not holds_word(short, other)


def test_a_kind_or_a_verb_begins_no_name() -> None:
    assert not understand("这条线是从哪家企业搬进学校的").names
    assert understand("川建院办了几个班").names == ("川建院",)
    assert understand("川能电力公司有多少员工").names == ("川能电力公司",)
    asked = understand("基金会要拿多少出来支持川建院")
    assert asked.names == ("川建院",)
    assert asked.core != "川建院"


@pytest.mark.parametrize("city", ["开封", "保定", "大同", "怀化"])
def test_a_city_that_a_dictionary_takes_for_a_verb_belongs_to_a_name(city: str) -> None:
    assert understand(f"{city}职业技术学院有多少名专任教师").names == (f"{city}职业技术学院",)

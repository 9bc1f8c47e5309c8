"""What is taken for an order or a question about figures, and what is left to the library and the check-ins."""

from decimal import Decimal

import pytest

from services.checkins.library import shipped_forms
from services.digests.asking import FigureQuestion, Known, read_command, read_order, read_question
from services.digests.issuing.collecting import forms_of
from services.periods import Period

FORMS = forms_of(shipped_forms())
UNITS = (
    Known(1, "school", ("星河职业技术学院", "星职院")),
    Known(2, "enterprise", ("海岚化工股份有限公司", "海岚化工")),
)
NOVEMBER = Period(2026, 11)


@pytest.mark.parametrize(
    ("words", "period", "formats"),
    [
        ("出个10月简报，word的，顺便excel台账", "2026-10", ("docx", "xlsx")),
        ("来份三季度的简报", "2026Q3", ()),
        ("季报发我一份", "2026Q3", ()),
        ("做个去年的年报", "2025", ()),
        ("上个月的简报 ＷＯＲＤ", "2026-10", ("docx",)),
        ("十二月简报", "2025-12", ()),
        ("简报", None, ()),
        ("三季度的汇总", "2026Q3", ()),
        ("导出台账", None, ("xlsx",)),
        ("把10月数据导成表格给我", "2026-10", ("xlsx",)),
        ("汇总一下上个月的数据", "2026-10", ()),
    ],
)
def test_orders(words, period, formats):
    order = read_order(words, NOVEMBER)
    assert order is not None
    assert (str(order.period) if order.period else None, order.formats) == (period, formats)


@pytest.mark.parametrize(
    "words",
    [
        "简报什么时候发？",
        "简报有格式要求吗",
        "10月月报：在岗实习120人",
        "我们的月报交了没",
        "你好",
        "台账",
        "协议台账",
        "我要报数据",
        "导出填报表模板",
        "在校生数据已发",
        "秘书处汇总后送理事长审定",
        "我们的数据汇总到学校了",
        "统计报表制度",
    ],
)
def test_no_orders(words):
    assert read_order(words, NOVEMBER) is None


@pytest.mark.parametrize(
    ("words", "to"),
    [
        ("把10月简报发给赵局长", "赵局长"),
        ("10月简报转给管委会看一下吧", "管委会"),
        ("出个10月简报，发到工作群", "工作群"),
        ("把10月简报发给我", ""),
        ("10月简报发我一份", ""),
        ("出个10月简报", ""),
    ],
)
def test_whom_else_a_digest_is_for(words, to):
    order = read_order(words, NOVEMBER)
    assert order is not None
    assert order.to == to


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (
            "三季度跟二季度比实习人数咋样",
            FigureQuestion("interns_on_post", None, Period.of("2026Q3"), Period.of("2026Q2")),
        ),
        ("星职院双师比例到75了没", FigureQuestion("dual_teacher_rate", 1, threshold=Decimal(75))),
        (
            "今年培训量过20万了吗",
            FigureQuestion("training_person_times", None, Period(2026), threshold=Decimal(200000)),
        ),
        ("在岗实习人数比9月怎么样", FigureQuestion("interns_on_post", None, None, Period(2026, 9))),
        ("全市实习人数跟2026年3月比咋样", FigureQuestion("interns_on_post", None, None, Period(2026, 3))),
        ("现在实习人数比上月增长了多少", FigureQuestion("interns_on_post")),
        ("现在实习人数比去年多多少", FigureQuestion("interns_on_post")),
        ("在岗实习一共多少人", FigureQuestion("interns_on_post")),
        ("海岚化工上个月实习岗位多少个？", FigureQuestion("intern_posts_offered", 2, Period(2026, 10))),
    ],
)
def test_questions_about_figures(words, expected):
    assert read_question(words, NOVEMBER, FORMS, UNITS) == expected


@pytest.mark.parametrize(
    "words",
    [
        "双师比例要达到多少？",
        "双师比例多少",
        "到2028年双师比例目标是多少？",
        "联席会议今年开几次？",
        "本月在岗实习2105人，新签协议3份",
        "教师企业实践每年不少于多少天？",
        "星职院联系人是谁？",
        "联合体有多少家成员单位？",
        "2026年兼职教师占比是多少？",
        "我们今年要培训多少人次？",
        "本学期企业要提供多少实习岗位？",
        "我们还有几项没办结？",
    ],
)
def test_questions_for_others(words):
    assert read_question(words, NOVEMBER, FORMS, UNITS) is None


@pytest.mark.parametrize(
    "when",
    [
        "2026年底",
        "2026年年底",
        "今年底",
        "到年底",
        "2028年",
        "2026年底和2028年底",
        "2026年12月",
        "今年12月",
        "明年",
        "下学期",
    ],
)
@pytest.mark.parametrize("figure", ["双师比例各是多少", "双师比例多少", "在岗实习多少人"])
def test_a_day_to_come_is_told_by_plans_and_by_no_report(when: str, figure: str) -> None:
    assert read_question(f"我们学校{when}{figure}", NOVEMBER, FORMS, UNITS, UNITS[0]) is None


@pytest.mark.parametrize("when", ["2025年底", "去年底", "去年年底", "2026年", "今年", "2026年10月", "12月", "9月底"])
@pytest.mark.parametrize("figure", ["双师比例多少", "在岗实习多少人"])
def test_a_day_gone_by_is_told_by_reports(when: str, figure: str) -> None:
    assert read_question(f"我们学校{when}{figure}", NOVEMBER, FORMS, UNITS, UNITS[0]) is not None


@pytest.mark.parametrize("thing", ["实训车间追加", "食堂改造", "光伏屋顶的", "铸造分厂"])
@pytest.mark.parametrize("figure", ["投资多少", "在岗实习多少人", "现金投入一共多少万元"])
def test_a_thing_that_no_report_knows_means_another_figure(thing: str, figure: str) -> None:
    assert read_question(f"海岚化工今年{figure}？", NOVEMBER, FORMS, UNITS) is not None
    assert read_question(f"海岚化工{thing}{figure}？", NOVEMBER, FORMS, UNITS) is None
    assert read_question(f"我们{thing}{figure}？", NOVEMBER, FORMS, UNITS, UNITS[1]) is None


@pytest.mark.parametrize(
    "words",
    [
        "海岚化工公司上个月投资金额是多少",
        "海岚化工股份10月报的在岗实习学生有几个人",
        "请问星职院现在实习的学生一共多少人",
        "全市各学校今年培训总共完成了多少人次",
        "我们学校上季度新签协议数量比上上季度增加了多少",
    ],
)
def test_words_around_a_figure_do_not_make_it_another(words: str) -> None:
    assert read_question(words, NOVEMBER, FORMS, UNITS) is not None


@pytest.mark.parametrize("place", ["云州", "云州市"])
def test_the_place_that_units_are_named_after_is_the_consortiums_own(place: str) -> None:
    units = (*UNITS, Known(3, "school", ("云州职业技术学院",)), Known(4, "school", ("云州护理学校",)))
    words = f"{place}今年在岗实习一共多少人"
    assert read_question(words, NOVEMBER, FORMS, units) == FigureQuestion("interns_on_post", None, Period(2026))
    assert read_question(words, NOVEMBER, FORMS, UNITS) is None


def test_three_figures_are_a_report_however_they_are_worded() -> None:
    words = "我们学校这个月呢在校生还是六千四百二吧，实习大概九百七十来个，培训嘛你先记七百六吧"
    assert read_question(words, NOVEMBER, FORMS, UNITS) is None


@pytest.mark.parametrize(
    ("args", "period"), [("", None), ("2026-10 docx", "2026-10"), ("2025", "2025"), ("二季度 xlsx", "2026Q2")]
)
def test_commands(args, period):
    order = read_command(args, NOVEMBER)
    assert order is not None
    assert (str(order.period) if order.period else None) == period


def test_a_command_with_anything_else_is_not_guessed():
    assert read_command("10月 天气", NOVEMBER) is None

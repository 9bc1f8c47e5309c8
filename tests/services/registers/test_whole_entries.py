"""Entries are kept whole: every agreement of a message, the days counted from today, names and problems uncut."""

from datetime import date

import pytest

from knowledge.language.folding import fold
from services.registers.agreements import read_agreements
from services.registers.mentioning import read_mentioned
from services.registers.naming import read_names
from services.registers.needs import read_needs
from services.registers.platforms import read_platforms
from services.registers.said import NEEDS, PLATFORMS

TODAY = date(2026, 11, 27)


@pytest.mark.parametrize(
    "words",
    [
        "新签了两份协议，一份是跟海岚化工，签到2029年10月底；还有一份跟北辰装备，签三年",
        "本月新签2份，一份跟海岚化工，签到2029年10月底。另一份是跟北辰装备",
        "签了2份协议，一份跟海岚化工，有效期到2029年10月底\n第二份是跟北辰装备的",
    ],
)
def test_every_agreement_of_a_message_is_kept(words: str) -> None:
    first, second = read_mentioned(fold(words), words, TODAY)
    assert (first.partner, first.ends_on) == ("海岚化工", date(2029, 10, 31))
    assert second.partner == "北辰装备"


def test_what_else_follows_the_agreements_is_no_partner() -> None:
    words = "新签2份，一份跟海岚化工，一份跟北辰装备；还有横向到账5万；另外培训300人次"
    assert [one.partner for one in read_mentioned(fold(words), words, TODAY)] == ["海岚化工", "北辰装备"]


@pytest.mark.parametrize(
    ("words", "began", "ends"),
    [
        ("启明化工，电气自动化专业，明年1月1号开始签五年", date(2027, 1, 1), date(2031, 12, 31)),
        ("跟启明化工，明年1月开始，签三年", date(2027, 1, 1), date(2029, 12, 31)),
        ("启明化工，从今年12月1日起，为期2年", date(2026, 12, 1), date(2028, 11, 30)),
        ("启明化工，后年6月底到期", None, date(2028, 6, 30)),
        ("启明化工，2027年3月生效", date(2027, 3, 1), None),
    ],
)
def test_years_counted_from_today_are_days(words: str, began: date | None, ends: date | None) -> None:
    (one,) = read_agreements(words, TODAY)
    assert (one.partner, one.began_on, one.ends_on) == ("启明化工", began, ends)


@pytest.mark.parametrize("called", ["叫", "名字叫", "名叫", "取名叫", "叫做"])
def test_what_a_base_is_called_is_its_name(called: str) -> None:
    (row,), _ = read_platforms(fold(f"实训基地新挂牌一个，{called}化工安全实训基地"))
    assert row.title == "化工安全实训基地"
    (named,) = read_names(PLATFORMS, f"{called}数控车间", TODAY)
    assert named.title == "数控车间"


@pytest.mark.parametrize(
    "words",
    ["循环水系统结垢，换热效率下降", "循环水系统结垢，换热效率下降，希望学校帮忙", "叫循环水系统结垢，换热效率下降"],
)
def test_a_problem_is_not_cut_at_its_comma(words: str) -> None:
    (need,) = read_names(NEEDS, words, TODAY)
    assert need.title == "循环水系统结垢，换热效率下降"


@pytest.mark.parametrize(
    "words",
    [
        "技术需求提一个：循环水系统结垢，换热效率下降",
        "技术难题有一个，循环水系统结垢，换热效率下降",
        "新提技术需求1项：循环水系统结垢，换热效率下降",
    ],
)
def test_a_need_told_in_the_month_keeps_its_words(words: str) -> None:
    (need,), _ = read_needs(fold(words))
    assert need.title == "循环水系统结垢,换热效率下降"


def test_several_problems_stay_several() -> None:
    assert [one.title for one in read_names(NEEDS, "1.循环水结垢，2.管道腐蚀", TODAY)] == ["循环水结垢", "管道腐蚀"]

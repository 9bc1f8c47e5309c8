"""Agreements named by people."""

from datetime import date

import pytest

from services.registers.agreements import read_agreements
from services.registers.mentioning import read_mentioned
from services.registers.said import Said

TODAY = date(2026, 12, 1)


def agreement(partner: str, majors: str = "", began: date | None = None, ends: date | None = None) -> Said:
    return Said("agreements", partner, partner, status="open", majors=majors, began_on=began, ends_on=ends)


def test_names_alone_are_partners() -> None:
    assert [one.partner for one in read_agreements("分别是海岚化工、北辰装备和云启科技")] == [
        "海岚化工",
        "北辰装备",
        "云启科技",
    ]


def test_brackets_hold_majors_and_days() -> None:
    first, second = read_agreements("海岚化工（应用化工、机电一体化，2026-11-01至2029年10月）、北辰装备")
    assert first == agreement("海岚化工", "应用化工、机电一体化", date(2026, 11, 1), date(2029, 10, 31))
    assert second == agreement("北辰装备")


@pytest.mark.parametrize(
    "words",
    [
        "海岚化工，2026年11月1日至2029年10月31日，机电一体化专业",
        "海岚化工 2026-11-01至2029-10-31 机电一体化专业",
        "海岚化工（机电一体化，2026/11/1签，有效期3年）",
        "海岚化工，机电一体化专业，三年期，2026-11-01起",
    ],
)
def test_days_and_majors_may_stand_beside_the_name(words: str) -> None:
    assert read_agreements(words, TODAY) == [agreement("海岚化工", "机电一体化", date(2026, 11, 1), date(2029, 10, 31))]


def test_a_single_day_of_expiry_is_the_end() -> None:
    for words in ("海岚化工（2029.10.31到期）", "海岚化工（2029-10-31）", "海岚化工，有效期到2029年10月底"):
        assert read_agreements(words, TODAY) == [agreement("海岚化工", ends=date(2029, 10, 31))]
    assert read_agreements("海岚化工（2026-10-08）", TODAY) == [agreement("海岚化工", began=date(2026, 10, 8))]


@pytest.mark.parametrize(
    ("words", "doubt"),
    [
        ("海岚化工（2026-13-40）", "2026-13-40"),
        ("海岚化工（2029-10-31至2026-11-01）", "2029-10-31—2026-11-01"),
        ("海岚化工，有效期到2029-02-30", "2029-02-30"),
    ],
)
def test_days_that_are_none_or_run_backwards_are_doubted_and_not_kept(words: str, doubt: str) -> None:
    (one,) = read_agreements(words)
    assert (one.partner, one.began_on, one.ends_on, one.doubt) == ("海岚化工", None, None, doubt)


def test_a_bracket_inside_or_behind_a_name_may_belong_to_the_name() -> None:
    assert read_agreements("海岚（江苏）化工有限公司（应用化工）") == [
        agreement("海岚（江苏）化工有限公司", "应用化工")
    ]
    names = ["海岚化工（集团）", "北辰装备（常州）", "云启"]
    assert [one.partner for one in read_agreements("海岚化工（集团）、北辰装备（常州）、云启（物流）")] == names


def test_words_about_days_go_and_majors_stay_whole() -> None:
    (one,) = read_agreements("海岚化工（涉及专业：电气自动化、起重机械，有效期自2026-11-01起至2029-10-31止）")
    assert one.majors == "电气自动化、起重机械"


def test_skipping_names_none() -> None:
    assert read_agreements("跳过") == []


@pytest.mark.parametrize(
    ("words", "partners"),
    [
        ("新签2份:海岚化工(应用化工,2026-11-01至2029-10-31)、北辰装备,培训640", ["海岚化工", "北辰装备"]),
        ("新签协议3份,分别与海岚化工、北辰装备、云启科技签订", ["海岚化工", "北辰装备", "云启科技"]),
        ("与海岚化工签了1份协议,培训200", ["海岚化工"]),
        ("新签2份协议,一个海岚化工到2029年10月底,另一个是跟北辰物流签的三年", ["海岚化工", "北辰物流"]),
        ("新签2份,其中一份是和海岚化工签的,另一份和北辰物流,培训300人次", ["海岚化工", "北辰物流"]),
        ("两份协议是跟海岚化工和北辰物流签的", ["海岚化工", "北辰物流"]),
        ("新签1份,跟海岚化工,2027年1月起三年", ["海岚化工"]),
        ("新签2份协议,一个已经盖章,另一个在走流程", []),
        ("新签2份,培训300,横向5.8万", []),
        ("新签协议:2份", []),
        ("新签3份(含续签1份)", []),
        ("和北辰装备签了技术服务合同,到账5万", []),
        ("新签2份协议,一份跟海岚化工,一份跟北辰装备", ["海岚化工", "北辰装备"]),
        ("协议新签3份。分别是海岚化工、北辰装备、星河物流", ["海岚化工", "北辰装备", "星河物流"]),
        ("新签协议2份:海岚化工,北辰装备,培训300人次", ["海岚化工", "北辰装备"]),
        ("和海岚化工、北辰装备各签一份协议", ["海岚化工", "北辰装备"]),
        ("与海岚化工、北辰装备新签协议2份,培训300人次", ["海岚化工", "北辰装备"]),
        ("这个月与海岚化工签了1份协议", ["海岚化工"]),
        ("新签1份,是和海岚化工签的", ["海岚化工"]),
        ("本月新签合作协议1份,合作单位海岚化工,培训300人次", ["海岚化工"]),
        ("签了2份协议,海岚化工和北辰装备,横向到账3万", ["海岚化工", "北辰装备"]),
        ("新签2份,海岚化工一份,北辰装备一份", ["海岚化工", "北辰装备"]),
        ("新签3份,海岚化工一份,北辰装备一份", []),
        ("签了2份协议,培训中心和实训基地都在建", []),
    ],
)
def test_partners_named_in_a_check_in_are_taken_and_nothing_else(words: str, partners: list[str]) -> None:
    assert [one.partner for one in read_mentioned(words, words, TODAY)] == partners

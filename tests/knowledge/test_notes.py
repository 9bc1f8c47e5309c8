"""What is told beside a quoted sentence: that its figure is a rough one."""

from datetime import date

import pytest

from knowledge.answers.notes import notes_on
from knowledge.documents.entries import Hit

HIT = Hit("a#0", "a", "")


@pytest.mark.parametrize(
    ("words", "is_rough"),
    [
        ("现有教师近700人", True),
        ("接收实习生约三百人", True),
        ("合作企业三十余家", True),
        ("培训数百名职工", True),
        ("去年签约12个项目", False),
        ("改造后节约5万元", False),
        ("最近3年没有变更", False),
        ("预约20人参观", False),
        ("占总人数百分之六十", False),
        ("不少于20人", False),
    ],
)
def test_a_figure_is_rough_where_its_own_words_say_so(words: str, *, is_rough: bool) -> None:
    assert ("approximate" in notes_on([(HIT, words, words)], date(2026, 3, 1))) is is_rough

"""A figure is true where it stands: with its year, its noun, its unit and its qualifier."""

import pytest

from knowledge.answers.figures import bound

PLAN = """到2025年，签约企业达到30家，共享基地达到4个，对口率达到52%，持证率达到61%。
到2027年，签约企业达到45家，共享基地达到9个、实训车间达到2个，对口率达到66%，留任率力争达到61%以上。
2025年增设储运、安防两个专业，2027年增设氢能专业。
选派导师不少于80名，每名导师授课不少于12课时。全年培训1.5万人次以上。
现有教师2100余人，其中教授约90人。会议须有三分之二以上成员出席，班车七点十分发出。"""


@pytest.mark.parametrize(
    "said",
    [
        "2025年签约企业达到30家。",
        "到2027年共享基地9个、实训车间2个。",
        "2025年持证率达到61%，对口率达到52%。",
        "留任率力争达到61%以上。",
        "2027年增设氢能专业。",
        "2025年增设2个专业。",
        "导师授课不少于12课时。",
        "全年培训1.5万人次以上。",
        "教师2100余人，教授约90人。",
        "须有三分之二以上成员出席。",
        "班车7点10分发出。",
        "统一安排，一般在园区进行。",
    ],
)
def test_said_as_the_source_has_it(said: str) -> None:
    assert bound(said, [PLAN])


@pytest.mark.parametrize(
    "said",
    [
        "到2027年签约企业达到30家。",
        "到2025年对口率达到61%。",
        "到2027年对口率达到61%以上。",
        "留任率达到61%。",
        "2025年增设氢能专业。",
        "选派导师80名。",
        "导师授课不少于12名。",
        "签约企业达到30个。",
        "教师2100人。",
        "教授90人。",
        "全年培训1.5万人次。",
        "须有三分之二成员出席。",
        "到2027年实训车间达到9个。",
    ],
)
def test_the_same_figures_said_of_something_else(said: str) -> None:
    assert not bound(said, [PLAN])


def test_a_headings_figure_holds_for_what_stands_under_it() -> None:
    assert bound("2026年建成基地6个。", ["建成基地6个。"], ["2026年工作要点"])
    assert not bound("2026年建成基地6个。", ["建成基地6个。"], ["工作要点"])

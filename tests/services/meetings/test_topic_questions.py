"""What asks is no topic."""

import pytest

from services.meetings.reading.unit_names import UnitNames
from services.meetings.reading.updates import read_topic


@pytest.mark.parametrize(
    "words",
    [
        "报议题要提前几天",
        "报议题找谁",
        "提议题要不要盖章",
        "报议题需要什么材料",
        "报议题 要提前几天",
        "报议题：要提前几天？",
    ],
)
def test_a_question_is_no_topic(words: str) -> None:
    assert read_topic(words, UnitNames({})) is None


@pytest.mark.parametrize("words", ["报议题：实训基地如何共建", "加个议题 统一实习补贴标准"])
def test_a_title_is(words: str) -> None:
    assert read_topic(words, UnitNames({})) is not None

"""Words that find fault with an answer are told from corrections of one's own figures."""

import pytest

from services.tickets.words import faults_answer


@pytest.mark.parametrize(
    "words",
    [
        "你答错了，实习补贴是2450",
        "答得不对，培训是300人",
        "你说错了，是34",
        "刚才的回答不对，应该是12家",
        "不对，你答错了",
    ],
)
def test_fault_is_found_with_an_answer(words: str) -> None:
    assert faults_answer(words, after_answer=False)


@pytest.mark.parametrize("words", ["不对，应该是2450", "说错了，应该是2450元"])
def test_a_bare_no_is_of_the_answer_only_right_after_one(words: str) -> None:
    assert faults_answer(words, after_answer=True)
    assert not faults_answer(words, after_answer=False)


@pytest.mark.parametrize("words", ["我说错了，是34", "报错了，在岗实习是285", "不对，是34", "培训填错了，应该是900"])
def test_ones_own_slip_is_none(words: str) -> None:
    assert not faults_answer(words, after_answer=True)

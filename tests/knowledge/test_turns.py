"""Turns of speech are read in full before words are looked for, and whole words are left alone."""

import pytest

from knowledge.matching import holds_word
from knowledge.speech import rejoined
from knowledge.turns import in_full
from knowledge.understanding import understand


@pytest.mark.parametrize(
    ("said", "full"),
    [
        ("验收组长由谁来当", "验收组长由谁当"),
        ("码头几时启用", "码头什么时候启用"),
        ("税按几个点交", "税按百分之多少交"),
        ("我们想加入要什么材料", "我们加入要什么材料"),
        ("设备是从哪家厂搬来的", "设备是哪家厂搬来的"),
    ],
)
def test_a_turn_of_speech_is_read_in_full(said: str, full: str) -> None:
    assert in_full(said) == full


@pytest.mark.parametrize("said", ["清单里未完成的任务", "谁来自外省", "理想的合作方"])
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

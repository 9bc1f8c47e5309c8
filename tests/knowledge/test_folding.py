"""One form for matching that keeps every character at its place."""

from hypothesis import given
from hypothesis import strategies as st

from knowledge.language.folding import bare, fold


def test_scripts_widths_and_cases_meet():
    assert fold("產教融合ＡＢ１２，“雙師型”") == "产教融合ab12,“双师型”"
    assert bare("產教 融合（試行）") == bare("产教融合(试行)")


@given(st.text(max_size=60))
def test_an_offset_in_the_folded_text_is_an_offset_in_the_original(text: str):
    assert len(fold(text)) == len(text)


@given(st.text(alphabet="產教融合学院〔２〕ABc ，。", max_size=40))
def test_folding_twice_changes_nothing(text: str):
    assert fold(fold(text)) == fold(text)

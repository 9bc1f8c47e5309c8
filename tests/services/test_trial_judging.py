"""When an answer still rests on what it should."""

import pytest

from services.trials.judging import Cited, Expected, judge

QUOTE = "理事会每年召开两次全体会议"
PLACE = Expected(frozenset({1, 2}), "第二条", QUOTE, stands=True)
REWORDED = Expected(frozenset({1, 2}), "第二条", QUOTE, stands=False)
GONE = Expected(frozenset(), "第二条", "", stands=False)
HELD = Cited(1, "第二条", f"{QUOTE}。")


@pytest.mark.parametrize(
    ("expected", "outcome", "cited", "verdict"),
    [
        ([PLACE], "answered", [HELD], "right"),
        ([PLACE], "answered", [Cited(2, "第三条", "理事会 每年召开两次全体会议，由轮值单位主持")], "right"),
        ([PLACE], "answered", [Cited(3, "第二条", QUOTE)], "wrong"),
        ([PLACE], "answered", [Cited(1, "第二条", "会议由秘书长召集")], "wrong"),
        ([PLACE], "nearest", [], "wrong"),
        ([REWORDED], "answered", [Cited(2, "第二条", "理事会每年召开四次全体会议")], "changed"),
        ([REWORDED], "answered", [Cited(2, "第三条", "理事会每年召开四次全体会议")], "wrong"),
        ([PLACE, Expected(frozenset({7}), "", "另有规定的从其规定", True)], "answered", [HELD], "wrong"),
        ([GONE], "answered", [HELD], "void"),
        ([GONE], "none", [], "void"),
    ],
)
def test_evidence_is_known_by_its_document_and_its_words(
    expected: list[Expected], outcome: str, cited: list[Cited], verdict: str
) -> None:
    assert judge("evidence", expected, outcome, cited) == verdict


@pytest.mark.parametrize(("outcome", "verdict"), [("answered", "wrong"), ("nearest", "right"), ("none", "right")])
def test_a_refusal_is_right_when_nothing_is_answered(outcome: str, verdict: str) -> None:
    assert judge("refusal", [], outcome, [HELD] if outcome == "answered" else []) == verdict

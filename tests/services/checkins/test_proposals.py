"""A model proposes for what the rules left over; only grounded figures count."""

import json
from datetime import datetime
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from services.checkins.filling.proposals import MODEL_RULE, ask_model, find_grounded, pieces_for_model
from services.checkins.library import shipped_forms
from services.checkins.reading.understanding import understand
from services.checkins.reading.understood import Understanding
from services.checkins.standing.sheets import Sheet
from services.models import CheckinEntry, Submission
from services.periods import Period

SCHOOL = shipped_forms().current("school")
NOVEMBER = Period(2026, 11)
TEXT = "在校生8012人，咱们那个夜校来了430人次"
GOOD = {"key": "training_person_times", "value": 430, "quote": "夜校来了430人次"}


def read(text: str) -> Understanding:
    now = datetime(2026, 12, 2, tzinfo=ZoneInfo("Asia/Shanghai"))
    return understand(text, form=SCHOOL, period=NOVEMBER, now=now, previous={}, ytd_before={})


def sheet(**answered: int) -> Sheet:
    draft = {key: CheckinEntry(key=key, value=Decimal(value), state="filled") for key, value in answered.items()}
    return Sheet(Submission(id=1, short_form=False, state="draft"), SCHOOL, NOVEMBER, draft, {}, {}, {})


def found(reply: Any, text: str = TEXT, **answered: int) -> dict[str, Any]:
    pieces = pieces_for_model(read(text))
    written = reply if isinstance(reply, str) else json.dumps(reply, ensure_ascii=False)
    return find_grounded(ask_model(lambda _: written, SCHOOL, pieces), pieces, sheet(**answered))


def test_a_grounded_proposal_is_kept_with_its_quote():
    item = found([GOOD])["training_person_times"]
    assert (item.value, item.rule, item.source) == (Decimal(430), MODEL_RULE, "夜校来了430人次")


@pytest.mark.parametrize(
    "reply",
    [
        [GOOD | {"value": 431}],  # not the figure of the quote
        [GOOD | {"value": 8012, "quote": "在校生8012人"}],  # not among what was left over
        [GOOD | {"value": 500, "quote": "培训500人次"}],  # not in the message
        [GOOD | {"key": "interns_on_post"}],  # 人次 are no 人
        [GOOD | {"key": "salary"}],
        [GOOD | {"key": "majors_total"}],  # not asked in this month
        [GOOD | {"value": None}],
        [GOOD | {"value": "NaN"}],
        {"key": "training_person_times"},
        "对不起，我不知道", "[}", "", "[1, 2]",
    ],
)  # fmt: skip
def test_anything_else_is_no_proposal(reply):
    assert found(reply) == {}


def test_an_answered_figure_is_not_proposed_again():
    assert found([GOOD], training_person_times=400) == {}


@pytest.mark.parametrize(
    "text",
    [
        "在校生8012人",
        "夜校13812341234那边来了430人次",
        "夜校王主任说来了430人次",
        "夜校刘师傅带了430人次",
        "请问夜校430人次怎么算？",
    ],
)
def test_nothing_is_shown_that_was_read_or_may_name_somebody(text):
    assert pieces_for_model(read(text)) == []

"""A model proposes for what the rules left over; only grounded figures count."""

import json
from datetime import datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from services.checkins.checks import Background
from services.checkins.library import shipped_forms
from services.checkins.proposals import MODEL_RULE, model_proposer, supplement
from services.checkins.reading import Intent
from services.checkins.understanding import understand
from services.periods import Period

SCHOOL = shipped_forms().current("school")
NOVEMBER = Period(2026, 11)
TEXT = "在校生8012人，咱们那个夜校来了430人次"


class FakeModel:
    def __init__(self, reply):
        self.reply, self.prompts = reply, []

    def __call__(self, prompt):
        self.prompts.append(prompt)
        return self.reply if isinstance(self.reply, str) else json.dumps(self.reply, ensure_ascii=False)


def reading_with(model, text=TEXT):
    now = datetime(2026, 12, 2, tzinfo=ZoneInfo("Asia/Shanghai"))
    rules = understand(text, form=SCHOOL, period=NOVEMBER, now=now, previous={}, ytd_before={})
    return supplement(
        rules, text, SCHOOL, NOVEMBER, Background(ytd_before={"training_person_times": 400}), model_proposer(model)
    )


def test_a_grounded_proposal_is_added_checked_and_asked_about():
    model = FakeModel([{"key": "training_person_times", "value": 430, "quote": "夜校来了430人次"}])
    reading = reading_with(model)
    item = reading.items["training_person_times"]
    assert (item.value, item.rule, item.source) == (Decimal(430), MODEL_RULE, "夜校来了430人次")
    assert reading.confirm == ("training_person_times:V04",)
    assert "confirm_proposal" in [question.id for question in reading.questions]


@pytest.mark.parametrize(
    "reply",
    [
        [{"key": "training_person_times", "value": 431, "quote": "夜校来了430人次"}],  # not the figure of the quote
        [{"key": "training_person_times", "value": 500, "quote": "培训500人次"}],  # not in the message
        [{"key": "enrolled_students", "value": 430, "quote": "430人次"}],  # the rules have it, and the unit is another
        [{"key": "salary", "value": 430, "quote": "430人次"}],  # no such key
        [{"key": "training_person_times", "value": None, "quote": "430人次"}],
        "对不起，我不知道", "[}", "",
    ],
)  # fmt: skip
def test_anything_else_changes_nothing(reply):
    reading = reading_with(FakeModel(reply))
    assert set(reading.items) == {"enrolled_students"}
    assert reading.items["enrolled_students"].value == 8012


def test_the_model_is_not_asked_when_nothing_is_left_and_never_sees_contacts():
    silent = FakeModel([])
    reading_with(silent, "在校生8012人")
    assert silent.prompts == []
    asked = FakeModel([])
    reading_with(asked, "在校生8012人，夜校13812341234那边来了430人次")
    assert "13812341234" not in asked.prompts[0]


def test_what_was_unclear_becomes_a_reply_with_the_models_help():
    model = FakeModel([{"key": "training_person_times", "value": 430, "quote": "夜校来了430人次"}])
    assert reading_with(model, "夜校来了430人次").intent is Intent.SUBMIT

"""Whatever people type, the readers answer, soon, and name only units of the register."""

import time
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.calendar.workdays import Workdays
from services.meetings.reading.deadlines import Moment, find_deadlines
from services.meetings.reading.decisions import read_decisions
from services.meetings.reading.replies import read_reply
from services.meetings.reading.unit_names import UnitNames
from services.meetings.reading.updates import read_topic, read_update

MOMENT = Moment(date(2026, 12, 22), Workdays(), date(2027, 3, 23))
NAMES = {"发改委": "市发展和改革委员会", "教育局": "市教育局", "河滨职院": "河滨职业技术学院"}
UNITS = UnitNames(NAMES)
SCRAPS = [
    *"由请决定责任单位配合牵头时限标准前内底第条项月日年周天",
    *"办完缓延期到会去来不让参加一二三十12345、，；：。（）() \n①％",
    "发改委",
    "教育局",
    "河滨职院",
    "12月31日前",
    "下次联席会前",
    "两周内",
]
messages = st.lists(st.sampled_from(SCRAPS), max_size=40).map("".join) | st.text(max_size=80)


@given(messages)
@settings(max_examples=150, deadline=None)
def test_any_text_is_answered_with_known_units_and_kept_source(text):
    for draft in read_decisions(text, UNITS, MOMENT):
        assert set(draft.owner_names + draft.co_owner_names) <= set(NAMES.values())
        assert not set(draft.owner_names) & set(draft.co_owner_names)
        assert draft.due_on is not None or any(doubt.code.startswith("due_") for doubt in draft.doubts)
        assert draft.owner_names or any(doubt.code.startswith("owner_") for doubt in draft.doubts)
    for deadline in find_deadlines(text, MOMENT):
        assert text[deadline.start : deadline.end].strip()
        assert deadline.due_on or deadline.doubts
    read_reply(text, answers_notice=True)
    read_update(text, MOMENT)
    read_topic(text, UNITS)


@pytest.mark.parametrize("scrap", ["教育局、", "由", "的", "12", "第一", "，", "能不能", "议题", "联席会张院长", "让"])
def test_a_message_of_full_length_is_read_in_time(scrap):
    text = (scrap * 4096)[:4096]
    started = time.perf_counter()
    read_decisions(text, UNITS, MOMENT)
    read_reply(text, answers_notice=True)
    read_update(text, MOMENT)
    read_topic(text, UNITS)
    assert time.perf_counter() - started < 2

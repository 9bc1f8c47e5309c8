from datetime import date, datetime, time
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from pydantic import ValidationError

from services.calendar.quiet_hours import QuietHours
from services.calendar.settings import QuietHoursSettings
from services.calendar.workdays import Workdays
from services.meetings.rules.plan import ConcernCode, plan_meeting
from services.meetings.rules.proposing import propose_dates
from services.meetings.rules.timetable import STEPS, Audience, MeetingKind
from services.meetings.settings import MeetingSettings
from services.periods import Period

SHANGHAI = ZoneInfo("Asia/Shanghai")
WORKDAYS = Workdays()
HOURS = QuietHours(QuietHoursSettings(), WORKDAYS, SHANGHAI)
SETTINGS = MeetingSettings()


def at(*parts):
    return datetime(*parts, tzinfo=SHANGHAI)


def plan(day, kind=MeetingKind.JOINT, settings=SETTINGS, hours=HOURS, **more):
    return plan_meeting(day, kind, settings, hours, **more)


def dates_of(made):
    return {step.offset: step.on for step in made.steps}


def test_meeting_of_22_december_2026():
    dates = dates_of(plan(date(2026, 12, 22)))
    expected = {-15: 1, -10: 8, -7: 11, -5: 15, -3: 17, -1: 21, 0: 22, 1: 23, 3: 25, 5: 29}
    assert {offset: dates[offset] for offset in expected} == {k: date(2026, 12, d) for k, d in expected.items()}
    assert plan(date(2026, 12, 22)).concerns == ()


def test_meeting_of_20_october_2026_is_stretched_by_the_national_holiday():
    made = plan(date(2026, 10, 20))
    dates = dates_of(made)
    assert dates[-15] == date(2026, 9, 22)
    assert dates[-10] == date(2026, 9, 30)
    assert dates[-7] == date(2026, 10, 10)  # a make-up Saturday
    assert dates[-5] == date(2026, 10, 13)
    assert dates[-3] == date(2026, 10, 15)
    natural = {step.offset: made.natural_days(step) for step in made.steps}
    assert (natural[-15], natural[-10], natural[-7]) == (-28, -20, -10)
    concerns = {concern.code: concern for concern in made.concerns}
    assert set(concerns) == {ConcernCode.STRETCHED, ConcernCode.STEP_ON_MAKEUP_DAY}
    assert concerns[ConcernCode.STRETCHED].days == 7
    assert concerns[ConcernCode.STEP_ON_MAKEUP_DAY].step == "materials_draft"


def test_makeup_saturday_carries_only_what_is_due_that_day():
    made = plan(date(2026, 10, 20))
    assert made.step("materials_draft").at == at(2026, 10, 10, 9)
    moved = plan(date(2026, 10, 20), settings=MeetingSettings(timetable={"joint": {"notice": -7}}))
    assert moved.step("notice").on == date(2026, 10, 10)
    assert moved.step("notice").at == at(2026, 10, 9, 9)


def test_eve_of_a_monday_meeting_after_a_makeup_saturday_is_friday():
    made = plan(date(2026, 10, 12))
    assert made.step("meeting_eve").on == date(2026, 10, 10)
    assert made.step("meeting_eve").at == at(2026, 10, 9, 9)


def test_steps_name_their_deadline_audience_and_record():
    made = plan(date(2026, 12, 22), starts_at=time(14, 30))
    call, notice = made.step("agenda_call"), made.step("notice")
    assert call.due_on == made.step("agenda_close").on == date(2026, 12, 10)
    assert notice.due_on == date(2026, 12, 17)
    assert call.audience is Audience.LIAISONS
    assert notice.record == "rsvp"
    assert made.step("materials_draft").audience is Audience.MISSING
    assert made.step("missing_list").audience is Audience.SECRETARIAT
    assert made.step("meeting").at == made.starts_at == at(2026, 12, 22, 14, 30)
    assert [s.key for s in made.steps][:4] == ["agenda_call", "review_open", "notice", "agenda_close"]


def test_xinjiang_hours_move_the_messages_not_the_dates():
    hours = QuietHours(
        QuietHoursSettings.model_validate({"windows": ["10:00-13:30", "16:00-19:30"]}), WORKDAYS, SHANGHAI
    )
    made = plan(date(2026, 12, 22), hours=hours)
    assert made.step("agenda_call").at == at(2026, 12, 1, 10)


def test_timetable_can_be_moved_and_thinned_step_by_step():
    settings = MeetingSettings.model_validate({"timetable": {"joint": {"agenda_call": -20, "pre_meeting": False}}})
    made = plan(date(2026, 12, 22), settings=settings)
    assert made.step("agenda_call").offset == -20
    assert made.step("pre_meeting") is None
    assert made.step("notice").offset == -10


@pytest.mark.parametrize(
    "timetable", [{"joint": {"lunch": 0}}, {"party": {}}, {"joint": {"meeting": 1}}, {"council": {"meeting": False}}]
)
def test_unknown_steps_and_kinds_are_refused(timetable):
    with pytest.raises(ValidationError):
        MeetingSettings.model_validate({"timetable": timetable})


def test_every_kind_of_meeting_has_a_plan():
    kinds = {kind: {step.key for step in plan(date(2026, 12, 22), kind).steps} for kind in MeetingKind}
    assert kinds[MeetingKind.JOINT] == set(STEPS)
    assert "agenda_call" not in kinds[MeetingKind.LIAISON] | kinds[MeetingKind.REPORT]
    assert all("notice" in keys and "meeting" in keys for keys in kinds.values())


def test_a_day_nobody_works_and_a_makeup_day_are_planned_with_a_concern():
    assert plan(date(2026, 10, 3)).concerns[0].code is ConcernCode.NOT_WORKED
    assert plan(date(2026, 10, 10)).concerns[0].code is ConcernCode.MAKEUP_DAY


def test_follow_up_into_a_year_without_table_is_reported():
    codes = [(c.code, c.year) for c in plan(date(2026, 12, 30)).concerns]
    assert codes == [(ConcernCode.UNKNOWN_YEAR, 2027)]


@given(st.dates(date(2025, 2, 1), date(2026, 11, 30)), st.sampled_from(MeetingKind))
@hypothesis_settings(deadline=None, max_examples=60)
def test_messages_are_in_order_and_on_the_right_side_of_the_meeting(day, kind):
    made = plan(day, kind)
    offsets = [step.offset for step in made.steps]
    assert offsets == sorted(offsets)
    for step in made.steps:
        local = step.at.astimezone(SHANGHAI).date()
        if step.offset < 0:
            assert local <= step.on < day
        elif step.offset > 0:
            assert local >= step.on > day


def test_fourth_quarter_of_2026_is_proposed_for_22_december():
    found = propose_dates(Period(2026, quarter=4), MeetingKind.JOINT, SETTINGS, WORKDAYS, date(2026, 11, 22))
    assert found.best[0].on == date(2026, 12, 22)
    assert found.best[0].weight == 0
    assert {concern.day for concern in found.ruled_out} == {date(2026, 12, 26), date(2026, 12, 27)}


def test_third_quarter_keeps_clear_of_the_national_holiday():
    found = propose_dates(Period(2026, quarter=3), MeetingKind.JOINT, SETTINGS, WORKDAYS, date(2026, 9, 1))
    assert found.best[0].on > date(2026, 10, 26)
    worse = {proposal.on: proposal for proposal in found.best}[date(2026, 10, 20)]
    assert worse.weight > found.best[0].weight
    assert ConcernCode.STRETCHED in {concern.code for concern in worse.concerns}


def test_days_that_leave_no_time_to_prepare_are_not_proposed():
    late = propose_dates(Period(2026, quarter=4), MeetingKind.JOINT, SETTINGS, WORKDAYS, date(2026, 12, 3))
    assert min(proposal.first_step_on for proposal in late.best) >= date(2026, 12, 3)
    assert propose_dates(Period(2026, quarter=4), MeetingKind.JOINT, SETTINGS, WORKDAYS, date(2027, 1, 1)).best == ()


def test_season_may_lie_in_the_next_year():
    settings = MeetingSettings.model_validate({"proposals": {"seasons": {4: "01-05..01-15"}}})
    found = propose_dates(Period(2025, quarter=4), MeetingKind.JOINT, settings, WORKDAYS, date(2025, 11, 1))
    assert found.best[0].on.year == 2026

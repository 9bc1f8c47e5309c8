from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.lights import Colour
from services.tasks.settings import TaskLights, TaskSettings
from services.tasks.status import Actual, Condition, Window, elapsed_share, legend, status_of, task_colour
from services.tasks.target import Cadence, Operator, Place, Target

SETTINGS = TaskSettings(plan_starts_on=date(2026, 1, 1))
NOVEMBER = date(2026, 11, 30)


def target(value="100", due_on=date(2026, 12, 31), operator=Operator.AT_LEAST, cadence=None):
    figure = Decimal(value) if value is not None else None
    return Target("A", "k", "指标", operator, figure, "个", due_on, Place("p", 1), cadence)


def status(actual, as_of=NOVEMBER, settings=SETTINGS, **fields):
    reported = Actual(Decimal(actual)) if actual is not None else None
    return status_of(target(**fields), reported, as_of, settings)


def test_training_of_13200_of_20000_in_november_is_red():
    found = status("13200", value="20000", due_on=None, cadence=Cadence.ANNUAL)
    assert found.completion == Fraction(66, 100)
    assert found.elapsed == Fraction(11, 12)
    assert f"{float(found.elapsed):.1%}" == "91.7%"
    assert (found.condition, found.colour) == (Condition.BADLY_BEHIND, Colour.RED)


@pytest.mark.parametrize(
    ("actual", "as_of", "condition", "colour"),
    [
        ("100", NOVEMBER, Condition.DONE, Colour.GREEN),
        ("130", date(2027, 3, 1), Condition.DONE, Colour.GREEN),
        ("92", NOVEMBER, Condition.ON_TRACK, Colour.GREEN),
        ("91", NOVEMBER, Condition.BEHIND, Colour.YELLOW),
        ("74", NOVEMBER, Condition.BEHIND, Colour.YELLOW),
        ("73", NOVEMBER, Condition.BADLY_BEHIND, Colour.RED),
        ("95", date(2026, 12, 24), Condition.NEAR_DUE, Colour.BLUE),
        ("95", date(2026, 12, 23), Condition.ON_TRACK, Colour.GREEN),
        ("50", date(2026, 12, 28), Condition.BADLY_BEHIND, Colour.RED),
        ("99", date(2027, 1, 1), Condition.OVERDUE, Colour.RED),
        (None, NOVEMBER, Condition.NO_DATA, Colour.WHITE),
        (None, date(2027, 1, 1), Condition.NO_DATA_PAST_DUE, Colour.WHITE),
    ],
)
def test_lights_by_completion_against_elapsed_time(actual, as_of, condition, colour):
    found = status(actual, as_of)
    assert (found.condition, found.colour) == (condition, colour)


def test_reported_zero_is_data_and_silence_is_not():
    assert status("0").condition is Condition.BADLY_BEHIND
    assert status(None).completion is None


def test_upper_limits_and_exact_figures():
    assert status("80", operator=Operator.AT_MOST).completion == 1
    assert status("125", operator=Operator.AT_MOST).completion == Fraction(4, 5)
    assert status("1", value="1", operator=Operator.EXACTLY).condition is Condition.DONE
    assert status("2", value="1", operator=Operator.EXACTLY).condition is not Condition.DONE


def test_qualitative_targets_are_judged_by_percent_or_by_done():
    goal = target(value=None, operator=Operator.QUALITATIVE)
    assert status_of(goal, Actual(done=True), NOVEMBER, SETTINGS).condition is Condition.DONE
    half = status_of(goal, Actual(percent=Decimal(50)), NOVEMBER, SETTINGS)
    assert (half.completion, half.condition) == (Fraction(1, 2), Condition.BADLY_BEHIND)
    assert status_of(goal, Actual(), NOVEMBER, SETTINGS).condition is Condition.NO_DATA


def test_policy_parameters_have_no_light():
    assert status("30", operator=Operator.PARAMETER) is None


def test_annual_target_begins_anew_and_stays_with_its_last_year():
    annual = target(due_on=date(2025, 12, 31), cadence=Cadence.ANNUAL)
    running = status_of(annual, Actual(Decimal(40)), date(2024, 6, 30), SETTINGS)
    assert (running.window, running.elapsed) == (Window(date(2024, 1, 1), date(2024, 12, 31)), Fraction(1, 2))
    over = status_of(annual, Actual(Decimal(40)), date(2026, 11, 22), SETTINGS)
    assert (over.window.last, over.condition) == (date(2025, 12, 31), Condition.OVERDUE)
    quarterly = target(value="1", due_on=None, cadence=Cadence.QUARTERLY)
    assert status_of(quarterly, Actual(Decimal(1)), NOVEMBER, SETTINGS).window.first == date(2026, 10, 1)


def test_no_schedule_is_made_up_where_the_plan_sets_none():
    assert status("50", due_on=None).condition is Condition.NO_SCHEDULE
    assert status("50", due_on=None).elapsed is None
    assert status("100", due_on=None).condition is Condition.DONE
    assert status("50", settings=TaskSettings()).condition is Condition.NO_SCHEDULE


def test_same_question_at_two_dates_gives_two_answers():
    assert status("80", date(2026, 6, 30)).condition is Condition.ON_TRACK
    assert status("80", NOVEMBER).condition is Condition.BEHIND


def test_scheme_is_a_setting_with_its_legend():
    lights = TaskLights(behind_share=0.5, near_due_days=14, no_data_past_due=Colour.RED, near_due=Colour.ORANGE)
    settings = TaskSettings(plan_starts_on=date(2026, 1, 1), lights=lights)
    assert status("50", settings=settings).condition is Condition.BEHIND
    assert status(None, date(2027, 1, 1), settings=settings).colour is Colour.RED
    entries = {entry.condition: entry for entry in legend(lights)}
    assert (entries[Condition.NEAR_DUE].number, entries[Condition.NEAR_DUE].colour) == (14, Colour.ORANGE)
    assert entries[Condition.BADLY_BEHIND].number == 50


def test_a_task_shows_its_most_urgent_light():
    late, done, silent = status("50"), status("100"), status(None)
    assert task_colour([done, late, silent]) is Colour.RED
    assert task_colour([done, silent, None]) is Colour.GREEN
    assert task_colour([silent]) is task_colour([]) is Colour.WHITE


@given(st.dates(date(2026, 1, 1), date(2027, 6, 30)), st.dates(date(2026, 1, 1), date(2027, 6, 30)))
def test_elapsed_time_never_runs_back_and_ends_at_one(one, other):
    window = Window(date(2026, 3, 1), date(2026, 12, 31))
    first, second = sorted((one, other))
    assert 0 <= elapsed_share(window, first) <= elapsed_share(window, second) <= 1
    assert elapsed_share(window, window.last) == 1

"""The checks, each with both figures in its facts."""

from decimal import Decimal

import pytest

from services.checkins.form import State
from services.checkins.library import shipped_forms
from services.checkins.reading.checks import Background, Severity, check
from services.checkins.reading.understood import Item
from services.periods import Period

SCHOOL = shipped_forms().current("school")
ENTERPRISE = shipped_forms().current("enterprise")
NOVEMBER = Period(2026, 11)


def given(**figures):
    return {key: Item(Decimal(str(value)), State.FILLED if value else State.ZERO) for key, value in figures.items()}


def codes(form, items, period=NOVEMBER, **background):
    return [found.code for found in check(form, period, items, Background(**background))]


def test_out_of_range_is_rejected():
    (found,) = check(SCHOOL, NOVEMBER, given(enrolled_students=70000), Background())
    assert (found.code, found.severity, found.facts["high"]) == ("enrolled_students:V01", Severity.REJECT, 60000)


def test_half_a_person_is_rejected_and_half_a_ten_thousand_is_not():
    assert codes(SCHOOL, given(interns_on_post=10.5, tech_service_income_wan=10.5)) == ["interns_on_post:V01"]


def test_a_part_larger_than_its_whole_is_rejected_with_both_figures():
    (found,) = check(SCHOOL, NOVEMBER, given(interns_on_post=300, interns_local=301), Background())
    assert found.code == "interns_local:V02"
    assert (found.facts["value"], found.facts["whole_value"]) == (301, 300)


def test_the_next_whole_counts_where_the_nearest_is_not_given():
    assert codes(SCHOOL, given(enrolled_students=300, interns_local=301)) == ["interns_local:V02"]


@pytest.mark.parametrize(
    ("before", "now", "spoken"), [(100, 130, False), (100, 131, True), (10, 30, False), (10, 31, True)]
)
def test_a_large_change_of_a_stock_is_confirmed(before, now, spoken):
    found = codes(SCHOOL, given(interns_on_post=now), previous={"interns_on_post": before})
    assert (found == ["interns_on_post:V03"]) is spoken


def test_a_flow_as_large_as_the_year_so_far_is_asked_about():
    items = given(training_person_times=600)
    assert codes(SCHOOL, items, ytd_before={"training_person_times": 600}) == ["training_person_times:V04"]
    assert codes(SCHOOL, items, ytd_before={"training_person_times": 601}) == []
    assert codes(SCHOOL, items, ytd_before={"training_person_times": 0}) == []


def test_a_month_worked_out_from_the_year_is_not_asked_about_again():
    item = Item(Decimal(700), State.FILLED, rule="ytd_minus_before")
    assert codes(SCHOOL, {"training_person_times": item}, ytd_before={"training_person_times": 600}) == []


def test_much_money_is_confirmed():
    assert codes(ENTERPRISE, given(invest_cash_wan=1000)) == []
    assert codes(ENTERPRISE, given(invest_cash_wan=1001)) == ["invest_cash_wan:V05"]


def test_a_shrinking_cohort_is_asked_about():
    assert codes(SCHOOL, given(grads_placed=99), previous={"grads_placed": 100}) == ["grads_placed:V07"]


def test_a_figure_that_a_register_counts_differently_is_asked_about():
    (found,) = check(SCHOOL, NOVEMBER, given(coop_agreements_new=3), Background(ledgers={"coop_agreements_new": 2}))
    assert (found.code, found.severity, found.facts["ledger"]) == ("coop_agreements_new:V08", Severity.ASK, 2)


def test_approximations_are_firmed_up_in_quarter_months_only():
    items = {"interns_on_post": Item(Decimal(90), State.FILLED, approx=True)}
    assert codes(SCHOOL, items) == []
    assert codes(SCHOOL, items, Period(2026, 12)) == ["interns_on_post:V11"]


def test_a_form_without_any_happening_is_confirmed():
    flows = [one.key for one in ENTERPRISE.due(NOVEMBER) if one.kind == "flow"]
    assert codes(ENTERPRISE, given(**dict.fromkeys(flows, 0))) == ["*:V15"]
    assert codes(ENTERPRISE, given(**dict.fromkeys(flows[1:], 0))) == []


def test_three_equal_months_are_a_soft_note_to_the_secretariat():
    figures = {one.key: 5 for one in SCHOOL.due(NOVEMBER)}
    found = check(SCHOOL, NOVEMBER, given(**figures), Background(history=(figures, figures)))
    assert [(one.code, one.severity) for one in found] == [("*:V14", Severity.SECRETARIAT)]
    assert check(SCHOOL, NOVEMBER, given(**figures), Background(history=(figures,))) == []

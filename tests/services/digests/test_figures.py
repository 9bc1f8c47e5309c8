"""The rules that a digest's numbers keep, with the golden figures of public documents."""

from datetime import UTC, date, datetime
from decimal import Decimal
from fractions import Fraction

import pytest

from services.checkins.form import State
from services.digests.figures.corrections import corrections
from services.digests.figures.cube import cube_of
from services.digests.figures.engagement import engagement
from services.digests.figures.engine import Engine
from services.digests.figures.filing import filing
from services.digests.figures.reconciliation import disagreements
from services.digests.figures.replies import Obligation, Reply
from services.digests.figures.small_cells import hidden
from services.digests.text.shown import figure_values
from services.periods import Period
from services.supply.balance import balance
from services.tasks.settings import TaskSettings
from services.tasks.target import Cadence, Operator, Place, Target
from tests.cast import HAILAN, QINGHE, XINGHE
from tests.services.digests.years import FORMS, due_at

NOVEMBER = Period(2026, 11)
UNITS = {XINGHE: (1, "school"), QINGHE: (2, "school"), HAILAN: (3, "enterprise")}


def reply(unit: str, key: str, value, period: Period = NOVEMBER, state: State = State.FILLED, **more) -> Reply:
    unit_id, kind = UNITS[unit]
    amount = None if value is None else Decimal(str(value))
    values = {"submitted_at": due_at(period), "reply_id": 1, **more}
    return Reply(unit_id, unit, kind, kind, period, key, amount, state, **values)


def owed(unit: str, period: Period = NOVEMBER, **more) -> Obligation:
    unit_id, kind = UNITS[unit]
    return Obligation(unit_id, unit, kind, kind, period, due_at(period), **more)


def engine(*replies: Reply, due: tuple[Obligation, ...] = (), targets=None) -> Engine:
    return Engine(cube_of(replies, due), FORMS, targets or {}, TaskSettings())


@pytest.mark.parametrize(
    ("key", "above", "below", "percent"),
    [
        ("placement_rate", ("grads_placed", 3185), ("grads_total", 3292), "96.75"),
        ("local_retention_rate", ("grads_local", 1759), ("grads_employed", 3185), "55.23"),
        ("local_intern_rate", ("interns_local", 1724), ("interns_on_post", 6558), "26.29"),
        ("major_match_rate", ("majors_matched", 305), ("majors_total", 414), "73.67"),
    ],
)
def test_rates_of_public_documents(key, above, below, percent):
    period = Period(2026, 9)
    figure = engine(*(reply(XINGHE, *part, period=period) for part in (above, below))).figure(key, period)
    assert round(figure.value, 2) == Decimal(percent)


def test_a_rate_is_the_ratio_of_sums_not_the_mean_of_rates():
    found = engine(
        *(reply(XINGHE, "interns_on_post", 900), reply(XINGHE, "interns_local", 90)),
        *(reply(QINGHE, "interns_on_post", 100), reply(QINGHE, "interns_local", 90)),
    ).figure("local_intern_rate", NOVEMBER)
    assert found.value == 18
    assert found.parts == (180, 1000)


def test_a_unit_that_gave_only_one_part_of_a_rate_stays_out_of_it():
    found = engine(
        *(reply(XINGHE, "interns_on_post", 900), reply(XINGHE, "interns_local", 90)),
        reply(QINGHE, "interns_on_post", 100),
        reply(QINGHE, "interns_local", None, state=State.NOT_COLLECTED),
    ).figure("local_intern_rate", NOVEMBER)
    assert (found.value, found.parts, found.n_reported) == (10, (90, 900), 1)


def test_training_is_set_against_students_over_the_year_to_date():
    found = engine(
        *(reply(XINGHE, "training_person_times", 5000, Period(2026, m)) for m in (3, 8, 11)),
        reply(XINGHE, "training_person_times", 9000, Period(2025, 12)),
        reply(XINGHE, "enrolled_students", 7000, Period(2026, 3)),
        reply(XINGHE, "enrolled_students", 7500, Period(2026, 10)),
    ).figure("training_ratio", NOVEMBER)
    assert (found.value, found.unit) == (2, "倍")


def test_zero_not_applicable_not_collected_carried_and_missing_stay_apart():
    due = tuple(owed(unit) for unit in UNITS)
    for state, value in ((State.ZERO, 0), (State.NOT_APPLICABLE, None), (State.NOT_COLLECTED, None)):
        figure = engine(reply(XINGHE, "interns_on_post", value, state=state), due=due).figure(
            "interns_on_post", NOVEMBER
        )
        assert figure.states == {state: 1, State.MISSING: 1}
        assert figure.value == (0 if value == 0 else None)
        assert [unit.name for unit in figure.missing_units] == [QINGHE]
    figure = engine(reply(XINGHE, "interns_on_post", 5, state=State.CARRIED), due=due).figure(
        "interns_on_post", NOVEMBER
    )
    assert (figure.value, figure.states) == (5, {State.CARRIED: 1, State.MISSING: 1})


def test_growth_from_zero_is_a_net_gain_and_from_nothing_a_dash():
    october = NOVEMBER.previous
    rows = [reply(XINGHE, "coop_agreements_new", 4)]
    assert engine(*rows).figure("coop_agreements_new", NOVEMBER).mom is None
    zero = engine(*rows, reply(XINGHE, "coop_agreements_new", 0, october, State.ZERO)).figure(
        "coop_agreements_new", NOVEMBER
    )
    assert (zero.mom.percent, zero.mom.difference) == (None, 4)


def test_flows_start_again_in_january_and_compare_with_the_same_months():
    rows = [reply(XINGHE, "training_person_times", n, Period(year, n)) for year in (2025, 2026) for n in (1, 2, 3, 12)]
    figures = engine(*rows)
    assert figures.figure("training_person_times", Period(2026, 1)).ytd == 1
    march = figures.figure("training_person_times", Period(2026, 3))
    assert (march.ytd, march.ytd_yoy.base, march.ytd_yoy.percent) == (6, 6, 0)


def test_quarterly_figures_stand_until_the_next_quarter_without_a_false_comparison():
    rows = [reply(XINGHE, key, n, Period(2026, 9)) for key, n in (("dual_teachers", 370), ("major_teachers", 700))]
    figure = engine(*rows).figure("dual_teacher_rate", NOVEMBER)
    assert (figure.as_of, figure.mom, round(figure.value, 1)) == (Period(2026, 9), None, Decimal("52.9"))


def test_other_units_than_last_month_are_compared_on_the_common_ones():
    october = NOVEMBER.previous
    figure = engine(
        *(reply(XINGHE, "interns_on_post", 110), reply(QINGHE, "interns_on_post", 50)),
        reply(XINGHE, "interns_on_post", 100, october),
    ).figure("interns_on_post", NOVEMBER)
    assert figure.mom.percent == 60
    assert (figure.mom.comparable.units, figure.mom.comparable.percent) == (1, 10)


def test_approximate_parts_mark_every_figure_made_of_them():
    rows = [reply(XINGHE, "interns_on_post", 900, is_approx=True), reply(XINGHE, "interns_local", 90)]
    figures = engine(*rows)
    assert figures.figure("interns_on_post", NOVEMBER).approx
    assert figures.figure("local_intern_rate", NOVEMBER).approx
    assert not figures.figure("interns_local", NOVEMBER).approx


def test_only_accepted_replies_before_the_cutoff_count():
    late = datetime(2026, 12, 9, tzinfo=UTC)
    rows = [
        reply(XINGHE, "interns_on_post", 100),
        reply(XINGHE, "interns_on_post", 120, version=2, submitted_at=late),
        reply(QINGHE, "interns_on_post", 7, accepted=False),
    ]
    before = Engine(cube_of(rows, cutoff=datetime(2026, 12, 8, tzinfo=UTC)), FORMS, {}, TaskSettings())
    assert before.figure("interns_on_post", NOVEMBER).value == 100
    assert engine(*rows).figure("interns_on_post", NOVEMBER).value == 120
    listed = corrections(rows, NOVEMBER, published_at=datetime(2026, 12, 8, tzinfo=UTC), cutoff=late)
    assert [(one.unit.name, one.old, one.new, one.is_late) for one in listed] == [(XINGHE, 100, 120, False)]


def test_sums_of_money_have_no_rounding_error():
    rows = [reply(HAILAN, "invest_cash_wan", "0.1", Period(2026, month)) for month in range(1, 11)]
    assert engine(*rows).figure("invest_cash_wan", Period(2026, 10)).ytd == 1


@pytest.mark.parametrize(("trained", "colour"), [(20000, "green"), (18400, "green"), (15000, "yellow"), (13200, "red")])
def test_a_figure_carries_the_light_of_its_target(trained, colour):
    target = Target(
        *("T9", "training_person_times", "年培训量", Operator.AT_LEAST, Decimal(20000), "人次", date(2026, 12, 31)),
        Place("plan", 1),
        cadence=Cadence.ANNUAL,
    )
    rows = [reply(XINGHE, "training_person_times", trained - 200, Period(2026, 1))]
    rows.append(reply(XINGHE, "training_person_times", 200))
    figure = engine(*rows, targets={target.key: target}).figure("training_person_times", NOVEMBER)
    assert (figure.status.colour, figure.status.completion) == (colour, Fraction(trained, 20000))
    assert figure.status.elapsed == Fraction(11, 12)


def trained_since_august(cadence, due_on=date(2026, 12, 31)):
    """1500 a month from August to October, held against 15000."""
    target = Target(
        *("T9", "training_person_times", "年培训量", Operator.AT_LEAST, Decimal(15000), "人次", due_on),
        Place("plan", 1),
        cadence=cadence,
    )
    rows = [reply(XINGHE, "training_person_times", 1500, Period(2026, month)) for month in (8, 9, 10)]
    return engine(*rows, targets={target.key: target}).figure("training_person_times", Period(2026, 10))


def test_a_sum_on_record_from_august_is_held_against_the_time_since_august():
    figure = trained_since_august(Cadence.ANNUAL)
    assert (figure.ytd, figure.ytd_since) == (4500, Period(2026, 8))
    assert (figure.status.completion, figure.status.elapsed) == (Fraction(3, 10), Fraction(3, 12))
    assert figure.status.colour == "green"
    assert figure_values(figure)["schedule_since"] == "8月"


def test_a_target_of_a_quarter_is_held_against_the_months_of_the_quarter():
    figure = trained_since_august(Cadence.QUARTERLY, None)
    assert (figure.status.completion, figure.status.elapsed) == (Fraction(1, 10), Fraction(1, 3))
    assert figure_values(figure)["schedule_since"] == ""


def test_filing_counts_late_exempt_and_missing():
    late = datetime(2026, 12, 7, 10, 0, tzinfo=UTC)
    duties = [
        owed(XINGHE, submitted_at=datetime(2026, 12, 4, tzinfo=UTC)),
        owed(QINGHE, submitted_at=late),
        owed(HAILAN),
        Obligation(9, "免报单位", "enterprise", "enterprise", NOVEMBER, due_at(NOVEMBER), exempt=True),
    ]
    found = filing(duties, NOVEMBER, cutoff=datetime(2026, 12, 8, tzinfo=UTC))
    assert (found.units, found.due, found.reported, found.late, found.exempt) == (3, 3, 2, 1, 1)
    assert [unit.name for unit, _ in found.missing] == [HAILAN]
    assert filing(duties, NOVEMBER, cutoff=datetime(2026, 12, 5, tzinfo=UTC)).reported == 1


def test_nobody_owes_before_the_due_time():
    early = owed(XINGHE, submitted_at=due_at(NOVEMBER).replace(day=1))
    duties = (early, owed(QINGHE), owed(HAILAN, NOVEMBER.previous))
    at = due_at(NOVEMBER).replace(day=2)
    november, year = (filing(duties, one, cutoff=at) for one in (NOVEMBER, Period(2026)))
    assert (november.due, november.reported, november.pending, november.missing) == (1, 1, 1, ())
    assert (year.due, year.pending, [unit.name for unit, _ in year.missing]) == (2, 1, [HAILAN])
    after = filing(duties, NOVEMBER, cutoff=due_at(NOVEMBER))
    assert (after.due, after.pending, [unit.name for unit, _ in after.missing]) == (2, 0, [QINGHE])


def test_a_year_on_record_from_august_says_so_and_is_not_compared():
    months = [Period(2025, 8).shift(n) for n in range(16)]
    found = engine(*(reply(XINGHE, "training_person_times", 10, month) for month in months))
    november = found.figure("training_person_times", NOVEMBER)
    assert (november.ytd, november.ytd_since, november.ytd_yoy) == (110, None, None)
    assert november.yoy.percent == 0
    last_year = found.figure("training_person_times", Period(2025, 11))
    assert (last_year.ytd, last_year.ytd_since) == (40, Period(2025, 8))
    quarter = found.figure("training_person_times", Period(2025, quarter=4))
    assert (quarter.value, quarter.since, quarter.mom) == (30, None, None)  # the third quarter began in August
    assert found.figure("training_person_times", Period(2025, quarter=3)).since == Period(2025, 8)


def test_year_to_date_is_compared_on_the_units_that_have_every_month():
    months = [Period(2025, 1).shift(n) for n in range(23)]
    given = [reply(XINGHE, "training_person_times", 10, month) for month in months]
    given += [reply(QINGHE, "training_person_times", 90, month) for month in months[-3:]]
    compared = engine(*given).figure("training_person_times", NOVEMBER).ytd_yoy
    assert (compared.difference, compared.comparable.difference, compared.comparable.units) == (270, 0, 1)


def test_a_rate_over_the_year_to_date_is_not_compared_with_the_month_before():
    given = []
    for year in (2025, 2026):
        given += [reply(XINGHE, "training_person_times", year - 2000, Period(year, m)) for m in range(1, 12)]
        given += [reply(XINGHE, "enrolled_students", 1000, Period(year, 10))]
    figure = engine(*given).figure("training_ratio", NOVEMBER)
    assert (figure.mom, figure.yoy.percent) == (None, 4)


def test_only_units_asked_for_both_parts_owe_a_rate():
    short = owed(QINGHE, keys=frozenset({"interns_on_post"}))
    figure = engine(reply(XINGHE, "interns_local", 1), due=(owed(XINGHE), short)).figure("local_intern_rate", NOVEMBER)
    assert figure.n_due == 1


def test_both_sides_of_internships_are_set_against_each_other():
    figures = engine(
        *(reply(XINGHE, "interns_in_members", 100), reply(HAILAN, "interns_from_members", 111)),
        *(reply(XINGHE, "order_class_students", 100), reply(HAILAN, "order_class_sponsored", 95)),
        *(reply(XINGHE, "training_person_times", 500), reply(HAILAN, "staff_trained_times", 20)),
    ).figures(NOVEMBER)
    assert disagreements(figures) == ()
    figures = engine(reply(XINGHE, "interns_in_members", 100), reply(HAILAN, "interns_from_members", 112)).figures(
        NOVEMBER
    )
    assert [one.gap for one in disagreements(figures)] == [12]


def test_engagement_names_no_gap_for_fewer_than_three_units():
    found = engagement(
        engine(reply(HAILAN, "intern_posts_offered", 40)),
        [owed(XINGHE, submitted_at=due_at(NOVEMBER)), owed(HAILAN)],
        NOVEMBER,
        datetime(2026, 12, 8, tzinfo=UTC),
    )
    assert (found.schools.response, found.enterprises.response, found.gap_points) == (100, 0, None)
    assert (found.posts, found.offering, found.asked) == (40, 1, 1)


def test_supply_and_demand_of_the_worked_example():
    found = balance(
        {"4702": 120, "4603": 90, "4303": 60, "4209": 30}, {"4702": 150, "4603": 60, "4303": 20, "5303": 70}
    )
    assert [round(float(rate), 1) for rate in (found.fit, found.satisfied, found.covered)] == [66.7, 66.7, 75.0]
    by_code = {one.code: one for one in found.classes}
    assert [by_code[code].gap for code in ("4702", "4603", "4303", "4209")] == [-30, 30, 40, 30]
    assert [float(by_code[code].deviation) for code in ("4702", "4603", "4303")] == [-0.2, 0.5, 2.0]
    assert by_code["4209"].is_blank
    assert by_code["4209"].deviation is None
    assert [one.code for one in found.top_gaps(2)] == ["4303", "4209"]


def test_small_totals_have_no_percents():
    assert balance({"4702": 10}, {"4702": 5}).fit is None


def test_one_small_cell_hides_a_second_so_that_the_total_does_not_tell_it():
    assert hidden({"a": Decimal(3), "b": Decimal(60), "c": Decimal(20)}) == {"a", "c"}
    assert hidden({"a": Decimal(3), "b": Decimal(2), "c": Decimal(20)}) == {"a", "b"}
    assert hidden({"a": Decimal(0), "b": Decimal(5)}) == frozenset()

"""同比 of stored reports: every comparison with the year before again in plain SQL, on both databases."""

from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal

import pytest
from sqlalchemy import delete, select, text, update

from bot.commands.digests import say
from bot.settings import Settings
from services.checkins.form import Kind
from services.checkins.office import open_office
from services.digests.briefing.rows import figure_rows
from services.digests.issuing.press import Press, open_digest_office
from services.digests.text.figures import figure_sentence
from services.models import CheckinCycle, CheckinEntry, Submission
from services.periods import Period
from tests.services.digests.stored import store_years

NOW = datetime(2026, 11, 12, 4, tzinfo=UTC)
OCTOBER = Period(2026, 10)
PER_UNIT = text("""
    SELECT s.unit_id, SUM(e.value), COUNT(e.value),
           SUM(CASE WHEN e.value IS NULL AND e.state = 'not_applicable' THEN 1 ELSE 0 END),
           SUM(CASE WHEN e.value IS NOT NULL AND e.is_approx THEN 1 ELSE 0 END)
    FROM checkin_entries e JOIN submissions s ON s.id = e.submission_id JOIN checkin_cycles c ON c.id = s.cycle_id
    WHERE e.key = :key AND e.layer = 'filed' AND s.state = 'accepted' AND s.form_id = :form
    AND c.period BETWEEN :first AND :last GROUP BY s.unit_id""")


@dataclass
class Side:
    """One period by SQL: sums of the units, those with a value for every month, units with an approximate part."""

    sums: dict[int, Decimal]
    whole: set[int]
    approximate: int

    def total(self, units=None) -> Decimal:
        return sum((value for unit, value in self.sums.items() if units is None or unit in units), Decimal(0))


@pytest.fixture
async def stored(database):
    async with database.transaction() as session:
        await store_years(session, count=12, first=Period(2025, 7), months=16)
    return database


async def made_of(database, period=OCTOBER):
    settings = Settings()
    office = open_office("Asia/Shanghai", settings.checkins, settings.quiet_hours, settings.holidays)
    press = Press(database, open_digest_office(settings.consortium, settings.digests, settings.tasks, office))
    return await press.make(await press.read(period, accepted_only=True, cutoff=NOW), say)


async def side(session, form: str, key: str, period: Period) -> Side:
    months = period.months
    asked = {"form": form, "key": key, "first": str(months[0]), "last": str(months[-1])}
    rows = [row for row in await session.execute(PER_UNIT, asked) if row[2]]
    sums = {row[0]: round(Decimal(str(row[1])), 4) for row in rows}
    whole = {row[0] for row in rows if row[2] + row[3] == len(months)}
    return Side(sums, whole, sum(bool(row[4]) for row in rows))


def compared(found, now: Side, then: Side) -> None:
    """The digest's comparison is that of the sums, and that of the common units where they differ."""
    if not now.sums or not then.sums:
        assert found is None
        return
    assert (found.value, found.base) == (now.total(), then.total())
    base = then.total()
    assert found.percent == (100 * (now.total() - base) / base if base else None)
    shared = now.whole & then.whole
    if not shared or shared == now.sums.keys() == then.sums.keys():
        assert found.comparable is None
        return
    same = found.comparable
    assert (same.units, same.value, same.base) == (len(shared), now.total(shared), then.total(shared))


@pytest.mark.parametrize("period", [OCTOBER, Period(2026, quarter=3)], ids=str)
async def test_every_comparison_with_last_year_equals_plain_sql(stored, period):
    made = await made_of(stored, period)
    before = period.shift(-12 if period.month else -4)
    checked, common = 0, 0
    async with stored.reading() as session:
        for form in made.engine.forms:
            for one in form.indicators:
                if one.index or (one.kind is not Kind.FLOW and not period.month):
                    continue
                figure = made.digest.figure(one.key)
                if figure is None or figure.form != form.id:
                    continue
                if not any(one.is_due(month) for month in period.months):
                    assert figure.yoy is None  # nothing new was measured
                    continue
                now, then = [await side(session, form.id, one.key, span) for span in (period, before)]
                compared(figure.yoy, now, then)
                assert figure.approx_units == now.approximate
                checked, common = checked + 1, common + bool(figure.yoy and figure.yoy.comparable)
    assert checked > 10
    assert common > 5


async def test_rates_are_compared_in_points_of_the_sums(stored):
    made, checked = await made_of(stored), 0
    async with stored.reading() as session:
        for form in made.engine.forms:
            for rate in form.derived:
                plain = rate.denominator and not rate.year_to_date and not rate.window_months and rate.unit == "%"
                if not plain or not form.indicator(rate.numerator).is_due(OCTOBER):
                    continue
                sides = []
                for period in (OCTOBER, OCTOBER.shift(-12)):
                    above = await side(session, form.id, rate.numerator, period)
                    below = await side(session, form.id, rate.denominator, period)
                    both = above.sums.keys() & below.sums.keys()
                    sides.append((above.total(both), below.total(both)))
                (top, bottom), (top_then, bottom_then) = sides
                found = made.digest.figure(rate.key).yoy
                expected = 100 * top / bottom - 100 * top_then / bottom_then if bottom and bottom_then else None
                assert (found and found.percent) is None
                assert (found.difference if found else None) == pytest.approx(expected)
                checked += expected is not None
    assert checked > 2


async def test_a_base_of_zero_is_a_net_gain_and_a_missing_one_a_dash(stored):
    async with stored.transaction() as session:
        await session.execute(
            update(CheckinEntry)
            .where(_of("interns_on_post", "2025-10"), CheckinEntry.value.is_not(None))
            .values(value=0, state="zero")
        )
        await session.execute(delete(CheckinEntry).where(_of("order_class_students", "2025-10")))
    made = await made_of(stored)
    zero, missing = (made.digest.figure(key) for key in ("interns_on_post", "order_class_students"))
    assert (zero.yoy.base, zero.yoy.percent, zero.yoy.difference) == (0, None, zero.value)
    assert missing.value
    assert missing.yoy is None
    assert f"同比净增{zero.value:f}人" in figure_sentence(say, zero)
    assert "同比" not in figure_sentence(say, missing)
    shown = [[cell.text for cell in row] for row in figure_rows(say, (zero, missing), {})]
    assert shown[0][4].startswith(f"净增{zero.value:f}")
    assert shown[1][4] == "—"


async def test_an_approximate_part_marks_the_figure_wherever_it_is_told(stored):
    async with stored.transaction() as session:
        await session.execute(update(CheckinEntry).where(_of("interns_on_post", "2026-10")).values(is_approx=False))
    exact = (await made_of(stored)).digest.figure("interns_on_post")
    async with stored.transaction() as session:
        some = select(CheckinEntry.submission_id).where(_of("interns_on_post", "2026-10"), CheckinEntry.value > 0)
        one = await session.scalar(
            some.join(Submission, Submission.id == CheckinEntry.submission_id)
            .where(Submission.state == "accepted")
            .order_by(CheckinEntry.submission_id)
        )
        await session.execute(
            update(CheckinEntry)
            .where(CheckinEntry.submission_id == one, CheckinEntry.key == "interns_on_post")
            .values(is_approx=True)
        )
    rough = (await made_of(stored)).digest.figure("interns_on_post")
    assert (exact.approx, rough.approx, rough.approx_units) == (False, True, 1)
    assert exact.yoy == rough.yoy
    assert f"约{rough.value:f}人" in figure_sentence(say, rough)
    assert "约" not in figure_sentence(say, exact)


def _of(key: str, period: str):
    inside = select(Submission.id).join(CheckinCycle, Submission.cycle_id == CheckinCycle.id)
    return (
        (CheckinEntry.key == key)
        & (CheckinEntry.layer == "filed")
        & CheckinEntry.submission_id.in_(inside.where(CheckinCycle.period == period))
    )

"""What is read from the database: every number of a digest again in plain SQL, the stamp, drafts that come due."""

import json
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from sqlalchemy import delete, select, text

from bot.commands.digests import say, write_digest
from bot.settings import Settings
from services.checkins.office import open_office
from services.checkins.running.cycles import open_cycle_for
from services.digests.figures.digest import Audience
from services.digests.issuing.drafts import draft_at, periods_closed_by, promise_due_drafts
from services.digests.issuing.making import seen_by
from services.digests.issuing.press import Press, open_digest_office
from services.models import CheckinEntry, Errand, Submission
from services.periods import Period
from services.settings import ConsortiumSettings
from tests.cast import LIN
from tests.services.digests.stored import correct, store_years

NOON = datetime(2026, 11, 12, 4, tzinfo=UTC)
FORMS = {"school", "enterprise", "bureau", "association"}
SETTINGS = Settings(consortium=ConsortiumSettings(secretaries=(LIN.telegram_id,)))


@pytest.fixture
def press(database):
    office = open_office("Asia/Shanghai", SETTINGS.checkins, SETTINGS.quiet_hours, SETTINGS.holidays)
    return Press(database, open_digest_office(SETTINGS.consortium, SETTINGS.digests, SETTINGS.tasks, office))


@pytest.fixture
async def stored(database):
    async with database.transaction() as session:
        await store_years(session, count=12, first=Period(2025, 9), months=14)
    return database


async def sums(session, key, first, last, units=""):
    """The sum of a key over accepted reports of those months; None when nobody gave one."""
    query = f"""
        SELECT SUM(e.value) FROM checkin_entries e JOIN submissions s ON s.id = e.submission_id
        JOIN checkin_cycles c ON c.id = s.cycle_id
        WHERE e.key = :key AND e.layer = 'filed' AND s.state = 'accepted' AND e.value IS NOT NULL
        AND c.period BETWEEN :first AND :last {units}"""
    found = await session.scalar(text(query), {"key": key, "first": first, "last": last})
    return None if found is None else round(float(found), 4)


BOTH = """AND s.unit_id IN (SELECT s2.unit_id FROM checkin_entries e2 JOIN submissions s2 ON s2.id = e2.submission_id
    JOIN checkin_cycles c2 ON c2.id = s2.cycle_id WHERE e2.key = '{other}' AND e2.layer = 'filed'
    AND s2.state = 'accepted' AND e2.value IS NOT NULL AND c2.period BETWEEN :first AND :last)"""


async def test_every_number_is_that_of_plain_sql(stored, press, tmp_path):
    await write_digest(stored, SETTINGS, "2026-10", tmp_path, "json", NOON)
    told = json.loads(next(tmp_path.glob("*.json")).read_text(encoding="utf-8"))
    figures = {one["key"]: one for one in told["figures"]}
    forms = {form.id: form for form in press.office.house.forms}
    checked = 0
    async with stored.reading() as session:
        for one in (one for form in forms.values() for one in form.indicators if one.index is None):
            if not one.is_due(Period(2026, 10)):
                continue
            figure = figures[one.key]
            assert figure["value"] == await sums(session, one.key, "2026-10", "2026-10"), one.key
            if one.kind == "flow":
                assert figure["ytd"] == await sums(session, one.key, "2026-01", "2026-10"), one.key
            base = await sums(session, one.key, "2026-09", "2026-09")
            if figure["mom"] is not None:
                assert figure["mom"]["base"] == base, one.key
                if base:
                    expected = 100 * (figure["value"] - base) / base
                    assert figure["mom"]["percent"] == pytest.approx(expected, abs=1e-5), one.key
            else:
                assert base is None or figure["value"] is None
            checked += 1
        for form in forms.values():
            for rate in form.derived:
                if not rate.denominator or rate.year_to_date or rate.window_months:
                    continue
                if not form.by_key[rate.numerator].is_due(Period(2026, 10)):
                    continue
                span = ("2026-10", "2026-10")
                above = await sums(session, rate.numerator, *span, BOTH.format(other=rate.denominator))
                below = await sums(session, rate.denominator, *span, BOTH.format(other=rate.numerator))
                expected = 100 * above / below if below else None
                assert figures[rate.key]["value"] == pytest.approx(expected, abs=1e-5), rate.key
                checked += 1
        states = dict(
            (
                await session.execute(
                    text(
                        "SELECT s.state, COUNT(*) FROM submissions s JOIN checkin_cycles c ON c.id = s.cycle_id "
                        "WHERE c.period = '2026-10' GROUP BY s.state"
                    )
                )
            ).all()
        )
    filing = told["filing"]
    assert filing["reported"] == states.get("accepted", 0) + states.get("submitted", 0)
    assert filing["missing"] == states.get("expected", 0)
    assert filing["exempt"] == states.get("exempt", 0)
    assert checked > 30


async def test_a_deleted_reply_leaves_every_figure_of_its_unit(stored, press):
    first = await _made(press)
    async with stored.transaction() as session:
        submission = await session.scalar(
            select(Submission.id)
            .join(CheckinEntry)
            .where(Submission.state == "accepted", CheckinEntry.key == "interns_on_post", CheckinEntry.value > 0)
            .order_by(Submission.id.desc())
        )
        gone = await session.get(CheckinEntry, (submission, "interns_on_post", "filed"))
        value = gone.value
        await session.execute(
            delete(CheckinEntry).where(CheckinEntry.submission_id == submission, CheckinEntry.key == "interns_on_post")
        )
    second = await _made(press)
    before, after = (made.digest.figure("interns_on_post") for made in (first, second))
    assert before.value - (after.value or 0) == value
    assert after.n_reported == before.n_reported - 1


async def test_the_stamp_follows_every_change_and_nothing_else(stored, press):
    day = press.office.today(NOON)
    first = await press.current_stamp(day)
    assert await press.current_stamp(day) == first
    async with stored.transaction() as session:
        entry = await session.scalar(select(CheckinEntry).where(CheckinEntry.value > 0))
        draft = {name: getattr(entry, name) for name in ("submission_id", "key", "state", "confirmed", "changed_at")}
        session.add(CheckinEntry(layer="draft", value=Decimal(1), **draft))
    assert await press.current_stamp(day) == first
    async with stored.transaction() as session:
        await correct(session, entry.submission_id, entry.key, Decimal(3), at=NOON)
    second = await press.current_stamp(day)
    assert second != first
    async with stored.transaction() as session:
        waiting = await session.scalar(select(Submission).where(Submission.state == "accepted"))
        waiting.state = "submitted"
    assert await press.current_stamp(day) not in (first, second)


async def test_waiting_reports_count_only_when_asked_for(stored, press):
    async with stored.transaction() as session:
        for one in await session.scalars(select(Submission).where(Submission.state == "accepted")):
            one.state, one.accepted_at = "submitted", None
    strict = await _made(press)
    assert all(figure.value is None for figure in strict.digest.figures)
    assert strict.digest.unreviewed > 0
    loose = await _made(press, accepted_only=False)
    assert loose.digest.figure("interns_on_post").value


async def test_a_quarter_is_made_of_its_months(stored, press):
    made = await _made(press, Period.of("2026Q3"))
    async with stored.reading() as session:
        total = await sums(session, "training_person_times", "2026-07", "2026-09")
    assert made.digest.figure("training_person_times").value == Decimal(str(total)).normalize()


async def test_a_group_hears_of_no_single_unit(stored, press):
    made = await _made(press)
    for audience in (Audience.COUNCIL, Audience.GROUP):
        digest = seen_by(made, audience).digest
        assert digest.missing_units == ()
        assert all(not one.missing_units for one in digest.figures)


async def test_drafts_come_once_after_the_due_date_in_sending_hours(database, cast, press):
    at = draft_at(press.office, Period(2026, 9))
    cycle = press.office.office.calendar.cycle(Period(2026, 9))
    assert at > cycle.due_at
    async with database.transaction() as session:
        assert await promise_due_drafts(session, press.office, now=at) == 0  # nobody was asked about that month
        await open_cycle_for(session, press.office.office, Period(2026, 9), now=cycle.opens_at, invite=False)
    night = at + timedelta(hours=14)
    for moment, expected in ((at - timedelta(minutes=1), 0), (night, 0), (at, 2), (at + timedelta(hours=1), 0)):
        async with database.transaction() as session:
            assert await promise_due_drafts(session, press.office, now=moment) == expected
    async with database.reading() as session:
        errands = list(await session.scalars(select(Errand).order_by(Errand.id)))
    assert [one.payload["period"] for one in errands] == ["2026-09", "2026Q3"]
    assert {one.chat_id for one in errands} == {LIN.telegram_id}


def test_december_closes_quarter_and_year():
    assert list(map(str, periods_closed_by(Period(2026, 12)))) == ["2026-12", "2026Q4", "2026"]
    assert list(map(str, periods_closed_by(Period(2026, 11)))) == ["2026-11"]


async def _made(press, period=Period(2026, 10), *, accepted_only=True):  # noqa: B008  (frozen)
    return await press.make(await press.read(period, accepted_only=accepted_only, cutoff=NOON), say)

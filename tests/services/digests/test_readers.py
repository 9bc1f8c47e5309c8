"""Who may see what."""

from dataclasses import replace
from decimal import Decimal

from services.checkins.form import State
from services.digests.briefing.pictures import trend_of
from services.digests.figures.digest import Audience
from services.digests.figures.readers import for_reader
from services.digests.figures.replies import Reply
from services.digests.issuing.as_json import as_json
from services.digests.text.summary import summary
from tests.cast import XINGHE
from tests.services.digests.sample import ZONE, digest, say
from tests.services.digests.test_documents import plain
from tests.services.digests.test_figures import NOVEMBER, engine
from tests.services.digests.years import due_at


def given(kind: str, key: str, *values, period=NOVEMBER, form: str = ""):
    """One reply of each of so many units."""
    return [
        Reply(n, f"{kind}{n}", kind, form or kind, period, key, Decimal(value), State.FILLED, due_at(period), n)
        for n, value in enumerate(values, start=1)
    ]


def seen(replies, key: str) -> dict:
    whole = replace(digest(), figures=engine(*replies).figures(NOVEMBER))
    return {who: for_reader(whole, who).figure(key) for who in Audience}


def test_only_sums_of_several_units_leave_the_secretariat():
    found = seen(given("enterprise", "vacancies_open", 900, 100), "vacancies_open")
    assert found[Audience.SECRETARIAT].value == 1000
    council = found[Audience.COUNCIL]
    assert (council.value, council.withheld, council.n_reported, council.parts) == (None, "few", 2, None)
    assert found[Audience.GROUP] is None
    assert seen(given("enterprise", "vacancies_open", 900, 100, 5), "vacancies_open")[Audience.GROUP].value == 1005


def test_what_public_bodies_do_is_told_to_the_council():
    found = seen(given("bureau", "policies_published", 4), "policies_published")
    assert found[Audience.COUNCIL].value == 4
    assert found[Audience.GROUP] is None


def test_small_counts_of_people_are_hidden_with_the_rates_they_make():
    people = given("school", "interns_local", 2, 1, 1)
    rate = [*people, *given("school", "interns_on_post", 30, 20, 10)]
    for replies, key in ((people, "interns_local"), (rate, "local_intern_rate")):
        found = seen(replies, key)
        assert found[Audience.SECRETARIAT].value is not None
        assert (found[Audience.COUNCIL].value, found[Audience.COUNCIL].withheld) == (None, "small")
    whole = replace(digest(), figures=engine(*rate).figures(NOVEMBER))
    told = as_json(for_reader(whole, Audience.COUNCIL))["figures"]
    figure = next(one for one in told if one["key"] == "local_intern_rate")
    assert (figure["value"], figure["parts"], figure["withheld"]) == (None, None, "small")


def test_a_comparison_with_few_units_or_people_is_for_the_secretariat():
    october = NOVEMBER.previous
    before = given("school", "interns_on_post", 100, period=october)
    found = seen([*given("school", "interns_on_post", 110, 50, 40), *before], "interns_on_post")
    assert found[Audience.SECRETARIAT].mom.comparable.units == 1
    assert found[Audience.COUNCIL].mom.comparable is None
    assert found[Audience.COUNCIL].mom.percent == 100
    before = given("school", "interns_on_post", 2, 1, 1, period=october)
    found = seen([*given("school", "interns_on_post", 110, 50, 40), *before], "interns_on_post")
    assert found[Audience.COUNCIL].mom is None


def test_pictures_show_no_more_than_the_digest():
    months = [NOVEMBER.shift(-n) for n in range(3)]
    replies = [one for month in months for one in given("school", "interns_on_post", 900, 100, period=month)]
    assert trend_of(say, engine(*replies), "interns_on_post", NOVEMBER, Audience.SECRETARIAT)
    assert trend_of(say, engine(*replies), "interns_on_post", NOVEMBER, Audience.COUNCIL) is None


def test_a_group_reads_sentences_without_numbers_and_without_units():
    whole = digest()
    assert any("120名" in one.text for one in whole.highlights)
    told = summary(plain, for_reader(whole, Audience.GROUP), ZONE)
    assert "120名" not in told
    assert XINGHE not in told
    assert "应报" in told

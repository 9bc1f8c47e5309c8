"""Who may see what."""

from dataclasses import replace

from services.digests.digest import Audience
from services.digests.readers import for_reader
from services.digests.summary import summary
from tests.cast import HAILAN, QINGHE, XINGHE
from tests.services.digests.sample import ZONE, digest
from tests.services.digests.test_documents import plain
from tests.services.digests.test_figures import NOVEMBER, engine, reply


def test_a_group_reads_no_figure_of_a_single_unit():
    found = engine(
        *(reply(XINGHE, "interns_on_post", 900), reply(QINGHE, "interns_on_post", 100)),
        reply(HAILAN, "vacancies_open", 30),
        *(reply(XINGHE, "order_class_students", 2), reply(QINGHE, "order_class_students", 1)),
    ).figures(NOVEMBER)
    whole = replace(digest(), figures=found)
    shown = {one.key for one in for_reader(whole, Audience.GROUP).figures if one.value is not None}
    assert "interns_on_post" in shown
    assert shown.isdisjoint({"vacancies_open", "order_class_students"})
    assert "vacancies_open" in {one.key for one in for_reader(whole, Audience.COUNCIL).figures if one.value is not None}


def test_a_comparison_over_one_unit_is_for_the_secretariat():
    october = NOVEMBER.previous
    found = engine(
        *(reply(XINGHE, "interns_on_post", 110), reply(QINGHE, "interns_on_post", 50)),
        reply(XINGHE, "interns_on_post", 100, october),
    ).figures(NOVEMBER)
    whole = replace(digest(), figures=found)
    seen = {who: for_reader(whole, who).figure("interns_on_post").mom for who in Audience}
    assert seen[Audience.SECRETARIAT].comparable.units == 1
    assert seen[Audience.COUNCIL].comparable is None
    assert seen[Audience.COUNCIL].percent == 60


def test_a_group_reads_sentences_without_numbers_and_without_units():
    whole = digest()
    assert any("120名" in one.text for one in whole.highlights)
    told = summary(plain, for_reader(whole, Audience.GROUP), ZONE)
    assert "120名" not in told
    assert XINGHE not in told
    assert "应报" in told

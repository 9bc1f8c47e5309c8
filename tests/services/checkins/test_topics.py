"""What a thing is about stands between its figure and its name; the next clause's figure is another's."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest

from services.checkins.reading.understanding import understand
from services.periods import Period
from tests.services.checkins.filings import make_office

OFFICE = make_office()


@pytest.mark.parametrize(
    "words",
    [
        "这个月出了一份关于现场工程师的文件，组织了2次校企对接活动，来了46个单位",
        "出了1份现场工程师的文件，组织了2次活动，来了46个单位",
        "印发了1个针对订单培养的政策文件，开了2次对接会",
    ],
)
def test_the_figure_before_a_topic_belongs_to_the_name_behind_it(words: str) -> None:
    reading = understand(
        words,
        form=OFFICE.forms.current("bureau"),
        period=Period(2026, 11),
        now=datetime(2026, 11, 27, 3, tzinfo=UTC),
        previous={},
        ytd_before={},
    )
    assert {key: one.value for key, one in reading.items.items()} == {"policies_published": Decimal(1)}
    assert reading.unplaced or reading.leftovers


def test_a_name_with_its_own_figure_takes_no_other() -> None:
    reading = understand(
        "3份合同的横向到账12万",
        form=OFFICE.forms.current("school"),
        period=Period(2026, 11),
        now=datetime(2026, 11, 27, 3, tzinfo=UTC),
        previous={},
        ytd_before={},
    )
    assert reading.items["tech_service_income_wan"].value == Decimal(12)

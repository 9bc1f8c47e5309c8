"""Whatever a form asks can be told by its own labels, in any order: people copy them out of the template."""

import random

import pytest

from services.checkins.form import Indicator
from services.checkins.library import shipped_forms
from services.periods import Period
from tests.services.checkins.readings import values

FORMS = ("school", "enterprise", "bureau", "association")
NOVEMBER = Period(2026, 11)
WAYS = {
    "label: figure": lambda one, figure: f"{one.label}：{figure}",
    "label figure unit": lambda one, figure: f"{one.label}{figure}{one.unit}",
    "label (unit): figure": lambda one, figure: f"{one.label}（{one.unit}）：{figure}",
    "short figure": lambda one, figure: f"{one.name}{figure}",
}
ENDS = ("，", "；", "\n", "。")


def asked_of(form_id: str) -> list[Indicator]:
    """What the form asks in November, one of each."""
    return [one for one in shipped_forms().current(form_id).due(NOVEMBER) if one.index is None]


@pytest.mark.parametrize("form_id", FORMS)
@pytest.mark.parametrize("way", WAYS)
def test_a_figure_after_its_label_is_read_in_any_company(form_id: str, way: str) -> None:
    draw = random.Random(f"{form_id} {way}")
    for _ in range(12):
        some = draw.sample(asked_of(form_id), min(4, len(asked_of(form_id))))
        told = {one.key: 21 + number for number, one in enumerate(some)}
        words = draw.choice(ENDS).join(WAYS[way](one, told[one.key]) for one in some)
        assert values(form_id, words) == told, words

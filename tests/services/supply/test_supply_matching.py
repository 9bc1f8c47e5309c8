"""Matching: what must hold, tiers, and a greedy allocation whose rest is always told."""

from dataclasses import replace
from datetime import date

import pytest

from services.supply.matching import Offered, Wanted, fits, match, tier_of
from services.supply.settings import SupplySettings

SETTINGS = SupplySettings()
POST = Wanted(1, 30, ("470201",), "中职", date(2027, 3, 1), date(2027, 3, 31), frozenset({"化工总控工证"}))
BATCH = Offered(1, 50, "470201", "高职专科", date(2027, 4, 15))


@pytest.mark.parametrize(
    ("major", "tier"), [("470201", "A"), ("470208", "B"), ("670201", "B"), ("470101", "C"), ("4602", "D"), ("5301", "")]
)
def test_tiers_go_from_the_same_major_to_the_industry_only(major: str, tier: str) -> None:
    assert tier_of(replace(POST, industry_classes=("4602",)), replace(BATCH, major=major)) == tier


def test_level_time_and_number_must_hold() -> None:
    assert fits(POST, BATCH, SETTINGS)
    assert not fits(replace(POST, level="本科"), BATCH, SETTINGS)
    assert not fits(POST, replace(BATCH, from_day=date(2027, 5, 1)), SETTINGS)
    assert fits(POST, replace(BATCH, from_day=date(2027, 4, 30)), SETTINGS)
    assert not fits(POST, replace(BATCH, available=0), SETTINGS)


def test_better_tiers_are_served_first_and_the_rest_is_told() -> None:
    near = replace(POST, id=2, headcount=40, majors=("470208",))
    found = match([POST, near], [BATCH], SETTINGS)
    assert [(one.wanted, one.tier, one.headcount) for one in found.matches] == [(1, "A", 30), (2, "B", 20)]
    assert (found.unmet, found.unplaced) == ({1: 0, 2: 20}, {1: 0})


def test_a_certificate_counts_and_an_earlier_date_breaks_the_tie() -> None:
    early = replace(BATCH, id=2, from_day=date(2027, 1, 1))
    holder = replace(BATCH, id=3, certs=frozenset({"化工总控工证"}))
    found = match([replace(POST, headcount=110)], [BATCH, early, holder], SETTINGS)
    assert [(one.offered, one.score) for one in found.matches] == [(3, 105), (2, 100), (1, 100)]


def test_an_internship_needs_overlapping_windows() -> None:
    post = replace(POST, is_training=True)
    assert not fits(post, replace(BATCH, intern_from=date(2027, 5, 1)), SETTINGS)
    assert fits(post, replace(BATCH, intern_from=date(2027, 2, 1), intern_to=date(2027, 3, 1)), SETTINGS)

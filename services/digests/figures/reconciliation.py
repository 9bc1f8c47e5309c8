"""Both sides of one fact: what schools and enterprises say of the same students (V13). For the secretariat only."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from services.digests.figures.figure import Figure

GAP_PERCENT = Decimal(10)


@dataclass(frozen=True)
class Pair:
    """Two keys that should agree; with ``at_most`` the second may not exceed the first, and may be less."""

    school: str
    enterprise: str
    at_most: bool = False


PAIRS = (
    Pair("interns_in_members", "interns_from_members"),
    Pair("order_class_students", "order_class_sponsored"),
    Pair("training_person_times", "staff_trained_times", at_most=True),
)


@dataclass(frozen=True)
class Disagreement:
    """A gap worth a question; ``gap_percent`` is measured against the larger side."""

    school: Figure
    enterprise: Figure
    gap: Decimal
    gap_percent: Decimal


def disagreements(
    figures: Iterable[Figure], *, pairs: Iterable[Pair] = PAIRS, gap_percent: Decimal = GAP_PERCENT
) -> tuple[Disagreement, ...]:
    """Pairs that lie further apart than the allowance; a side that nobody reported is no disagreement."""
    by_key = {figure.key: figure for figure in figures}
    found = []
    for pair in pairs:
        school, enterprise = by_key.get(pair.school), by_key.get(pair.enterprise)
        if school is None or enterprise is None or school.value is None or enterprise.value is None:
            continue
        gap = enterprise.value - school.value
        larger = max(school.value, enterprise.value)
        if not larger or (pair.at_most and gap <= 0):
            continue
        share = 100 * abs(gap) / larger
        if share > gap_percent:
            found.append(Disagreement(school, enterprise, gap, share))
    return tuple(found)

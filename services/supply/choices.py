"""What may be tapped in answer to a question about an offer; anything else can be said in words."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from services.models import DemandPost
from services.supply.catalogue import ANY_LEVEL, Catalogue, level_of
from services.supply.dates import find_window, month_choices, month_end, shifted
from services.supply.fields import BATCH_LEVELS, FORMS, POST_LEVELS, Offer

SPANS = (3, 6, 12)
MOST_MAJORS = 5


@dataclass(frozen=True)
class Choice:
    """One button: the kind of its label with what that shows, and the fields that it gives."""

    label: str
    shows: dict[str, Any]
    gives: dict[str, Any] = field(default_factory=dict)


def choices_for(offer: Offer, name: str, catalogue: Catalogue, today: date) -> Sequence[Choice]:
    """The likely answers about one field, likeliest first; empty where only words will do."""
    is_post = isinstance(offer, DemandPost)
    if name == "level":
        return [_word("level", one) for one in (POST_LEVELS if is_post else BATCH_LEVELS)]
    if name == "form":
        return [_word("form", one) for one in FORMS]
    if name == "months":
        return [Choice("months", {"months": one}, {"months": one}) for one in SPANS]
    if name == "majors":
        return _majors(offer, catalogue, is_post)
    if name in ("start_from", "grad_date", "intern_from"):
        return [_month(name, day, today) for day in _months(offer, name, today)]
    return ()


def _word(name: str, value: str) -> Choice:
    return Choice("word", {"word": value}, {name: value})


def _majors(offer: Offer, catalogue: Catalogue, is_post: bool) -> list[Choice]:
    codes = catalogue.find(offer.major_said)[:MOST_MAJORS] if offer.major_said else ()
    found = []
    for code in codes:
        shows = {"name": catalogue.name(code), "code": code, "level": level_of(code)}
        gives: dict[str, Any] = {"majors": [code], "major_said": catalogue.name(code)}
        found.append(Choice("major", shows, gives if is_post else gives | _level(code)))
    if is_post:
        if len(codes) > 1:
            found.append(Choice("all_majors", {}, {"majors": list(codes)}))
        found.append(Choice("any_major", {}, {"majors": [], "major_said": ANY_LEVEL}))
    return found


def _level(code: str) -> dict[str, Any]:
    level = level_of(code)
    return {"level": level} if level else {}


def _months(offer: Offer, name: str, today: date) -> Sequence[date]:
    window = find_window(offer.said, today) if offer.said else None
    if window is not None and window.vague:
        return month_choices(window.vague, today)
    if name == "grad_date":
        summer = getattr(offer, "class_year", None) or (today.year if today.month <= 6 else today.year + 1)
        return date(summer, 6, 1), date(summer, 7, 1), date(summer + 1, 6, 1)
    return [shifted(today.replace(day=1), number) for number in range(4)]


def _month(name: str, first: date, today: date) -> Choice:
    """A month; of the month that runs only what is left of it."""
    begin = max(first, today) if (first.year, first.month) == (today.year, today.month) else first
    last = month_end(first)
    gives = {
        "start_from": {"start_from": begin.isoformat(), "start_to": last.isoformat()},
        "intern_from": {"intern_from": begin.isoformat()},
        "grad_date": {"grad_date": first.isoformat()},
    }[name]
    return Choice("month", {"month": first.isoformat()}, gives)

"""Digits as documents show them: half-width, rounded half up, no words. The words around them are in the texts."""

from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import Any

from services.checkins.form import Kind
from services.digests.figures.figure import Change, Figure
from services.periods import Period

PERCENT_PLACES = 2
CHANGE_PLACES = 1


def rounded(value: Decimal | Fraction, places: int) -> Decimal:
    """Half up, as tables of public bodies round."""
    exact = Decimal(value.numerator) / value.denominator if isinstance(value, Fraction) else value
    return exact.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)


def digits(value: Decimal | Fraction | int | None, places: int = 0, *, grouped: bool = False) -> str:
    """12345.60 as 12345.6, or 12,345.6 when grouped; empty for no value."""
    if value is None:
        return ""
    amount = rounded(Decimal(value) if isinstance(value, int) else value, places)
    text = f"{amount:,f}" if grouped else f"{amount:f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text == "-0" else text


def figure_values(figure: Figure, *, grouped: bool = False) -> dict[str, Any]:
    """A figure as the templates take it: strings of digits, flags and plain facts."""
    places = figure.decimals
    against = figure.status
    return {
        "key": figure.key,
        "label": figure.label,
        "unit": figure.unit,
        "value": digits(figure.value, places, grouped=grouped),
        "ytd": digits(figure.ytd, places, grouped=grouped),
        "kind": figure.kind.value if figure.kind else "derived",
        "mom": change_values(figure.mom, places, grouped=grouped),
        "yoy": change_values(figure.yoy, places, grouped=grouped),
        "ytd_yoy": change_values(figure.ytd_yoy, places, grouped=grouped),
        "since_month": (figure.since and figure.since.month) or 0,
        "ytd_since_month": (figure.ytd_since and figure.ytd_since.month) or 0,
        "as_of_month": _as_of_month(figure),
        "approx": figure.approx,
        "withheld": figure.withheld,
        "reported": figure.n_reported,
        "due": figure.n_due,
        "partial": len(figure.partial_units),
        "target": digits(against.target.value, 2, grouped=grouped) if against else "",
        "completion": digits(100 * against.completion, 1) if against and against.completion is not None else "",
        "schedule": digits(100 * against.elapsed, 1) if against and against.elapsed is not None else "",
        "schedule_since": schedule_since(figure),
        "light": against.colour.value if against else "",
    }


def schedule_since(figure: Figure) -> str:
    """The month from which 序时 counts, where it is not the whole time of the target; empty else."""
    return month_begun(figure.status.counted_from if figure.status else None, figure.period)


def month_begun(begun: date | None, period: Period) -> str:
    """The month of that day as a text of that period names it: its year only where it is another one."""
    if begun is None:
        return ""
    return f"{begun.month}月" if begun.year == period.year else Period.month_of(begun).label


def _as_of_month(figure: Figure) -> int:
    """The month to name beside a value: one before the period, or the one a quarter's stock figure is read at."""
    if figure.as_of is None or figure.as_of.month is None or figure.kind is Kind.FLOW:
        return 0
    before = figure.as_of < figure.period.months[0]
    within = figure.kind is not None and figure.period.month is None
    return figure.as_of.month if before or within else 0


def change_values(change: Change | None, places: int = 0, *, grouped: bool = False) -> dict[str, Any] | None:
    """A comparison as the templates take it; ``by`` is the size without its sign."""
    if change is None:
        return None
    kind = "points" if change.in_points else "net" if change.percent is None else "percent"
    shown = change.difference if kind in ("points", "net") else change.percent
    step = max(places, 0) if kind == "net" else CHANGE_PLACES
    size = rounded(abs(shown or Decimal(0)), step)
    direction = "same" if size == 0 else "up" if change.difference > 0 else "down"
    return {
        "kind": kind,
        "direction": direction,
        "by": digits(size, step, grouped=grouped),
        "units": change.units,
        "base_month": change.base_as_of.month or 0,
        "same": _same(change.comparable, places, grouped, (kind, direction, digits(size, step, grouped=grouped))),
    }


def _same(change: Change | None, places: int, grouped: bool, beside: tuple[str, str, str]) -> dict[str, Any] | None:
    """The comparison over the common units; ``is_equal`` when it reads as the one beside it."""
    found = change_values(change, places, grouped=grouped)
    return found and found | {"is_equal": (found["kind"], found["direction"], found["by"]) == beside}

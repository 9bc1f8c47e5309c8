"""What the secretariat's page shows, as values for its template."""

from collections.abc import Iterable
from decimal import Decimal
from itertools import groupby
from typing import Any

from handlers import texts
from services.digests.figures.digest import Digest
from services.digests.figures.engine import Engine
from services.digests.figures.figure import Figure
from services.digests.issuing.making import Made
from services.digests.issuing.opening import rows_behind
from services.digests.text.figures import headline_figures, plain_label
from services.digests.text.literal import literal
from services.digests.text.prose import named
from services.digests.text.shown import digits, figure_values
from services.periods import Period

TREND_MONTHS = 12
FORMS = ("school", "enterprise", "bureau", "association")


def board_values(made: Made) -> dict[str, Any]:
    """The first view: filing, headlines with their trends, other figures, tasks, lists, words."""
    digest, engine = made.digest, made.engine
    filing = digest.filing
    headlines = headline_figures(digest)
    shown = {one.key for one in headlines}
    others = [one for one in digest.figures if one.key not in shown and (one.n_due or one.n_reported)]
    words = [*digest.highlights, *(one.sentence for one in digest.problems), *digest.next_steps]
    return {
        "counts": [
            ("due", filing.due),
            ("reported", filing.reported),
            ("late", filing.late),
            ("missing", len(filing.missing)),
            ("exempt", filing.exempt),
            *([("pending", filing.pending)] if filing.pending else []),
        ],
        "spans": _spans(digest.period),
        "headlines": [_values(one) | {"points": _points(engine, one)} for one in headlines],
        "others": [
            (say(f"digest_document.group_{form}") if form in FORMS else form, [_values(one) for one in found])
            for form, found in groupby(others, key=lambda one: one.form)
        ],
        "tasks": digest.tasks,
        "lists": [
            ("owing", [f"{unit.name}　{month.label}" for unit, month in filing.missing]),
            ("late_units", [f"{unit.name}　{month.label}" for unit, month in filing.late_ones]),
            ("sides", [_side(one) for one in digest.disagreements]),
        ],
        "words": [(_line(one), ".".join(map(str, one.reply_ids))) for one in words],
    }


def _spans(period: Period) -> list[Period]:
    """The month, quarter and year to go on to."""
    last = period.months[-1]
    quarter = Period(last.year, quarter=((last.month or 12) + 2) // 3)
    return [one for one in (last, quarter, Period(last.year)) if one != period]


def figure_view_values(made: Made, key: str) -> dict[str, Any]:
    """A figure, unit by unit."""
    period, engine = made.digest.period, made.engine
    figure = engine.figure(key, period)
    opened = engine.figure(figure.query.keys[0], period)
    rows, more = rows_behind(engine, key, period, limit=2000)
    return {
        "figure": _values(figure) | {"points": _points(engine, figure)},
        "opened": plain_label(opened.label) if opened.key != key else "",
        "unit_word": opened.unit,
        "more": more,
        "rows": [
            {
                "unit_id": row.unit_id,
                "name": row.name,
                "shown": digits(row.value, opened.decimals, grouped=True),
                "state": say(f"digest_page.state_{row.state.value}"),
            }
            for row in rows
        ],
    }


def answer_values(found: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """The answers of a unit, or those that a sentence stands on."""
    return [one | {"shown": literal(one["text"]) or _shown(one["value"], one["state"], one["approx"])} for one in found]


def shared_values(digest: Digest) -> dict[str, Any]:
    """What every view names."""
    return {
        "consortium": digest.consortium,
        "period": digest.period,
        "cutoff": digest.cutoff.isoformat(),
        "accepted_only": digest.accepted_only,
        "unreviewed": digest.unreviewed,
    }


def _values(figure: Figure) -> dict[str, Any]:
    values = figure_values(figure, grouped=True)
    for change in (one for base in ("mom", "yoy") for one in (values[base], (values[base] or {}).get("same"))):
        if change:
            kind = change["kind"]
            change["sign"] = (
                say("digest_page.points") if kind == "points" else "%" if kind == "percent" else figure.unit
            )
    return values | {"name": plain_label(figure.label)}


def _points(engine: Engine, figure: Figure) -> dict[str, Any] | None:
    """A line over twelve months in a box of 320 × 64; None with fewer than two values."""
    last = figure.period.months[-1]
    months = [last.shift(-back) for back in reversed(range(TREND_MONTHS))]
    found = [(at, one, one.value) for at, one in enumerate(engine.series(figure.key, months)) if one.value is not None]
    if len(found) < 2:
        return None
    low, high = min(value for *_, value in found), max(value for *_, value in found)
    spread = (high - low) or Decimal(1)
    dots = [
        {
            "x": round(6 + 308 * at / (TREND_MONTHS - 1), 1),
            "y": round(56 - 48 * float((value - low) / spread), 1),
            "hollow": one.n_reported < one.n_due,
        }
        for at, one, value in found
    ]
    spoken = {"first": found[0][1].period.label, "last": found[-1][1].period.label}
    return {
        "line": " ".join(f"{dot['x']},{dot['y']}" for dot in dots),
        "dots": [dot for dot in dots if dot["hollow"] or dot in (dots[0], dots[-1])],
        "label": say("digest_page.trend_of", label=plain_label(figure.label), **spoken),
        "months": [
            {"month": one.period.label, "value": _values(one)["value"], "reported": one.n_reported, "due": one.n_due}
            for _, one, _ in reversed(found)
        ],
    }


def _side(one: Any) -> str:
    places = one.school.decimals
    return say(
        "digest_page.side",
        school=plain_label(one.school.label),
        a=digits(one.school.value, places),
        b=digits(one.enterprise.value, places),
        gap=digits(abs(one.gap), places),
        percent=digits(one.gap_percent, 1),
        unit=one.school.unit,
    )


def _line(sentence: Any) -> str:
    drafted = f"（{say('digest_page.drafted')}）" if sentence.drafted else ""
    return literal(f"{named(sentence)}：{sentence.text}{drafted}")


def _shown(value: str, state: str, approx: bool) -> str:
    if not value:
        return say(f"digest_page.state_{state}")
    return say("digest_page.approx", value=value) if approx else value


def say(key: str, **values: Any) -> str:
    """Words of the page, without markup."""
    return texts.plain(key, values)

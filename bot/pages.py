"""The secretariat's page: board, trends, lights, and every figure down to its replies. Read-only, by a signed link."""

import asyncio
from collections.abc import Callable, Iterable
from datetime import datetime
from decimal import Decimal
from functools import cache
from itertools import groupby
from pathlib import Path
from typing import Any

from aiohttp import web

from handlers import texts
from services.digests.digest import Digest
from services.digests.engine import Engine
from services.digests.errors import LinkInvalid
from services.digests.figures import Figure
from services.digests.links import PATH, read_link
from services.digests.literal import literal
from services.digests.making import Made
from services.digests.opening import open_answers, open_sentence, rows_behind
from services.digests.press import Press
from services.digests.prose import headline_figures, named, plain_label
from services.digests.shown import digits, figure_values
from services.errors import NotFound
from services.members.actors import Actor
from services.periods import Period

TEMPLATE = Path(__file__).parent / "board.html"
TREND_MONTHS = 12
MAX_WORDS = 24  # replies behind one sentence
FORMS = ("school", "enterprise", "bureau", "association")
HEADERS = {
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "X-Robots-Tag": "noindex",
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'",
}


class Board:
    """Serves the page. What was made last is kept as long as the facts stay the same."""

    def __init__(self, press: Press, *, clock: Callable[[], datetime]) -> None:
        self._press, self._clock = press, clock
        self._last: tuple[tuple[str, str], Made] | None = None

    def routes(self) -> list[web.RouteDef]:
        """One address; what is shown stands in the query."""
        return [web.get(PATH + "{token}", self.show)]

    async def show(self, request: web.Request) -> web.Response:
        """The board, a figure, or the answers of a unit behind it."""
        now, office = self._clock(), self._press.office
        try:
            async with self._press.database.reading() as session:
                actor = await read_link(session, request.match_info["token"], office.secretaries, now=now)
        except LinkInvalid:
            return _page(403, view="gone", consortium=office.house.consortium)
        period = _period(request.query.get("period", ""), office.latest_due(now))
        made = await self._made(period, now)
        known = {one.key for one in made.digest.figures}
        key, unit, words = (request.query.get(name, "") for name in ("key", "unit", "words"))
        shared = _shared(made.digest)
        if words:
            answers = await self._words(actor, words)
            return _page(200 if answers else 404, view="answers", key="", answers=answers, **shared)
        if not key:
            return _page(200, view="board", **shared, **await asyncio.to_thread(_board, made))
        if key not in known:
            return _page(404, view="nothing", **shared)
        if unit.isascii() and unit.isdigit() and len(unit) < 19:
            answers = await self._answers(actor, int(unit), key, made)
            return _page(200, view="answers", key=key, answers=answers, **shared)
        return _page(200, view="figure", **shared, **await asyncio.to_thread(_figure_view, made, key))

    async def _made(self, period: Period, now: datetime) -> Made:
        accepted_only = self._press.office.settings.accepted_only
        stamp = await self._press.current_stamp(self._press.office.today(now))
        if self._last is None or self._last[0] != (str(period), stamp):
            read = await self._press.read(period, accepted_only=accepted_only, cutoff=now)
            self._last = (str(period), read.stamp), await self._press.make(read, _say)
        return self._last[1]

    async def _answers(self, actor: Actor, unit_id: int, key: str, made: Made) -> list[dict[str, Any]]:
        figure = made.engine.figure(key, made.digest.period)
        async with self._press.database.reading() as session:
            library = self._press.office.library
            found = await open_answers(session, library, actor, unit_id, figure.query.keys, made.digest.period)
        return _answers(found)

    async def _words(self, actor: Actor, written: str) -> list[dict[str, Any]]:
        """The replies that a sentence stands on, by their numbers; nothing for what is not numbers or not there."""
        numbers = [
            int(one) for one in written.split(".")[:MAX_WORDS] if one.isascii() and one.isdigit() and len(one) < 19
        ]
        try:
            async with self._press.database.reading() as session:
                return _answers(await open_sentence(session, self._press.office.library, actor, numbers))
        except (NotFound, IndexError):
            return []


def _board(made: Made) -> dict[str, Any]:
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
            (_say(f"digest_document.group_{form}") if form in FORMS else form, [_values(one) for one in found])
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


def _figure_view(made: Made, key: str) -> dict[str, Any]:
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
                "state": _say(f"digest_page.state_{row.state.value}"),
            }
            for row in rows
        ],
    }


def _answers(found: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    return [one | {"shown": literal(one["text"]) or _shown(one["value"], one["state"], one["approx"])} for one in found]


def _shared(digest: Digest) -> dict[str, Any]:
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
                _say("digest_page.points") if kind == "points" else "%" if kind == "percent" else figure.unit
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
        "label": _say("digest_page.trend_of", label=plain_label(figure.label), **spoken),
        "months": [
            {"month": one.period.label, "value": _values(one)["value"], "reported": one.n_reported, "due": one.n_due}
            for _, one, _ in reversed(found)
        ],
    }


def _side(one: Any) -> str:
    places = one.school.decimals
    return _say(
        "digest_page.side",
        school=plain_label(one.school.label),
        a=digits(one.school.value, places),
        b=digits(one.enterprise.value, places),
        gap=digits(abs(one.gap), places),
        percent=digits(one.gap_percent, 1),
        unit=one.school.unit,
    )


def _line(sentence: Any) -> str:
    drafted = f"（{_say('digest_page.drafted')}）" if sentence.drafted else ""
    return literal(f"{named(sentence)}：{sentence.text}{drafted}")


def _shown(value: str, state: str, approx: bool) -> str:
    if not value:
        return _say(f"digest_page.state_{state}")
    return _say("digest_page.approx", value=value) if approx else value


def _period(written: str, otherwise: Period) -> Period:
    try:
        found = Period.of(written)
    except ValueError:
        return otherwise
    return found if 2000 <= found.year <= 2100 else otherwise


def _say(key: str, **values: Any) -> str:
    return texts.plain(key, values)


def _page(status: int, **values: Any) -> web.Response:
    body = _template().render(w=lambda name, **facts: _say(f"digest_page.{name}", **facts), **values)
    return web.Response(status=status, text=body, content_type="text/html", charset="utf-8", headers=HEADERS)


@cache
def _template() -> Any:
    from jinja2 import Environment, StrictUndefined

    environment = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    return environment.from_string(TEMPLATE.read_text(encoding="utf-8"))

"""The secretariat's page: board, trends, lights, and every figure down to its replies. Read-only, by a signed link."""

import asyncio
from collections.abc import Callable
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

from aiohttp import web

from bot.page_views import answer_values, board_values, figure_view_values, say, shared_values
from services.digests.errors import LinkInvalid
from services.digests.issuing.making import Made
from services.digests.issuing.opening import open_answers, open_sentence
from services.digests.issuing.press import Press
from services.digests.links import PATH, read_link
from services.errors import NotFound
from services.members.actors import Actor
from services.periods import Period

TEMPLATE = Path(__file__).parent / "board.html"
MAX_WORDS = 24  # replies behind one sentence
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
        shared = shared_values(made.digest)
        if words:
            answers = await self._words(actor, words)
            return _page(200 if answers else 404, view="answers", key="", answers=answers, **shared)
        if not key:
            return _page(200, view="board", **shared, **await asyncio.to_thread(board_values, made))
        if key not in known:
            return _page(404, view="nothing", **shared)
        if unit.isascii() and unit.isdigit() and len(unit) < 19:
            answers = await self._answers(actor, int(unit), key, made)
            return _page(200, view="answers", key=key, answers=answers, **shared)
        return _page(200, view="figure", **shared, **await asyncio.to_thread(figure_view_values, made, key))

    async def _made(self, period: Period, now: datetime) -> Made:
        accepted_only = self._press.office.settings.accepted_only
        stamp = await self._press.current_stamp(self._press.office.today(now))
        if self._last is None or self._last[0] != (str(period), stamp):
            read = await self._press.read(period, accepted_only=accepted_only, cutoff=now)
            self._last = (str(period), read.stamp), await self._press.make(read, say)
        return self._last[1]

    async def _answers(self, actor: Actor, unit_id: int, key: str, made: Made) -> list[dict[str, Any]]:
        figure = made.engine.figure(key, made.digest.period)
        async with self._press.database.reading() as session:
            library = self._press.office.library
            found = await open_answers(session, library, actor, unit_id, figure.query.keys, made.digest.period)
        return answer_values(found)

    async def _words(self, actor: Actor, written: str) -> list[dict[str, Any]]:
        """The replies that a sentence stands on, by their numbers; nothing for what is not numbers or not there."""
        numbers = [
            int(one) for one in written.split(".")[:MAX_WORDS] if one.isascii() and one.isdigit() and len(one) < 19
        ]
        try:
            async with self._press.database.reading() as session:
                return answer_values(await open_sentence(session, self._press.office.library, actor, numbers))
        except (NotFound, IndexError):
            return []


def _period(written: str, otherwise: Period) -> Period:
    try:
        found = Period.of(written)
    except ValueError:
        return otherwise
    return found if 2000 <= found.year <= 2100 else otherwise


def _page(status: int, **values: Any) -> web.Response:
    body = _template().render(w=lambda name, **facts: say(f"digest_page.{name}", **facts), **values)
    return web.Response(status=status, text=body, content_type="text/html", charset="utf-8", headers=HEADERS)


@cache
def _template() -> Any:
    from jinja2 import Environment, StrictUndefined

    environment = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    return environment.from_string(TEMPLATE.read_text(encoding="utf-8"))

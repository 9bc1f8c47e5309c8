"""One figure in the chat: told, and opened unit by unit."""

import asyncio

from bot.digest_errands import DigestErrands
from handlers.digests.pages import unit_buttons
from services.checkins.standing.finding import count_unreviewed
from services.digests.issuing.editions import audience_of
from services.digests.issuing.opening import figure_facts, may_see_unit, rows_behind
from services.digests.text.figures import plain_label
from services.digests.text.shown import digits
from services.errands import finish
from services.errors import NotAllowed
from services.models import Errand
from services.outbox import Note
from services.periods import Period


class DigestFigures(DigestErrands):
    """The workers for errands about single figures."""

    async def tell_figure(self, errand: Errand) -> None:
        """One figure, of all units or of one, against a period or a number."""
        asked, now = errand.payload, self._clock()
        actor, period = await self.actor(errand), Period.of(asked["period"])
        audience = audience_of(actor)
        if not (may_see_unit(actor, asked["unit_id"]) if asked.get("unit_id") else audience):
            await self.refuse(errand, NotAllowed(needs="unit"))
            return
        accepted_only = self._office.settings.accepted_only
        read = await self._press.read(period, accepted_only=accepted_only, cutoff=now)
        house = self._office.house
        wanted = {**asked, "audience": audience}
        told = await asyncio.to_thread(figure_facts, house, read.facts, read.asked, read.around.targets, wanted)
        payload = {"key": asked["key"], "period": str(period)}
        buttons = () if asked.get("unit_id") or not actor.is_secretariat else unit_buttons(payload)
        async with self._database.transaction() as session:
            if await finish(session, errand.id, now=now):
                waiting = await count_unreviewed(session, period, asked.get("unit_id")) if accepted_only else 0
                await self.tell(session, errand, Note("digests.figure", {**told, "waiting": waiting}, buttons))

    async def open_figure(self, errand: Errand) -> None:
        """A figure unit by unit, for the secretariat."""
        asked, now = errand.payload, self._clock()
        period, actor = Period.of(asked["period"]), await self.actor(errand)
        if not actor.is_secretariat:
            await self.refuse(errand, NotAllowed(needs="secretariat"))
            return
        accepted_only = bool(asked.get("accepted_only", self._office.settings.accepted_only))
        _, engine = await self._press.engine(period, accepted_only=accepted_only, cutoff=now)
        rows, more = await asyncio.to_thread(rows_behind, engine, asked["key"], period)
        figure = engine.figure(asked["key"], period)
        opened = engine.figure(figure.query.keys[0], period)
        values = {
            "label": plain_label(figure.label),
            "opened": plain_label(opened.label) if opened.key != figure.key else "",
            "unit": opened.unit,
            "period": period.label,
            "more": more,
            "rows": [
                {"name": row.name, "value": digits(row.value, opened.decimals, grouped=True), "state": row.state.value}
                for row in rows
            ],
        }
        payload = {"keys": list(figure.query.keys), "period": str(period)}
        buttons = unit_buttons(payload, [(row.unit_id, row.name) for row in rows])
        async with self._database.transaction() as session:
            if await finish(session, errand.id, now=now):
                await self.tell(session, errand, Note("digests.units", values, buttons))

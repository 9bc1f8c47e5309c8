"""Setting the room's clock ahead in the page, for whoever keeps the clock to carry out."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime

from aiohttp import web

from webchat.errors import NotAllowed
from webchat.pageapi import number_in, read_json, respond
from webchat.room import Room

# Moves the clock on to that instant, or with None to the next message; returns how many messages the bot sent.
Travel = Callable[[datetime | None], Awaitable[int]]


class Travelling:
    """`POST /page/travel`, one journey at a time; without somebody who can travel there is no such address."""

    def __init__(self, room: Room, travel: Travel | None) -> None:
        self._room, self._travel = room, travel
        self._under_way = asyncio.Lock()
        room.can_travel = travel is not None

    def routes(self) -> list[web.RouteDef]:
        """The one route."""
        return [web.post("/page/travel", self._set_ahead)] if self._travel else []

    async def _set_ahead(self, request: web.Request) -> web.Response:
        assert self._travel is not None
        wanted = number_in(await read_json(request), "to")
        if wanted and wanted <= self._room.now():
            raise NotAllowed("时间只能拨快，不能拨回")
        if self._under_way.locked():
            raise NotAllowed("时间正在拨快，请稍等")
        async with self._under_way:
            sent = await self._travel(datetime.fromtimestamp(wanted, UTC) if wanted else None)
        self._room.world.changed({"type": "state"})
        return respond({"now": self._room.now(), "sent": sent})

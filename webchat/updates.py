"""The bot's queue of updates: numbered, filtered, kept until confirmed, fetched by long polling."""

from __future__ import annotations

import asyncio
import json
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from itertools import islice, takewhile
from typing import Any

from webchat.errors import ApiError
from webchat.journal import Journal

# Telegram leaves these out unless a bot asks for them by name.
ON_REQUEST = {"chat_member", "message_reaction", "message_reaction_count"}


@dataclass(frozen=True)
class Pending:
    """An update as JSON text, and the chat (or person) whose order it keeps."""

    text: str
    lane: int


def lane_of(update: dict[str, Any]) -> int:
    """The chat an update belongs to: updates of one chat never overtake each other."""
    content = next(value for key, value in update.items() if key != "update_id")
    place = content.get("message", content)
    return int(place.get("chat", content["from"])["id"])


class Updates:
    """Pending updates in order, as JSON text made when they happened."""

    def __init__(self, journal: Journal, wake: Callable[[], None] = lambda: None) -> None:
        self._journal = journal
        self._wake = wake
        kept = sorted((int(key), text) for key, text in journal.texts("update"))
        self.pending = {number: Pending(text, lane_of(json.loads(text))) for number, text in kept}
        settings = dict(journal.items("updates"))
        self._last = max(settings.get("last", 0), max(self.pending, default=0)) or secrets.randbelow(800_000_000) + 1
        self._allowed: list[str] | None = settings.get("allowed")
        self.arrived = asyncio.Event()
        self._poller: asyncio.Future[None] | None = None

    @property
    def allowed(self) -> list[str] | None:
        """The kinds the bot asked for, None when it never did."""
        return self._allowed

    @property
    def is_polled(self) -> bool:
        """Whether a getUpdates call is waiting."""
        return self._poller is not None

    def allow(self, kinds: list[str] | None) -> None:
        """Remember allowed_updates; an empty list means the default."""
        if kinds is not None and kinds != self._allowed:
            self._allowed = kinds or None
            self._journal.keep("updates", "allowed", self._allowed)

    def put(self, kind: str, payload: dict[str, Any]) -> None:
        """Queue an update unless the bot does not want its kind."""
        if not (kind in self._allowed if self._allowed else kind not in ON_REQUEST):
            return
        self._last += 1
        update = {"update_id": self._last, kind: payload}
        text = json.dumps(update, ensure_ascii=False)
        self.pending[self._last] = Pending(text, lane_of(update))
        self._journal.keep_text("update", self._last, text)
        self._journal.keep("updates", "last", self._last)
        self.arrived.set()
        self._wake()

    def confirm(self, update_ids: list[int]) -> None:
        """Forget delivered updates."""
        for update_id in update_ids:
            self.pending.pop(update_id, None)
        if update_ids:
            self._journal.drop("update", update_ids)
            self._wake()

    async def fetch(self, offset: int, limit: int, timeout_s: float) -> list[str]:
        """The next updates as JSON texts; a second poller ends the first with 409, as on Telegram."""
        if self._poller and not self._poller.done():
            self._poller.set_exception(
                ApiError(
                    409,
                    "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running",
                )
            )
        if offset > 0:
            self.confirm(list(takewhile(lambda number: number < offset, self.pending)))
        elif offset < 0:
            self.confirm(list(self.pending)[:offset])
        if not self.pending and timeout_s > 0:
            await self._wait(timeout_s)
        return [update.text for update in islice(self.pending.values(), limit)]

    async def _wait(self, timeout_s: float) -> None:
        poller: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._poller = poller
        self.arrived.clear()
        arrival = asyncio.ensure_future(self.arrived.wait())
        ends: set[asyncio.Future[Any]] = {poller, arrival}
        try:
            await asyncio.wait(ends, timeout=timeout_s, return_when=asyncio.FIRST_COMPLETED)
            if poller.done():
                poller.result()
        finally:
            arrival.cancel()
            if self._poller is poller:
                self._poller = None
            poller.cancel()

    def interrupt(self) -> None:
        """End a waiting poll with nothing, for the server that stops."""
        if self._poller and not self._poller.done():
            self._poller.set_result(None)

"""Delivery of updates to the bot's own web server: in order within a chat, repeated until it says 200."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable
from dataclasses import asdict, dataclass, field
from typing import Any

import aiohttp

from webchat.journal import Journal
from webchat.limits import Limits
from webchat.updates import Updates

Answer = Callable[[dict[str, Any]], Awaitable[Any]]


@dataclass
class Target:
    """Where to deliver, as setWebhook said, and what went wrong last."""

    url: str = ""
    secret_token: str = ""
    max_connections: int = 40
    last_error_date: int = 0
    last_error_message: str = ""


@dataclass
class Webhook:
    """Sends pending updates to the target while one is set."""

    journal: Journal
    updates: Updates
    limits: Limits
    now: Callable[[], int]
    answer: Answer
    target: Target = field(init=False)

    def __post_init__(self) -> None:
        self.target = Target(**dict(self.journal.items("webhook")).get("target", {}))
        self._busy: dict[int, int] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._loop: asyncio.Task[None] | None = None
        self._session: aiohttp.ClientSession | None = None

    def point_at(self, target: Target) -> None:
        """Change the target (an empty URL ends delivery) and start or stop."""
        self.target = target
        self.journal.keep("webhook", "target", asdict(target))
        self._stop_loop()
        self.start()

    def start(self) -> None:
        """Begin to deliver, when there is a target."""
        if self.target.url and self._loop is None:
            self._loop = asyncio.create_task(self._run())

    def _stop_loop(self) -> None:
        for task in {self._loop, *self._tasks} - {None}:
            if task is not None and task is not asyncio.current_task():
                task.cancel()
        self._loop, self._busy = None, {}

    async def close(self) -> None:
        """Stop for good."""
        self._stop_loop()
        if self._session:
            await self._session.close()

    async def _run(self) -> None:
        while True:
            self.updates.arrived.clear()
            self._launch()
            arrival = asyncio.ensure_future(self.updates.arrived.wait())
            try:
                await asyncio.wait({arrival, *self._tasks}, return_when=asyncio.FIRST_COMPLETED)
            finally:
                arrival.cancel()

    def _launch(self) -> None:
        """Give every chat that is not busy its next update."""
        held = set(self._busy.values())
        for update_id, update in self.updates.pending.items():
            if len(self._busy) >= self.target.max_connections:
                return
            if update.lane in held:
                continue
            held.add(update.lane)
            self._busy[update_id] = update.lane
            task = asyncio.create_task(self._deliver(update_id, update.text))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

    async def _deliver(self, update_id: int, text: str) -> None:
        pause_s = self.limits.webhook_retry_s
        try:
            while (reply := await self._post(text)) is None:
                await asyncio.sleep(pause_s)
                pause_s = min(60.0, pause_s * 2)
            self.updates.confirm([update_id])
        finally:
            self._busy.pop(update_id, None)
        if isinstance(reply, dict) and reply.get("method"):
            await self.answer(reply)

    async def _post(self, text: str) -> Any:
        """The bot's answer, or None when it has to be tried again."""
        headers = {"Content-Type": "application/json"}
        if self.target.secret_token:
            headers["X-Telegram-Bot-Api-Secret-Token"] = self.target.secret_token
        self._session = self._session or aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=60))
        try:
            async with self._session.post(self.target.url, data=text.encode(), headers=headers) as response:
                body = await response.text()
                if 200 <= response.status < 300:
                    return _reply(body)
                self._failed(f"Wrong response from the webhook: {response.status} {response.reason}")
        except (aiohttp.ClientError, TimeoutError) as error:
            self._failed("Read timeout expired" if isinstance(error, TimeoutError) else "Connection refused")
        return None

    def _failed(self, reason: str) -> None:
        self.target.last_error_date, self.target.last_error_message = self.now(), reason


def _reply(body: str) -> Any:
    try:
        return json.loads(body) or True
    except ValueError:
        return True

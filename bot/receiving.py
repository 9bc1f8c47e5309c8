"""Getting updates: commit to the inbox first, acknowledge after."""

import asyncio
import hmac
from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Any

import aiohttp
import structlog
from aiohttp import web

from bot.inbound import to_incoming, update_id_of
from services.db import Database, is_transient
from services.inbox import Incoming, receive_updates

log = structlog.get_logger(__name__)
ALLOWED_UPDATES = ["message", "edited_message", "callback_query", "my_chat_member"]
POLL_SECONDS = 30
BIGGEST_UPDATE = 1_000_000


class TokenRefused(Exception):
    """The Bot API server does not know this token."""


class Intake:
    """Stores updates and wakes the workers. Shared by polling and webhook."""

    def __init__(self, database: Database, clock: Callable[[], datetime], wake: Callable[[set[str]], None]) -> None:
        self._database, self._clock, self._wake = database, clock, wake

    async def store(self, updates: list[dict[str, Any]]) -> None:
        """Returns once every update is on disk; what is malformed is logged by number and skipped."""
        incoming: list[Incoming] = []
        for update in updates:
            one = to_incoming(update)
            if one is None:
                log.warning("update_without_id")
                continue
            incoming.append(one)
        try:
            await self._commit(incoming)
        except Exception as error:
            if is_transient(error):
                raise
            await self._store_singly(incoming)
        self._wake({one.lane for one in incoming})

    async def _commit(self, incoming: list[Incoming]) -> None:
        async with self._database.transaction() as session:
            await receive_updates(session, incoming, now=self._clock())

    async def _store_singly(self, incoming: list[Incoming]) -> None:
        """One that no database takes (a number that JSON lacks, say) must not hold up its neighbours."""
        for one in incoming:
            try:
                await self._commit([one])
            except Exception as error:
                if is_transient(error):
                    raise
                log.exception("update_not_storable", update_id=one.update_id)


class Poller:
    """Long polling over raw JSON. The next request's offset acknowledges only what was committed.

    `methods` is the Bot API's address up to the method's name.
    """

    def __init__(
        self, methods: str, intake: Intake, *, pause: Callable[[float], Awaitable[None]] = asyncio.sleep
    ) -> None:
        self._methods, self._intake, self._pause = methods, intake, pause
        self._offset: int | None = None
        self._has_webhook = True
        self.polls = 0

    async def run(self) -> None:
        """Polls until cancelled; faults of network, server and database are waited out with a growing pause.

        Raises:
            TokenRefused: 401 or 404, which no waiting mends.
        """
        fault_pause = 1.0
        timeout = aiohttp.ClientTimeout(total=POLL_SECONDS + 15, connect=10)
        async with aiohttp.ClientSession(timeout=timeout) as http:
            while True:
                try:
                    await self._poll_once(http)
                    fault_pause = 1.0
                except TokenRefused:
                    raise
                except Exception as fault:
                    if not isinstance(fault, aiohttp.ClientError | TimeoutError | _ServerFault) and not is_transient(
                        fault
                    ):
                        log.exception("polling_error")
                    wait = getattr(fault, "retry_after_s", None) or fault_pause
                    log.warning("polling_fault", fault=type(fault).__name__, wait_s=wait)
                    await self._pause(wait)
                    fault_pause = min(30.0, fault_pause * 2)

    async def _poll_once(self, http: aiohttp.ClientSession) -> None:
        if self._has_webhook:  # a webhook of yesterday would answer every poll with 409
            await self._call(http, "deleteWebhook", {})
            self._has_webhook = False
        request: dict[str, Any] = {"timeout": POLL_SECONDS, "limit": 100, "allowed_updates": ALLOWED_UPDATES}
        if self._offset is not None:
            request["offset"] = self._offset
        found = await self._call(http, "getUpdates", request)
        self.polls += 1
        updates = [update for update in found if isinstance(update, dict)]
        if updates:
            await self._intake.store(updates)
            numbers = [number for update in updates if (number := update_id_of(update)) is not None]
            self._offset = max(numbers) + 1 if numbers else self._offset

    async def _call(self, http: aiohttp.ClientSession, method: str, request: dict[str, Any]) -> Any:
        async with http.post(f"{self._methods}/{method}", json=request) as response:
            try:
                answer = await response.json(content_type=None)
            except ValueError:  # a proxy's page, half an answer
                raise _ServerFault(response.status, "no JSON", None) from None
        if not isinstance(answer, dict) or not answer.get("ok"):
            raise _fault(answer if isinstance(answer, dict) else {}, response.status)
        return answer["result"]


class _ServerFault(Exception):
    def __init__(self, code: int, description: str, retry_after_s: float | None) -> None:
        super().__init__(f"{code} {description}")
        self.retry_after_s = retry_after_s


def _fault(answer: dict[str, Any], status: int) -> Exception:
    code = answer.get("error_code", status)
    if code in (401, 404) and answer:
        return TokenRefused(str(answer.get("description", "")))
    retry_after = (answer.get("parameters") or {}).get("retry_after")
    return _ServerFault(code, str(answer.get("description", "")), retry_after)


def webhook_handler(intake: Intake, secret: str) -> Callable[[web.Request], Awaitable[web.Response]]:
    """An aiohttp handler that checks the secret in constant time, commits, and only then answers 200.

    Telegram sends again after 60 s without an answer; the inbox makes that harmless.
    """

    async def receive(request: web.Request) -> web.Response:
        given = request.headers.get("X-Telegram-Bot-Api-Secret-Token", "")
        if not hmac.compare_digest(given.encode("utf-8", "surrogateescape"), secret.encode()):
            return web.Response(status=403)
        if (request.content_length or 0) > BIGGEST_UPDATE:
            return web.Response(status=413)
        try:
            update = await request.json()
        except (ValueError, RecursionError):
            log.warning("webhook_not_json")
            return web.Response()
        if isinstance(update, dict):
            await intake.store([update])
        return web.Response()

    return receive

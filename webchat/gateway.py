"""The Bot API over HTTP: ``/bot<token>/<method>`` and ``/file/bot<token>/<path>``."""

from __future__ import annotations

import hmac
import json
from typing import Any

from aiohttp import web

from webchat.botapi import METHODS
from webchat.botapi.call import Call
from webchat.botapi.receiving import RawJson
from webchat.errors import ApiError
from webchat.room import Room
from webchat.webhook import Webhook


class Gateway:
    """Reads a request, runs its method, answers as api.telegram.org does."""

    def __init__(self, room: Room, token: str) -> None:
        self._room = room
        self._token = token.encode()
        self.webhook = Webhook(room.world.journal, room.updates, room.limits, room.now, self._from_webhook)

    def routes(self) -> list[web.RouteDef]:
        """All routes of the Bot API."""
        return [
            web.get("/file/bot{token:[^/]+}/{path:.+}", self._download),
            web.route("*", "/bot{token:[^/]+}/{method:[^/]+}", self._handle),
        ]

    async def call(self, method: str, values: dict[str, Any], uploads: dict[str, tuple[str, bytes]]) -> Any:
        """Run a method by name, in any case of letters."""
        run = METHODS.get(method.lower())
        if run is None:
            raise ApiError(404, "Not Found")
        return await run(Call(self._room, self.webhook, values, uploads))

    async def _from_webhook(self, reply: dict[str, Any]) -> None:
        """A call that came in the answer to a delivery; its result goes nowhere, as on Telegram."""
        try:
            await self.call(str(reply["method"]), {k: v for k, v in reply.items() if k != "method"}, {})
        except ApiError:
            return

    async def _handle(self, request: web.Request) -> web.Response:
        try:
            self._authorize(request)
            values, uploads = await _parameters(request)
            result = await self.call(request.match_info["method"], values, uploads)
        except ApiError as refusal:
            return _respond(json.dumps(refusal.as_json(), ensure_ascii=False), refusal.code)
        except web.HTTPRequestEntityTooLarge:
            return _respond(json.dumps(ApiError(413, "Request Entity Too Large").as_json()), 413)
        text = result if isinstance(result, RawJson) else json.dumps(result, ensure_ascii=False)
        return _respond(f'{{"ok":true,"result":{text}}}', 200)

    def _authorize(self, request: web.Request) -> None:
        if not hmac.compare_digest(request.match_info["token"].encode(), self._token):
            raise ApiError(401, "Unauthorized")

    async def _download(self, request: web.Request) -> web.Response:
        try:
            self._authorize(request)
        except ApiError as refusal:
            return _respond(json.dumps(refusal.as_json()), refusal.code)
        file = self._room.files.find_at(request.match_info["path"])
        if file is None:
            return _respond(json.dumps(ApiError(404, "Not Found").as_json()), 404)
        return web.Response(body=await self._room.files.read(file), content_type="application/octet-stream")


def _respond(text: str, status: int) -> web.Response:
    return web.Response(text=text, status=status, content_type="application/json")


async def _parameters(request: web.Request) -> tuple[dict[str, Any], dict[str, tuple[str, bytes]]]:
    """Values from the query, a form or JSON, and uploaded files by field name."""
    values: dict[str, Any] = dict(request.query)
    uploads: dict[str, tuple[str, bytes]] = {}
    if not request.body_exists:
        return values, uploads
    if request.content_type == "application/json":
        try:
            given = json.loads(await request.read() or b"{}")
        except ValueError:
            given = None
        if not isinstance(given, dict):
            raise ApiError(400, "Bad Request: can't parse JSON object")
        return values | given, uploads
    for name, value in (await request.post()).items():
        if isinstance(value, web.FileField):
            uploads[name] = (value.filename, value.file.read())
        else:
            values[name] = value.decode() if isinstance(value, bytes | bytearray) else value
    return values, uploads

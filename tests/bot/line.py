"""A line between a bot and the chat room on which one answer is held up: the message arrives, nobody hears of it."""

import asyncio
from types import TracebackType
from typing import Self

import aiohttp
from aiohttp import web


class HeldLine:
    """Passes everything on; what is sent to the chat `holds` arrives, but the answer waits until `release`."""

    def __init__(self, to: str, *, holds: int) -> None:
        self._to, self._holds = to, str(holds).encode()
        self._released = asyncio.Event()
        self._runner: web.AppRunner | None = None
        self.url = ""

    async def __aenter__(self) -> Self:
        self._http = aiohttp.ClientSession()
        app = web.Application(client_max_size=50_000_000)
        app.router.add_route("*", "/{path:.*}", self._pass_on)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        self.url = f"http://127.0.0.1:{self._runner.addresses[0][1]}"
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.release()
        assert self._runner is not None
        await self._runner.cleanup()
        await self._http.close()

    def release(self) -> None:
        """From now on nothing is held."""
        self._released.set()

    async def _pass_on(self, request: web.Request) -> web.Response:
        body = await request.read()
        headers = {"Content-Type": request.headers.get("Content-Type", "application/octet-stream")}
        async with self._http.request(request.method, self._to + request.path_qs, data=body, headers=headers) as answer:
            told = await answer.read()
        if request.path.endswith(("/sendMessage", "/sendDocument")) and self._holds in body:
            await self._released.wait()
        return web.Response(body=told, status=answer.status, content_type="application/json")

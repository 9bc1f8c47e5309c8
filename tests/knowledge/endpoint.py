"""An OpenAI-compatible endpoint on loopback with a scripted temper: honest, slow, dead, garbage, endless, lying."""

import asyncio
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from aiohttp import web


@dataclass
class Endpoint:
    """What it says and what it was asked."""

    url: str = ""
    temper: str = "honest"
    reply: str = ""
    whole: str = ""  # what it makes of a follow-up
    requests: list[dict] = field(default_factory=list)

    async def chat(self, request: web.Request) -> web.StreamResponse:
        self.requests.append(await request.json())
        if self.temper == "slow":
            await asyncio.sleep(30)
        if self.temper == "down":
            return web.json_response({"error": {"message": "down"}}, status=500)
        if self.temper == "garbage":
            return web.Response(text="<html>nginx</html>", content_type="text/html")
        if self.temper in ("endless", "flood"):
            return await self._drip(request)
        rewrites = "追问：" in self.prompt()
        message = {"role": "assistant", "content": self.whole if rewrites else self.reply}
        if self.temper == "tools":
            call = {"id": "c1", "type": "function", "function": {"name": "run", "arguments": "{}"}}
            message = {"role": "assistant", "content": None, "tool_calls": [call]}
        choice = {"index": 0, "message": message, "finish_reason": "stop"}
        said = web.json_response(
            {"id": "1", "object": "chat.completion", "created": 1, "model": "m", "choices": [choice]}
        )
        if self.temper == "packed":
            said.enable_compression(web.ContentCoding.gzip)
        return said

    async def embeddings(self, request: web.Request) -> web.StreamResponse:
        asked = await request.json()
        self.requests.append(asked)
        if self.temper == "down":
            return web.json_response({"error": {"message": "down"}}, status=500)
        texts = asked["input"] if isinstance(asked["input"], list) else [asked["input"]]
        rows = [[1.0, float("技校" in text or "技工" in text), float("食堂" in text)] for text in texts]
        data = [{"object": "embedding", "index": index, "embedding": row} for index, row in enumerate(rows)]
        return web.json_response(
            {"object": "list", "model": "m", "data": data, "usage": {"prompt_tokens": 1, "total_tokens": 1}}
        )

    async def _drip(self, request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse(headers={"Content-Type": "application/json"})
        await response.prepare(request)
        while True:
            await response.write(b" " if self.temper == "endless" else b" " * 100_000)
            await asyncio.sleep(0.05 if self.temper == "endless" else 0.001)

    def prompt(self) -> str:
        """The last request as text."""
        return json.dumps(self.requests[-1], ensure_ascii=False)


@contextmanager
def running() -> Iterator[Endpoint]:
    """Serve an endpoint from a thread of its own."""
    endpoint, loop = Endpoint(), asyncio.new_event_loop()

    async def start() -> web.AppRunner:
        app = web.Application()
        app.add_routes(
            [web.post("/v1/chat/completions", endpoint.chat), web.post("/v1/embeddings", endpoint.embeddings)]
        )
        runner = web.AppRunner(app, shutdown_timeout=0.1)
        await runner.setup()
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        endpoint.url = f"http://127.0.0.1:{site._server.sockets[0].getsockname()[1]}/v1"
        return runner

    runner = loop.run_until_complete(start())
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()
    try:
        yield endpoint
    finally:
        asyncio.run_coroutine_threadsafe(runner.cleanup(), loop).result(10)
        loop.call_soon_threadsafe(loop.stop)
        thread.join(10)
        loop.close()

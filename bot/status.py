"""Health and metrics over HTTP."""

from typing import Any

from aiohttp import web
from prometheus_client import CollectorRegistry, Gauge, generate_latest

from services.errands import count_errands
from services.inbox import count_inbox
from services.outbox import count_outbox


def status_routes(app: Any) -> list[web.RouteDef]:
    """`/healthz` (the process lives), `/readyz` (it can do its work), `/metrics` (Prometheus)."""

    async def healthz(_request: web.Request) -> web.Response:
        return web.json_response({"status": "ok"})

    async def readyz(_request: web.Request) -> web.Response:
        problems = await find_problems(app)
        return web.json_response({"ready": not problems, "problems": problems}, status=503 if problems else 200)

    async def metrics(_request: web.Request) -> web.Response:
        body = generate_latest(await collect(app))
        return web.Response(body=body, content_type="text/plain", charset="utf-8")

    return [web.get("/healthz", healthz), web.get("/readyz", readyz), web.get("/metrics", metrics)]


async def find_problems(app: Any) -> list[str]:
    """Machine ids of what stands in the way of serving."""
    problems = []
    try:
        async with app.database.reading() as session:
            await count_inbox(session)
    except Exception as error:
        problems.append(f"database:{type(error).__name__}")
    if app.parts != "bot" and not app.keeper.stats():  # with `--only bot` the worker process has the index
        problems.append("index:closed")
    problems += [f"task:{task.get_name()}" for task in app._tasks if task.done()]
    return problems


async def collect(app: Any) -> CollectorRegistry:
    """Queue depths and counters, read now."""
    registry = CollectorRegistry()
    async with app.database.reading() as session:
        counts = {
            "inbox": await count_inbox(session),
            "outbox": await count_outbox(session),
            "errands": await count_errands(session),
        }
    for queue, states in counts.items():
        gauge = Gauge(f"lianluo_{queue}_rows", f"Rows of the {queue} by state", ["state"], registry=registry)
        for state, count in states.items():
            gauge.labels(state).set(count)
    Gauge("lianluo_updates_done", "Updates handled since start", registry=registry).set(app.workers.done)
    Gauge("lianluo_updates_quarantined", "Updates given up since start", registry=registry).set(app.workers.quarantined)
    Gauge("lianluo_passages", "Passages in the index", registry=registry).set(app.keeper.stats().get("passages", 0))
    return registry

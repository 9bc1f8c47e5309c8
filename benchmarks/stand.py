"""The chat room in a process of its own, and the bots under measurement as its clients.

python -m benchmarks.stand      reads one JSON order a line, writes one JSON answer a line
"""

import asyncio
import json
import sys
import time
from typing import Any

from webchat.server import ChatRoom, Limits, Person

TOKEN = "777000:AAbenchmark-token-0123456789abcdefg"


async def serve() -> None:
    """Say things as people, count what the bot answers, and time it."""
    reader = await _standard_input()
    async with ChatRoom(token=TOKEN, limits=Limits.without_flood_control()) as room:
        _answer({"url": room.url})
        while line := await reader.readline():
            order = json.loads(line)
            _answer(await ORDERS[order.pop("do")](room, **order))


async def wait_polled(room: ChatRoom, since: float, timeout_s: float) -> dict[str, Any]:
    """Seconds until a bot polls."""
    async with asyncio.timeout(timeout_s):
        while not room.room.updates.is_polled:
            await asyncio.sleep(0.01)
    return {"seconds": time.time() - since}


async def flood(room: ChatRoom, people: int, rounds: int, text: str, timeout_s: float) -> dict[str, Any]:
    """Everybody writes `rounds` times at once; seconds until the bot has answered each message."""
    first = 10_000_001
    for number in range(people):
        room.add_person(Person(first + number, f"人{number}"))
    before = _answers(room, first, people)
    started = time.perf_counter()
    for _ in range(rounds):
        for number in range(people):
            await room.say(first + number, text)
    said = time.perf_counter()
    wanted = before + people * rounds
    async with asyncio.timeout(timeout_s):
        while _answers(room, first, people) < wanted:
            await asyncio.sleep(0.02)
    ended = time.perf_counter()
    return {"messages": people * rounds, "seconds": ended - started, "saying": said - started}


def _answers(room: ChatRoom, first: int, people: int) -> int:
    logs = (room.room.world.log.get(first + number, {}) for number in range(people))
    return sum(message["from"]["is_bot"] for log in logs for message in log.values())


async def _standard_input() -> asyncio.StreamReader:
    reader = asyncio.StreamReader()
    await asyncio.get_running_loop().connect_read_pipe(lambda: asyncio.StreamReaderProtocol(reader), sys.stdin)
    return reader


def _answer(value: dict[str, Any]) -> None:
    print(json.dumps(value), flush=True)


ORDERS: dict[str, Any] = {"wait_polled": wait_polled, "flood": flood}

if __name__ == "__main__":
    asyncio.run(serve())

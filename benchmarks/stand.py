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


async def rush(
    room: ChatRoom, first: int, words: list[str], label: str, done: str, spread_s: float, timeout_s: float
) -> dict[str, Any]:
    """Somebody for each of `words`, spread over some seconds: says them, presses `label` on what comes, hears `done`.

    Returns how long each waited for the two answers, and what each heard in all.
    """
    said: dict[int, float] = {}
    card_s: dict[int, float] = {}
    done_s: dict[int, float] = {}
    started = time.perf_counter()
    people = range(first, first + len(words))
    for person in people:
        room.add_person(Person(person, f"人{person}"))
    async with asyncio.timeout(timeout_s):
        while len(done_s) < len(words):
            now = time.perf_counter()
            due = min(len(words), int((now - started) / spread_s * len(words)) + 1) if spread_s else len(words)
            for person in range(first + len(said), first + due):
                said[person] = time.perf_counter()
                await room.say(person, words[person - first])
            for person in [one for one in said if one not in done_s]:
                heard = [one for one in room.room.world.log[person].values() if one["from"]["is_bot"]]
                if person not in card_s and (card := _with_button(heard, label)):
                    card_s[person] = time.perf_counter() - said[person]
                    await room.press(person, person, card, label)
                    said[person] = time.perf_counter()
                elif person in card_s and any(done in one.get("text", "") for one in heard):
                    done_s[person] = time.perf_counter() - said[person]
            await asyncio.sleep(0.01)
    seconds = time.perf_counter() - started
    await asyncio.sleep(1)  # what comes twice comes late
    heard = [sum(one["from"]["is_bot"] for one in room.room.world.log[person].values()) for person in people]
    return {"seconds": seconds, "card_s": list(card_s.values()), "done_s": list(done_s.values()), "heard": heard}


def _with_button(messages: list[dict[str, Any]], label: str) -> int | None:
    for message in messages:
        rows = message.get("reply_markup", {}).get("inline_keyboard", [])
        if any(button["text"] == label for row in rows for button in row):
            return int(message["message_id"])
    return None


def _answers(room: ChatRoom, first: int, people: int) -> int:
    logs = (room.room.world.log.get(first + number, {}) for number in range(people))
    return sum(message["from"]["is_bot"] for log in logs for message in log.values())


async def _standard_input() -> asyncio.StreamReader:
    reader = asyncio.StreamReader(limit=16 * 1024 * 1024)  # an order may hold a thousand sentences
    await asyncio.get_running_loop().connect_read_pipe(lambda: asyncio.StreamReaderProtocol(reader), sys.stdin)
    return reader


def _answer(value: dict[str, Any]) -> None:
    print(json.dumps(value), flush=True)


ORDERS: dict[str, Any] = {"wait_polled": wait_polled, "flood": flood, "rush": rush}

if __name__ == "__main__":
    asyncio.run(serve())

"""kill -9 and SIGTERM with updates in flight: nothing lost, no effect doubled, at most one repeat a crash."""

import signal
from collections import Counter
from pathlib import Path

from tests.bot.process import TOKEN, ask_database, environment, let_leases_lapse, running, until
from webchat.server import ChatRoom, Limits, Person

PEOPLE = range(5001, 5051)
WORDS = "/ask 年会在哪一天开"


def answered(room: ChatRoom) -> Counter[int]:
    """How many messages of the bot each person got."""
    return Counter({who: sum(m["from"]["is_bot"] for m in room.messages(who)) for who in PEOPLE})


async def test_nothing_is_lost_or_doubled_by_kill_and_by_sigterm(tmp_path: Path) -> None:
    async with ChatRoom(token=TOKEN, limits=Limits.without_flood_control()) as room:
        settings, log = environment(tmp_path, room.api_base), tmp_path / "bot.log"
        for who in PEOPLE:
            room.add_person(Person(who, f"人{who}"))
        async with running(settings, log) as process:
            await until(lambda: room.room.updates.is_polled, process=process)
            for who in PEOPLE:
                await room.say(who, WORDS)
            await until(lambda: ask_done(tmp_path) >= 5, process=process)
            await process.end(signal.SIGKILL)
        stored_at_kill = ask_done(tmp_path)
        let_leases_lapse(tmp_path)
        async with running(settings, log) as process:
            await until(lambda: sum(answered(room).values()) >= 15, process=process)
            assert await process.end(signal.SIGTERM) == 0
        assert ask_database(tmp_path, "SELECT count(*) FROM outbox WHERE state = 'sending'") == [(0,)]
        async with running(settings, log) as process:
            await until(lambda: len(+answered(room)) == len(PEOPLE), process=process)
            await until(lambda: open_work(tmp_path) == 0, process=process)
            assert await process.end(signal.SIGTERM) == 0
        copies = answered(room)
    assert stored_at_kill < len(PEOPLE), "the kill came too late to prove anything"
    assert ask_database(tmp_path, "SELECT count(*), count(DISTINCT person_id) FROM questions") == [(50, 50)]
    assert ask_database(tmp_path, "SELECT count(*) FROM answers") == [(50,)]
    assert ask_database(tmp_path, "SELECT DISTINCT state FROM inbox") == [("done",)]
    assert set(copies.values()) <= {1, 2}  # one crash, so at most one repeat of a message
    assert TOKEN not in log.read_text(encoding="utf-8")


def ask_done(folder: Path) -> int:
    return int(ask_database(folder, "SELECT count(*) FROM inbox WHERE state = 'done'")[0][0])


def open_work(folder: Path) -> int:
    waiting = "SELECT (SELECT count(*) FROM outbox WHERE state != 'sent') + (SELECT count(*) FROM errands"
    return int(ask_database(folder, f"{waiting} WHERE state != 'done')")[0][0])

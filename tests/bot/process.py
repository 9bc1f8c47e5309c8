"""A real bot process, as an operator starts it."""

import asyncio
import json
import os
import signal
import sqlite3
import subprocess
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
TOKEN = "777000:AAcrash-test-token-0123456789abcdef"


def environment(folder: Path, api_base: str, **more: str) -> dict[str, str]:
    """The settings of a bot whose whole state lies in `folder`; nothing of the caller's own settings."""
    inherited = {key: value for key, value in os.environ.items() if not key.startswith("LIANLUO_")}
    return inherited | {
        "LIANLUO_TELEGRAM__TOKEN": TOKEN,
        "LIANLUO_TELEGRAM__API_BASE": api_base,
        "LIANLUO_DATABASE__URL": f"sqlite+aiosqlite:///{folder / 'lianluo.db'}",
        "LIANLUO_KNOWLEDGE__DIR": str(folder / "knowledge"),
        "LIANLUO_HTTP__PORT": "0",
        **{f"LIANLUO_{key}": value for key, value in more.items()},
    }


class Nursery:
    """`tests.bot.nursery` as a child of this process, started when it is first needed."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[str] | None = None

    def order(self, **what: Any) -> dict[str, Any]:
        if self._process is None:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "tests.bot.nursery"],
                cwd=ROOT,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                text=True,
            )
            self._read()  # ready
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps(what) + "\n")
        self._process.stdin.flush()
        return self._read()

    def _read(self) -> dict[str, Any]:
        assert self._process is not None
        assert self._process.stdout is not None
        return dict(json.loads(self._process.stdout.readline()))


NURSERY = Nursery()


class BotProcess:
    """A command of `lianluo`, by default `run`, in a process of its own. Its log goes to `log`."""

    def __init__(self, settings: dict[str, str], log: Path, *command: str) -> None:
        self.log = log
        log.touch()  # read from now on; the child opens it when it gets so far
        self.pid = int(NURSERY.order(env=settings, log=str(log), command=command or ("run",))["pid"])

    @property
    def status(self) -> int | None:
        """The exit status; None while it runs."""
        found = NURSERY.order(pid=self.pid)["status"]
        return None if found is None else int(found)

    @property
    def is_alive(self) -> bool:
        return self.status is None

    async def end(self, sign: signal.Signals) -> int:
        """Send the signal and wait for the end; returns the exit status."""
        if self.is_alive:
            os.kill(self.pid, sign)
        return await self.ended()

    async def ended(self) -> int:
        """Wait for the end; returns the exit status."""
        async with asyncio.timeout(60):
            while (status := self.status) is None:
                await asyncio.sleep(0.02)
        return status


@asynccontextmanager
async def running(settings: dict[str, str], log: Path, *command: str) -> AsyncIterator[BotProcess]:
    """Started here and certainly gone afterwards."""
    process = BotProcess(settings, log, *command)
    try:
        yield process
    finally:
        await process.end(signal.SIGKILL)


async def until(holds: Callable[[], Any], *, process: BotProcess | None = None, timeout_s: float = 120) -> Any:
    """What `holds` returns as soon as it is true. A process that ends meanwhile fails the test with its log."""
    async with asyncio.timeout(timeout_s):
        while not (found := holds()):
            if process is not None and not process.is_alive:
                raise AssertionError(process.log.read_text(encoding="utf-8", errors="replace")[-3000:])
            await asyncio.sleep(0.1)
    return found


def ask_database(folder: Path, question: str) -> list[tuple[Any, ...]]:
    """Rows of the bot's own database, from outside."""
    connection = sqlite3.connect(folder / "lianluo.db", timeout=15)
    try:
        found = connection.execute(question).fetchall()
        connection.commit()
        return found
    finally:
        connection.close()


def let_leases_lapse(folder: Path) -> None:
    """As if the time of a lease had gone by since the crash."""
    for table in ("outbox", "errands"):
        ask_database(folder, f"UPDATE {table} SET lease_until = '2000-01-01 00:00:00' WHERE lease_until IS NOT NULL")

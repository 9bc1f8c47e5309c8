"""`make bench`: this bot beside a bare aiogram echo bot on the same server, in one run of bounded time.

Both answer the same messages of many people to the same chat room, one after the other. Here an answer means: update
committed to the inbox, effect and reply committed, sent, outcome committed (SQLite, synchronous=FULL); there: echoed.
"""

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from benchmarks.stand import TOKEN

ROOT = Path(__file__).resolve().parents[1]
PEOPLE, ROUNDS, QUESTIONS = 60, 4, 30
WARM = {"people": 50, "rounds": 1, "timeout_s": 30}


class Stand:
    """The chat room's process."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "benchmarks.stand"],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        self.url = str(self._read()["url"])

    def order(self, do: str, **what: Any) -> dict[str, Any]:
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps({"do": do, **what}) + "\n")
        self._process.stdin.flush()
        return self._read()

    def close(self) -> None:
        self._process.kill()
        self._process.wait()

    def _read(self) -> dict[str, Any]:
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        if not line:
            raise SystemExit("the chat room ended; see its error above")
        return dict(json.loads(line))


def main() -> None:
    with tempfile.TemporaryDirectory(prefix="lianluo-bench-") as folder:
        echo = measure_echo()
        ours = measure_ours(Path(folder))
    ratio = ours["updates_per_s"] / echo["updates_per_s"]
    print(f"bare aiogram echo      {echo['updates_per_s']:8.0f} updates/s")
    print(f"this bot, durable      {ours['updates_per_s']:8.0f} updates/s   ratio {ratio:.2f} (aim .30)")
    print(f"questions, end to end  {ours['questions_per_s']:8.1f} answers/s")
    print(f"start to first poll    {ours['start_s']:8.1f} s")
    print(f"memory after the run   {ours['rss_mb']:8.0f} MB")


def measure_echo() -> dict[str, float]:
    stand = Stand()
    try:
        with child([sys.executable, "-m", "benchmarks.echo", TOKEN, stand.url], dict(os.environ)):
            stand.order("wait_polled", since=time.time(), timeout_s=60)
            stand.order("flood", text="/cancel", **WARM)
            return {"updates_per_s": rate(stand.order("flood", **flooded("/cancel")))}
    finally:
        stand.close()


def measure_ours(folder: Path) -> dict[str, float]:
    stand = Stand()
    try:
        since = time.time()
        settings = environment(folder, stand.url)
        import_sample(settings)
        since = time.time()
        with child([sys.executable, "-m", "bot", "run"], settings) as process:
            start_s = stand.order("wait_polled", since=since, timeout_s=90)["seconds"]
            stand.order("flood", text="/ask 理事会多久开一次会", people=1, rounds=1, timeout_s=90)  # the index is open
            stand.order("flood", text="/cancel", **WARM)
            updates = rate(stand.order("flood", **flooded("/cancel")))
            asked = stand.order("flood", text="/ask 理事会多久开一次会", people=QUESTIONS, rounds=1, timeout_s=60)
            return {
                "updates_per_s": updates,
                "questions_per_s": rate(asked),
                "start_s": start_s,
                "rss_mb": resident_mb(process.pid),
            }
    finally:
        stand.close()


def flooded(text: str) -> dict[str, Any]:
    return {"text": text, "people": PEOPLE, "rounds": ROUNDS, "timeout_s": 60}


def rate(measured: dict[str, Any]) -> float:
    return float(measured["messages"]) / float(measured["seconds"])


def environment(folder: Path, api_base: str) -> dict[str, str]:
    inherited = {key: value for key, value in os.environ.items() if not key.startswith("LIANLUO_")}
    return inherited | {
        "LIANLUO_TELEGRAM__TOKEN": TOKEN,
        "LIANLUO_TELEGRAM__API_BASE": api_base,
        "LIANLUO_TELEGRAM__MESSAGES_PER_SECOND": "0",
        "LIANLUO_TELEGRAM__GROUP_INTERVAL_S": "0",
        "LIANLUO_DATABASE__URL": f"sqlite+aiosqlite:///{folder / 'lianluo.db'}",
        "LIANLUO_KNOWLEDGE__DIR": str(folder / "knowledge"),
        "LIANLUO_HTTP__PORT": "0",
    }


def import_sample(settings: dict[str, str]) -> None:
    documents = ROOT / "bot" / "sample" / "documents"
    command = [sys.executable, "-m", "bot", "kb", "import", str(documents), "--access", "public"]
    subprocess.run(command, cwd=ROOT, env=settings, check=True, stdout=subprocess.DEVNULL, timeout=90)


def resident_mb(pid: int) -> float:
    status = Path(f"/proc/{pid}/status")
    if not status.exists():
        return float("nan")
    return int(status.read_text().split("VmRSS:")[1].split()[0]) / 1024


@contextmanager
def child(command: list[str], environment: dict[str, str]) -> Iterator[subprocess.Popen[bytes]]:
    process = subprocess.Popen(command, cwd=ROOT, env=environment, stderr=subprocess.DEVNULL)
    try:
        yield process
    finally:
        process.terminate()
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


if __name__ == "__main__":
    main()

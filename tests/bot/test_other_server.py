"""The same process against another, stricter Bot API server: only telegram.api_base changes, nothing is violated."""

import importlib
import signal
import socket
import sys
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from tests.bot.process import ROOT, TOKEN, environment, running, until

SERVER = ROOT.parent / "shared" / "botapi"
pytestmark = [
    pytest.mark.shared,
    pytest.mark.skipif(not SERVER.is_dir(), reason="the second Bot API server is not beside the checkout"),
]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.syspath_prepend(str(SERVER))
    yield importlib.import_module("botapi_emulator")
    sys.modules.pop("botapi_emulator", None)


@pytest.mark.parametrize("mode", ["polling", "webhook"])
async def test_nothing_is_violated(mode: str, server: Any, tmp_path: Path) -> None:
    port = str(free_port())
    hook = {"URL": f"http://127.0.0.1:{port}", "PORT": port, "SECRET": "s3cret"} if mode == "webhook" else {}
    more = {"TELEGRAM__MODE": mode} | {f"TELEGRAM__WEBHOOK__{key}": value for key, value in hook.items()}
    async with server.Emulator(server.Config()) as emulator:
        emulator.add_bot(token=TOKEN)
        anna, bo = [emulator.create_user(first_name=name)["id"] for name in ("安娜<b>", "Bo")]
        async with running(environment(tmp_path, emulator.url, **more), tmp_path / "log") as process:
            await until(lambda: "started" in process.log.read_text(encoding="utf-8"), process=process)
            if mode == "webhook":  # reached from outside: no page answers there
                async with aiohttp.ClientSession() as http, http.get(f"{hook['URL']}/healthz") as page:
                    assert page.status == 404
            for command in ("start", "help", "privacy", "cancel"):
                since = emulator.sequence()
                emulator.send_command(anna, command)
                assert await emulator.wait_message(chat_id=anna, since=since, timeout=30), command
            since = emulator.sequence()
            emulator.send_text(anna, "理事会多久开一次会？")
            assert await emulator.wait_message(chat_id=anna, since=since, text="没有找到", timeout=60)
            group = emulator.create_group(creator_id=anna, member_ids=[bo])["id"]
            emulator.add_bot_to_chat(group)
            since = emulator.sequence()
            emulator.mention(bo, group, "理事会多久开一次会？")
            assert await emulator.wait_message(chat_id=group, since=since, timeout=60)
            await emulator.wait_quiet(1.0, timeout=15)
            assert emulator.violations() == []
            assert emulator.problems() == {"ill_typed": [], "unemulated": []}
            assert await process.end(signal.SIGTERM) == 0
        assert TOKEN not in process.log.read_text(encoding="utf-8")

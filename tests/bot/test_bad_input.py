"""Wrong settings and a hostile surrounding: one clear message, exit status 1, no traceback, no token anywhere."""

import os
import socket
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from bot import logs
from bot.cli import app
from tests.bot.process import TOKEN, environment

NEEDLE = "987654321:AAneedle-that-must-never-be-seen-01"


def run(*command: str, **settings: str) -> Result:
    """The command line in this process, with these variables and none of the caller's own."""
    mine = {key: None for key in os.environ if key.startswith("LIANLUO_")}
    own = {key: value for key, value in settings.items() if key.startswith("LIANLUO_")}
    return CliRunner().invoke(app, list(command), env={**mine, **own})


def refused(done: Result, *words: str, status: int = 1) -> None:
    told = done.output
    assert done.exit_code == status, told
    assert isinstance(done.exception, SystemExit)
    assert "Traceback" not in told
    assert NEEDLE not in told
    assert TOKEN not in told
    for word in words:
        assert word in told


@pytest.fixture
def settings(tmp_path: Path) -> dict[str, str]:
    return environment(tmp_path, "http://127.0.0.1:9")


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("[telegram]\ntokn = 'x'", ("telegram.tokn", "unknown key")),
        (f"[http]\nnote = '{NEEDLE}'", ("http.note", "unknown key")),
        ("[http]\nport = 'many'", ("http.port", "'many'")),
        ("[consortium]\ntimezone = 'Mars/Base'", ("consortium.timezone", "Asia/Shanghai")),
        ("[database]\nurl = 'postgresql://u:hunter2@h/d'", ("database.url", "postgresql+asyncpg://")),
        ("[telegram]\nmode = 'webhook'", ("webhook.secret",)),
        ("this is not toml", ("is not TOML",)),
        (b"\xff\xfe".decode("latin1"), ("is not TOML",)),
    ],
)
def test_a_broken_file_is_explained(
    content: str, words: tuple[str, ...], settings: dict[str, str], tmp_path: Path
) -> None:
    file = tmp_path / "config.toml"
    file.write_bytes(content.encode("latin1", "replace"))
    own = {key: value for key, value in settings.items() if not key.startswith("LIANLUO_")}
    done = run("--config", str(file), "check-config", **own)
    refused(done, *words)
    assert "hunter2" not in done.output


def test_a_missing_file_is_named(settings: dict[str, str]) -> None:
    refused(run("--config", "nowhere.toml", "check-config", **settings), "nowhere.toml", "config.example.toml")


def test_an_unknown_variable_is_named(settings: dict[str, str]) -> None:
    refused(run("check-config", **settings, LIANLUO_HTTP__PROT="1"), "http.prot", "unknown key")


def test_wrong_use_ends_with_2(settings: dict[str, str]) -> None:
    refused(run("run", "--only", "nothing", **settings), "bot or worker", status=2)


def test_no_token_and_no_bot_token_are_told(settings: dict[str, str]) -> None:
    refused(run("run", **settings | {"LIANLUO_TELEGRAM__TOKEN": ""}), "telegram.token is missing", "BotFather")


@pytest.mark.parametrize("token", ["x", NEEDLE[:-1], NEEDLE + "1", NEEDLE.replace(":", ""), f" {NEEDLE}"])
def test_a_token_of_another_shape_is_told_before_the_start(token: str, settings: dict[str, str]) -> None:
    done = run("check-config", **settings | {"LIANLUO_TELEGRAM__TOKEN": token})
    refused(done, "telegram.token", "is not a bot token", "35 characters")
    assert "needle" not in done.output


@pytest.mark.parametrize("group", [(), ("db",), ("kb",), ("members",), ("checkins",), ("tasks",), ("meetings",)])
def test_help_cuts_no_line_in_a_narrow_window(group: tuple[str, ...]) -> None:
    shown = CliRunner().invoke(app, [*group, "--help"], env={"COLUMNS": "80"}).output
    assert [line for line in shown.splitlines()[1:] if line.endswith("...")] == []


def test_an_unreachable_server_is_told(settings: dict[str, str]) -> None:
    refused(run("run", **settings | {"LIANLUO_TELEGRAM__TOKEN": NEEDLE}), "http://127.0.0.1:9", "telegram.api_base")


def test_an_unreadable_database_is_told(settings: dict[str, str], tmp_path: Path) -> None:
    (tmp_path / "file").write_text("not a folder")
    url = f"sqlite+aiosqlite:///{tmp_path / 'file' / 'x.db'}"
    refused(run("db", "current", **settings | {"LIANLUO_DATABASE__URL": url}), "cannot be opened")
    (tmp_path / "junk.db").write_bytes(b"this is no database at all" * 100)
    url = f"sqlite+aiosqlite:///{tmp_path / 'junk.db'}"
    refused(run("db", "current", **settings | {"LIANLUO_DATABASE__URL": url}), "cannot be opened")


def test_a_database_of_a_newer_version_is_told(settings: dict[str, str], tmp_path: Path) -> None:
    import sqlite3

    with sqlite3.connect(tmp_path / "lianluo.db") as connection:
        connection.execute("CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL)")
        connection.execute("INSERT INTO alembic_version VALUES ('9999')")
    refused(run("run", **settings), "9999", "newer version")


def test_a_taken_port_is_told(tmp_path: Path) -> None:
    """Needs a server that knows the token; the test's own minimal one answers getMe."""
    import json
    import threading
    from http.server import BaseHTTPRequestHandler, HTTPServer

    class Api(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            result = {"id": 777000, "is_bot": True, "first_name": "b", "username": "b_bot"}
            body = json.dumps({"ok": True, "result": result}).encode()
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None: ...

    server = HTTPServer(("127.0.0.1", 0), Api)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        settings = environment(tmp_path, f"http://127.0.0.1:{server.server_port}", HTTP__PORT=port)
        refused(run("run", **settings), "http.port", port)
    server.shutdown()


@pytest.mark.parametrize("text", [NEEDLE, f"http://x/bot{NEEDLE}/getMe", f"bot{NEEDLE.replace(':', '%3A')}/x"])
def test_tokens_are_taken_out_of_any_text(text: str) -> None:
    assert "needle" not in logs.redact(text)

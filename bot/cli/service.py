"""`lianluo demo`, `run`, `tick` …: the commands about the whole service."""

from pathlib import Path
from typing import Annotated

import typer

from bot.cli.running import WRONG_USE, Json, chosen, finish, now, read_settings, refuse, with_database

app = typer.Typer(
    name="lianluo",
    help="Lianluo (联络): the chat assistant of an industry-education consortium (产教联合体).",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)


@app.callback()
def _configure(
    config: Annotated[Path | None, typer.Option("--config", help="Settings file; default ./config.toml.")] = None,
) -> None:
    chosen["config"] = config


@app.command()
def demo(
    port: Annotated[int, typer.Option(help="Port of the chat page.")] = 8090,
    fresh: Annotated[bool, typer.Option("--fresh", help="Forget the last demo and start over.")] = False,
    no_browser: Annotated[bool, typer.Option("--no-browser", help="Do not open a browser.")] = False,
    data: Annotated[Path, typer.Option(help="Folder of the demo's state.")] = Path("data/demo"),
) -> None:
    """Try it in the browser with a sample consortium.

    A chat room, the bot and its data; no token, no network, no model.
    """
    from bot.commands.demo import run_demo

    finish(run_demo(data, port=port, fresh=fresh, browser=not no_browser))


@app.command()
def run(
    only: Annotated[str | None, typer.Option(help="bot: receiver and conversations; worker: the rest.")] = None,
) -> None:
    """The service: receiver, conversations, timetable, outbox."""
    if only not in (None, "bot", "worker"):
        refuse("--only takes bot or worker", WRONG_USE)
    from bot.commands.serve import serve

    finish(serve(read_settings(), only or "all"))


@app.command("check-config")
def check_config() -> None:
    """Read the settings and explain them."""
    from bot.commands.inspect import explain_settings

    explain_settings(read_settings())


@app.command()
def doctor(json: Json = False) -> None:
    """Look whether everything it needs is well.

    Database, migrations, index, endpoints, queues, clock and holiday table.
    """
    from bot.commands.inspect import examine

    finish(examine(read_settings(), as_json=json))


@app.command()
def digest(
    period: Annotated[str, typer.Argument(help="2026-10, 2026Q3 or 2026.")],
    out: Annotated[Path, typer.Option(help="Folder for the files.")],
    formats: Annotated[str, typer.Option("--format", help="Kinds, apart by commas.")] = "md,docx,xlsx,png,json",
) -> None:
    """Write the digest (简报) of a period and its ledger.

    A month, a quarter or a year; the ledger (台账) is the xlsx file.
    """
    from bot.commands.digests import write_digest

    finish(with_database(write_digest, read_settings(), period, out, formats, now()))


@app.command()
def timetable(
    start: Annotated[str, typer.Option("--from", help="First day, 2026-09-20.")],
    to: Annotated[str, typer.Option("--to", help="Last day.")],
    json: Json = False,
) -> None:
    """Rehearse on a copy what would be sent.

    When, to whom, and why; nothing is sent.
    """
    from bot.commands.timetable import rehearse

    finish(rehearse(read_settings(), start, to, as_json=json))


@app.command()
def tick(at: Annotated[str, typer.Option(help="ISO instant, 2026-10-08T09:00:00+08:00.")]) -> None:
    """Do all that is due up to that instant, deliver it, and end."""
    from bot import logs
    from bot.commands.timetable import tick as do_tick

    settings = read_settings()
    logs.set_up(settings.telegram.token.get_secret_value())
    finish(do_tick(settings, at))


@app.command()
def backup(file: Path) -> None:
    """Write the whole state to one file, while running."""
    from bot.commands.backup import backup as write

    finish(write(read_settings(), file))


@app.command()
def restore(file: Path) -> None:
    """Fill an empty database from a backup.

    On SQLite or PostgreSQL, whichever wrote the backup.
    """
    from bot.commands.backup import restore as read

    finish(read(read_settings(), file))


@app.command()
def erase(person: Annotated[str, typer.Argument(help="Telegram id, @username or #row.")]) -> None:
    """Forget a person: rows, files, index, queue."""
    from bot.commands import members as does

    finish(with_database(does.erase, person, now()))

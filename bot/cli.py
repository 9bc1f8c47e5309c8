"""`lianluo`: the command line. Each command imports what it needs when it runs, so that `--help` answers at once."""

import sys
import traceback
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any, NoReturn

import typer

app = typer.Typer(
    name="lianluo",
    help="联络 Lianluo: the chat assistant of an industry-education consortium (产教联合体).",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
db = typer.Typer(help="The database's schema.", no_args_is_help=True)
kb = typer.Typer(help="The knowledge base (资料库).", no_args_is_help=True)
members = typer.Typer(help="The register (成员名册).", no_args_is_help=True)
checkins = typer.Typer(help="Monthly check-ins (月报).", no_args_is_help=True)
tasks = typer.Typer(help="The plan's tasks and targets (任务台账).", no_args_is_help=True)
meetings = typer.Typer(help="Joint meetings (联席会).", no_args_is_help=True)
app.add_typer(db, name="db")
app.add_typer(tasks, name="tasks")
app.add_typer(meetings, name="meetings")
app.add_typer(checkins, name="checkins")
app.add_typer(kb, name="kb")
app.add_typer(members, name="members")

REFUSED, WRONG_USE = 1, 2
chosen: dict[str, Path | None] = {"config": None}
Json = Annotated[bool, typer.Option("--json", help="Print exactly one JSON value.")]


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

    _finish(run_demo(data, port=port, fresh=fresh, browser=not no_browser))


@app.command()
def run(
    only: Annotated[str | None, typer.Option(help="bot: receiver and conversations; worker: the rest.")] = None,
) -> None:
    """The service: receiver, conversations, timetable, outbox."""
    if only not in (None, "bot", "worker"):
        _refuse("--only takes bot or worker", WRONG_USE)
    from bot.commands.serve import serve

    _finish(serve(_settings(), only or "all"))


@app.command("check-config")
def check_config() -> None:
    """Read the settings and explain them."""
    from bot.commands.inspect import explain_settings

    explain_settings(_settings())


@app.command()
def doctor(json: Json = False) -> None:
    """Look whether everything it needs is well.

    Database, migrations, index, endpoints, queues, clock and holiday table.
    """
    from bot.commands.inspect import examine

    _finish(examine(_settings(), as_json=json))


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

    _finish(_with_database(write_digest, _settings(), period, out, formats, _now()))


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

    _finish(rehearse(_settings(), start, to, as_json=json))


@app.command()
def tick(at: Annotated[str, typer.Option(help="ISO instant, 2026-10-08T09:00:00+08:00.")]) -> None:
    """Do all that is due up to that instant, deliver it, and end."""
    from bot.commands.timetable import tick as do_tick

    _finish(do_tick(_settings(), at))


@app.command()
def backup(file: Path) -> None:
    """Write the whole state to one file, while running."""
    from bot.commands.backup import backup as write

    _finish(write(_settings(), file))


@app.command()
def restore(file: Path) -> None:
    """Fill an empty database from a backup.

    On SQLite or PostgreSQL, whichever wrote the backup.
    """
    from bot.commands.backup import restore as read

    _finish(read(_settings(), file))


@db.command("upgrade")
def db_upgrade(revision: str = "head") -> None:
    """Bring the schema forward."""
    from bot.commands.database import upgrade

    _finish(upgrade(_settings(), revision))


@db.command("downgrade")
def db_downgrade(revision: str) -> None:
    """Take the schema back to a revision, or to `base`."""
    from bot.commands.database import downgrade

    _finish(downgrade(_settings(), revision))


@db.command("current")
def db_current() -> None:
    """Show the revision the database stands at."""
    from bot.commands.database import show_current

    _finish(show_current(_settings()))


@kb.command("import")
def kb_import(
    paths: list[Path],
    access: Annotated[str, typer.Option(help="public, members or secretariat.")] = "members",
    collection: Annotated[str, typer.Option(help="The collection's name.")] = "",
    passages: Annotated[bool, typer.Option("--passages", help='JSONL lines {"id","title","text"}.')] = False,
) -> None:
    """Read documents, and folders of them, into the library.

    Types: txt, md, html, docx, pdf, xlsx, pptx.
    """
    from bot.commands.library import import_paths

    _finish(import_paths(_settings(), paths, access=access, collection=collection, passages=passages))


@kb.command("list")
def kb_list(json: Json = False) -> None:
    """Show what stands on the shelf."""
    from bot.commands.library import list_all

    _finish(list_all(_settings(), as_json=json))


@kb.command("show")
def kb_show(document: str) -> None:
    """Show a document's particulars and passages."""
    from bot.commands.library import show

    _finish(show(_settings(), document))


@kb.command("remove")
def kb_remove(document: str) -> None:
    """Take a document off the shelf for good."""
    from bot.commands.library import remove

    _finish(remove(_settings(), document))


@kb.command("rebuild")
def kb_rebuild() -> None:
    """Write a new index from the stored documents."""
    from bot.commands.library import rebuild

    _finish(rebuild(_settings()))


@kb.command("search")
def kb_search(
    text: Annotated[str | None, typer.Argument()] = None,
    batch: Annotated[Path | None, typer.Option(help='JSONL lines {"id","text"}.')] = None,
    top: int = 10,
    json: Json = False,
) -> None:
    """Find passages."""
    from bot.commands.library import search

    _one_of(text, batch)
    _finish(search(_settings(), text, batch, top=top, as_json=json))


@kb.command("ask")
def kb_ask(
    text: Annotated[str | None, typer.Argument()] = None,
    batch: Annotated[Path | None, typer.Option(help='JSONL lines {"id","text"}.')] = None,
    json: Json = False,
) -> None:
    """Answer from the knowledge base, with document, clause and quote."""
    from bot.commands.library import ask

    _one_of(text, batch)
    _finish(ask(_settings(), text, batch, as_json=json))


@tasks.command("import")
def tasks_import(file: Path, json: Json = False) -> None:
    """Bring the plan in line with a table.

    A .jsonl, .xlsx or .csv file; shows its contradictions.
    """
    from bot.commands.meetings import import_tasks

    settings = _settings()
    _finish(_with_database(import_tasks, file, settings.tasks, _now(), as_json=json))


@tasks.command("list")
def tasks_list(
    as_of: Annotated[str | None, typer.Option("--as-of", help="A day, 2026-10-20; default today.")] = None,
    json: Json = False,
) -> None:
    """Show every task with its light and the legend."""
    from bot.commands.meetings import list_tasks

    _finish(_with_database(list_tasks, _settings(), as_of, _now(), as_json=json))


@meetings.command("list")
def meetings_list(json: Json = False) -> None:
    """Show all meetings with their ids."""
    from bot.commands.meetings import list_meetings

    _finish(_with_database(list_meetings, _settings(), as_json=json))


@meetings.command("pack")
def meetings_pack(meeting: int, out: Annotated[Path, typer.Option("--out", help="Folder for the files.")]) -> None:
    """Write a meeting's pack (会议材料包).

    Agenda, follow-up, lights, key figures and topics as .docx, and an .xlsx annex.
    """
    from bot.commands.meetings import write_meeting_pack

    _finish(_with_database(write_meeting_pack, _settings(), meeting, out, _now()))


@members.command("import")
def members_import(
    file: Path, dry_run: Annotated[bool, typer.Option("--dry-run", help="Only tell what would happen.")] = False
) -> None:
    """Bring the register in line with a file (.xlsx, .csv)."""
    from bot.commands import members as does

    _finish(_with_database(does.import_members, file, _now(), dry_run=dry_run))


@members.command("export")
def members_export(file: Annotated[Path, typer.Argument(help=".xlsx or .csv")] = Path("members.xlsx")) -> None:
    """Write the register to a file that imports again to the same."""
    from bot.commands import members as does

    _finish(_with_database(does.export_members, file))


@members.command("invite")
def members_invite(
    unit: str,
    role: Annotated[str, typer.Option(help="liaison, deputy, leader, council or secretariat.")] = "liaison",
    json: Json = False,
) -> None:
    """Make a single-use invitation.

    The person sends /start join_CODE or opens the link.
    """
    from bot.commands.members import invite_with_link

    _finish(invite_with_link(_settings(), (unit, role), _now(), as_json=json))


@app.command()
def erase(person: Annotated[str, typer.Argument(help="Telegram id, @username or #row.")]) -> None:
    """Forget a person: rows, files, index, queue."""
    from bot.commands import members as does

    _finish(_with_database(does.erase, person, _now()))


@checkins.command("parse")
def checkins_parse(batch: Annotated[Path, typer.Option(help="JSONL cases; see the manual.")]) -> None:
    """Understand messages; nothing is stored."""
    from bot.commands.checkins import parse

    _finish(parse(batch))


@checkins.command("export")
def checkins_export(
    period: Annotated[str, typer.Argument(help="2026-10, 2026Q3 or 2026.")],
    out: Annotated[Path, typer.Option(help="The xlsx file to write.")],
) -> None:
    """Write the ledger (台账) of a period.

    Figures, standings, corrections.
    """
    from bot.commands.checkins import export

    _finish(_with_database(export, _settings(), period, out, _now()))


def main() -> None:
    """Entry point: refusals end with status 1 and a message, wrong use with 2."""
    try:
        app()
    except KeyboardInterrupt:
        sys.exit(130)


def _settings() -> Any:
    from bot.settings import SettingsError, load_settings

    try:
        return load_settings(chosen["config"])
    except SettingsError as error:
        lines = [f"  {key}" + (f" = {value}" if value else "") + f"\n    {what}" for key, value, what in error.problems]
        _refuse("The settings cannot be used:\n" + "\n".join(lines))


def _finish(coroutine: Any) -> None:
    """Run a command; what it refuses is told in one line, what nobody foresaw with its place and without secrets."""
    import asyncio

    from bot.commands.refusals import Refused, WrongUse

    try:
        asyncio.run(coroutine)
    except WrongUse as slip:
        _refuse(str(slip), WRONG_USE)
    except Refused as refusal:
        _refuse(str(refusal))
    except typer.Exit:
        raise
    except Exception as fault:
        _refuse_for(fault)
        from bot.logs import redact

        place = traceback.extract_tb(fault.__traceback__)[-1]
        _refuse(redact(f"unexpected: {type(fault).__name__}: {fault}\n  at {place.filename}:{place.lineno}"))


async def _with_database(act: Any, *given: Any, **named: Any) -> None:
    from bot.commands.database import prepare
    from services.db import Database

    settings = _settings()
    await prepare(settings)
    database = Database(settings.database.url)
    try:
        await act(database, *given, **named)
    finally:
        await database.dispose()


def _now() -> datetime:
    return datetime.now(UTC)


def _refuse_for(fault: Exception) -> None:
    """Refusals of the use cases are told in the words of the chat."""
    from handlers import texts
    from handlers.refusals import text_key_of
    from services.errors import Refusal

    if isinstance(fault, Refusal):
        _refuse(texts.plain(text_key_of(fault), fault.facts))


def _one_of(text: str | None, batch: Path | None) -> None:
    if (text is None) == (batch is None):
        _refuse("give either a text or --batch FILE", WRONG_USE)


def _refuse(message: str, status: int = REFUSED) -> NoReturn:
    typer.echo(message, err=True)
    raise typer.Exit(status)


if __name__ == "__main__":
    main()

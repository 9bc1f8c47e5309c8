"""`lianluo meetings …`: joint meetings (联席会)."""

from pathlib import Path
from typing import Annotated

import typer

from bot.cli.running import Json, finish, now, read_settings, with_database

group = typer.Typer(help="Joint meetings (联席会).", no_args_is_help=True)


@group.command("list")
def meetings_list(json: Json = False) -> None:
    """Show all meetings with their ids."""
    from bot.commands.meetings import list_meetings

    finish(with_database(list_meetings, read_settings(), as_json=json))


@group.command("pack")
def meetings_pack(meeting: int, out: Annotated[Path, typer.Option("--out", help="Folder for the files.")]) -> None:
    """Write a meeting's pack (会议材料包).

    Agenda, follow-up, lights, key figures and topics as .docx, and an .xlsx annex.
    """
    from bot.commands.meetings import write_meeting_pack

    finish(with_database(write_meeting_pack, read_settings(), meeting, out, now()))

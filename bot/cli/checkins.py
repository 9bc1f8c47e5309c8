"""`lianluo checkins …`: monthly check-ins (月报)."""

from pathlib import Path
from typing import Annotated

import typer

from bot.cli.running import finish, now, read_settings, with_database

group = typer.Typer(help="Monthly check-ins (月报).", no_args_is_help=True)


@group.command("parse")
def checkins_parse(batch: Annotated[Path, typer.Option(help="JSONL cases; see the manual.")]) -> None:
    """Understand messages; nothing is stored."""
    from bot.commands.checkins import parse

    finish(parse(batch))


@group.command("export")
def checkins_export(
    period: Annotated[str, typer.Argument(help="2026-10, 2026Q3 or 2026.")],
    out: Annotated[Path, typer.Option(help="The xlsx file to write.")],
) -> None:
    """Write the ledger (台账) of a period.

    Figures, standings, corrections.
    """
    from bot.commands.checkins import export

    finish(with_database(export, read_settings(), period, out, now()))

"""`lianluo supply …`: the tables of supply and demand (供需对接)."""

from pathlib import Path
from typing import Annotated

import typer

from bot.cli.running import Json, finish, now, read_settings, with_database

group = typer.Typer(help="Supply and demand (供需对接).", no_args_is_help=True)


@group.command("import")
def supply_import(
    file: Path,
    source: Annotated[str, typer.Option("--source", help="Where it is from; the file's name otherwise.")] = "",
    approve: Annotated[bool, typer.Option("--approve", help="Put it in force at once.")] = False,
) -> None:
    """Load the catalogue of majors or the table of industries from .xlsx or .csv."""
    from bot.commands.supply import import_table

    settings = read_settings()
    finish(with_database(import_table, settings, file, source or file.name, now(), approve=approve))


@group.command("tables")
def supply_tables(json: Json = False) -> None:
    """Show all loaded tables and which are in force."""
    from bot.commands.supply import list_tables

    finish(with_database(list_tables, read_settings(), as_json=json))

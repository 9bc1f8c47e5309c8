"""`lianluo tasks …`: the plan's tasks and targets (任务台账)."""

from pathlib import Path
from typing import Annotated

import typer

from bot.cli.running import Json, finish, now, read_settings, with_database

group = typer.Typer(help="The plan's tasks and targets (任务台账).", no_args_is_help=True)


@group.command("import")
def tasks_import(file: Path, json: Json = False) -> None:
    """Bring the plan in line with a table.

    A .jsonl, .xlsx or .csv file; shows its contradictions.
    """
    from bot.commands.meetings import import_tasks

    settings = read_settings()
    finish(with_database(import_tasks, file, settings.tasks, now(), as_json=json))


@group.command("list")
def tasks_list(
    as_of: Annotated[str | None, typer.Option("--as-of", help="A day, 2026-10-20; default today.")] = None,
    json: Json = False,
) -> None:
    """Show every task with its light and the legend."""
    from bot.commands.meetings import list_tasks

    finish(with_database(list_tasks, read_settings(), as_of, now(), as_json=json))

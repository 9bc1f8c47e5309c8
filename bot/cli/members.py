"""`lianluo members …`: the register (成员名册)."""

from pathlib import Path
from typing import Annotated

import typer

from bot.cli.running import Json, finish, now, read_settings, with_database

group = typer.Typer(help="The register (成员名册).", no_args_is_help=True)


@group.command("import")
def members_import(
    file: Path, dry_run: Annotated[bool, typer.Option("--dry-run", help="Only tell what would happen.")] = False
) -> None:
    """Bring the register in line with a file (.xlsx, .csv)."""
    from bot.commands import members as does

    finish(with_database(does.import_members, file, now(), dry_run=dry_run))


@group.command("export")
def members_export(file: Annotated[Path, typer.Argument(help=".xlsx or .csv")] = Path("members.xlsx")) -> None:
    """Write the register to a file that imports again to the same."""
    from bot.commands import members as does

    finish(with_database(does.export_members, file))


@group.command("invite")
def members_invite(
    unit: str,
    role: Annotated[str, typer.Option(help="liaison, deputy, leader, council or secretariat.")] = "liaison",
    json: Json = False,
) -> None:
    """Make a single-use invitation.

    The person sends /start join_CODE or opens the link.
    """
    from bot.commands.members import invite_with_link

    finish(invite_with_link(read_settings(), (unit, role), now(), as_json=json))

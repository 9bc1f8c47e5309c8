"""`lianluo db …`: the database's schema."""

import typer

from bot.cli.running import finish, read_settings

group = typer.Typer(help="The database's schema.", no_args_is_help=True)


@group.command("upgrade")
def db_upgrade(revision: str = "head") -> None:
    """Bring the schema forward."""
    from bot.commands.database import upgrade

    finish(upgrade(read_settings(), revision))


@group.command("downgrade")
def db_downgrade(revision: str) -> None:
    """Take the schema back to a revision, or to `base`."""
    from bot.commands.database import downgrade

    finish(downgrade(read_settings(), revision))


@group.command("current")
def db_current() -> None:
    """Show the revision the database stands at."""
    from bot.commands.database import show_current

    finish(show_current(read_settings()))

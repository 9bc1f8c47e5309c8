"""`lianluo db`, and the look at the schema before anything starts."""

import typer

from bot.commands.refusals import Refused
from bot.settings import Settings
from services import schema


async def upgrade(settings: Settings, revision: str) -> None:
    """Bring the schema forward."""
    await schema.upgrade(settings.database.url, revision)
    await show_current(settings)


async def downgrade(settings: Settings, revision: str) -> None:
    """Take the schema back."""
    await schema.downgrade(settings.database.url, revision)
    await show_current(settings)


async def show_current(settings: Settings) -> None:
    """Print where the schema stands."""
    found = await _current(settings)
    typer.echo(f"{found or 'empty'} (newest: {schema.head()})")


async def prepare(settings: Settings) -> None:
    """An empty database is set up; an older schema is refused with the remedy.

    Raises:
        Refused: the database cannot be reached, or its schema is not the newest.
    """
    found = await _current(settings)
    if found is None and await schema.is_empty(settings.database.url):
        await schema.upgrade(settings.database.url)
    elif found != schema.head():
        raise Refused(f"The database stands at {found}, this version needs {schema.head()}: run `lianluo db upgrade`.")


async def _current(settings: Settings) -> str | None:
    try:
        return await schema.current(settings.database.url)
    except Exception as error:
        from bot.logs import redact

        raise Refused(f"The database cannot be opened ({type(error).__name__}): {redact(str(error))[:300]}") from None

"""`lianluo db`, and the look at the schema before anything starts."""

from collections.abc import Awaitable, Callable

import typer

from bot.commands.refusals import Refused
from bot.settings import Settings
from services import schema


async def upgrade(settings: Settings, revision: str) -> None:
    """Bring the schema forward."""
    await _current(settings)
    await _migrate(schema.upgrade, settings, revision)
    await show_current(settings)


async def downgrade(settings: Settings, revision: str) -> None:
    """Take the schema back."""
    await _current(settings)
    await _migrate(schema.downgrade, settings, revision)
    await show_current(settings)


async def show_current(settings: Settings) -> None:
    """Print where the schema stands."""
    found = await _current(settings)
    typer.echo(f"{found or 'empty'} (newest: {schema.head()})")


async def prepare(settings: Settings, *, forward: bool = False) -> None:
    """An empty database is set up; an older schema is refused with the remedy, or brought ``forward``.

    Raises:
        Refused: the database cannot be reached, or its schema is not the newest.
    """
    found = await _current(settings)
    if found is None and await schema.is_empty(settings.database.url):
        await schema.upgrade(settings.database.url)
    elif found is not None and not schema.is_known(found):
        raise Refused(
            f"The database stands at {found}, which this version does not know: it was made by a newer version. "
            "Install that version, or restore a backup."
        )
    elif found != schema.head() and forward:
        await _migrate(schema.upgrade, settings, "head")
    elif found != schema.head():
        raise Refused(f"The database stands at {found}, this version needs {schema.head()}: run `lianluo db upgrade`.")


async def _migrate(act: Callable[[str, str], Awaitable[None]], settings: Settings, revision: str) -> None:
    try:
        await act(settings.database.url, revision)
    except schema.UnknownRevision as error:
        raise Refused(f"{error}; `lianluo db current` shows where the database stands") from None
    except schema.SchemaDamaged as error:
        raise Refused(f"nothing was changed: {error} after the migration; restore a backup and report this") from None


async def _current(settings: Settings) -> str | None:
    try:
        return await schema.current(settings.database.url)
    except Exception as error:
        from bot.logs import redact

        raise Refused(f"The database cannot be opened ({type(error).__name__}): {redact(str(error))[:300]}") from None

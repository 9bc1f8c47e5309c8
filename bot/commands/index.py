"""What the commands about the library work on: the database, and the search index beside it."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from bot.commands.database import prepare
from bot.commands.refusals import Refused
from bot.keeping import IndexKeeper
from bot.settings import Settings
from services.db import Database


@asynccontextmanager
async def open_database(settings: Settings) -> AsyncIterator[Database]:
    """The configured database at the newest schema."""
    await prepare(settings)
    database = Database(settings.database.url)
    try:
        yield database
    finally:
        await database.dispose()


@asynccontextmanager
async def open_keeper(settings: Settings) -> AsyncIterator[IndexKeeper]:
    """The index, brought in line; refused while another process owns it."""
    from knowledge.errors import IndexBusy

    async with open_database(settings) as database:
        keeper = IndexKeeper(database, settings.knowledge, settings.llm, settings.embedding)
        try:
            await keeper.open()
        except IndexBusy as busy:
            raise Refused(
                f"Another process uses knowledge.dir = {busy.directory}; stop it or ask it in chat."
            ) from None
        try:
            await keeper.sync()
            yield keeper
        finally:
            await keeper.close()

"""After a change of the library: the index brought in line, and the regression set asked again."""

from datetime import UTC, datetime

import typer

from bot.commands.trials import evaluate_after_import
from bot.keeping import IndexKeeper
from bot.settings import Settings
from services.db import Database
from services.errands import Work, promise


async def bring_in_line(settings: Settings, database: Database) -> None:
    """Bring the index in line now, or leave it to the process that owns it."""
    from knowledge.errors import IndexBusy

    keeper = IndexKeeper(database, settings.knowledge, settings.llm, settings.embedding)
    try:
        await keeper.open(warm=False)
    except IndexBusy:
        async with database.transaction() as session:
            await promise(session, Work("sync_index", {}), now=datetime.now(UTC))
        typer.echo("the running assistant takes the change into its index", err=True)
        return
    try:
        if await keeper.sync():
            await evaluate_after_import(settings, keeper, database)
    finally:
        await keeper.close()

"""Alembic's environment. `bot/commands/database.py` gives the connection; nothing is read from an ini file."""

from typing import Any, Literal

from alembic import context

from services.models import Base
from services.models.base import Utc


def render(kind: str, item: Any, _context: Any) -> str | Literal[False]:
    """Migrations say what the column is, not which class of ours made it."""
    return "sa.DateTime(timezone=True)" if kind == "type" and isinstance(item, Utc) else False


def run() -> None:
    """Migrate over the connection that the caller opened."""
    connection = context.config.attributes["connection"]
    context.configure(
        connection=connection,
        target_metadata=Base.metadata,
        render_as_batch=connection.dialect.name == "sqlite",
        compare_type=True,
        render_item=render,
        transaction_per_migration=False,
    )
    with context.begin_transaction():
        context.run_migrations()


run()

"""Where a conversation stands, kept in SQL and committed with the effect of each answer."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import Select, bindparam, delete, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncSession

from services.models import Dialogue

_TABLE = Dialogue.__table__


@dataclass(frozen=True)
class Standing:
    """State and data of one conversation; at rest it has neither."""

    state: str = ""
    data: Mapping[str, Any] = field(default_factory=dict)

    @property
    def is_at_rest(self) -> bool:
        """Whether nothing is going on: a conversation at rest leaves no row."""
        return not self.state and not self.data


REST = Standing()


async def find_dialogue(session: AsyncSession, key: str) -> Standing:
    """Where the conversation under that key stands."""
    row = (await session.execute(_find(), {"of": key})).one_or_none()
    return REST if row is None else Standing(row.state, row.data)


async def put_dialogue(session: AsyncSession, key: str, standing: Standing, *, now: datetime) -> None:
    """Let it stand there."""
    if standing.is_at_rest:
        await session.execute(delete(_TABLE).where(_TABLE.c.key == key))  # type: ignore[arg-type]
        return
    row = {"key": key, "state": standing.state, "data": dict(standing.data), "updated_at": now}
    await session.execute(_put(session.get_bind().dialect.name), row)


async def save_dialogue(
    session: AsyncSession,
    key: str,
    *,
    now: datetime,
    state: str | None = None,
    data: dict[str, Any] | None = None,
) -> None:
    """Set the state, the data, or both."""
    standing = await find_dialogue(session, key)
    state = standing.state if state is None else state
    await put_dialogue(session, key, Standing(state, standing.data if data is None else data), now=now)


@cache
def _find() -> Select[str, dict[str, Any]]:
    """Built once: asked at every update."""
    return select(_TABLE.c.state, _TABLE.c.data).where(_TABLE.c.key == bindparam("of"))


@cache
def _put(dialect: str) -> Any:
    make = (postgresql.insert if dialect == "postgresql" else sqlite.insert)(_TABLE)  # type: ignore[arg-type]
    kept = {name: make.excluded[name] for name in ("state", "data", "updated_at")}
    return make.on_conflict_do_update(index_elements=["key"], set_=kept)

"""A person's marks (name, username, account number) in JSON: found and blanked."""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, String, cast, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

GONE = "（已注销）"


@dataclass(frozen=True)
class Subject:
    """Who is to be forgotten; the name and number as they stood before the row was emptied."""

    person_id: int
    telegram_id: int
    name: str
    username: str
    now: datetime


async def rows_naming(session: AsyncSession, column: Any, who: Subject) -> list[Any]:
    """Rows whose JSON holds the person's name, username or account number."""
    marks = [holds(column, json.dumps(mark)[1:-1]) for mark in (who.name, who.username) if len(mark) > 1]
    if who.telegram_id:
        marks.append(holds(column, str(who.telegram_id)))
    if not marks:
        return []
    return list(await session.scalars(select(column.class_).where(or_(*marks))))


def holds(column: Any, part: str) -> ColumnElement[bool]:
    """Whether the text of the column has that part."""
    return cast(column, String).contains(part, autoescape=True)


def without(value: Any, who: Subject) -> Any:
    """The JSON value with the marks blanked."""
    if isinstance(value, dict):
        return {key: without(item, who) for key, item in value.items()}
    if isinstance(value, list):
        return [without(item, who) for item in value]
    if isinstance(value, str):
        for mark in (who.name, who.username, str(who.telegram_id) if who.telegram_id else ""):
            value = value.replace(mark, GONE) if len(mark) > 1 else value
        return value
    return None if value == who.telegram_id and not isinstance(value, bool) and who.telegram_id else value

"""Every change of a filed check-in, readable: who, when, what it was, what it became, why."""

from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from services.checkins.filling.cards import FOLLOW_UP
from services.checkins.standing.sheets import Sheet
from services.models import EntryVersion, Person

AT_MOST = 40


async def list_changes(session: AsyncSession, sheet: Sheet) -> list[dict[str, Any]]:
    """Changes after the first filing, and everything filed on behalf, newest first; JSON types only."""
    rows = await session.execute(
        select(EntryVersion, Person.name)
        .outerjoin(Person, EntryVersion.by == Person.id)
        .where(
            EntryVersion.submission_id == sheet.submission.id,
            or_(EntryVersion.version > 1, EntryVersion.kind != "filed"),
        )
        .order_by(EntryVersion.at.desc(), EntryVersion.id.desc())
        .limit(AT_MOST)
    )
    return [_change(sheet, version, name or "") for version, name in rows if version.key != FOLLOW_UP]


def _change(sheet: Sheet, version: EntryVersion, by: str) -> dict[str, Any]:
    return {
        "label": _label(sheet, version.key),
        "at": version.at.isoformat(),
        "by": by,
        "kind": version.kind,
        "reason": version.reason,
        "before": _shown(version.before or {}),
        "after": _shown(version.after),
    }


def _shown(snapshot: dict[str, Any]) -> dict[str, Any]:
    return {"value": snapshot.get("value"), "text": snapshot.get("text"), "state": snapshot.get("state")}


def _label(sheet: Sheet, key: str) -> str:
    try:
        return sheet.form.label_of(key)
    except StopIteration:
        return key

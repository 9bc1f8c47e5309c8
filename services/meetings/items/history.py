"""The history of an action item: every change with who, when, from which state to which, and why."""

from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from services import audit
from services.models import ActionItem, ItemEvent


def note_event(
    session: AsyncSession,
    item: ActionItem,
    action: str,
    *,
    before: str,
    by: int | None,
    now: datetime,
    **facts: Any,
) -> None:
    """Write the change down, in the item's history and in the audit trail."""
    session.add(ItemEvent(item_id=item.id, at=now, by=by, action=action, before=before, after=item.state, facts=facts))
    audit.record(session, action, "action_item", item.id, by=by, now=now, before=before, after=item.state, **facts)


async def list_history(session: AsyncSession, item_id: int) -> list[ItemEvent]:
    """The changes, oldest first."""
    rows = await session.scalars(select(ItemEvent).where(ItemEvent.item_id == item_id).order_by(ItemEvent.id))
    return list(rows)


async def last_by(session: AsyncSession, item: ActionItem, action: str) -> int | None:
    """Who did that to the item last."""
    found: int | None = await session.scalar(
        select(ItemEvent.by)
        .where(ItemEvent.item_id == item.id, ItemEvent.action == action)
        .order_by(ItemEvent.id.desc())
        .limit(1)
    )
    return found

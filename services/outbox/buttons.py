"""What a pressed button means. Callback data is only a reference; everything is checked again at use."""

from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import Select, bindparam, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from services.errors import AlreadyClosed, NotAllowed, NotFound
from services.models import Chat, OutboxMessage


@dataclass(frozen=True)
class Pressed:
    """A button found again: the message it hung on, what it does, with which payload."""

    outbox_id: int
    action: str
    payload: dict[str, Any]
    message_id: int | None
    text_key: str
    values: dict[str, Any]


async def get_pressed(
    session: AsyncSession, callback_data: str, *, person_id: int | None, chat_id: int | None = None
) -> Pressed:
    """The button behind `token:index`. `chat_id`: where it was pressed, None when that does not matter.

    Raises:
        NotFound: no such message or button: forged, or older than the retention time.
        NotAllowed: the message was for somebody else, or for another chat; a forwarded button has no power.
        AlreadyClosed: the message's buttons were answered before.
    """
    token, _, index = callback_data.partition(":")
    row = (await session.execute(_behind(), {"of": token})).one_or_none()
    flat = [button for line in row.buttons for button in line] if row else []
    if row is None or not (index.isascii() and index.isdigit()) or int(index) >= len(flat):
        raise NotFound(what="button", given=callback_data)
    if row.person_id is not None and row.person_id != person_id:
        raise NotAllowed(what="button", problem="person", **_tried(row, int(index)))
    if chat_id is not None and chat_id != row.chat_id and not await _became(session, row.chat_id, chat_id):
        raise NotAllowed(what="button", problem="chat", **_tried(row, int(index)))
    if row.closed_at is not None:
        raise AlreadyClosed(what="button")
    button = flat[int(index)]
    return Pressed(row.id, button["action"], button["payload"], row.message_id, row.text_key, row.values)


@cache
def _behind() -> Select[*tuple[Any, ...]]:
    """Built once: nearly every second update is a press."""
    table = OutboxMessage.__table__
    names = ("id", "person_id", "chat_id", "message_id", "text_key", "values", "buttons", "closed_at")
    return select(*(table.c[name] for name in names)).where(table.c.token == bindparam("of"))


def _tried(row: Any, index: int) -> dict[str, Any]:
    """What a press without power would have done, for the audit trail."""
    button = [button for line in row.buttons for button in line][index]
    return {"action": button["action"], "outbox_id": row.id, "payload": button["payload"]}


async def _became(session: AsyncSession, chat_id: int, new_id: int) -> bool:
    """Whether the group may have become the other: one that becomes a supergroup gets a new id, its messages do not."""
    if chat_id > 0 or new_id > 0:
        return False
    status = await session.scalar(select(Chat.status).where(Chat.chat_id == chat_id))
    return status == "left"


async def close_buttons(session: AsyncSession, outbox_id: int, *, now: datetime) -> None:
    """Answer the message's buttons for good.

    Raises:
        AlreadyClosed: somebody was faster.
    """
    closed = await session.execute(
        update(OutboxMessage)
        .where(OutboxMessage.id == outbox_id, OutboxMessage.closed_at.is_(None))
        .values(closed_at=now)
        .returning(OutboxMessage.id)
    )
    if closed.scalar_one_or_none() is None:
        raise AlreadyClosed(what="button")

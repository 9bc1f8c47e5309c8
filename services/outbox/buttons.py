"""What a pressed button means. Callback data is only a reference; everything is checked again at use."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from services.errors import AlreadyClosed, NotAllowed, NotFound
from services.models import OutboxMessage


@dataclass(frozen=True)
class Pressed:
    """A button found again: the message it hung on, what it does, with which payload."""

    outbox_id: int
    action: str
    payload: dict[str, Any]
    message_id: int | None
    text_key: str
    values: dict[str, Any]


async def get_pressed(session: AsyncSession, callback_data: str, *, person_id: int | None) -> Pressed:
    """The button behind `token:index`.

    Raises:
        NotFound: no such message or button: forged, or older than the retention time.
        NotAllowed: the message was for somebody else; a forwarded button has no power.
        AlreadyClosed: the message's buttons were answered before.
    """
    token, _, index = callback_data.partition(":")
    row = await session.scalar(select(OutboxMessage).where(OutboxMessage.token == token))
    flat = [button for line in row.buttons for button in line] if row else []
    if row is None or not (index.isascii() and index.isdigit()) or int(index) >= len(flat):
        raise NotFound(what="button", given=callback_data)
    if row.person_id is not None and row.person_id != person_id:
        raise NotAllowed(what="button")
    if row.closed_at is not None:
        raise AlreadyClosed(what="button")
    button = flat[int(index)]
    return Pressed(row.id, button["action"], button["payload"], row.message_id, row.text_key, row.values)


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

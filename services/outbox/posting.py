"""Writing and withdrawing messages."""

import secrets
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime
from functools import cache
from typing import Any, Literal

from sqlalchemy import bindparam, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncSession

from services.models import OutboxMessage


@dataclass(frozen=True)
class Button:
    """An inline button. `label` is a text key filled with `values`; `action` and `payload` stay in the database."""

    label: str
    action: str = ""
    payload: dict[str, Any] = field(default_factory=dict)
    values: dict[str, Any] = field(default_factory=dict)
    url: str = ""


@dataclass(frozen=True)
class Attachment:
    """A file that goes with the message: `path` on this machine, the `name` people see, `kind` document or photo."""

    path: str
    name: str
    kind: Literal["document", "photo"] = "document"


@dataclass(frozen=True)
class Note:
    """What to say: a text key, its values (JSON types only), rows of buttons, perhaps a file."""

    text_key: str
    values: dict[str, Any] = field(default_factory=dict)
    buttons: tuple[tuple[Button, ...], ...] = ()
    attachment: Attachment | None = None


@dataclass(frozen=True)
class Address:
    """Where to say it. `edits` names the Telegram message to replace; `person_id` the only one its buttons obey."""

    chat_id: int
    thread_id: int | None = None
    reply_to: int | None = None
    edits: int | None = None
    person_id: int | None = None


@dataclass(frozen=True)
class Timing:
    """When it may leave, and after which instant it would be stale and is dropped with a reason."""

    not_before: datetime | None = None
    expires_at: datetime | None = None


async def post(
    session: AsyncSession,
    note: Note,
    to: Address,
    *,
    now: datetime,
    via: Literal["reply", "push"] = "push",
    business_key: str | None = None,
    timing: Timing | None = None,
) -> int | None:
    """Write a message and return its id; None when `business_key` was posted before, so nothing is said twice."""
    timing = timing or Timing()
    row = {
        "business_key": business_key,
        "token": secrets.token_urlsafe(9),
        "via": via,
        "chat_id": to.chat_id,
        "thread_id": to.thread_id,
        "reply_to": to.reply_to,
        "edits": to.edits,
        "person_id": to.person_id,
        "text_key": note.text_key,
        "values": note.values,
        "buttons": [[asdict(button) for button in row] for row in note.buttons],
        "attachment": asdict(note.attachment) if note.attachment else None,
        "state": "new",
        "reason": "",
        "tries": 0,
        "repeats": 0,
        "parts_sent": 0,
        "lease_owner": "",
        "not_before": timing.not_before or now,
        "expires_at": timing.expires_at,
        "created_at": now,
    }
    inserted = await session.execute(_insert(session.get_bind().dialect.name), row)
    return inserted.scalar_one_or_none()


@cache
def _insert(dialect: str) -> Any:
    """Built once: nearly every update says something."""
    make = postgresql.insert if dialect == "postgresql" else sqlite.insert
    table: Any = OutboxMessage.__table__
    return make(table).on_conflict_do_nothing().returning(table.c.id)


async def withdraw(session: AsyncSession, business_key_prefix: str, reason: str) -> int:
    """Take back what was not sent yet under keys with that prefix, keeping the reason; returns how many."""
    wildcards = str.maketrans({"/": "//", "%": "/%", "_": "/_"})
    given = {"like": f"{business_key_prefix.translate(wildcards)}%", "why": reason[:200]}
    return len((await session.execute(_withdrawal(), given)).all())


@cache
def _withdrawal() -> Any:
    """Built once: every filing takes back its reminders."""
    table: Any = OutboxMessage.__table__
    return (
        update(table)
        .where(table.c.business_key.like(bindparam("like"), escape="/"), table.c.state == "new")
        .values(state="dead", reason=bindparam("why"))
        .returning(table.c.id)
    )


async def find_last_said(session: AsyncSession, chat_id: int) -> OutboxMessage | None:
    """What this chat heard last: what has left, not what waits for its time."""
    sent = select(OutboxMessage).where(OutboxMessage.chat_id == chat_id, OutboxMessage.sent_at.is_not(None))
    latest = sent.order_by(OutboxMessage.sent_at.desc(), OutboxMessage.id.desc()).limit(1)
    found: OutboxMessage | None = await session.scalar(latest)
    return found


async def list_last_said(
    session: AsyncSession, chat_id: int, limit: int, *, posted: Sequence[int] = ()
) -> list[OutboxMessage]:
    """What this chat heard lately, newest first; with `posted`, what is just about to leave comes before it."""
    own = select(OutboxMessage).where(OutboxMessage.chat_id == chat_id)
    fresh = own.where(OutboxMessage.id.in_(posted)).order_by(OutboxMessage.id.desc())
    sent = own.where(OutboxMessage.sent_at.is_not(None))
    latest = sent.order_by(OutboxMessage.sent_at.desc(), OutboxMessage.id.desc()).limit(limit)
    before = list(await session.scalars(latest))
    return [*(list(await session.scalars(fresh)) if posted else []), *before][:limit]

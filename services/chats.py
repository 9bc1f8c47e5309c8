"""Group chats: seen, bound by the secretariat, left."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from services import audit
from services.errors import BadInput, NotFound
from services.members.actors import Actor
from services.models import Chat
from services.models.documents import ACCESS_LEVELS


async def note_chat(
    session: AsyncSession, chat_id: int, kind: str, title: str, *, is_forum: bool = False, now: datetime
) -> Chat:
    """The chat's row, made or brought up to date."""
    chat = await session.get(Chat, chat_id)
    if chat is None:
        chat = Chat(chat_id=chat_id, kind=kind, title=title[:255], is_forum=is_forum, status="seen", seen_at=now)
        chat.access = "public"
        session.add(chat)
        await session.flush()
    elif (chat.title, chat.kind, chat.is_forum) != (title[:255], kind, is_forum):
        chat.title, chat.kind, chat.is_forum, chat.seen_at = title[:255], kind, is_forum, now
    return chat


async def get_chat(session: AsyncSession, chat_id: int) -> Chat:
    """The chat's row.

    Raises:
        NotFound: the bot never saw it.
    """
    chat = await session.get(Chat, chat_id)
    if chat is None:
        raise NotFound(what="chat", given=str(chat_id))
    return chat


async def bind_chat(session: AsyncSession, actor: Actor, chat_id: int, access: str, *, now: datetime) -> Chat:
    """Let a group hear answers up to `access`. Only the secretariat may; group admins have no rights by that."""
    actor.require_secretariat()
    if access not in ACCESS_LEVELS or access == "secretariat":
        raise BadInput(field="access", given=access, problem="unknown")
    chat = await get_chat(session, chat_id)
    before = (chat.status, chat.access)
    chat.status, chat.access, chat.bound_by, chat.bound_at = "bound", access, actor.person_id, now
    audit.record(session, "bind", "chat", chat_id, by=actor.person_id, now=now, before=list(before), access=access)
    return chat


async def bind_configured(session: AsyncSession, chat_ids: Iterable[int], *, now: datetime) -> None:
    """Bind the groups that the settings name, at member level, unless somebody changed them since."""
    for chat_id in chat_ids:
        chat = await session.get(Chat, chat_id)
        if chat is None:
            session.add(
                Chat(chat_id=chat_id, kind="supergroup", title="", status="bound", access="members", seen_at=now)
            )
        elif chat.status == "seen" and chat.bound_at is None:
            chat.status, chat.access, chat.bound_at = "bound", "members", now


async def enter_chat(session: AsyncSession, chat_id: int, *, now: datetime) -> Chat:
    """The bot was added: a group that it had left must be bound anew.

    Raises:
        NotFound: the chat was not noted.
    """
    chat = await get_chat(session, chat_id)
    if chat.status == "left":
        chat.status, chat.access, chat.bound_by, chat.bound_at, chat.notice_thread_id = (
            "seen",
            "public",
            None,
            None,
            None,
        )
    audit.record(session, "entered", "chat", chat_id, by=None, now=now)
    return chat


async def choose_notice_topic(session: AsyncSession, actor: Actor, chat_id: int, thread_id: int | None) -> None:
    """Notices to that group go to one topic of it, or to its general one."""
    actor.require_secretariat()
    (await get_chat(session, chat_id)).notice_thread_id = thread_id


async def leave_chat(session: AsyncSession, chat_id: int, *, now: datetime) -> None:
    """The bot was removed: nothing is sent there any more."""
    chat = await session.get(Chat, chat_id)
    if chat is not None:
        chat.status, chat.seen_at = "left", now
        audit.record(session, "left", "chat", chat_id, by=None, now=now)


async def list_bound_chats(session: AsyncSession) -> list[Chat]:
    """Groups that receive notices."""
    return list(await session.scalars(select(Chat).where(Chat.status == "bound").order_by(Chat.chat_id)))


async def move_chat(session: AsyncSession, old_id: int, new_id: int, *, now: datetime) -> None:
    """A group became a supergroup and has a new id (Bot API, migrate_to_chat_id)."""
    old = await session.get(Chat, old_id)
    if old is None or old.status == "left":
        return  # told twice: in the old chat and in the new one
    new = await note_chat(session, new_id, "supergroup", old.title, is_forum=old.is_forum, now=now)
    new.collections = list(old.collections)
    new.status, new.access, new.bound_by, new.bound_at = old.status, old.access, old.bound_by, old.bound_at
    old.status = "left"

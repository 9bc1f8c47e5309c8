"""Which collections a group may hear: chosen by the secretariat, among those it could hear at its level."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from services import audit
from services.chats import get_chat, list_bound_chats
from services.errors import BadInput
from services.library.hearing import Hearing
from services.members.actors import Actor
from services.models import Chat, Document


async def list_collections(session: AsyncSession, access: str) -> list[str]:
    """Names of the collections with something to hear at that level; the empty name is that of unsorted documents."""
    found = await session.scalars(
        select(Document.collection).where(Document.state != "removed", Hearing(access).where()).distinct()
    )
    return sorted(found)


async def limit_group(
    session: AsyncSession, actor: Actor, chat_id: int, collections: Collection[str], *, now: datetime
) -> Chat:
    """Let a group hear documents of these collections only; none of them named means any.

    Judged anew with every question and every press: an answer that was given before is not taken back.

    Raises:
        NotAllowed: not of the secretariat.
        NotFound: the bot never saw that chat.
        BadInput: no document stands in a collection of that name.
    """
    actor.require_secretariat()
    chat = await get_chat(session, chat_id)
    known = {*await list_collections(session, "secretariat"), *map(str, chat.collections)}
    for one in collections:
        if one not in known:
            raise BadInput(field="collection", given=one, problem="unknown")
    before, chat.collections = list(chat.collections), sorted(set(collections))
    audit.record(
        session, "limit", "chat", chat_id, by=actor.person_id, now=now, before=before, after=list(chat.collections)
    )
    return chat


async def list_groups(session: AsyncSession, actor: Actor) -> list[Chat]:
    """Groups that hear answers, for the secretariat."""
    actor.require_secretariat()
    return await list_bound_chats(session)

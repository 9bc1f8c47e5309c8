"""Having a whole document: found by its title among what may be heard, judged, and put down in the trail."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import PurePath

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from knowledge.language.content import content_words
from knowledge.language.folding import bare, fold
from services import audit
from services.errors import NotAllowed, NotFound, NotHere
from services.library.curated import COLLECTION
from services.library.hearing import Hearing
from services.library.validity import LAPSED
from services.members.actors import Actor
from services.models import Document

KIND = "hand_document"
"""The errand that brings a document."""
HANDS = "original_send"
"""The action of the buttons that ask for one."""
_SHORTEST = 4
_COLUMNS = (Document.id, Document.title, Document.name, Document.number, Document.state)


@dataclass(frozen=True)
class Titled:
    """A document as far as choosing among several needs it."""

    id: int
    title: str
    name: str
    number: str
    state: str


async def find_titled(session: AsyncSession, name: str, hearing: Hearing, *, older: bool = False) -> list[Titled]:
    """Documents that people call so, of those that may be heard; those in force unless an older one is meant.

    The whole title, number or file name comes before a part of it, a part before words of it in their order.
    """
    wanted = bare(name)
    if len(wanted) < 2:
        return []
    rows = await session.execute(
        select(*_COLUMNS)
        .where(Document.state.in_(("current", *LAPSED)), Document.collection != COLLECTION, hearing.where())
        .order_by(Document.id.desc())
    )
    ranked: dict[int, list[Titled]] = {}
    for row in rows:
        one = Titled(*row)
        ranked.setdefault(_nearness(wanted, name, one), []).append(one)
    ranked.pop(0, None)
    found = ranked[max(ranked)] if ranked else []
    if older:
        return [one for rank in sorted(ranked, reverse=True) for one in ranked[rank] if one.state != "current"] or found
    return [one for one in found if one.state == "current"] or found


async def list_titled(session: AsyncSession, document_ids: Sequence[int], hearing: Hearing) -> list[Titled]:
    """These documents, as far as they may be heard and were not removed."""
    told = Document.id.in_(document_ids), Document.state != "removed", hearing.where()
    rows = await session.execute(select(*_COLUMNS).where(*told))
    return sorted((Titled(*row) for row in rows), key=lambda one: list(document_ids).index(one.id))


async def judge(session: AsyncSession, actor: Actor, document_id: int, heard: Hearing) -> Document:
    """The document, when this person may have it there now.

    Raises:
        NotFound: it was removed since.
        NotHere: not for this place, though the person may have it in private.
        NotAllowed: above the person's level.
    """
    document = await session.get(Document, document_id)
    if document is None or document.state == "removed":
        raise NotFound(what="document", given="")
    if not Hearing(actor.access).covers(document):
        raise NotAllowed(needs="access", document_id=document_id)
    if not heard.covers(document):
        raise NotHere(needs="access", document_id=document_id)
    return document


def record_handed(session: AsyncSession, actor: Actor, document: Document, *, in_group: bool, now: datetime) -> None:
    """Who has what is not public stands in the trail, like who reads it."""
    if document.access != "public":
        facts = {"whole": True, "in_group": in_group}
        audit.record(session, "read", "document", document.id, by=actor.person_id, now=now, **facts)


def _nearness(wanted: str, name: str, document: Titled) -> int:
    """How well the words name it; 0 when they do not."""
    title, number = bare(document.title), bare(document.number)
    file = bare(PurePath(document.name).stem)
    if wanted in (title, number, file):
        return 4
    if wanted in title or wanted in file or (number and wanted in number):
        return 3
    if len(title) >= _SHORTEST and title in wanted:
        return 2
    return 1 if _in_order(content_words(fold(name)), title) else 0


def _in_order(words: Sequence[str], title: str) -> bool:
    """基地管理办法 for 基地设备管理暂行办法: every word, one after the other."""
    at = 0
    for word in (bare(one) for one in words):
        at = title.find(word, at) + len(word) if title.find(word, at) >= 0 else -1
        if at < 0:
            return False
    return len(words) > 1

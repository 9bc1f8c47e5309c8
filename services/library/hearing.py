"""What may be heard in a place: documents up to a level, and in a group only those of its collections."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, and_, true

from services.members.actors import RANK, Actor
from services.models import Chat, Document


@dataclass(frozen=True)
class Hearing:
    """An access level and, where a place is limited to some, the names of its collections; None means any."""

    access: str
    collections: frozenset[str] | None = None

    def covers(self, document: Document) -> bool:
        """Whether this document may be heard."""
        within = self.collections is None or document.collection in self.collections
        return within and RANK[document.access] <= RANK[self.access]

    def where(self) -> ColumnElement[bool]:
        """The same as a condition on documents, so that nothing else is ever fetched."""
        levels = Document.access.in_([level for level, rank in RANK.items() if rank <= RANK[self.access]])
        within = true() if self.collections is None else Document.collection.in_(sorted(self.collections))
        return and_(levels, within)

    def reaches(self, other: "Hearing") -> bool:
        """Whether everything the other may hear may be heard here too."""
        within = self.collections is None or (other.collections is not None and other.collections <= self.collections)
        return within and RANK[other.access] <= RANK[self.access]


def hearing_in(actor: Actor, chat: Chat | None) -> Hearing:
    """What this person may be told there. A group that is not bound hears public answers only."""
    if chat is None:
        return Hearing(actor.access)
    heard = chat.access if chat.status == "bound" else "public"
    return Hearing(lower(actor.access, heard), scope_of(chat.collections))


def scope_of(collections: Iterable[Any]) -> frozenset[str] | None:
    """A group's stored collections; none means that it is not limited."""
    return frozenset(str(one) for one in collections) or None


def lower(one: str, other: str) -> str:
    """The lower of two levels."""
    return min(one, other, key=RANK.__getitem__)

"""Documents that are no longer in force: kept out of today's answers, named with their successor when asked for."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from knowledge.language.folding import fold
from knowledge.language.matching import pair_share
from services.library.hearing import Hearing
from services.models import Document

LAPSED = ("repealed", "superseded")
_NAMED = 0.75
_SHORTEST = 4
_ORNAMENTS = ("关于印发", "关于", "的通知", "通知", "《", "》", "试行", "(", ")", " ")
_BRACKETED = re.compile(r"\([^()]{0,40}\)$")
_PAPER = re.compile(
    r"办法|规定|细则|方案|章程|制度|规程|规则|意见|通知|计划|措施|指南|说明|条例|总则|清单|管理|实施|工作|暂行|试行|行动|年度|三年|五年|关于|的"
)


@dataclass(frozen=True)
class Lapsed:
    """A document that is not in force, as far as a question needs to know it."""

    document_id: int
    title: str
    number: str
    state: str
    repealed_on: date | None
    successor_id: int | None
    collection: str = ""


@dataclass(frozen=True)
class Standing:
    """What to say of a lapsed document: since when, and which document follows it."""

    document_id: int
    title: str
    state: str
    repealed_on: date | None
    successor: str


async def list_lapsed(session: AsyncSession, hearing: Hearing) -> list[Lapsed]:
    """All documents out of force that may be heard there."""
    columns = (
        Document.id,
        Document.title,
        Document.number,
        Document.state,
        Document.repealed_on,
        Document.successor_id,
        Document.collection,
    )
    found = await session.execute(
        select(*columns).where(Document.state.in_(LAPSED), hearing.where()).order_by(Document.id)
    )
    return [Lapsed(*row) for row in found]


async def named_in(session: AsyncSession, question: str, lapsed: Sequence[Lapsed]) -> list[Lapsed]:
    """Those that a question names by number or title, or by the end of it (差旅管理办法 without its issuer).

    What a document in force is called too names that one.
    """
    words = fold(question)
    named = [one for one in lapsed if is_named(words, one)]
    shortly = [] if named else [one for one in lapsed if short_name(words, one.title)]
    if not named and not shortly:
        return []
    living = set(await session.scalars(select(Document.title).where(Document.state == "current")))
    taken = {short_name(words, title) for title in living} - {""} if shortly else set()
    return [one for one in named if one.title not in living] + [
        one for one in shortly if not any(name.endswith(short_name(words, one.title)) for name in taken)
    ]


async def standings(
    session: AsyncSession, lapsed: Sequence[Lapsed], wanted: Collection[int], hearing: Hearing
) -> tuple[Standing, ...]:
    """What to say of the wanted ones. A successor that may not be heard is not mentioned."""
    told = []
    for one in lapsed:
        if one.document_id in wanted:
            successor = await _last_successor(session, one.successor_id, hearing)
            told.append(Standing(one.document_id, one.title, one.state, one.repealed_on, successor))
    return tuple(told)


async def _last_successor(session: AsyncSession, document_id: int | None, hearing: Hearing) -> str:
    seen: set[int] = set()
    title = ""
    while document_id is not None and document_id not in seen:
        seen.add(document_id)
        columns = (Document.title, Document.state, Document.successor_id)
        row = (await session.execute(select(*columns).where(Document.id == document_id, hearing.where()))).first()
        if row is None or row.state == "removed":
            break
        title, document_id = row.title, row.successor_id
    return title


def is_named(words: str, document: Lapsed) -> bool:
    """Whether folded words hold the document's number or its title."""
    if document.number and fold(document.number) in words:
        return True
    title = _plain(document.title)
    return len(title) >= _SHORTEST and (title in words or (len(title) >= 8 and pair_share(title, words) >= _NAMED))


def short_name(words: str, title: str) -> str:
    """The longest end of a title that stands in the words and says more than the kind of paper; else empty."""
    plain = _plain(title)
    ends = (plain[at:] for at in range(1, len(plain) - _SHORTEST + 1))
    found = next((end for end in ends if end in words), "")
    return found if len(_PAPER.sub("", found)) > 1 else ""


def _plain(title: str) -> str:
    """A title without what people leave out of it."""
    title = _BRACKETED.sub("", fold(title))
    for ornament in _ORNAMENTS:
        title = title.replace(ornament, "")
    return title

"""Whether a document is in force, as far as the library knows: how it is registered, what its own text says of it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import ColumnElement, and_, select
from sqlalchemy.ext.asyncio import AsyncSession

from knowledge.documents.cutting import sentences_of
from knowledge.language.asking import without_asking
from knowledge.language.content import content_words
from knowledge.language.folding import fold
from knowledge.language.numerals import in_digits
from services.library.curated import COLLECTION
from services.library.hearing import Hearing
from services.library.validity import LAPSED, Lapsed, Standing, is_named, list_lapsed, short_name, standings
from services.models import Document, DocumentPassage

_AT_MOST = 3
_ASKS = re.compile(
    r"有效(?:吗|么|没|不|否)|(?:还|是否|是不是|仍|现在|目前)[^,，?？]{0,4}(?:有效|管用|作数|算数|在用|能用|可用|生效|现行|作废|失效|废止|过期)(?!期)"
    r"|(?:作废|失效|废止|过期|被?替代|被?取代)了?(?:吗|么|没有|没)|有没有(?:作废|失效|废止|过期|被?替代|被?取代)"
)
_SAYS_SO = re.compile(
    r"有效性?|管用|作数|算数|[能在可]?用|生效|现行|作废|失效|废止|过期|[替取]代"
    r"|文件|版本|[这那]?份|现在|目前|还|仍|有?没有?|已经?|是否"
)
_PAPERS = re.compile(r"办法|规定|细则|方案|章程|制度|规程|规则|意见|通知|计划|措施|指南|条例|文件")
_SPAN = re.compile(r"有效期|[自从][^。;；]{2,30}?起(?:开始|正式)?(?:施行|实施|执行|生效|试行)")
_LABEL = re.compile(r"\s*(?:第[^条,，]{1,8}条|[\d一二三四五六七八九十]{1,3}[、.．])?\s*")
_ITSELF = re.compile(
    rf"本(?:{_PAPERS.pattern}|标准|协议|合同|公约|纲要|决定)(?:\(?试行\)?)?的?(?:由|经|一式|于|自|从|有效期|试行期)"
)
_GOES_ON = re.compile(r"[自从至到]|有效期|试行期|期限")
_ALONE = re.compile(r"[自从][^,，]{2,30}起(?:开始|正式)?[施试]行")  # only papers do that: it needs no subject
_DAY = r"(\d{4})年(\d{1,2})月(\d{1,2})日"
_YEAR_IN_WORDS = re.compile(r"[〇零一二三四五六七八九]{4}(?=年)")
_DIGITS = str.maketrans("零〇一二三四五六七八九", "00123456789")
_FROM = re.compile(rf"[自从]{_DAY}起")
_UNTIL = re.compile(rf"(?:有效期限?[^。;；]{{0,8}}?[至到]|[至到]){_DAY}(?:止|失效|废止|。|$)")
_YEARS = re.compile(r"有效期限?为?(\d{1,2})年")


@dataclass(frozen=True)
class Force:
    """How a document stands today.

    `state`: ``current``, ``repealed``, ``superseded``; ``early`` and ``over`` when its own text says that it does not
    hold yet, or no longer. `said`: its sentence on that, in `clause`; `passage_id`, `start`: where to read it.
    """

    document_id: int
    title: str
    state: str
    issued_on: date | None
    imported_on: date
    starts_on: date | None
    ends_on: date | None
    said: str
    clause: str
    passage_id: int
    start: int
    standing: Standing | None = None


def asks_for_force(text: str) -> bool:
    """Whether the words ask if something still holds; of what, is looked up."""
    return _ASKS.search(fold(text)) is not None


async def find_force(
    session: AsyncSession, text: str, cited: Sequence[int], hearing: Hearing, *, now: datetime
) -> tuple[Force, ...]:
    """How the documents stand that the question names; nothing when it names none, or asks for more than that.

    `cited`: the documents that the answer before quoted; 它还有效吗 means them. `now`: in the consortium's zone.
    """
    words = fold(text)
    documents = await _named(session, words, hearing)
    if not _asks_only(words, [one.title for one in documents]):
        return ()
    if not documents and cited:
        pointed = select(Document).where(Document.id.in_(set(cited)), _heard(hearing)).order_by(Document.id)
        documents = list(await session.scalars(pointed))
    if not 0 < len(documents) <= _AT_MOST:
        return ()
    lapsed = await list_lapsed(session, hearing)
    ended = await standings(session, lapsed, {one.id for one in documents}, hearing)
    known = {one.document_id: one for one in ended}
    found = [await _force(session, one, known.get(one.id), now) for one in documents]
    return tuple(one for one in found if one is not None)


def days_in(sentence: str) -> tuple[date | None, date | None]:
    """The days from and until which a sentence says that its document holds."""
    told = fold(sentence).replace(" ", "")
    told = in_digits(_YEAR_IN_WORDS.sub(lambda found: found[0].translate(_DIGITS), told))
    starts, ends = _day(_FROM.search(told)), _day(_UNTIL.search(told))
    years = _YEARS.search(told)
    if starts and not ends and years and years[1].isdigit():
        ends = _years_after(starts, int(years[1]))
    return starts, ends


def told_of_itself(sentence: str) -> str:
    """The parts of a sentence that say how long its own document holds; nothing when it speaks of other things."""
    kept, of_itself = [], False
    for part in re.split(r"[,，;；。]", _LABEL.sub("", fold(sentence), count=1)):
        words = part.strip()
        alone = _ALONE.fullmatch(words) is not None
        of_itself = alone or bool(_ITSELF.match(words)) or (of_itself and bool(_GOES_ON.match(words)))
        kept += [words] if of_itself else []
    told = ",".join(kept)
    return told if _SPAN.search(told) else ""


def _heard(hearing: Hearing) -> ColumnElement[bool]:
    return and_(hearing.where(), Document.state.in_(("current", *LAPSED)), Document.collection != COLLECTION)


async def _named(session: AsyncSession, words: str, hearing: Hearing) -> list[Document]:
    """Documents named by number or title; else the ones in force whose title ends so, else the others."""
    columns = (Document.id, Document.title, Document.number, Document.state)
    rows = [Lapsed(*row, None, None) for row in await session.execute(select(*columns).where(_heard(hearing)))]
    named = [one for one in rows if is_named(words, one)]
    ends = [(short_name(words, one.title), one) for one in rows] if not named else []
    longest = max((len(end) for end, _ in ends), default=0)
    named = named or [one for end, one in ends if longest and len(end) == longest]
    living = [one for one in named if one.state == "current"]
    ids = [one.document_id for one in living or named]
    return list(await session.scalars(select(Document).where(Document.id.in_(ids)).order_by(Document.id)))


def _asks_only(words: str, titles: Sequence[str]) -> bool:
    """Whether nothing is asked beside whether it holds: 章程规定的任期还有效吗 asks of a term of office."""
    names = "".join(fold(title) for title in titles)
    rest = [word for word in content_words(without_asking(words)) if word not in names and not _SAYS_SO.fullmatch(word)]
    return all(_PAPERS.fullmatch(word) or word.isdigit() for word in rest)


async def _force(session: AsyncSession, document: Document, standing: Standing | None, now: datetime) -> Force | None:
    passages = await session.scalars(
        select(DocumentPassage).where(DocumentPassage.document_id == document.id).order_by(DocumentPassage.ordinal)
    )
    first: DocumentPassage | None = None
    said: tuple[DocumentPassage, int, str] | None = None
    for passage in passages:
        first = first or passage
        for start, end in sentences_of(passage.text):
            if told_of_itself(passage.text[start:end]):
                said = passage, passage.start + start, passage.text[start:end].strip()
    if first is None:
        return None
    starts, ends = days_in(told_of_itself(said[2])) if said else (None, None)
    early, over = bool(starts and starts > now.date()), bool(ends and ends < now.date())
    state = document.state if document.state != "current" else "early" if early else "over" if over else "current"
    where, start, words = said or (first, first.start, "")
    return Force(
        document.id,
        document.title,
        state,
        document.issued_on or document.published_on,
        document.imported_at.astimezone(now.tzinfo).date(),
        starts,
        ends,
        words,
        where.clause if said else "",
        where.id,
        start,
        standing,
    )


def _day(found: re.Match[str] | None) -> date | None:
    try:
        return date(*(int(one) for one in found.groups())) if found else None
    except ValueError:
        return None


def _years_after(day: date, years: int) -> date:
    """The last day of so many years from a day on."""
    after = date(day.year + years, day.month, 28 if (day.month, day.day) == (2, 29) else day.day)
    return after - timedelta(days=1)

"""Documents of another consortium: what they say of their secretariat or fees is no answer for ours."""

import re
from collections.abc import Sequence
from enum import Enum, auto

from sqlalchemy import or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from knowledge.language.content import places_in
from knowledge.language.folding import fold
from services.library.hearing import Hearing
from services.models import Document
from services.settings import ConsortiumSettings

BODY = "联合体"
_ORGANS = r"秘书处|秘书长|副?理事长|理事会|章程|联席会|联络员|专委会|会费|召集人|成员单位"
_OURS = re.compile(
    rf"(?:我们|咱们?|贵|你们)的?(?:这个)?(?:(?:产教(?:融合)?)?{BODY}|{_ORGANS})|本(?:产教(?:融合)?)?{BODY}"
)
_BARE = re.compile(rf"{BODY}|{_ORGANS}")
_ANY = re.compile(
    rf"(?:其[他它]|别的|外地|各|哪[些几个]|[几多]|全[国省市]|批|国家|省级|市域|兄弟)[^,。;]{{0,6}}?{BODY}"
)
_NAME = re.compile(rf"[一-龥]{{2,30}}?{BODY}")
_BEFORE_NAME = re.compile(
    r".*(?:关于|印发|公布|成立|组建|推[进动]|加强|深化|建设|支持|培育|申报|认定|批次?|[的和与及])|(?:国家|[省市县区]|行业)[级域]|(?:产教|产业|产学研)?(?:融合)?$"
)
_PLACE = re.compile(r"[一-龥]{2,5}?[市州省县盟]")
_UNNAMED = ConsortiumSettings.model_fields["name"].default


class Whose(Enum):
    """Whose body a question speaks of."""

    OURS = auto()
    """我们的秘书长, 本联合体: nobody else's document answers."""
    BARE = auto()
    """秘书长是谁: ours, unless nothing but another's document says it; then that is shown, not answered."""


def whose_body(questions: Sequence[str]) -> Whose | None:
    """Whose, of a question and those that it follows on; None where it speaks of none or of any."""
    said = fold(" ".join(questions))
    if _ANY.search(said):
        return None
    return Whose.OURS if _OURS.search(said) else Whose.BARE if _BARE.search(said) else None


async def find_others(session: AsyncSession, questions: Sequence[str], ours: str, hearing: Hearing) -> set[int]:
    """The documents, of those that may be heard, that are another consortium's by title or issuer.

    One whose place stands in a question is meant, and left out. Without a name of its own (`[consortium] name`) the
    assistant cannot tell, and finds none.
    """
    if ours in ("", _UNNAMED):
        return set()
    named = or_(Document.title.contains(BODY), Document.issuer.contains(BODY))
    rows = await session.execute(select(Document.id, Document.title, Document.issuer).where(named, hearing.where()))
    said = fold(" ".join(questions))
    return {row.id for row in rows if is_others(f"{row.title} {row.issuer}", ours, said)}


def is_others(heading: str, ours: str, said: str) -> bool:
    """Whether a document's title and issuer name a consortium of another place than ours, and `said` does not."""
    cores = [core for found in _NAME.finditer(heading) if (core := _core(found[0]))]
    own = _core(ours)
    if not own or any(_is_same(core, own) for core in cores):
        return False
    placed = [core for core in cores if _PLACE.match(core) or places_in(core[:4])]
    return bool(placed) and not any(core[:2] in said for core in placed)


def _core(name: str) -> str:
    """海川市新能源 of 关于成立海川市新能源产教联合体."""
    found = _NAME.search(name)
    return _BEFORE_NAME.sub("", found[0].removesuffix(BODY)) if found else ""


def _is_same(core: str, own: str) -> bool:
    return core in own or own in core or core[:2] == own[:2]

"""Standard answers of the secretariat: documents of one collection, found first when somebody asks the like."""

from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from knowledge.documents.reading import read_text
from services.library.hearing import Hearing
from services.library.shelving import Shelf, Shelved, shelve
from services.models import Document

COLLECTION = "标准答复"
ISSUER = "秘书处"
ASKED, SAID = "问：", "答："


@dataclass(frozen=True)
class StandardAnswer:
    """A question as a member asked it and the approved answer, with the level that may read it."""

    question: str
    answer: str
    access: str
    answered_on: date


async def shelve_standard(session: AsyncSession, standard: StandardAnswer, *, by: int, now: datetime) -> Shelved:
    """Put it on the shelf; the same question asked before gets a new version of its answer."""
    question = " ".join(standard.question.split())
    text = f"{ASKED}{question}\n{SAID}{standard.answer}"
    read = read_text(f"{COLLECTION}-{question}"[:255], question, text, True)
    about = replace(read.metadata, title=question, issuer=ISSUER, issued_on=standard.answered_on, number=None)
    shelf = Shelf(standard.access, COLLECTION, by)
    return await shelve(session, replace(read, metadata=about), shelf, now=now)


async def list_standards(session: AsyncSession, hearing: Hearing) -> dict[str, Document]:
    """The standard answers in force that may be heard there, by document id."""
    found = await session.scalars(
        select(Document).where(Document.collection == COLLECTION, Document.state == "current", hearing.where())
    )
    return {str(one.id): one for one in found}


def answer_of(text: str) -> tuple[str, int]:
    """The answer's words inside a stored standard answer, and where they begin."""
    start = text.find(f"\n{SAID}")
    start = start + len(SAID) + 1 if start >= 0 else 0
    return text[start:], start

"""What is said when the last try of an errand has failed."""

from datetime import datetime

from bot.digesting import apologise_digest
from bot.importing import apologise_import
from bot.removing import apologise_removal
from services.db import Session
from services.library.removing import KIND as REMOVAL
from services.models import Errand, Question
from services.outbox import Address, Note, post


async def apologise(session: Session, errand: Errand, *, now: datetime) -> None:
    """To whoever waits for it; most errands are waited for by nobody."""
    if errand.kind == "import_document":
        await apologise_import(session, errand, now=now)
    elif errand.kind == REMOVAL and errand.chat_id is not None:
        await apologise_removal(session, errand, now=now)
    elif errand.kind.startswith("digest"):
        await apologise_digest(session, errand, now=now)
    elif errand.kind == "answer" and errand.chat_id is not None:
        await _apologise_answer(session, errand, Address(errand.chat_id, errand.thread_id), now)


async def _apologise_answer(session: Session, errand: Errand, to: Address, now: datetime) -> None:
    question = await session.get(Question, int(errand.payload["question_id"]))
    if question is not None:
        note = Note("ask.failed", {"question": question.text})
        await post(session, note, to, now=now, business_key=f"failed:{errand.id}")

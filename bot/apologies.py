"""What is said when the last try of an errand has failed."""

from datetime import datetime

from bot.digesting import apologise_digest
from bot.importing import apologise_import
from bot.removing import apologise_removal
from services.db import Session
from services.library.handing import KIND as HANDING
from services.library.removing import KIND as REMOVAL
from services.meetings.standing.materials import get_material
from services.models import Errand, Question
from services.outbox import Address, Note, post
from services.trials.promising import KIND as TRIALS

# Somebody sent a file and was told that it is being read, or kept.
OF_FILES = frozenset({"checkin_sheet", "checkin_evidence", "supply_table", "import_register", "meeting_material"})
# Somebody asked for it and waits.
OF_ORDERS = frozenset({"checkin_template", "meeting_pack", "meeting_minutes", HANDING, TRIALS})


async def apologise(session: Session, errand: Errand, *, now: datetime) -> None:
    """To whoever waits for it; what came by itself is waited for by nobody."""
    if errand.kind == "import_document":
        await apologise_import(session, errand, now=now)
    elif errand.kind.startswith("digest"):
        await apologise_digest(session, errand, now=now)
    elif errand.chat_id is None:
        return
    elif errand.kind == REMOVAL:
        await apologise_removal(session, errand, now=now)
    elif note := await _note(session, errand):
        to = Address(errand.chat_id, errand.thread_id)
        await post(session, note, to, now=now, business_key=f"failed:{errand.id}")


async def _note(session: Session, errand: Errand) -> Note | None:
    given = errand.payload
    if errand.kind == "answer":
        question = await session.get(Question, int(given["question_id"]))
        return Note("ask.failed", {"question": question.text}) if question is not None else None
    if errand.kind in OF_FILES:
        name = given.get("name") or (await get_material(session, int(given["material_id"]))).name
        return Note("refusals.file_failed", {"name": name})
    if errand.kind == "sync_index" and "key" in given:
        return Note("kb.sync_failed")
    came_by_itself = errand.kind == TRIALS and given.get("cause") != "asked"
    return Note("refusals.work_failed") if errand.kind in OF_ORDERS and not came_by_itself else None

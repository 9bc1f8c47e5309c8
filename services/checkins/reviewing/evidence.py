"""Files that go with a check-in: kept beside the figures, shown to the unit and to the secretariat only."""

import hashlib
import re
from datetime import datetime
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from services import audit
from services.checkins.reviewing.verdicts import find_key
from services.checkins.standing.sheets import Sheet
from services.members.actors import Actor
from services.models import Evidence

CAPTION = re.compile(r"佐证|证明材料|凭证|支撑材料|附件")
_NUMBER = re.compile(r"[（(第]?(\d{1,3})[)）]?(?:号|项)?")  # 任务9, 任务进展（9）, 第9项任务
MOST_BYTES = 20_000_000


async def add_evidence(
    session: AsyncSession, actor: Actor, sheet: Sheet, file: tuple[Path, str], caption: str, *, now: datetime
) -> bool:
    """Keep the file; False when the same bytes are kept already. A figure named in the caption is noted."""
    path, name = file
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    known = await session.scalar(
        select(Evidence.id).where(Evidence.submission_id == sheet.submission.id, Evidence.digest == digest)
    )
    if known is not None:
        return False
    key = find_subject(sheet, caption)
    row = Evidence(submission_id=sheet.submission.id, key=key, name=name[:255], path=str(path), digest=digest)
    row.by, row.at = actor.person_id, now
    session.add(row)
    audit.record(session, "evidence", "submission", sheet.submission.id, by=actor.person_id, now=now, key=key)
    await session.flush()
    return True


async def list_evidence(session: AsyncSession, submission_id: int) -> list[Evidence]:
    """What is kept, in the order in which it came."""
    query = select(Evidence).where(Evidence.submission_id == submission_id).order_by(Evidence.id)
    return list(await session.scalars(query))


def find_subject(sheet: Sheet, caption: str) -> str:
    """The figure or text that a caption names, with its number where it is indexed; empty when it names none."""
    words = CAPTION.sub("", caption).strip(" ：:，,。的")
    number = _NUMBER.search(words)
    named = _NUMBER.sub("", words) if number else words
    key = (find_key(sheet.form, named) if len(named) >= 2 else None) or ""
    if number and key in sheet.form.by_key and sheet.form.by_key[key].index:
        return f"{key}[{int(number[1])}]"
    return key

"""Digests: drafts to the secretariat after the due date."""

from datetime import datetime
from typing import Any

from jobs.duties import Duty
from services.digests.issuing.drafts import forget_superseded, promise_due_drafts
from services.digests.issuing.press import DigestOffice


def digest_duties(office: DigestOffice) -> list[Duty]:
    """The drafts of month, quarter and year; files of replaced drafts, removed."""

    async def draft(session: Any, now: datetime) -> object:
        return await promise_due_drafts(session, office, now=now)

    async def forget(session: Any, now: datetime) -> object:
        return await forget_superseded(session, now=now)

    return [
        Duty("digests.drafts", draft, every_s=600),
        Duty("digests.forget", forget, every_s=86_400, sends=False),
    ]

"""When the regression set is asked: on request, and after the library changed."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from services.errands import Work, promise
from services.models import Errand, TrialCase

KIND = "run_trials"


async def has_cases(session: AsyncSession) -> bool:
    """Is there anything to ask?"""
    return await session.scalar(select(TrialCase.id).where(TrialCase.state == "kept").limit(1)) is not None


async def promise_trials(session: AsyncSession, chat_id: int | None, *, now: datetime) -> None:
    """After a change of the library: one run for all changes that wait, and only when there is something to ask."""
    waiting = select(Errand.id).where(Errand.kind == KIND, Errand.state == "new").limit(1)
    if await has_cases(session) and await session.scalar(waiting) is None:
        await promise(session, Work(KIND, {"cause": "library"}, chat_id), now=now)

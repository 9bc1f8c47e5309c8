"""The audit trail."""

from datetime import datetime
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from services.models import AuditEntry


def record(
    session: AsyncSession,
    act: str,
    subject: str,
    subject_id: object = "",
    *,
    by: int | None,
    now: datetime,
    **facts: Any,
) -> None:
    """Note who (`by`, a person's id; None: the operator at the console) did what to what."""
    session.add(
        AuditEntry(at=now, person_id=by, act=act, subject=subject, subject_id=str(subject_id)[:60], facts=facts)
    )

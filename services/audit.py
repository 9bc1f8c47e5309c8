"""The audit trail: what was done, and what somebody without the right tried to do."""

from datetime import datetime
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from services.errors import NotAllowed
from services.models import AuditEntry

NAMES_WHAT = ("item_id", "review_id", "outbox_id", "unit_id", "number")


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


def record_attempt(session: AsyncSession, refusal: NotAllowed, tried: str, *, by: int | None, now: datetime) -> None:
    """Note who tried what without the right to it. `tried`: the command or the button's action, not what was typed."""
    facts = {"refusal": type(refusal).__name__, "tried": tried, **refusal.facts}
    if "payload" in facts:
        facts["payload"] = {name: value for name, value in facts["payload"].items() if isinstance(value, int)}
    subject_id = next((facts[name] for name in NAMES_WHAT if facts.get(name)), "")
    record(session, "refused", str(facts.get("what", "")) or "request", subject_id, by=by, now=now, **facts)

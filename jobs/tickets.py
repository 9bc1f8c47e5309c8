"""Tickets: push what is overdue, in sending hours."""

from datetime import datetime
from typing import Any

from jobs.duties import Duty
from services.tickets.desk import Desk
from services.tickets.escalation import escalate_overdue


def ticket_duties(desk: Desk) -> list[Duty]:
    """Unanswered questions whose deadline has passed."""

    async def escalate(session: Any, now: datetime) -> object:
        return await escalate_overdue(session, desk=desk, now=now)

    return [Duty("tickets.escalate", escalate, every_s=300)]

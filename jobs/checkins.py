"""Check-ins: open, remind, lock."""

from datetime import datetime
from typing import Any

from jobs.duties import Duty
from services.checkins.office import Office
from services.checkins.running.cycles import lock_due, open_due_cycle, remind_due


def checkin_duties(office: Office) -> list[Duty]:
    """The month's check-in from its opening to its lock."""

    async def open_cycle(session: Any, now: datetime) -> object:
        return await open_due_cycle(session, office, now=now)

    async def remind(session: Any, now: datetime) -> object:
        return await remind_due(session, office, now=now)

    async def lock(session: Any, now: datetime) -> object:
        return await lock_due(session, office, now=now)

    return [
        Duty("checkins.open", open_cycle),
        Duty("checkins.remind", remind),
        Duty("checkins.lock", lock, every_s=3600, sends=False),
    ]

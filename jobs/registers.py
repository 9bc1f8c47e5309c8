"""Registers: agreements that run out."""

from datetime import datetime
from typing import Any

from jobs.duties import Duty
from services.checkins.office import Office
from services.checkins.running.expiry import remind_expiring


def register_duties(office: Office) -> list[Duty]:
    """Once an hour is enough for days."""

    async def remind(session: Any, now: datetime) -> object:
        return await remind_expiring(session, office, now=now)

    return [Duty("registers.expiry", remind, every_s=3600)]

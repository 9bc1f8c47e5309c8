"""Retention: what has been kept long enough is forgotten."""

from datetime import datetime
from typing import Any

from jobs.duties import Duty
from services.retention import forget_old
from services.settings import PrivacySettings

DAILY_S = 86_400


def forgetting(privacy: PrivacySettings) -> Duty:
    """Once a day, and at every start."""

    async def forget(session: Any, now: datetime) -> object:
        await forget_old(session, now, privacy)
        return None

    return Duty("retention.forget", forget, every_s=DAILY_S, sends=False)

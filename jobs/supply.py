"""Supply and demand: pairs that fit, and offers that grow old."""

from datetime import datetime
from typing import Any

from jobs.duties import Duty
from services.supply.desk import SupplyDesk
from services.supply.proposing import propose_matches
from services.supply.standing import ask_still_open, lapse_unanswered


def supply_duties(desk: SupplyDesk) -> list[Duty]:
    """From the proposal to both sides to the last question whether an offer still stands."""

    async def propose(session: Any, now: datetime) -> object:
        return await propose_matches(session, desk, now=now)

    async def ask(session: Any, now: datetime) -> object:
        return await ask_still_open(session, desk, now=now)

    async def lapse(session: Any, now: datetime) -> object:
        return await lapse_unanswered(session, desk, now=now)

    return [
        Duty("supply.lapse", lapse, every_s=3600, sends=False),
        Duty("supply.still", ask, every_s=600),
        Duty("supply.propose", propose, every_s=600),
    ]

"""Check-in conversations, and a season to speak about."""

from datetime import datetime
from typing import Any

from handlers import basics, typed_buttons, unread
from handlers.checkins import (
    board,
    cards,
    files,
    matters,
    more_time,
    news,
    orders,
    proposals,
    review,
    steps,
)
from handlers.checkins import (
    filling as checkins,
)
from handlers.members import joining
from handlers.questions import ask
from handlers.registers import changes, looking
from services.checkins.office import Office
from services.db import Database
from tests.cast import Cast
from tests.services.checkins.filings import (
    IN_WINDOW,
    OCTOBER,
    SCHOOL_OCTOBER,
    file_as,
    make_office,
    open_season,
    submission_of,
)
from tests.stages import set_stage
from tests.talk import Talk, router_of

OFFICE = make_office()
ALL_FLOWS = "其他同上月，新签0份，培训200，教师实践42天，横向5.8万"


async def season(database: Database, cast: Cast, school: str) -> None:
    """October filed by that school with a problem, November open."""
    async with database.transaction() as session:

        async def play() -> None:
            await open_season(session, OFFICE)
            october = await submission_of(session, cast.unit(school), OCTOBER)
            await file_as(session, october, SCHOOL_OCTOBER, texts={"issues": "实训设备维修等待时间长"})

        await set_stage(session, ("season", school), play)


def talk_in(database: Database, *, now: datetime = IN_WINDOW, office: Office = OFFICE, **services: Any) -> Talk:
    """A fresh dispatcher, as after a restart, with the rooms of check-ins in the order of the running bot."""
    filling = (
        matters,
        looking,
        changes,
        orders,
        more_time,
        board,
        review,
        cards,
        steps,
        proposals,
        news,
        checkins,
        files,
    )
    rooms = (basics, typed_buttons, joining, *filling, unread, ask)
    return Talk(database, [router_of(room) for room in rooms], now=now, services={"office": office, **services})

"""Check-in conversations: the routers in the order of the running bot, and a season to speak about."""

from datetime import datetime
from typing import Any

from bot.conversations import all_routers
from bot.settings import Settings
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
from tests.talk import Talk

OFFICE = make_office()


async def season(database: Database, cast: Cast, school: str) -> None:
    """October filed by that school with a problem, November open."""
    async with database.transaction() as session:
        await open_season(session, OFFICE)
        october = await submission_of(session, cast.unit(school), OCTOBER)
        await file_as(session, october, SCHOOL_OCTOBER, texts={"issues": "实训设备维修等待时间长"})


def talk_in(database: Database, *, now: datetime = IN_WINDOW, office: Office = OFFICE, **services: Any) -> Talk:
    """A fresh dispatcher, as after a restart."""
    from services.calendar.settings import HolidaySettings
    from services.meetings.office import open_meeting_office
    from services.tickets.desk import open_desk

    settings = Settings()
    meeting_office = open_meeting_office(
        settings.consortium, settings.meetings, settings.tasks, settings.quiet_hours, HolidaySettings()
    )
    desk = open_desk(settings.consortium, settings.tickets, settings.library, office.quiet_hours, 20)
    given = {"office": office, "desk": desk, "meeting_office": meeting_office, **services}
    return Talk(database, all_routers(settings), now=now, services=given)

"""Who answers what the library cannot, where they hear of it, and until when."""

from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from services.calendar.quiet_hours import QuietHours
from services.calendar.settings import QuietHoursSettings
from services.calendar.workdays import Workdays
from services.calendar.zones import local_day, to_utc
from services.members.reach import list_secretariat
from services.models import Person, Seat
from services.settings import ConsortiumSettings
from services.tickets.settings import LibrarySettings, TicketSettings

END_OF_DAY = time(17, 30)


@dataclass(frozen=True)
class Desk:
    """The secretariat as the settings name it. `chat_id` is its own chat, where one exists."""

    secretaries: frozenset[int] = frozenset()
    chat_id: int | None = None
    max_file_mb: int = 20
    tickets: TicketSettings = field(default_factory=TicketSettings)
    library: LibrarySettings = field(default_factory=LibrarySettings)
    hours: QuietHours = field(
        default_factory=lambda: QuietHours(QuietHoursSettings(), Workdays(), ZoneInfo("Asia/Shanghai"))
    )

    @property
    def zone(self) -> ZoneInfo:
        """The consortium's time zone."""
        return self.hours.zone

    def due_at(self, now: datetime) -> datetime:
        """The end of the last workday on which an answer is in time."""
        today = local_day(now, self.zone)
        return to_utc(self.hours.workdays.shift(today, self.tickets.answer_workdays), END_OF_DAY, self.zone)

    def report_since(self, now: datetime) -> datetime:
        """From when questions are reported."""
        return now - timedelta(days=self.library.report_days)


def open_desk(
    consortium: ConsortiumSettings,
    tickets: TicketSettings,
    library: LibrarySettings,
    hours: QuietHours,
    max_file_mb: int,
) -> Desk:
    """The desk that the settings describe."""
    secretaries = frozenset(consortium.secretaries)
    return Desk(secretaries, consortium.secretariat_chat, max_file_mb, tickets, library, hours)


async def has_others(session: AsyncSession, desk: Desk, person_id: int | None) -> bool:
    """Whether the secretariat is more than this one person, by settings and register: reachable or not."""
    person = await session.get(Person, person_id) if person_id else None
    own = person.telegram_id if person else None
    if desk.secretaries - {own}:
        return True
    seated = select(Seat.id).where(Seat.role == "secretariat", Seat.until.is_(None), Seat.person_id != person_id)
    return await session.scalar(seated.limit(1)) is not None


async def list_desk(session: AsyncSession, desk: Desk) -> list[Person]:
    """People of the secretariat who can be written to."""
    ids = await list_secretariat(session, desk.secretaries)
    return list(await session.scalars(select(Person).where(Person.telegram_id.in_(ids)).order_by(Person.id)))

"""A consortium of twenty units on the chat room: what the timetable meets in a month. All invented."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import select

from bot.settings import Settings, load_settings
from services.calendar.quiet_hours import QuietHours
from services.calendar.zones import to_utc
from services.checkins.filling.drafting import Answers, save_answers
from services.checkins.filling.filing import file_draft
from services.checkins.form import State
from services.checkins.office import Office, open_office
from services.checkins.reading.understood import Item
from services.checkins.reviewing.verdicts import exempt
from services.checkins.standing.loading import load_sheet
from services.db import Database, Session
from services.meetings.office import MeetingOffice, open_meeting_office
from services.meetings.reading.replies import Rsvp
from services.meetings.rules.timetable import MeetingKind
from services.meetings.running.convening import Wish, convene_meeting
from services.meetings.running.rescheduling import move_meeting
from services.meetings.standing.finding import get_meeting
from services.meetings.standing.notices import announce_move
from services.meetings.standing.participants import Reply, reply_to_notice
from services.members.actors import Actor, as_actor
from services.members.reach import mark_unreachable
from services.models import Chat, OutboxMessage, Person, Seat, Submission, Unit
from tests.bot.process import TOKEN
from tests.cast import GROUP_ID, LIN, SECRETARIES, actor_of
from webchat.server import ChatRoom, Limits
from webchat.server import Person as Guest

ZONE = ZoneInfo("Asia/Shanghai")
FIRST = date(2026, 9, 20)
TIMES = ("08:30", "09:00", "10:00", "14:30", "16:00")
KINDS = ("enterprise",) * 9 + ("school",) * 7 + ("bureau",) * 2 + ("association",) * 2
UNITS = range(1, 21)
LADDER = ("liaison", "deputy", "leader")
EARLY, LATE, EXEMPT, SNOOZED, BLOCKED, NEVER_STARTED, BLOCKS_LATER = (1, 2), 7, 3, 4, 5, 6, 8
COMING = (10, 12)  # to the meeting
Heard = list[tuple[int, datetime, str]]  # chat, when, text key


def local(month: int, day: int, hour: int = 9, minute: int = 0) -> datetime:
    """An instant of 2026 in the consortium's zone, in UTC."""
    return datetime(2026, month, day, hour, minute, tzinfo=ZONE).astimezone(UTC)


def account(number: int, role: str = "liaison") -> int:
    """The telegram id of who speaks for unit `number`; who sits on which rung: see `_people_of`."""
    return 60_000 + number * 10 + LADDER.index(role)


def _people_of(number: int) -> Iterator[tuple[str, int]]:
    """Every unit has a liaison, two of three a deputy, one of three a leader as well."""
    return ((role, account(number, role)) for role in LADDER[: 1 + number % 3])


@dataclass
class Town:
    """The stage: a room whose clock is set by hand, and the settings of a bot that serves it."""

    room: ChatRoom
    settings: Settings
    office: Office = field(init=False)
    meetings: MeetingOffice = field(init=False)
    database: Database = field(init=False)

    def __post_init__(self) -> None:
        given = self.settings
        self.office = open_office(given.consortium.timezone, given.checkins, given.quiet_hours, given.holidays)
        self.meetings = open_meeting_office(
            given.consortium, given.meetings, given.tasks, given.quiet_hours, given.holidays
        )
        self.database = Database(given.database.url)

    async def settle(self) -> None:
        """Register and room: everybody but the one who never came has a private chat with the bot."""
        at = local(9, 1)
        async with self.database.transaction() as session:
            session.add(Chat(chat_id=GROUP_ID, kind="supergroup", title="工作群", status="bound", seen_at=at))
            session.add(Person(telegram_id=LIN.telegram_id, name=LIN.name, reachable=True, created_at=at))
            for number, kind in enumerate(KINDS, 1):
                unit = Unit(name=f"第{number:02d}示例单位", kind=kind, created_at=at)
                people = {
                    role: Person(telegram_id=who, name=f"{number}{role}", reachable=True, created_at=at)
                    for role, who in _people_of(number)
                }
                session.add_all([unit, *people.values()])
                await session.flush()
                session.add_all(
                    Seat(person_id=one.id, unit_id=unit.id, role=role, since=at) for role, one in people.items()
                )
            silent = await session.scalar(select(Person).where(Person.telegram_id == account(NEVER_STARTED)))
            assert silent is not None
            silent.reachable = False
        everybody = [who for number in UNITS for _, who in _people_of(number)]
        for who in (LIN.telegram_id, *everybody):
            self.room.add_person(Guest(who, f"人{who}"))
            if who != account(NEVER_STARTED):
                await self.room.say(who, "/start")
        self.room.add_group(GROUP_ID, "工作群", [LIN.telegram_id, *everybody])
        await self.block(BLOCKED)

    async def block(self, number: int) -> None:
        """The unit's liaison blocks the bot, which hears of it."""
        self.room.people.set_blocked(account(number), True)
        async with self.database.transaction() as session:
            await mark_unreachable(session, account(number), "blocked")

    async def convene(self, on: date, now: datetime) -> int:
        """The secretariat sets a joint meeting; returns its id."""
        async with self.database.transaction() as session:
            wish = Wish(MeetingKind.JOINT, on, time(14, 30), "三楼会议室")
            return (await convene_meeting(session, self.meetings, await actor_of(session, LIN), wish, now=now)).id

    async def move(self, meeting_id: int, on: date, now: datetime) -> None:
        """The secretariat gives it another day, and everybody who knew the old one is told."""
        async with self.database.transaction() as session:
            wish = Wish(MeetingKind.JOINT, on, time(14, 30), "")
            moved = await move_meeting(session, self.meetings, await actor_of(session, LIN), meeting_id, wish, now=now)
            await announce_move(session, self.meetings, moved.meeting, moved.before, now=now)

    async def accept(self, meeting_id: int, numbers: tuple[int, ...], now: datetime) -> None:
        """These units say that they will come."""
        async with self.database.transaction() as session:
            meeting = await get_meeting(session, meeting_id)
            for number in numbers:
                unit_id = (await self._submission(session, number)).unit_id
                actor = await self._actor(session, number)
                await reply_to_notice(session, actor, meeting, unit_id, Reply(Rsvp.ATTEND), now=now)

    async def submit(self, number: int, now: datetime) -> None:
        """The liaison files the month."""
        async with self.database.transaction() as session:
            submission = await self._submission(session, number)
            sheet = await load_sheet(session, self.office, submission)
            actor = await self._actor(session, number)
            answers = Answers({"interns_hosted": Item(None, State.NOT_COLLECTED)})
            taken = await save_answers(session, actor, sheet, answers, now=now)
            await file_draft(session, actor, taken.sheet, now=now)

    async def exempt(self, number: int, now: datetime) -> None:
        """The secretariat lets the unit off."""
        async with self.database.transaction() as session:
            lin = await actor_of(session, LIN)
            await exempt(session, lin, await self._submission(session, number), "停产检修", now=now)

    async def snooze(self, number: int, until: datetime) -> None:
        """The liaison asked not to be reminded before that instant."""
        async with self.database.transaction() as session:
            (await self._submission(session, number)).quiet_until = until

    async def received(self) -> Heard:
        """What stands in people's chats, from the room's own log: chat, the room's time, which text.

        A file that goes before its text is there by its name; a copy that nobody recorded, by its words.
        """
        async with self.database.reading() as session:
            rows = await session.execute(
                select(OutboxMessage.chat_id, OutboxMessage.message_id, OutboxMessage.text_key)
            )
            keys = {(chat_id, message_id): key for chat_id, message_id, key in rows}
        said = [
            (chat_id, message)
            for chat_id, log in self.room.room.world.log.items()
            for message in log.values()
            if message.get("from", {}).get("is_bot")
        ]
        words = {one.get("text"): keys[at, one["message_id"]] for at, one in said if (at, one["message_id"]) in keys}
        return sorted(
            (
                chat_id,
                datetime.fromtimestamp(one["date"], UTC),
                _name_of(one, keys.get((chat_id, one["message_id"])), words),
            )
            for chat_id, one in said
        )

    async def _submission(self, session: Session, number: int) -> Submission:
        query = select(Submission).join(Unit).where(Unit.name == f"第{number:02d}示例单位")
        return (await session.scalars(query)).one()

    async def _actor(self, session: Session, number: int) -> Actor:
        query = select(Person).where(Person.telegram_id == account(number))
        return as_actor((await session.scalars(query)).one(), SECRETARIES)


def _name_of(message: dict[str, Any], key: str | None, words: dict[str, str]) -> str:
    return key or words.get(message.get("text", "")) or str(message["document"]["file_name"])


@dataclass
class Moment:
    """The room's clock: it stands where it was put."""

    now: datetime

    def __call__(self) -> datetime:
        return self.now


def town_settings(folder: Path, database_url: str, api_base: str) -> Settings:
    """A bot whose files lie in `folder`."""
    return load_settings(
        None,
        consortium={"secretaries": tuple(SECRETARIES), "group_chats": (GROUP_ID,)},
        telegram={"token": TOKEN, "api_base": api_base},
        database={"url": database_url},
        knowledge={"dir": folder / "knowledge"},
        meetings={"files_dir": folder / "meetings"},
        http={"port": 0},
    )


def open_room(clock: Moment) -> ChatRoom:
    """The room, without flood control: the pace is the bot's own."""
    return ChatRoom(token=TOKEN, limits=Limits.without_flood_control(), clock=clock)


def watched(hours: QuietHours, until: datetime, times: Sequence[str] = TIMES) -> Iterator[datetime]:
    """When somebody looks what is due: at those times of every workday, once on other days."""
    for ordinal in range(FIRST.toordinal(), until.astimezone(ZONE).toordinal() + 1):
        day = date.fromordinal(ordinal)
        for at in times if hours.workdays.is_workday(day) else ("10:00",):
            yield to_utc(day, time.fromisoformat(at), ZONE)

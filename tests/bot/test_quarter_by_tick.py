"""A quarter by `lianluo tick` alone: twelve units on the chat room, from the call for topics past the last due date."""

from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import date, datetime, time, timedelta
from pathlib import Path
from time import monotonic

import pytest
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.commands.timetable import do_due
from bot.composition import App
from jobs.timetable import do_all, do_all_at_once
from services.calendar.zones import to_utc
from services.meetings.items.deciding import confirm_decision, key_decisions
from services.meetings.items.followups import send_supervision
from services.meetings.items.in_hand import Told, act_on_item
from services.meetings.items.issuing import sign_minutes, tell_owners, tell_secretariat
from services.meetings.papers.pack import collect_agenda
from services.meetings.reading.replies import Rsvp
from services.meetings.reading.updates import read_topic
from services.meetings.rules.states import ItemAction
from services.meetings.rules.timetable import MeetingKind
from services.meetings.running.convening import Wish, convene_meeting
from services.meetings.standing.finding import get_meeting
from services.meetings.standing.participants import Reply, reply_to_notice
from services.meetings.standing.reviews import list_own_reviews, read_review, write_review
from services.meetings.standing.topics import decide_topic, load_unit_names, propose_topic
from services.members.actors import Actor, as_actor
from services.models import ActionItem, Meeting, Person, Seat, Unit
from tests.bot.town import ZONE, Heard, Moment, Town, local, open_room, town_settings
from tests.cast import GROUP_ID, LIN, SECRETARIES
from webchat.server import Person as Guest

KINDS = ("school",) * 4 + ("enterprise",) * 4 + ("bureau",) * 3 + ("association",)
NAMES = tuple(f"第{number:02d}示例单位" for number in range(1, 13))
BUREAUS = (9, 10, 11)
SILENT = 11  # a bureau that neither reports nor replies
EVERYBODY = frozenset(range(1, 13))
DECISIONS = "决定：\n" + "\n".join(
    f"{at}. {words}；责任单位：{NAMES[owner - 1]}；时限：{due}"
    for at, (words, owner, due) in enumerate(
        (
            ("编制实训基地开放目录", 1, "11月13日前"),
            ("提出实习补贴方案", 10, "11月5日前"),
            ("征集企业岗位需求", 9, "11月10日前"),
            ("建设共享师资库", 2, "11月20日前"),
            ("组织园区招聘会", 3, "12月4日前"),
        ),
        start=1,
    )
)


class Quarter(Town):
    """Twelve units with a liaison each, and the secretary."""

    async def settle(self) -> None:
        at = local(9, 1)
        async with self.database.transaction() as session:
            session.add(Person(telegram_id=LIN.telegram_id, name=LIN.name, reachable=True, created_at=at))
            for number, (name, kind) in enumerate(zip(NAMES, KINDS, strict=True), start=1):
                unit = Unit(name=name, kind=kind, created_at=at)
                person = Person(telegram_id=chat(number), name=f"{number}", reachable=True, created_at=at)
                session.add_all([unit, person])
                await session.flush()
                session.add(Seat(person_id=person.id, unit_id=unit.id, role="liaison", since=at))
        for who in (LIN.telegram_id, *map(chat, EVERYBODY)):
            self.room.add_person(Guest(who, f"人{who}"))
            await self.room.say(who, "/start")
        self.room.add_group(GROUP_ID, "工作群", [LIN.telegram_id])

    async def speaker(self, session: AsyncSession, number: int) -> Actor:
        """The liaison of a unit; 0 is the secretary."""
        wanted = LIN.telegram_id if number == 0 else chat(number)
        person = (await session.scalars(select(Person).where(Person.telegram_id == wanted))).one()
        return as_actor(person, SECRETARIES)

    async def act(self, number: int, by: int, action: ItemAction, told: Told, now: datetime) -> None:
        """Something happens to an item, and the other side is told as the conversation tells it."""
        async with self.database.transaction() as session:
            item_id = (await session.scalars(select(ActionItem.id).where(ActionItem.number == number))).one()
            who, office = await self.speaker(session, by), self.meetings
            item = await act_on_item(session, office, who, item_id, action, told, now=now)
            if action in (ItemAction.REPORT_DONE, ItemAction.REQUEST_EXTENSION):
                key = "item_reported" if action is ItemAction.REPORT_DONE else "item_extension_asked"
                about = {"reason": told.text, "again": False}
                await tell_secretariat(session, office, item, f"meetings.{key}", now=now, **about)
            else:
                await tell_owners(session, office, item, f"meetings.told_{action.value}", now=now, reason=told.text)


def chat(number: int) -> int:
    return 70_000 + number


@asynccontextmanager
async def quarter_at(folder: Path, database_url: str) -> AsyncIterator[tuple[Quarter, Moment, App]]:
    moment = Moment(local(9, 18, 10))
    begun = monotonic()
    async with open_room(moment) as room:
        quarter = Quarter(room, town_settings(folder, database_url, room.api_base))
        await quarter.settle()
        app = App(quarter.settings, clock=lambda: moment.now + timedelta(seconds=monotonic() - begun), parts="tick")
        await app.start()
        yield quarter, moment, app
        await app.stop()
        await quarter.database.dispose()


async def walk(quarter: Quarter, moment: Moment, app: App, until: datetime) -> None:
    """`lianluo tick` twice a workday, in a transaction for each duty in the morning and in one for all later."""
    day = moment.now.astimezone(ZONE).date()
    while day <= until.astimezone(ZONE).date():
        if quarter.meetings.workdays.is_workday(day):
            for at in (time(9), time(16)):
                instant = to_utc(day, at, ZONE)
                if moment.now < instant <= until:
                    moment.now = instant
                    await do_due(app, instant, do_all if at.hour == 9 else do_all_at_once)
        day += timedelta(days=1)
    moment.now = until


async def prepare(quarter: Quarter, moment: Moment, app: App) -> int:
    async with quarter.database.transaction() as session:
        wish = Wish(MeetingKind.JOINT, date(2026, 10, 20), time(9), "三楼会议室")
        lin = await quarter.speaker(session, 0)
        meeting_id = (await convene_meeting(session, quarter.meetings, lin, wish, now=moment.now)).id
    await walk(quarter, moment, app, local(9, 24, 11))
    async with quarter.database.transaction() as session:
        meeting, units = await get_meeting(session, meeting_id), await load_unit_names(session)
        for number, words in ((1, "实训基地向企业开放"), (5, "企业岗位需求统一征集"), (2, "实习补贴")):
            proposal = read_topic(f"报个议题：{words}", units)
            assert proposal is not None
            topic = await propose_topic(
                session, await quarter.speaker(session, number), meeting, proposal, now=moment.now
            )
            state = "deferred" if number == 2 else "approved"
            await decide_topic(session, await quarter.speaker(session, 0), topic.id, state, now=moment.now)
    await walk(quarter, moment, app, local(10, 9, 11))
    async with quarter.database.transaction() as session:
        meeting = await get_meeting(session, meeting_id)
        for number in sorted(EVERYBODY - {SILENT}):
            who = await quarter.speaker(session, number)
            answer = Rsvp.LEAVE if number == 12 else Rsvp.ATTEND
            await reply_to_notice(session, who, meeting, min(who.unit_ids), Reply(answer), now=moment.now)
            for review in await list_own_reviews(session, who, meeting):
                said = read_review(f"任务{review.task}：60%；进展：签约3家；下步：12月验收")
                assert said is not None
                await write_review(session, who, review.id, said, moment.now.date(), now=moment.now)
    return meeting_id


async def hold(quarter: Quarter, moment: Moment, app: App, meeting_id: int) -> None:
    await walk(quarter, moment, app, local(10, 20, 11))
    async with quarter.database.transaction() as session:
        lin, meeting = await quarter.speaker(session, 0), await get_meeting(session, meeting_id)
        for row in await key_decisions(session, quarter.meetings, lin, meeting, DECISIONS, now=moment.now):
            await confirm_decision(session, quarter.meetings, lin, row.id, now=moment.now)
    await walk(quarter, moment, app, local(10, 27, 11))  # T+5: nobody has signed, so nothing is handed out
    async with quarter.database.transaction() as session:
        lin = await quarter.speaker(session, 0)
        await sign_minutes(session, quarter.meetings, lin, meeting_id, now=moment.now)


async def follow_up(quarter: Quarter, moment: Moment, app: App) -> None:
    """One closed, two overdue with their sheets sent, one extended, one returned."""
    await walk(quarter, moment, app, local(11, 3, 11))
    await quarter.act(1, 1, ItemAction.REPORT_DONE, Told("目录已公布"), moment.now)
    await quarter.act(1, 0, ItemAction.CLOSE, Told(), moment.now)
    for at in (local(11, 6, 11), local(11, 11, 11)):
        await walk(quarter, moment, app, at)
        async with quarter.database.transaction() as session:
            number = 2 if at < local(11, 7) else 3
            item_id = (await session.scalars(select(ActionItem.id).where(ActionItem.number == number))).one()
            await send_supervision(session, quarter.meetings, await quarter.speaker(session, 0), item_id, now=at)
    await walk(quarter, moment, app, local(11, 12, 11))
    wanted = Told("师资数据还在核对", until=date(2026, 12, 31))
    await quarter.act(4, 2, ItemAction.REQUEST_EXTENSION, wanted, moment.now)
    await quarter.act(4, 0, ItemAction.GRANT_EXTENSION, Told(), moment.now)
    await quarter.act(5, 3, ItemAction.REPORT_DONE, Told("照片"), moment.now)
    await quarter.act(5, 0, ItemAction.RETURN, Told("缺签到表"), moment.now)
    await walk(quarter, moment, app, local(12, 1, 8))


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_a_quarter_by_tick_and_the_next_agenda(tmp_path: Path, database_url: str) -> None:
    async with quarter_at(tmp_path, database_url) as (quarter, moment, app):
        meeting_id = await prepare(quarter, moment, app)
        await hold(quarter, moment, app, meeting_id)
        await follow_up(quarter, moment, app)
        async with quarter.database.transaction() as session:
            wish = Wish(MeetingKind.JOINT, date(2026, 12, 22), time(9), "三楼会议室")
            coming = await convene_meeting(
                session, quarter.meetings, await quarter.speaker(session, 0), wish, now=moment.now
            )
        await walk(quarter, moment, app, local(12, 10, 11))
        async with quarter.database.reading() as session:
            next_one = await session.get_one(Meeting, coming.id)
            agenda = await collect_agenda(session, quarter.meetings, next_one, now=moment.now)
        heard = [one for one in await quarter.received() if one[2].startswith("meetings.")]
    assert [(one["number"], one["state"], one["light"]) for one in agenda.unfinished] == [
        (2, "open", "red"),
        (3, "open", "red"),
        (5, "returned", "red"),
        (4, "extended", "green"),
    ]
    assert {name: units_that_heard(name, heard, until=local(12, 1)) for name in EXPECTED} == EXPECTED
    assert {key.removeprefix("meetings.") for _, at, key in heard if at < local(12, 1)} <= EXPECTED.keys()
    assert max(Counter(heard).values()) == 1
    for _, at, key in heard:
        clock = at.astimezone(ZONE)
        assert quarter.meetings.workdays.is_workday(clock.date()), key
        assert time(8, 30) <= clock.time() < time(17, 30), (key, clock)


def units_that_heard(name: str, heard: Heard, *, until: datetime) -> list[int]:
    """Which units (0: the secretary) heard that text up to then, as often as they did."""
    found = [who for who, at, key in heard if key == f"meetings.{name}" and at < until]
    return sorted(0 if who == LIN.telegram_id else who - 70_000 for who in found)


ALL = sorted(EVERYBODY)
EXPECTED: dict[str, list[int]] = {
    "step.agenda_call": ALL,
    "step.review_open": list(BUREAUS),
    "step.notice": ALL,
    "step.agenda_close": [],
    "step.agenda_review": [0],
    "step.materials_draft": [SILENT],
    "step.pre_meeting": ALL,
    "step.materials_final": [SILENT],
    "step.missing_list": [0],
    "step.meeting_eve": sorted(EVERYBODY - {SILENT, 12}),
    "step.meeting": [0],
    "step.minutes_draft": [0],
    "step.minutes_review": [0],
    "step.minutes_sign": [0],
    "step.items_issue": [0],
    "item_issued": [1, 2, 3, 9, 10],
    "item_due": [2, 3, 9, 9, 10],  # item 2 was handed out on the day of its first reminder
    "item_reported": [0, 0],
    "item_extension_asked": [0],
    "told_close": [1],
    "told_grant_extension": [2],
    "told_return": [3],
    "supervision_draft": [0, 0],
    "supervision": [9, 10],
}

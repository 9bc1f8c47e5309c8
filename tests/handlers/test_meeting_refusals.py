"""What nobody may do to items, reviews and buttons: told plainly, nothing changes, the audit trail says who tried."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import func, select

from handlers import todo
from handlers.meetings import meeting
from handlers.members import joining
from services.calendar.quiet_hours import QuietHours
from services.calendar.settings import QuietHoursSettings
from services.calendar.workdays import Workdays
from services.db import Database
from services.meetings.office import MeetingOffice
from services.meetings.settings import MeetingSettings
from services.models import ActionItem, AuditEntry, ItemEvent, OutboxMessage, Review, Seat
from services.tasks.settings import TaskSettings
from tests.cast import (
    CHEMICAL,
    CHEN,
    EDUCATION,
    GROUP_ID,
    LIN,
    QIAN,
    QINGHE,
    SECRETARIES,
    SU,
    ZHAO,
    ZHOU,
    Account,
    Cast,
    settle,
)
from tests.handlers.meeting_talk import local, set_meeting, walk
from tests.talk import Kept, Said, Talk, router_of

ZONE = ZoneInfo("Asia/Shanghai")


@pytest.fixture
def office(tmp_path: Path) -> MeetingOffice:
    hours = QuietHours(QuietHoursSettings(), Workdays(), ZONE)
    return MeetingOffice(MeetingSettings(files_dir=tmp_path), TaskSettings(), hours, SECRETARIES, "示范市产教联合体")


ROOMS = (joining, meeting, todo)


@pytest.fixture(scope="module")
def stages() -> dict[str, tuple[Cast, Kept]]:
    """Where the tests begin, by kind of database: it takes a walk of a month to get there."""
    return {}


@pytest.fixture
async def talk(database: Database, now: datetime, office: MeetingOffice, stages: dict[str, tuple[Cast, Kept]]) -> Talk:
    """Two items are out: 1 of 青禾 with co-owner 教育局, 2 of 教育局; both due on 31 December."""
    made = Talk(database, [router_of(room) for room in ROOMS], now, services={"meeting_office": office})
    backend = database.url.get_backend_name()
    if backend not in stages:
        async with database.transaction() as session:
            people = await settle(session, now=now)
        await hand_out_two_items(made, office)
        stages[backend] = (people, await made.keep())
    else:
        _, kept = stages[backend]
        async with database.transaction() as session:
            await kept.restore(session)
        made.resume(kept)
    return made


@pytest.fixture
def cast(talk: Talk, stages: dict[str, tuple[Cast, Kept]]) -> Cast:
    """The cast as `talk` has it."""
    return stages[talk.database.url.get_backend_name()][0]


async def hand_out_two_items(talk: Talk, office: MeetingOffice) -> None:
    await set_meeting(talk)
    await walk(talk, office, local(2026, 12, 22, 17))
    for words in (f"编制开放目录；责任单位：{QINGHE}；配合：{CHEMICAL}", f"提出补贴方案；责任单位：{EDUCATION}"):
        await talk.say(LIN, f"决定：{words}；时限：12月31日前")
        await talk.press(LIN, "确认")
    await walk(talk, office, local(2026, 12, 25, 18))
    await talk.press(LIN, "纪要已签发")


class Trail:
    """What stands in the tables before a refusal, and what must stand there after it."""

    def __init__(self, talk: Talk) -> None:
        self._talk = talk

    async def __aenter__(self) -> "Trail":
        self.before = await self._facts()
        self.entries = await self._refused()
        return self

    async def __aexit__(self, *raised: object) -> None:
        if raised[0] is None:
            assert await self._facts() == self.before, "a refusal changed something"

    async def told(self, who: int, **facts: object) -> None:
        """Exactly one new entry: this person, these facts."""
        fresh = (await self._refused())[len(self.entries) :]
        assert [one.person_id for one in fresh] == [who]
        assert {name: fresh[0].facts.get(name) for name in facts} == facts
        assert fresh[0].at == self._talk.now

    async def _refused(self) -> list[AuditEntry]:
        async with self._talk.database.reading() as session:
            rows = await session.scalars(select(AuditEntry).where(AuditEntry.act == "refused").order_by(AuditEntry.id))
            return list(rows)

    async def _facts(self) -> list[Any]:
        async with self._talk.database.reading() as session:
            items = select(ActionItem.id, ActionItem.state, ActionItem.due_on, ActionItem.percent).order_by(
                ActionItem.id
            )
            pushed = select(func.count()).where(OutboxMessage.via == "push")
            reviews = select(Review.id, Review.percent, Review.version).order_by(Review.id)
            counts = [await session.scalar(one) for one in (pushed, select(func.count()).select_from(ItemEvent))]
            return [[tuple(row) for row in await session.execute(one)] for one in (items, reviews)] + counts


def of(heard: Sequence[Said], key: str, who: Account) -> Said:
    return [one for one in heard if one.text_key == f"meetings.{key}" and one.chat_id == who.telegram_id][-1]


async def test_a_liaison_does_not_close_its_own_item(talk: Talk, cast: Cast) -> None:
    await talk.say(SU, "第1条办完了，目录见附件")
    async with Trail(talk) as trail:
        (said,) = await talk.say(SU, "第1条销号")
        assert "只有秘书处可以核实销号" in said.text
        await trail.told(cast.person(SU), action="close", number=1, refusal="NotAllowed", tried="words")
    async with Trail(talk) as trail:
        reported = of(talk.heard, "item_reported", LIN)
        await talk.press_data(SU, reported, reported.buttons[0][1])
        assert "发给别人的" in talk.toast
        await trail.told(cast.person(SU), action="meeting_item", what="button", problem="person")


async def test_nobody_verifies_or_grants_what_the_same_person_asked_for(talk: Talk, cast: Cast) -> None:
    await talk.say(LIN, "第1条办完了，电话报来")  # no seat of that unit: not an update of its own
    async with talk.database.transaction() as session:
        session.add(Seat(person_id=cast.person(LIN), unit_id=cast.unit(QINGHE), role="deputy", since=talk.now))
    await talk.say(LIN, "第1条申请延期到1月20日，因为设备晚到")
    async with Trail(talk) as trail:
        (said,) = await talk.say(LIN, "同意第1条延期")
        assert "不能批准自己提出的延期" in said.text
        await trail.told(cast.person(LIN), action="grant_extension", refusal="OwnWork", item_id=1)


async def test_a_liaison_does_not_extend_itself(talk: Talk, cast: Cast) -> None:
    await talk.say(ZHAO, "第2条申请延期到1月20日，因为测算未完")
    async with Trail(talk) as trail:
        (said,) = await talk.say(ZHAO, "同意第2条延期")
        assert "延期由召集人或秘书处决定" in said.text
        await trail.told(cast.person(ZHAO), action="grant_extension", number=2)


@pytest.mark.parametrize("words", ["退回第2条：材料不全", "取消第2条：不办了"])
async def test_orders_of_the_office_are_not_for_liaisons(talk: Talk, cast: Cast, words: str) -> None:
    async with Trail(talk) as trail:
        (said,) = await talk.say(ZHAO, words)
        assert "只能由秘书处办理" in said.text
        await trail.told(cast.person(ZHAO), what="item", item_id=2)


async def test_a_convener_grants_in_words_too(talk: Talk, cast: Cast) -> None:
    async with talk.database.transaction() as session:
        session.add(Seat(person_id=cast.person(CHEN), unit_id=None, role="convener", since=talk.now))
    await talk.say(ZHAO, "第2条申请延期到1月20日，因为测算未完")
    (said,) = [one for one in await talk.say(CHEN, "同意第2条延期") if one.chat_id == CHEN.telegram_id]
    assert "2027年1月20日" in said.text


async def test_another_units_item_and_review_stay_unseen(talk: Talk, cast: Cast) -> None:
    await talk.say(ZHAO, "我的待办")
    listed = talk.heard[-1]
    async with talk.database.transaction() as session:  # the seat moves to another unit; the old list is still there
        seat = (await session.scalars(select(Seat).where(Seat.person_id == cast.person(ZHAO)))).one()
        seat.until = talk.now
        session.add(Seat(person_id=cast.person(ZHAO), unit_id=cast.unit(CHEMICAL), role="deputy", since=talk.now))
    async with Trail(talk) as trail:
        assert await talk.press(ZHAO, "第2条", on=listed) == []
        assert "不是贵单位的事项" in talk.toast
        await trail.told(cast.person(ZHAO), what="item", item_id=2, tried="meeting_open")


async def test_a_draft_review_is_for_those_who_speak_for_the_unit_today(
    database: Database, now: datetime, office: MeetingOffice
) -> None:
    async with database.transaction() as session:
        cast = await settle(session, now=now)
    talk = Talk(database, [router_of(room) for room in ROOMS], now, services={"meeting_office": office})
    await set_meeting(talk)
    await walk(talk, office, local(2026, 12, 4, 12))
    async with database.transaction() as session:
        (review,) = [one for one in await session.scalars(select(Review)) if one.unit_id == cast.unit(EDUCATION)]
        review.percent, review.filled_from = 60, "2026-10"
    await talk.press(ZHAO, "填报任务进展")
    page = talk.heard[-1]
    async with Trail(talk) as trail:
        await talk.press_data(ZHOU, page, page.buttons[0][1])
        assert "发给别人的" in talk.toast
        await trail.told(cast.person(ZHOU), action="meeting_review_ok", problem="person")
    async with database.transaction() as session:
        seat = (await session.scalars(select(Seat).where(Seat.person_id == cast.person(ZHAO)))).one()
        seat.until = now
        session.add(Seat(person_id=cast.person(ZHAO), unit_id=cast.unit(CHEMICAL), role="deputy", since=now))
    async with Trail(talk) as trail:
        assert await talk.press(ZHAO, "确认 60%", on=page) == []
        assert "只能查看和填报本单位" in talk.toast
        await trail.told(cast.person(ZHAO), what="review", review_id=review.id, tried="meeting_review_ok")


@pytest.mark.parametrize("chat", [GROUP_ID, CHEN.telegram_id], ids=["group", "private"])
async def test_a_forwarded_button_has_no_power_in_another_chat(talk: Talk, cast: Cast, chat: int) -> None:
    issued = of(talk.heard, "item_issued", ZHAO)
    forwarded = Said(chat, None, None, issued.message_id, False, "", issued.text, issued.buttons, None)
    async with Trail(talk) as trail:
        assert await talk.press(ZHAO, "签收", chat=chat, on=forwarded) == []
        assert "不是发在这里的" in talk.toast
        await trail.told(
            cast.person(ZHAO),
            action="meeting_ack",
            problem="chat",
            payload={"item_id": 2, "unit_id": cast.unit(EDUCATION)},
        )
    await talk.press(ZHAO, "签收", on=issued)
    assert "meetings.item_acknowledged" in [one.text_key for one in talk.heard]


async def test_only_the_secretariat_of_today_sends_a_supervision_sheet(
    talk: Talk, cast: Cast, office: MeetingOffice
) -> None:
    async with talk.database.transaction() as session:
        seat = Seat(person_id=cast.person(QIAN), unit_id=None, role="secretariat", since=talk.now)
        session.add(seat)
    await walk(talk, office, local(2027, 1, 5, 18))
    sheets = {one.chat_id: one for one in talk.heard if one.text_key == "meetings.supervision_draft"}
    async with Trail(talk) as trail:
        await talk.press_data(ZHAO, sheets[LIN.telegram_id], sheets[LIN.telegram_id].buttons[0][1])
        assert "发给别人的" in talk.toast
        await trail.told(cast.person(ZHAO), action="meeting_supervise", problem="person")
    async with talk.database.transaction() as session:
        ended = (await session.scalars(select(Seat).where(Seat.role == "secretariat"))).one()
        ended.until = talk.now
    async with Trail(talk) as trail:
        assert await talk.press(QIAN, "发出督办单", on=sheets[QIAN.telegram_id]) == []
        assert "只有秘书处可以使用" in talk.toast
        await trail.told(cast.person(QIAN), needs="secretariat", tried="meeting_supervise")


async def test_planning_by_a_liaison_is_on_record_without_its_words(talk: Talk, cast: Cast) -> None:
    async with Trail(talk) as trail:
        await talk.say(ZHOU, "/meeting 新建 2027-03-16 9:30 联席会 地点：三楼 联系人张三")
        await trail.told(cast.person(ZHOU), needs="secretariat", tried="/meeting")
    async with talk.database.reading() as session:
        entry = (await session.scalars(select(AuditEntry).where(AuditEntry.act == "refused"))).one()
    assert "张三" not in str(entry.facts)

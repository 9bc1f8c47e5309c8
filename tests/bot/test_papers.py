"""A meeting's papers over two years of check-ins: what they print is what the tables hold; minutes stay private."""

from datetime import date, datetime, time
from decimal import Decimal
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import func, select

from bot.papers import PackMaker
from bot.settings import Settings
from services.calendar.zones import to_utc
from services.checkins.library import load_forms
from services.db import Database
from services.digests.issuing.collecting import collect_facts, forms_of
from services.digests.issuing.making import Asked, House, engine_of
from services.errands import Work, promise
from services.meetings.items.deciding import confirm_decision, key_decisions
from services.meetings.items.in_hand import Told, act_on_item
from services.meetings.items.issuing import sign_minutes
from services.meetings.office import MeetingOffice, open_meeting_office
from services.meetings.reading.updates import read_topic
from services.meetings.rules.states import ItemAction
from services.meetings.rules.timetable import MeetingKind
from services.meetings.running.convening import Wish, convene_meeting
from services.meetings.settings import MeetingSettings
from services.meetings.standing.topics import decide_topic, load_unit_names, propose_topic
from services.members.actors import Actor, Held
from services.models import ActionItem, Errand, Meeting, OutboxMessage, Person
from services.periods import Period
from services.settings import ConsortiumSettings
from services.tasks.importing import read_jsonl
from services.tasks.plan import import_plan, report_figure
from services.tasks.settings import TaskSettings
from tests.services.digests.stored import store_years

SECRETARY = 1001
ZONE = ZoneInfo("Asia/Shanghai")
ROW = (
    '{{"id":"P-{n}","task":{n},"task_title":"{title}","key":"{key}","zh":"{title}","op":"ge","value":{value},'
    '"unit":"{unit}","due":"2026-12-31","resp":["{resp}"]}}'
)
PLAN = "\n".join(
    ROW.format(n=n, title=title, key=key, value=value, unit=unit, resp=resp)
    for n, (title, key, value, unit, resp) in enumerate(
        (
            ("职业培训", "training_person_times", 20000, "人次", "第4局"),
            ("双师型教师", "dual_teacher_rate", 75, "%", "第1职业学院"),
            ("产业学院建设", "industry_college", 4, "个", "第4局"),
        ),
        start=1,
    )
)
DECISIONS = """决定：
1. 编制实训基地开放目录；责任单位：第1职业学院；配合：第2制造公司；时限：8月14日前
2. 提出实习补贴方案；责任单位：第4局；时限：9月11日前
3. 建设共享师资库；责任单位：第10局；时限：12月31日前"""


def local(month: int, day: int, hour: int = 9) -> datetime:
    return to_utc(date(2026, month, day), time(hour), ZONE)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(
        consortium=ConsortiumSettings(secretaries=(SECRETARY,)),
        meetings=MeetingSettings(files_dir=tmp_path / "meetings"),
        tasks=TaskSettings(plan_starts_on=date(2026, 1, 1)),
    )


@pytest.fixture
def office(settings: Settings) -> MeetingOffice:
    return open_meeting_office(
        settings.consortium, settings.meetings, settings.tasks, settings.quiet_hours, settings.holidays
    )


@pytest.fixture
async def meeting_id(database: Database, office: MeetingOffice) -> int:
    """Held in July with three decisions, one closed since; the next one stands on 20 October."""
    async with database.transaction() as session:
        await store_years(session, count=12, first=Period(2024, 10), months=24)
        person = Person(telegram_id=SECRETARY, name="林秘书", reachable=True, created_at=local(6, 1))
        other = Person(telegram_id=2001, name="周老师", reachable=True, created_at=local(6, 1))
        session.add_all([person, other])
        await session.flush()
        lin = Actor(person.id, SECRETARY, "林秘书", is_secretariat=True)
        zhou = Actor(other.id, 2001, "周老师", seats=(Held("liaison", 100, "第1职业学院", "school"),))
        await import_plan(session, read_jsonl(PLAN, "plan"), office.tasks, by=None, now=local(6, 1))
        await report_figure(session, lin, "P-3", "3", date(2026, 9, 30), now=local(10, 9))
        july = Wish(MeetingKind.JOINT, date(2026, 7, 14), time(9), "市教育局三楼会议室")
        held = await convene_meeting(session, office, lin, july, now=local(6, 15))
        for row in await key_decisions(session, office, lin, held, DECISIONS, now=local(7, 14, 11)):
            await confirm_decision(session, office, lin, row.id, now=local(7, 14, 11))
        held.state, held.held_at = "held", held.starts_at
        await sign_minutes(session, office, lin, held.id, now=local(7, 17))
        first = (await session.scalars(select(ActionItem).where(ActionItem.number == 1))).one()
        await act_on_item(session, office, zhou, first.id, ItemAction.REPORT_DONE, Told("目录"), now=local(8, 7))
        await act_on_item(session, office, lin, first.id, ItemAction.CLOSE, Told(), now=local(8, 10))
        october = Wish(MeetingKind.JOINT, date(2026, 10, 20), time(9), "市教育局三楼会议室")
        coming = await convene_meeting(session, office, lin, october, now=local(9, 18))
        proposal = read_topic("报个议题：实训基地向企业开放，请第4局牵头", await load_unit_names(session))
        assert proposal is not None
        topic = await propose_topic(session, zhou, coming, proposal, now=local(9, 24))
        await decide_topic(session, lin, topic.id, "approved", now=local(10, 9))
        return coming.id


def text_of(path: Path) -> str:
    from docx import Document

    document = Document(str(path))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(one.text for one in document.paragraphs), *cells])


def sheet_of(path: Path, name: str) -> Any:
    from openpyxl import load_workbook

    return load_workbook(path)[name]


async def test_pack_prints_what_the_tables_hold(
    database: Database, meeting_id: int, settings: Settings, tmp_path: Path
) -> None:
    now = local(10, 19)
    document, annex = await PackMaker(database, settings).write_pack(meeting_id, tmp_path / "out", now)
    text = text_of(document)
    async with database.reading() as session:
        meeting = await session.get_one(Meeting, meeting_id)
        total = await session.scalar(select(func.count()).select_from(ActionItem))
        closed = await session.scalar(select(func.count()).where(ActionItem.state == "verified_closed"))
        overdue = await session.scalar(
            select(func.count()).where(ActionItem.state == "open", ActionItem.due_on < date(2026, 10, 19))
        )
        facts = await collect_facts(session, load_forms(None))
    assert meeting.period == "2026Q3"
    rate = f"{Decimal(100 * (closed or 0)) / (total or 1):.1f}"
    assert f"议定事项{total}项，已销号{closed}项" in text
    assert f"逾期{overdue}项，办结率{rate}%" in text
    assert text.index("提出实习补贴方案") < text.index("编制实训基地开放目录")
    assert "审议“实训基地向企业开放”（第1职业学院提出，涉及第4局）" in text
    house = House(settings.consortium.name, settings.digests, settings.tasks, forms_of(load_forms(None)), ZONE)
    engine = engine_of(house, facts, Asked(Period(2026, quarter=3), True, now))
    trained = engine.figure("training_person_times", Period(2026, quarter=3))
    assert trained.value is not None
    assert f"{trained.value:.0f}人次" in text
    items = list(sheet_of(annex, "议定事项").iter_rows(min_row=2, values_only=True))
    assert [row[0] for row in items] == [2, 3, 1]
    assert [row[9] for row in items] == ["待签收", "待签收", "已销号"]


async def test_papers_go_to_the_secretary_in_private_only(
    database: Database, meeting_id: int, settings: Settings
) -> None:
    papers = PackMaker(database, settings, lambda: local(10, 19))
    async with database.transaction() as session:
        for chat in (SECRETARY, -100200300, 2001):
            for kind in ("meeting_pack", "meeting_minutes"):
                await promise(session, Work(kind, {"meeting_id": meeting_id}, chat), now=local(10, 19))
    async with database.reading() as session:
        errands = list(await session.scalars(select(Errand)))
    for errand in [*errands, *errands]:  # each twice, as after a crash before the mark was set
        await papers.do(errand)
    async with database.reading() as session:
        rows = list(await session.scalars(select(OutboxMessage).where(OutboxMessage.attachment.is_not(None))))
        sent = [(row.chat_id, row.text_key) for row in rows if (row.business_key or "").startswith("papers:")]
    assert sorted(sent) == [
        (SECRETARY, "meetings.minutes_ready"),
        (SECRETARY, "meetings.pack_annex"),
        (SECRETARY, "meetings.pack_ready"),
    ]

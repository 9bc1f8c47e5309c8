"""A whole quarter in the chat with a walking clock: from the call for topics to the next meeting's agenda and pack."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import func, select

from bot.papers import PackMaker
from bot.settings import Settings
from handlers import todo
from handlers.meetings import meeting
from handlers.members import joining
from services.calendar.quiet_hours import QuietHours
from services.calendar.settings import QuietHoursSettings
from services.calendar.workdays import Workdays
from services.db import Database
from services.meetings.office import MeetingOffice
from services.meetings.settings import MeetingSettings
from services.models import (
    ActionItem,
    CheckinCycle,
    CheckinEntry,
    ItemEvent,
    Meeting,
    OutboxMessage,
    Person,
    Seat,
    Submission,
    Unit,
)
from services.settings import ConsortiumSettings
from services.tasks.importing import read_jsonl
from services.tasks.plan import import_plan
from services.tasks.settings import TaskSettings
from tests.cast import (
    CHEMICAL,
    CHEN,
    EDUCATION,
    HAILAN,
    LIN,
    QIAN,
    QINGHE,
    SECRETARIES,
    SU,
    SUN,
    XINGHE,
    ZHAO,
    ZHOU,
    Account,
    Cast,
)
from tests.handlers.meeting_talk import told, walk
from tests.talk import Said, Talk, router_of

ZONE = ZoneInfo("Asia/Shanghai")
PARK, LABOUR, TRANSPORT, NURSING = "示范高新区管委会", "示范市人力资源和社会保障局", "示范交通技师学院", "示范护理学校"
MORE = ((Account(6001, "马主任"), PARK, "bureau"), (Account(6002, "冯科长"), LABOUR, "bureau"),
        (Account(6003, "吕老师"), TRANSPORT, "school"), (Account(6004, "戴老师"), NURSING, "school"))  # fmt: skip
MA, FENG, LV, DAI = (row[0] for row in MORE)
PLAN = "\n".join(
    f'{{"id":"P-{task}","task":{task},"task_title":"{title}","key":"k{task}","zh":"{title}","op":"ge","value":4,'
    f'"unit":"个","due":"2026-12-31","resp":["{unit}"]}}'
    for task, title, unit in ((1, "产业学院建设", EDUCATION), (2, "实训基地开放", PARK), (3, "技能人才评价", LABOUR))
)
DECISIONS = f"""决定：
1. 编制实训基地开放目录；责任单位：{XINGHE}；配合：{HAILAN}；时限：11月13日前
2. 提出实习补贴方案；责任单位：{LABOUR}；时限：11月5日前
3. 征集企业岗位需求；责任单位：{PARK}；配合：{CHEMICAL}；时限：11月10日前
4. 建设共享师资库；责任单位：{EDUCATION}；时限：11月20日前
5. 组织园区招聘会；责任单位：{QINGHE}；时限：12月4日前"""


def local(month: int, day: int, hour: int = 9, minute: int = 0) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=ZONE).astimezone(UTC)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(
        consortium=ConsortiumSettings(secretaries=tuple(SECRETARIES)),
        meetings=MeetingSettings(files_dir=tmp_path / "meetings"),
        tasks=TaskSettings(plan_starts_on=date(2026, 1, 1)),
    )


@pytest.fixture
def office(settings: Settings) -> MeetingOffice:
    hours = QuietHours(QuietHoursSettings(), Workdays(), ZONE)
    return MeetingOffice(settings.meetings, settings.tasks, hours, SECRETARIES, settings.consortium.name)


@pytest.fixture
async def talk(database: Database, cast: Cast, office: MeetingOffice) -> Talk:
    start = local(9, 18)
    async with database.transaction() as session:
        for account, name, kind in MORE:
            unit = Unit(name=name, kind=kind, created_at=start, aliases=[])
            person = Person(
                telegram_id=account.telegram_id,
                name=account.name,
                consent_version="2026-11",
                reachable=True,
                created_at=start,
            )
            session.add_all([unit, person])
            await session.flush()
            session.add(Seat(person_id=person.id, unit_id=unit.id, role="liaison", since=start))
        await import_plan(session, read_jsonl(PLAN, "plan"), office.tasks, by=None, now=start)
        await file_checkin(session, cast, start)
    routers = [router_of(joining), router_of(meeting), router_of(todo)]
    return Talk(database, routers, start, services={"meeting_office": office})


async def file_checkin(session, cast: Cast, at: datetime) -> None:  # type: ignore[no-untyped-def]
    """The education bureau's check-in of August says 60 % of task 1."""
    cycle = CheckinCycle(
        period="2026-08", covers=["2026-08"], opens_at=at, invite_at=at, due_at=at, reminders=[], opened_at=at
    )
    session.add(cycle)
    await session.flush()
    submission = Submission(
        cycle_id=cycle.id, unit_id=cast.unit(EDUCATION), form_id="bureau", form_version=1, state="accepted", due_at=at
    )
    session.add(submission)
    await session.flush()
    entry = CheckinEntry(
        submission_id=submission.id, key="task_progress[1]", layer="filed", value=60, state="filled", changed_at=at
    )
    entry.confirmed = []
    session.add(entry)


def keys(heard: Sequence[Said], who: Account) -> list[str]:
    return [said.text_key.removeprefix("meetings.") for said in heard if said.chat_id == who.telegram_id]


async def test_a_quarter_from_the_call_for_topics_to_the_next_agenda(
    talk: Talk, office: MeetingOffice, database: Database, settings: Settings, tmp_path: Path
) -> None:
    await talk.say(LIN, "/meeting 新建 2026-10-20 9:00 联席会 地点：市教育局三楼会议室")
    await talk.press(LIN, "确认召开")
    await prepare(talk, office)
    await hold(talk, office)
    await follow_up(talk, office, database)
    await check_next_meeting(talk, office, database, settings, tmp_path)
    await check_manners(database)


async def prepare(talk: Talk, office: MeetingOffice) -> None:
    heard = await walk(talk, office, local(9, 22, 10))
    assert len([one for one in heard if one.text_key == "meetings.step.agenda_call"]) == 11  # one unit has nobody
    await talk.say(ZHOU, "报个议题：实训基地向企业开放，请市教育局牵头")
    await talk.say(MA, "报个议题：园区企业岗位需求统一征集")
    await talk.say(DAI, "报个议题：护理专业实习补贴")
    heard = await walk(talk, office, local(9, 25, 10))
    assert told(heard, "step.review_open") == set()  # T-12 is 28 September
    heard = await walk(talk, office, local(9, 30, 18))
    assert told(heard, "step.review_open") == {ZHAO.telegram_id, MA.telegram_id, FENG.telegram_id}
    (page,) = await talk.press(ZHAO, "填报任务进展")
    assert "60%（取自 2026-08，待确认）" in page.text
    await talk.press(ZHAO, "确认 60%")
    await talk.press(MA, "填报任务进展")
    await talk.say(MA, "任务2：40%；进展：开放基地2个；问题：安全责任不清；下步：签订协议")
    for who in (ZHOU, CHEN, ZHAO, MA, FENG, LV, DAI):
        await talk.press(who, "参加")
    await talk.say(SU, "联席会校长出差，让教务处王主任去行不")
    await talk.say(QIAN, "下周联席会我请假，在外地开会")
    heard = await walk(talk, office, local(10, 10, 18))
    assert told(heard, "step.materials_draft") == {FENG.telegram_id}
    await talk.say(LIN, "联席会议题清单")
    for label in ("议题1 上会", "议题2 上会", "议题3 缓议"):
        await talk.press(LIN, label)
    heard = await walk(talk, office, local(10, 15, 18))
    assert told(heard, "step.materials_final") == {FENG.telegram_id, SUN.telegram_id}
    (missing,) = [one for one in heard if one.text_key == "meetings.step.missing_list"]
    assert missing.chat_id == LIN.telegram_id
    assert "材料未交：示范市人力资源和社会保障局" in missing.text
    owed = {one.chat_id: one for one in heard if one.text_key == "meetings.step.materials_final"}
    assert owed[FENG.telegram_id].labels == ["填报任务进展"]  # it has replied
    assert owed[SUN.telegram_id].labels == ["参加", "请假", "替会"]  # it reports on no task
    heard = await walk(talk, office, local(10, 19, 18))
    assert SUN.telegram_id not in told(heard, "step.meeting_eve")
    assert QIAN.telegram_id not in told(heard, "step.meeting_eve")


async def hold(talk: Talk, office: MeetingOffice) -> None:
    await walk(talk, office, local(10, 20, 11))
    await talk.say(LIN, "/meeting 实到 23")
    drafts = await talk.say(LIN, DECISIONS)
    assert [one.labels for one in drafts] == [["确认", "删除"]] * 5
    for draft in drafts:
        await talk.press(LIN, "确认", on=draft)
    heard = await walk(talk, office, local(10, 23, 18))
    assert told(heard, "item_issued") == set()  # nobody has signed yet
    heard = await talk.press(LIN, "纪要已签发")
    assert told(heard, "item_issued") == {
        ZHOU.telegram_id, CHEN.telegram_id, FENG.telegram_id, MA.telegram_id, QIAN.telegram_id, ZHAO.telegram_id,
        SU.telegram_id,
    }  # fmt: skip
    for who in (ZHOU, FENG, MA, ZHAO, SU):
        await talk.press(who, "签收")


async def follow_up(talk: Talk, office: MeetingOffice, database: Database) -> None:
    heard = await walk(talk, office, local(10, 27, 18))
    assert keys(heard, FENG) == ["item_due"]  # due 5 November, seven workdays before
    heard = await walk(talk, office, local(11, 4, 18))
    await talk.say(ZHOU, "第1条办完了，目录已附件上传")
    await talk.say(LIN, "第1条销号")
    heard = await walk(talk, office, local(11, 6, 18))
    drafts = [one for one in heard if one.text_key == "meetings.supervision_draft"]
    assert [one.chat_id for one in drafts] == [LIN.telegram_id]
    assert FENG.telegram_id not in {one.chat_id for one in drafts}
    sheet = drafts[0]
    heard = await talk.press(LIN, "发出督办单", on=sheet)
    assert told(heard, "supervision") == {FENG.telegram_id}
    await talk.press(LIN, "发出督办单", on=sheet)
    assert "已经处理过" in talk.toast
    heard = await walk(talk, office, local(11, 11, 18))
    assert [one.chat_id for one in heard if one.text_key == "meetings.supervision_draft"] == [LIN.telegram_id]
    (said, *_) = await talk.say(ZHAO, "第4条申请延期到12月31日，因为师资数据还在核对")
    assert "2026年12月31日" in said.text
    heard = await talk.press(LIN, "同意延期")
    assert told(heard, "told_grant_extension") == {ZHAO.telegram_id}
    await talk.say(SU, "第5条办完了，照片已发群里")
    heard = await talk.say(LIN, "退回第5条：缺签到表和录用名单")
    assert told(heard, "told_return") == {SU.telegram_id}
    await walk(talk, office, local(11, 30, 10))


async def check_next_meeting(
    talk: Talk, office: MeetingOffice, database: Database, settings: Settings, tmp_path: Path
) -> None:
    await talk.say(LIN, "/meeting 新建 2026-12-22 14:30 联席会 地点：市教育局三楼会议室")
    (set_,) = await talk.press(LIN, "确认召开")
    assert "1 个议题已转入" in set_.text
    (agenda,) = await talk.say(LIN, "联席会议程")
    first = agenda.text.index("提出实习补贴方案")
    assert first < agenda.text.index("征集企业岗位需求") < agenda.text.index("组织园区招聘会")
    assert "编制实训基地开放目录" not in agenda.text  # closed
    async with database.reading() as session:
        states = {item.number: item.state for item in await session.scalars(select(ActionItem))}
        meeting_id = (await session.scalars(select(Meeting.id).order_by(Meeting.id.desc()))).first()
        closed = await session.scalar(select(func.count()).where(ActionItem.state == "verified_closed"))
        events = await session.scalar(select(func.count()).select_from(ItemEvent))
    assert states == {1: "verified_closed", 2: "acknowledged", 3: "acknowledged", 4: "extended", 5: "returned"}
    assert closed == 1
    assert (
        events == 5 + 5 + 5 + 2 + 1 + 2 + 2
    )  # confirmed, issued, signed for; then closed, supervised, extended, returned
    papers = PackMaker(database, settings, lambda: talk.now)
    assert meeting_id is not None
    document, annex = await papers.write_pack(meeting_id, tmp_path / "pack", talk.now)
    text = text_of(document)
    assert "列入督办的议定事项5项，已销号1项，推进中2项，逾期2项，办结率20.0%" in text
    assert "草稿" in text
    assert cells_of(annex, "议定事项")[0][:3] == ["2", "2026-10-20 00:00:00", "提出实习补贴方案"]
    held_id = meeting_id - 1
    minutes = text_of(await papers.write_minutes(held_id, tmp_path / "pack", talk.now))
    assert "一、编制实训基地开放目录" in minutes
    assert "实到23人" in minutes


async def check_manners(database: Database) -> None:
    """Nothing went to a group, nothing outside sending hours, nothing twice."""
    windows = ((time(8, 30), time(12)), (time(14, 30), time(17, 30)))
    workdays = Workdays()
    async with database.reading() as session:
        rows = list(await session.scalars(select(OutboxMessage)))
    pushed = [
        row for row in rows if row.via == "push" and row.business_key and not row.business_key.startswith("turn:")
    ]
    assert len(pushed) > 60
    assert {row.chat_id for row in rows if row.chat_id < 0} == set()
    for row in pushed:
        at = row.not_before.astimezone(ZONE)
        if row.text_key in ("meetings.item_reported", "meetings.item_extension_asked"):
            continue  # said to the secretariat at once, while it is being talked to
        assert workdays.is_workday(at.date()), row.text_key
        assert any(first <= at.time() < last for first, last in windows), (row.text_key, at)
    assert len({row.business_key for row in pushed}) == len(pushed)


def text_of(path: Path) -> str:
    from docx import Document

    document = Document(str(path))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(one.text for one in document.paragraphs), *cells])


def cells_of(path: Path, sheet: str) -> list[list[str]]:
    from openpyxl import load_workbook

    rows = load_workbook(path)[sheet].iter_rows(min_row=2, values_only=True)
    return [[str(cell or "") for cell in row] for row in rows]

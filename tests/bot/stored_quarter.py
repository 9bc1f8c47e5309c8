"""A quarter in the tables: two years of check-ins of twelve units, a plan, two meetings held, the next one prepared.

What a pack prints of it is asked again in plain SQL by `test_pack_against_sql.py`. All names are invented.
"""

from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import select, update

from services.calendar.zones import to_utc
from services.meetings.items.deciding import confirm_decision, key_decisions
from services.meetings.items.in_hand import Told, act_on_item
from services.meetings.items.issuing import sign_minutes
from services.meetings.office import MeetingOffice
from services.meetings.papers.minutes import count_present
from services.meetings.reading.outcomes import Turnout
from services.meetings.reading.replies import Rsvp
from services.meetings.reading.updates import read_topic
from services.meetings.rules.states import ItemAction
from services.meetings.rules.timetable import MeetingKind
from services.meetings.running.convening import Wish, convene_meeting
from services.meetings.standing.participants import Reply, reply_to_notice
from services.meetings.standing.reviews import list_reviews, open_reviews, read_review, write_review
from services.meetings.standing.topics import decide_topic, load_unit_names, propose_topic
from services.members.actors import Actor, Held
from services.models import ActionItem, Attendance, Meeting, Person, Unit
from services.periods import Period
from services.tasks.importing import read_jsonl
from services.tasks.plan import import_plan, report_figure
from tests.services.digests.stored import store_years

SECRETARY, LIAISON = 1001, 2001
ZONE = ZoneInfo("Asia/Shanghai")
PLACE = "市教育局三楼会议室"
COLLEGE = "示范市现代装备与绿色化工职业技术学院"
PARK = "示范市高新技术产业开发区管理委员会"
EDUCATION = "示范市教育局"
BUREAU = "示范市人力资源和社会保障局"
FIRM = "海岚精细化工新材料（示范）股份有限公司"
NAMES = {100: COLLEGE, 101: FIRM, 103: EDUCATION, 105: "青禾中等职业学校", 107: "北辰装备制造有限公司", 109: BUREAU}
ROW = (
    '{{"id":"P-{n}","task":{task},"task_title":"{title}","key":"{key}","zh":"{label}","op":"{op}","value":{value},'
    '"unit":"{unit}","due":{due},"resp":{resp}}}'
)
TARGETS = (
    (1, "创新企业职工培训服务供给", "training_person_times", "年培训人次", "ge", 20000, "人次", EDUCATION),
    (2, "加快“双师型”教师培养", "dual_teacher_rate", "双师比例", "ge", 75, "%", COLLEGE),
    (3, "产业学院建设", "industry_college", "产业学院", "ge", 4, "个", EDUCATION),
    (4, "推进学科专业建设与产业转型升级相适应", "committee", "组建专家评审委员会", "qual", "null", "", BUREAU),
    (5, "建设生产性实习实训平台", "demo_base", "示范性实习实训基地", "ge", 3, "个", COLLEGE),
)
PLAN = "\n".join(
    ROW.format(n=n, task=n, title=title, key=key, label=label, op=op, value=value, unit=unit,
               due="null" if op == "qual" else '"2026-12-31"', resp=f'["{resp}"]')
    for n, title, key, label, op, value, unit, resp in TARGETS
)  # fmt: skip
APRIL = f"""决定：
1. 建立校企联席联络员制度；责任单位：{EDUCATION}；时限：5月29日前
2. 梳理重点企业技能岗位清单；责任单位：{BUREAU}；配合：{FIRM}；时限：9月30日前"""
JULY = f"""决定：
1. 编制实训基地面向企业开放目录并向社会公布；责任单位：{COLLEGE}；配合：{FIRM}；时限：8月14日前
2. 提出实习学生交通和意外保险补贴方案；责任单位：{BUREAU}；配合：{EDUCATION}；时限：9月11日前
3. 建设市域产教联合体共享师资库，首批入库企业技术骨干不少于50人；责任单位：{EDUCATION}；时限：12月31日前
4. 修订园区企业接收实习生的安全管理责任清单；责任单位：{FIRM}；时限：10月16日前
5. 组织秋季校企对接会；责任单位：{COLLEGE}、{EDUCATION}；时限：11月13日前
6. 开展用工月度调查；责任单位：{BUREAU}；时限：10月30日前"""


def local(month: int, day: int, hour: int = 9) -> datetime:
    """That hour of 2026 in Shanghai."""
    return to_utc(date(2026, month, day), time(hour), ZONE)


def speaker(person_id: int, unit_id: int = 0) -> Actor:
    """The secretary, or the liaison of a unit."""
    if not unit_id:
        return Actor(person_id, SECRETARY, "林秘书", is_secretariat=True)
    return Actor(person_id, LIAISON, "周老师", seats=(Held("liaison", unit_id, NAMES[unit_id], "school"),))


async def store_quarter(session: Any, office: MeetingOffice) -> int:
    """Everything up to 19 October 2026; returns the number of the meeting on the 20th."""
    await store_years(session, count=12, first=Period(2024, 10), months=24)
    for unit_id, name in NAMES.items():
        await session.execute(update(Unit).where(Unit.id == unit_id).values(name=name))
    people = [
        Person(telegram_id=one, name=f"{one}", reachable=True, created_at=local(3, 2)) for one in (SECRETARY, LIAISON)
    ]
    session.add_all(people)
    await session.flush()
    lin, other = speaker(people[0].id), people[1].id
    await import_plan(session, read_jsonl(PLAN, "plan"), office.tasks, by=None, now=local(3, 2))
    await report_figure(session, lin, "P-3", "3", date(2026, 9, 30), now=local(10, 9))
    await _held(session, office, lin, date(2026, 4, 21), APRIL)
    july = await _held(session, office, lin, date(2026, 7, 14), JULY)
    await _follow_up(session, office, lin, other)
    assert july.state == "held"
    coming = await convene_meeting(
        session, office, lin, Wish(MeetingKind.JOINT, date(2026, 10, 20), time(9), PLACE), now=local(9, 18)
    )
    await _prepare(session, lin, other, coming)
    return coming.id


async def _held(session: Any, office: MeetingOffice, lin: Actor, on: date, lines: str) -> Meeting:
    called = local(on.month - 1, 15)
    meeting = await convene_meeting(session, office, lin, Wish(MeetingKind.JOINT, on, time(9), PLACE), now=called)
    at = local(on.month, on.day, 11)
    for row in await key_decisions(session, office, lin, meeting, lines, now=at):
        await confirm_decision(session, office, lin, row.id, now=at)
    await count_present(session, lin, meeting, Turnout(people=21), now=at)
    meeting.state, meeting.held_at = "held", meeting.starts_at
    await sign_minutes(session, office, lin, meeting.id, now=local(on.month, on.day + 3))
    return meeting


async def _follow_up(session: Any, office: MeetingOffice, lin: Actor, other: int) -> None:
    """Closed in time, closed late, extended, returned, cancelled, half done; one of April is left over."""
    items = {(one.meeting.meeting_on.month, one.number): one for one in await session.scalars(select(ActionItem))}

    async def act(month: int, number: int, who: Actor, action: ItemAction, at: datetime, told: Told = Told()) -> None:  # noqa: B008
        await act_on_item(session, office, who, items[month, number].id, action, told, now=at)

    education, college = speaker(other, 103), speaker(other, 100)
    bureau, firm = speaker(other, 109), speaker(other, 101)
    await act(4, 1, education, ItemAction.REPORT_DONE, local(5, 28), Told("制度文本"))
    await act(4, 1, lin, ItemAction.CLOSE, local(5, 29))
    await act(7, 1, college, ItemAction.REPORT_DONE, local(8, 13), Told("开放目录（第一批）已在门户网站公布"))
    await act(7, 1, lin, ItemAction.CLOSE, local(8, 17))
    await act(7, 2, bureau, ItemAction.PROGRESS, local(9, 8), Told("正在会签", percent=60))
    await act(7, 3, education, ItemAction.PROGRESS, local(9, 20), Told("已入库32人", percent=64))
    await act(7, 4, firm, ItemAction.REQUEST_EXTENSION, local(10, 9), Told("专家评审未完成", until=date(2026, 11, 20)))
    await act(7, 4, lin, ItemAction.GRANT_EXTENSION, local(10, 12))
    await act(7, 5, college, ItemAction.REPORT_DONE, local(10, 13), Told("签到表、现场照片"))
    await act(7, 5, lin, ItemAction.RETURN, local(10, 14), Told("缺录用名单"))
    await act(7, 6, lin, ItemAction.CANCEL, local(9, 4), Told("并入统计部门调查"))


async def _prepare(session: Any, lin: Actor, other: int, meeting: Meeting) -> None:
    units = await load_unit_names(session)
    for unit_id, words, state in (
        (100, "报个议题：实训基地向企业开放的责任划分，请市教育局牵头", "approved"),
        (101, "报个议题：园区企业岗位需求统一征集", "approved"),
        (105, "报个议题：护理专业实习补贴", "deferred"),
    ):
        proposal = read_topic(words, units)
        assert proposal is not None
        topic = await propose_topic(session, speaker(other, unit_id), meeting, proposal, now=local(9, 24))
        await decide_topic(session, lin, topic.id, state, now=local(10, 9))
    rows = list(await session.scalars(select(Attendance).where(Attendance.meeting_id == meeting.id)))
    answers = (Rsvp.ATTEND, Rsvp.ATTEND, Rsvp.SUBSTITUTE, Rsvp.ATTEND, Rsvp.LEAVE)
    for row, answer in zip(rows[:9], answers * 2, strict=False):
        said = Reply(
            answer, "教务处王主任" if answer is Rsvp.SUBSTITUTE else "", "在外地开会" if answer is Rsvp.LEAVE else ""
        )
        await reply_to_notice(session, lin, meeting, row.unit_id, said, now=local(10, 12))
    await open_reviews(session, meeting)
    for review in await list_reviews(session, meeting):
        if review.task == 5:
            continue  # this one is still owed
        said = read_review(
            f"任务{review.task}：{20 * review.task}%；进展：完成第{review.task}批任务，已与成员企业签订协议；"
            "佐证：协议文本、照片；问题：教师企业实践补贴经费尚未到位，安全责任边界不清；下步：提请联席会研究，11月底前完成"
        )
        assert said is not None
        await write_review(
            session, speaker(other, review.unit_id), review.id, said, date(2026, 10, 14), now=local(10, 14)
        )

"""A whole digest of an invented city, the same in every test of documents."""

from datetime import UTC, date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from handlers import texts
from services.digests.figures.cube import cube_of
from services.digests.figures.digest import Audience, DecisionLine, Digest, Issue, TaskLine
from services.digests.figures.engagement import engagement
from services.digests.figures.engine import Engine
from services.digests.figures.filing import filing
from services.digests.figures.reconciliation import disagreements
from services.digests.figures.replies import Obligation, Reply, TextReply
from services.digests.text.problems import problem_rules, problems
from services.digests.text.sentences import highlights, next_steps
from services.lights import Colour
from services.periods import Period
from services.supply.balance import balance
from services.tasks.settings import TaskSettings
from services.tasks.target import Cadence, Operator, Place, Target
from tests.cast import UNITS
from tests.services.digests.years import FORMS, obligations, replies

NOVEMBER = Period(2026, 11)
CUTOFF = datetime(2026, 12, 7, 9, 30, tzinfo=UTC)
ZONE = ZoneInfo("Asia/Shanghai")
TEXTS = (
    ("highlights", "与海岚化工共建化工工艺产业学院，首批120名学生进入车间实习。", False),
    ("highlights", "11月举办校企对接会2场，38家企业参加，达成岗位意向210个。", False),
    ("highlights", "暂无", False),
    ("issues", "化工操作工缺口大，招聘困难，一线岗位留不住人。", True),
    ("issues", "教师企业实践补贴经费未到位，希望财政尽快拨付。", True),
    ("issues", "双师型教师认定标准不统一，教师积极性不高。", False),
    ("policy_asks", "产教融合型企业认定细则不清楚，抵免政策难以兑现。", False),
    ("next_plan", "12月启动化工总控工订单班第二期，计划招生40人。", False),
    ("next_plan", "组织60名教师寒假到企业实践。", False),
)


def say(key: str, **values) -> str:
    return texts.plain(key, values)


def target(key: str, label: str, value: int, unit: str) -> Target:
    words = (f"T-{key}", key, label, Operator.AT_LEAST, Decimal(value), unit, date(2026, 12, 31))
    return Target(*words, Place("plan", 1), cadence=Cadence.ANNUAL)


TARGETS = {
    one.key: one
    for one in (
        target("training_person_times", "年培训量", 400000, "人次"),
        target("dual_teacher_rate", "双师比例", 75, "%"),
        target("training_ratio", "培训与在校生之比", 20, "倍"),
    )
}


def rows() -> tuple[list[Obligation], list[Reply]]:
    duties = obligations()
    names = {100 + n: name for n, name in enumerate(UNITS)}
    duties = [_named(duty, names) for duty in duties]
    return duties, list(replies(duties))


def _named(duty: Obligation, names: dict[int, str]) -> Obligation:
    name = names.get(duty.unit_id, duty.unit_name)
    values = (duty.unit_id, name, duty.unit_kind, duty.form, duty.period, duty.due_at, duty.submitted_at, duty.exempt)
    return Obligation(*values, keys=duty.keys)


def text_replies() -> list[TextReply]:
    units = list(UNITS)
    return [
        TextReply(900 + n, 100 + n, units[n % len(units)], "school", NOVEMBER, key, text, flagged)
        for n, (key, text, flagged) in enumerate(TEXTS)
    ]


def tasks() -> tuple[TaskLine, ...]:
    lights = (Colour.GREEN, Colour.YELLOW, Colour.GREEN, Colour.RED, Colour.GREEN, Colour.WHITE, Colour.BLUE)
    return tuple(
        TaskLine(
            number=str(n + 1),
            task_no=str(n + 1),
            title=f"第{n + 1}项重点任务",
            target="≥75%",
            due_on=date(2026, 12, 31),
            owners=("示范市教育局", "星河职业技术学院")[: 1 + n % 2],
            progress="=1+1 已完成阶段性工作",
            completion=Decimal(50 + 3 * n),
            schedule=Decimal("91.7"),
            light=lights[n % len(lights)],
        )
        for n in range(17)
    )


def decisions() -> tuple[DecisionLine, ...]:
    meeting = "三季度联席会"
    return (
        DecisionLine("1", meeting, "按月发布实习岗位信息", ("示范市教育局",), status="verified_closed"),
        DecisionLine("2", meeting, "落实教师企业实践补贴", ("示范市财政局",), (), date(2026, 11, 20), is_overdue=True),
        DecisionLine("3", meeting, "编制专业人才需求清单", ("示范市化工行业协会",), (), date(2026, 12, 31)),
    )


def engine() -> Engine:
    duties, found = rows()
    return Engine(cube_of(found, duties, cutoff=CUTOFF), FORMS, TARGETS, TaskSettings(), CUTOFF)


def digest(period: Period = NOVEMBER, audience: Audience = Audience.SECRETARIAT, **changes) -> Digest:
    duties, found = rows()
    made = Engine(cube_of(found, duties, cutoff=CUTOFF), FORMS, TARGETS, TaskSettings(), CUTOFF)
    figures = made.figures(period)
    told = text_replies()
    values = {
        "consortium": "示范市产教联合体",
        "period": period,
        "issue": Issue(
            *("产教联合体工作简报", "示范市产教联合体秘书处", 11, 35, date(2026, 12, 8)),
            report_to="示范市产教融合工作领导小组",
            send_to="各理事单位",
            distribute_to="各成员单位",
            copies=40,
        ),
        "cutoff": CUTOFF,
        "day": CUTOFF.astimezone(ZONE).date(),
        "audience": audience,
        "filing": filing(duties, period, cutoff=CUTOFF),
        "figures": figures,
        "tasks": tasks(),
        "highlights": highlights(told),
        "problems": problems(told, problem_rules(), ("示范市教育局", "示范市财政局", "示范市人力资源和社会保障局")),
        "balance": balance(
            {"4702": 120, "4603": 90, "4303": 60, "4209": 30}, {"4702": 150, "4603": 60, "4303": 20, "5303": 70}
        ),
        "class_names": {"4702": "化工技术类", "4603": "自动化类", "4303": "新能源发电工程类", "4209": "安全类"},
        "decisions": decisions(),
        "next_steps": next_steps(told),
        "disagreements": disagreements(figures),
        "engagement": engagement(made, duties, period, CUTOFF),
    }
    return Digest(**{**values, **changes})

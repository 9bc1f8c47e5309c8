"""The people and units of every test. All invented."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from services.members.actors import Actor, as_actor
from services.models import Chat, Person, Seat, Unit, UnitAlias

GROUP_ID = -1002000000001
SECRETARIES = frozenset({1001})


@dataclass(frozen=True)
class Account:
    """Somebody with a chat account."""

    telegram_id: int
    name: str
    username: str = ""


# Who speaks. The secretary is named in the settings; all others get their rights from seats.
LIN = Account(1001, "林秘书", "lin_secretary")  # secretariat
ZHOU = Account(2001, "周老师", "zhou_laoshi")  # liaison of 星河职业技术学院
HE = Account(2002, "何老师")  # deputy of 星河职业技术学院
HAN = Account(2003, "韩院长")  # leader of 星河职业技术学院, on the council
SU = Account(2004, "苏老师")  # liaison of 青禾中等职业学校
CHEN = Account(3001, "陈工", "chen_gong")  # liaison of 海岚化工
SUN = Account(3002, "孙经理")  # liaison of 北辰装备 and of 北辰物流
ZHAO = Account(4001, "赵科长")  # liaison of the education bureau
QIAN = Account(5001, "钱秘书长")  # liaison of the chemical association
GUEST = Account(9001, "路过的人", "guest")  # knows nobody
PEOPLE = (LIN, ZHOU, HE, HAN, SU, CHEN, SUN, ZHAO, QIAN)

XINGHE = "星河职业技术学院"
QINGHE = "青禾中等职业学校"
HAILAN = "海岚化工股份有限公司"
BEICHEN_ZB = "北辰装备制造有限公司"
BEICHEN_WL = "北辰物流有限公司"
EDUCATION = "示范市教育局"
INDUSTRY = "示范市工业和信息化局"
CHEMICAL = "示范市化工行业协会"

# name: (kind, aliases, council role, industry, short form)
UNITS: dict[str, tuple[str, tuple[str, ...], str, str, bool]] = {
    XINGHE: ("school", ("星职院", "星河职院"), "副理事长单位", "", False),
    QINGHE: ("school", ("青禾职校",), "理事单位", "", False),
    HAILAN: ("enterprise", ("海岚化工", "海岚"), "理事长单位", "化工", False),
    BEICHEN_ZB: ("enterprise", ("北辰装备",), "理事单位", "装备制造", False),
    BEICHEN_WL: ("enterprise", ("北辰物流",), "", "现代物流", True),
    EDUCATION: ("bureau", ("市教育局",), "指导单位", "", True),
    INDUSTRY: ("bureau", ("市工信局", "工信局"), "", "", True),
    CHEMICAL: ("association", ("化工协会",), "", "化工", True),
}

SEATS: tuple[tuple[Account, str, str], ...] = (
    (ZHOU, XINGHE, "liaison"),
    (HE, XINGHE, "deputy"),
    (HAN, XINGHE, "leader"),
    (HAN, XINGHE, "council"),
    (SU, QINGHE, "liaison"),
    (CHEN, HAILAN, "liaison"),
    (SUN, BEICHEN_ZB, "liaison"),
    (SUN, BEICHEN_WL, "liaison"),
    (ZHAO, EDUCATION, "liaison"),
    (QIAN, CHEMICAL, "liaison"),
)


@dataclass(frozen=True)
class Cast:
    """The ids that the register gave: units by name, people by telegram id."""

    units: dict[str, int]
    people: dict[int, int]

    def unit(self, name: str) -> int:
        """A unit's id."""
        return self.units[name]

    def person(self, account: Account) -> int:
        """A person's id."""
        return self.people[account.telegram_id]


async def settle(session: AsyncSession, *, now: datetime, consent_version: str = "2026-11") -> Cast:
    """Put the cast into the register: every unit, every person reachable and consented, every seat, one bound group.

    示范市工业和信息化局 has nobody; the guest is not in the register.
    """
    units = {}
    for name, (kind, aliases, council_role, industry, short_form) in UNITS.items():
        unit = Unit(name=name, kind=kind, council_role=council_role, industry=industry, created_at=now)
        unit.short_form, unit.aliases = short_form, [UnitAlias(alias=alias) for alias in aliases]
        units[name] = unit
    people = {
        account.telegram_id: Person(
            telegram_id=account.telegram_id,
            name=account.name,
            username=account.username,
            consent_version=consent_version,
            consented_at=now,
            reachable=True,
            created_at=now,
        )
        for account in PEOPLE
    }
    session.add_all([*units.values(), *people.values()])
    await session.flush()
    session.add_all(
        Seat(person_id=people[account.telegram_id].id, unit_id=units[unit].id, role=role, since=now)
        for account, unit, role in SEATS
    )
    session.add(
        Chat(
            chat_id=GROUP_ID, kind="supergroup", title="产教联合体工作群", status="bound", access="members", seen_at=now
        )
    )
    await session.flush()
    return Cast({name: unit.id for name, unit in units.items()}, {key: person.id for key, person in people.items()})


async def actor_of(session: AsyncSession, account: Account) -> Actor:
    """The actor with the rights of the register, for calling services directly."""
    from sqlalchemy import select

    person = (
        await session.scalars(
            select(Person).where(Person.telegram_id == account.telegram_id).execution_options(populate_existing=True)
        )
    ).one()
    return as_actor(person, SECRETARIES)

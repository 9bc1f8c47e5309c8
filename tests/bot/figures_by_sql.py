"""A quarter's figures by plain SQL and a little arithmetic: what the sentences of a pack must say."""

from collections.abc import Set
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from sqlalchemy import text

Q3, Q2, LAST_YEAR = ("2026-07", "2026-09"), ("2026-04", "2026-06"), ("2025-07", "2025-09")
Sides = list[dict[int, Decimal]]
ACCEPTED = """
    FROM checkin_entries e JOIN submissions s ON s.id = e.submission_id JOIN checkin_cycles c ON c.id = s.cycle_id
    WHERE e.key = :key AND e.layer = 'filed' AND s.state = 'accepted' AND c.period BETWEEN :first AND :last"""
FLOW = f"""SELECT s.unit_id, SUM(e.value), COUNT(e.value),
    SUM(CASE WHEN e.value IS NOT NULL OR e.state = 'not_applicable' THEN 1 ELSE 0 END)
    {ACCEPTED} GROUP BY s.unit_id"""
STOCK = f"""SELECT unit_id, value FROM (
    SELECT s.unit_id, e.value, ROW_NUMBER() OVER (PARTITION BY s.unit_id ORDER BY c.period DESC) AS n
    {ACCEPTED} AND e.value IS NOT NULL) latest WHERE n = 1"""


@dataclass(frozen=True)
class Shown:
    """A main figure of the pack: its key, how its sentence begins, its decimals; two keys make a rate."""

    keys: tuple[str, ...]
    begins: str
    places: int = 0
    flow: bool = False
    by_year: bool = False  # a rate over the year to date
    target: int = 0


SHOWN = (
    Shown(("interns_on_post",), "在岗实习学生"),
    Shown(("training_person_times",), "社会（职工）培训", flow=True, target=20000),
    Shown(("training_person_times", "enrolled_students"), "培训人次与在校生之比", 2, by_year=True),
    Shown(("order_class_students",), "订单班/冠名班/学徒制在读学生"),
    Shown(("majors_matched", "majors_total"), "服务重点产业专业布点占比", 2),
    Shown(("dual_teachers", "major_teachers"), "双师比例", 2, target=75),
    Shown(("grads_placed", "grads_total"), "毕业去向落实率", 2),
    Shown(("intern_posts_offered",), "可接收实习岗位数"),
    Shown(("hires_vocational",), "新招录职业院校毕业生", flow=True),
    Shown(("vacancies_open",), "技能岗位缺口"),
    Shown(("invest_cash_wan",), "产教融合资金投入", 2, flow=True),
    Shown(("tech_needs_closed", "tech_needs_new"), "技术需求办结率", 2, by_year=True),
)


class Asked:
    """The database, asked directly."""

    def __init__(self, session: Any, meeting: int) -> None:
        self._session, self._meeting = session, meeting

    async def rows(self, query: str, **values: object) -> list[tuple[Any, ...]]:
        found = await self._session.execute(text(query), {"meeting": self._meeting, **values})
        return [tuple(row) for row in found]

    async def one(self, query: str, **values: object) -> Any:
        return (await self.rows(query, **values))[0][0]

    async def stock(self, key: str, span: tuple[str, str]) -> dict[int, Decimal]:
        rows = await self.rows(STOCK, key=key, first=span[0], last=span[1])
        return {unit: Decimal(str(value)) for unit, value in rows}

    async def flow(self, key: str, span: tuple[str, str]) -> tuple[dict[int, Decimal], set[int]]:
        """Sums by unit, and the units that told of every month."""
        rows = await self.rows(FLOW, key=key, first=span[0], last=span[1])
        months = int(span[1][-2:]) - int(span[0][-2:]) + 1
        return (
            {unit: Decimal(str(total)) for unit, total, known, _ in rows if known},
            {unit for unit, _, known, whole in rows if known and whole == months},
        )


async def numbers_of(asked: Asked, one: Shown) -> list[str]:
    """The numbers of the figure's sentence in their order."""
    if len(one.keys) == 2:
        return await _rate_numbers(asked, one)
    spans = (Q3, Q2, LAST_YEAR)
    if one.flow:
        tallies = [await asked.flow(one.keys[0], span) for span in spans]
        mom = _changes(tallies[0][0], tallies[1][0], tallies[0][1] & tallies[1][1])
        year = sum((await asked.flow(one.keys[0], ("2026-01", "2026-09")))[0].values())
        before = sum((await asked.flow(one.keys[0], ("2025-01", "2025-09")))[0].values())
        found = [digits(sum(tallies[0][0].values()), one.places), *mom, digits(year, one.places)]
        found.append(digits(abs(100 * (year - before) / before), 1))
        aim = [str(one.target), digits(100 * year / one.target, 1), "75"] if one.target else []
        return found + aim
    sides = [await asked.stock(one.keys[0], span) for span in spans]
    months = await asked.one(
        f"SELECT MAX(c.period) {ACCEPTED} AND e.value IS NOT NULL", key=one.keys[0], first=Q3[0], last=Q3[1]
    )
    found = [str(int(months[-2:])), digits(sum(sides[0].values()), one.places)]
    for side in sides[1:]:
        found += _changes(sides[0], side, sides[0].keys() & side.keys())
    return found


async def _rate_numbers(asked: Asked, one: Shown) -> list[str]:
    here = await _sides(asked, one, Q3)
    now = _ratio(here, here[0].keys() & here[1].keys(), one)
    found = [digits(now, 2)]
    for span in (LAST_YEAR,) if one.by_year else (Q2, LAST_YEAR):  # January on is no step on the quarter before
        there = await _sides(asked, one, span)
        found += _rate_changes(one, here, there)
    return found + ([str(one.target)] if one.target else [])


def _rate_changes(one: Shown, here: Sides, there: Sides) -> list[str]:
    with_both, had_both = (side[0].keys() & side[1].keys() for side in (here, there))
    shared = with_both & had_both
    told = [_rate_step(one, _ratio(here, with_both, one), _ratio(there, had_both, one))]
    if shared and (with_both != shared or had_both != shared):
        told += [str(len(shared)), _rate_step(one, _ratio(here, shared, one), _ratio(there, shared, one))]
    return told


def _rate_step(one: Shown, now: Decimal, then: Decimal) -> str:
    """Rates in percent differ by points; a ratio of times by percent."""
    in_points = one.keys[1] != "enrolled_students"
    return digits(abs(now - then if in_points else 100 * (now - then) / then), 1)


def _ratio(sides: Sides, units: Set[int], one: Shown) -> Decimal:
    share = Decimal(1 if one.keys[1] == "enrolled_students" else 100)
    return share * sum(sides[0][unit] for unit in units) / sum(sides[1][unit] for unit in units)


async def _sides(asked: Asked, one: Shown, span: tuple[str, str]) -> Sides:
    whole = (f"{span[0][:4]}-01", span[1]) if one.by_year else span
    if one.by_year:
        below = asked.stock(one.keys[1], whole) if one.keys[1] == "enrolled_students" else None
        return [
            (await asked.flow(one.keys[0], whole))[0],
            await below if below is not None else (await asked.flow(one.keys[1], whole))[0],
        ]
    return [await asked.stock(key, span) for key in one.keys]


async def rate_parts(asked: Asked, one: Shown, span: tuple[str, str]) -> tuple[Decimal, Decimal]:
    above, below = await _sides(asked, one, span)
    both = above.keys() & below.keys()
    return sum((above[unit] for unit in both), Decimal(0)), sum((below[unit] for unit in both), Decimal(0))


def _changes(now: dict[int, Decimal], then: dict[int, Decimal], shared: Set[int]) -> list[str]:
    """The change in percent, and over the units on both sides where other units reported."""
    here, there = sum(now.values()), sum(then.values())
    told = [digits(abs(100 * (here - there) / there), 1)]
    if shared and (now.keys() != shared or then.keys() != shared):
        ours, theirs = sum(now[unit] for unit in shared), sum(then[unit] for unit in shared)
        told += [str(len(shared)), digits(abs(100 * (ours - theirs) / theirs), 1)]
    return told


def digits(value: Any, places: int, *, keep: bool = False) -> str:
    told = f"{Decimal(value).quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP):f}"
    return told if keep or "." not in told else told.rstrip("0").rstrip(".")


def percent(value: Decimal | None) -> str:
    return "—" if value is None else f"{digits(value, 1)}%"

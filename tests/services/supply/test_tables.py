"""The catalogue and the industry table: loaded by the secretariat, in force once approved, never half."""

from datetime import datetime

import pytest

from services.db import Database
from services.errors import AlreadyClosed, BadInput, NotAllowed, NotFound
from services.models import SupplyTable
from services.supply.catalogue import own_catalogue
from services.supply.desk import SupplyDesk
from services.supply.tables import approve_table, load_catalogue, load_industries, load_table, recognise
from tests.cast import CHEN, LIN, Account, Cast, actor_of
from tests.services.supply.desks import desk_with

CATALOGUE = [["专业代码", "专业名称", "别名"], ["470209", "化工智能制造技术", "智能化工；化工智造"], ["", "", ""]]
INDUSTRIES = [["产业", "专业类代码", "权重"], ["化工", "6702", "2"], ["化工", "4602", ""], ["光伏", "4303", "1"]]


async def load(database: Database, who: Account, rows: list[list[str]], now: datetime) -> SupplyTable:
    async with database.transaction() as session:
        return await load_table(session, await actor_of(session, who), rows, "市教育局〔2026〕1号", now=now)


@pytest.fixture
def desk() -> SupplyDesk:
    return desk_with()


def test_a_sheet_is_known_by_its_heads() -> None:
    assert (recognise(CATALOGUE), recognise(INDUSTRIES), recognise([["单位", "类型"]]), recognise([])) == (
        "catalogue",
        "industries",
        None,
        None,
    )


async def test_a_loaded_table_counts_from_its_approval_on(
    database: Database, cast: Cast, desk: SupplyDesk, now: datetime
) -> None:
    table = await load(database, LIN, CATALOGUE, now)
    async with database.transaction() as session:
        assert (await load_catalogue(session)).version == 0
        approved = await approve_table(session, await actor_of(session, LIN), table.id, desk=desk, now=now)
        assert (approved.valid_from, approved.approved_by) == (desk.today(now), cast.person(LIN))
        catalogue = await load_catalogue(session)
    assert (catalogue.version, catalogue.source) == (1, "市教育局〔2026〕1号")
    assert catalogue.find("化工智造") == ("470209",)
    assert catalogue.find("工业机器人技术") == own_catalogue().find("工业机器人技术")


async def test_classes_of_an_industry_are_those_of_every_level(
    database: Database, cast: Cast, desk: SupplyDesk, now: datetime
) -> None:
    first = await load(database, LIN, INDUSTRIES, now)
    second = await load(database, LIN, INDUSTRIES[:2], now)
    async with database.transaction() as session:
        assert (await load_industries(session)).version == 0
        await approve_table(session, await actor_of(session, LIN), first.id, desk=desk, now=now)
        found = await load_industries(session)
        assert (found.version, found.classes_of(" 化工 "), found.classes_of("钢铁")) == (1, ("4702", "4602"), ())
        await approve_table(session, await actor_of(session, LIN), second.id, desk=desk, now=now)
        newer = await load_industries(session)
    assert (newer.version, newer.classes_of("光伏")) == (2, ())


async def test_only_the_secretariat_loads_and_approves_and_only_once(
    database: Database, cast: Cast, desk: SupplyDesk, now: datetime
) -> None:
    with pytest.raises(NotAllowed):
        await load(database, CHEN, CATALOGUE, now)
    table = await load(database, LIN, CATALOGUE, now)
    async with database.transaction() as session:
        lin = await actor_of(session, LIN)
        with pytest.raises(NotAllowed):
            await approve_table(session, await actor_of(session, CHEN), table.id, desk=desk, now=now)
        with pytest.raises(NotFound):
            await approve_table(session, lin, table.id + 9, desk=desk, now=now)
        await approve_table(session, lin, table.id, desk=desk, now=now)
        with pytest.raises(AlreadyClosed):
            await approve_table(session, lin, table.id, desk=desk, now=now)


@pytest.mark.parametrize(
    ("rows", "field"),
    [
        ([["单位", "类型"], ["甲", "学校"]], "table"),
        ([CATALOGUE[0]], "table"),
        ([*CATALOGUE[:2], ["47020", "少一位", ""]], "3"),
        ([INDUSTRIES[0], ["化工", "化工技术类", "1"]], "2"),
        ([CATALOGUE[0], ["470209", "", ""]], "2"),
    ],
)
async def test_a_table_with_a_bad_row_is_refused_whole(
    database: Database, cast: Cast, now: datetime, rows: list[list[str]], field: str
) -> None:
    with pytest.raises(BadInput) as refused:
        await load(database, LIN, rows, now)
    assert refused.value.facts["field"] == field

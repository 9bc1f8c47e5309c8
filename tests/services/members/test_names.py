"""The names that words are held against."""

from sqlalchemy import select

from services.db import Database
from services.members.units import list_names
from services.models import Unit, UnitAlias
from tests.cast import HAILAN, XINGHE, Cast


async def test_every_name_of_a_kind_is_listed_folded(database: Database, cast: Cast) -> None:
    async with database.transaction() as session:
        session.add(UnitAlias(alias="ＸＨ學院", unit_id=cast.unit(XINGHE)))
    async with database.reading() as session:
        names = await list_names(session, "school")
        assert {said for unit_id, name, said in names if name == XINGHE} == {XINGHE, "星职院", "星河职院", "xh学院"}
        assert HAILAN not in {name for _, name, _ in names}
        assert await list_names(session, "no such kind") == ()


async def test_a_name_that_another_process_changes_is_seen_at_once(database: Database, cast: Cast) -> None:
    """Two engines stand for two processes."""
    other = Database(database.url.render_as_string(hide_password=False))
    async with database.reading() as session:
        before = {name for _, name, _ in await list_names(session, "enterprise")}
    async with other.transaction() as session:
        unit = (await session.scalars(select(Unit).where(Unit.name == HAILAN))).one()
        unit.name = "海岚新材料有限公司"
    async with database.reading() as session:
        after = {name for _, name, _ in await list_names(session, "enterprise")}
    async with other.transaction() as session:
        (await session.get_one(Unit, cast.unit(HAILAN))).active = False
    async with database.reading() as session:
        last = {name for _, name, _ in await list_names(session, "enterprise")}
    await other.dispose()
    assert after == before - {HAILAN} | {"海岚新材料有限公司"}
    assert last == before - {HAILAN}

"""The shared fixtures themselves."""

from sqlalchemy import func, select

from services.db import Database
from services.models import Seat, Unit
from tests.cast import LIN, SEATS, UNITS, ZHOU, Cast, actor_of


async def test_each_test_gets_an_empty_database(database: Database) -> None:
    async with database.transaction() as session:
        assert await session.scalar(select(func.count(Unit.id))) == 0


async def test_cast_holds_its_seats(database: Database, cast: Cast) -> None:
    async with database.reading() as session:
        assert await session.scalar(select(func.count(Unit.id))) == len(UNITS)
        assert await session.scalar(select(func.count(Seat.id))) == len(SEATS)
        assert (await actor_of(session, LIN)).is_secretariat
        zhou = await actor_of(session, ZHOU)
        assert (zhou.access, len(zhou.unit_ids)) == ("members", 1)

"""The duties of supply and demand: pairs put to both sides, answers, offers that grow old; on both databases."""

import asyncio
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from jobs.supply import supply_duties
from jobs.timetable import do_all
from services.db import Database
from services.errors import AlreadyClosed, NotAllowed
from services.models import MatchProposal, OutboxMessage, Person
from services.supply.answering import answer_proposal
from services.supply.fields import NEED, SUPPLY
from services.supply.offers import close_offer
from services.supply.standing import answer_still_open
from tests.cast import BEICHEN_ZB, CHEN, HAILAN, QINGHE, SU, SUN, XINGHE, ZHOU, Account, Cast, actor_of
from tests.services.supply.desks import GRADUATES, WHOLE, Offers, desk_with

MECHANICS = {**WHOLE, "post_name": "机电维修工", "majors": ["460301"], "headcount": 50}
EVENING = timedelta(hours=12)


class Season(Offers):
    """Offers, and the duties that look after them."""

    async def tick(self, after: timedelta = timedelta(0)) -> list[OutboxMessage]:
        """Every duty once at that moment; returns what was newly written."""
        before = len(await self.messages())
        await do_all(self.database, supply_duties(self.desk), self.now + after)
        return (await self.messages())[before:]

    async def messages(self) -> list[OutboxMessage]:
        async with self.database.reading() as session:
            return list(await session.scalars(select(OutboxMessage).order_by(OutboxMessage.id)))

    async def proposals(self) -> list[MatchProposal]:
        async with self.database.reading() as session:
            return list((await session.scalars(select(MatchProposal).order_by(MatchProposal.id))).unique())

    async def answer(self, who: Account, side: str, says: str, number: int = 1) -> MatchProposal:
        async with self.database.transaction() as session:
            return await answer_proposal(session, await actor_of(session, who), number, side, says, now=self.now)


@pytest.fixture
def season(database: Database, cast: Cast, now: datetime) -> Season:
    return Season(database, cast, desk_with(), now)


async def pair(season: Season) -> None:
    await season.publish(CHEN, HAILAN, MECHANICS)
    await season.publish(ZHOU, XINGHE, GRADUATES | {"grad_date": date(2027, 4, 1)})


def to(messages: list[OutboxMessage], who: Account) -> list[OutboxMessage]:
    return [one for one in messages if one.chat_id == who.telegram_id]


async def test_a_pair_goes_to_both_liaisons_without_contacts(season: Season) -> None:
    await pair(season)
    said = await season.tick()
    assert {one.chat_id for one in said} == {CHEN.telegram_id, ZHOU.telegram_id}
    (message,) = to(said, CHEN)
    (shown,) = message.values["pairs"]
    assert (shown["batch"]["unit"], shown["batch"]["available"], shown["tier"]) == (XINGHE, 120, "A")
    for name in (ZHOU.name, ZHOU.username, CHEN.name, CHEN.username):
        assert not any(name in str(one.values) for one in said)
    (proposal,) = await season.proposals()
    assert (proposal.tier, proposal.headcount) == ("A", 50)


async def test_it_is_proposed_once_however_often_and_by_however_many(season: Season) -> None:
    await pair(season)
    await asyncio.gather(*(do_all(season.database, supply_duties(season.desk), season.now) for _ in range(3)))
    assert await season.tick(timedelta(days=30)) == []
    assert len(await season.proposals()) == 1
    assert len(await season.messages()) == 2


async def test_outside_working_hours_and_on_days_off_nothing_is_said(season: Season) -> None:
    await pair(season)
    assert await season.tick(EVENING) == []
    assert await season.tick(timedelta(days=5)) == []
    assert len(await season.tick(timedelta(days=1))) == 2


async def test_what_is_not_public_and_what_is_any_major_takes_no_part(season: Season) -> None:
    await season.publish(CHEN, HAILAN, MECHANICS, is_public=False)
    await season.publish(CHEN, HAILAN, {**MECHANICS, "majors": [], "major_said": "不限"})
    await season.publish(ZHOU, XINGHE, GRADUATES)
    assert await season.tick() == []


async def test_a_unit_hears_of_new_pairs_only_after_its_pause(season: Season) -> None:
    await pair(season)
    await season.tick()
    await season.publish(SUN, BEICHEN_ZB, {**MECHANICS, "headcount": 10})
    assert await season.tick(timedelta(days=1)) == []
    said = await season.tick(timedelta(days=3))
    assert {one.chat_id for one in said} == {SUN.telegram_id, ZHOU.telegram_id}


async def test_one_message_holds_only_so_many_pairs(season: Season) -> None:
    season.desk = desk_with(pairs_per_message=2)
    for _ in range(3):
        await season.publish(CHEN, HAILAN, {**MECHANICS, "headcount": 10})
    await season.publish(ZHOU, XINGHE, GRADUATES | {"grad_date": date(2027, 4, 1)})
    said = await season.tick()
    assert [len(one.values["pairs"]) for one in said] == [2, 2]
    assert len(await season.tick(timedelta(days=3))) == 2


async def test_who_cannot_be_written_to_is_not_half_asked(season: Season) -> None:
    await pair(season)
    async with season.database.transaction() as session:
        for person in await session.scalars(select(Person)):
            person.reachable = person.telegram_id == CHEN.telegram_id
    assert await season.tick() == []
    assert await season.proposals() == []


async def test_a_school_with_few_is_not_shown_by_number(season: Season) -> None:
    await season.publish(CHEN, HAILAN, MECHANICS)
    await season.publish(ZHOU, XINGHE, GRADUATES | {"headcount": 3, "grad_date": date(2027, 4, 1)})
    said = await season.tick()
    assert to(said, CHEN)[0].values["pairs"][0]["batch"]["available"] == "<5"
    assert to(said, ZHOU)[0].values["pairs"][0]["batch"]["available"] == 3


async def test_after_both_say_yes_each_learns_who_the_other_is(season: Season) -> None:
    await pair(season)
    await season.tick()
    before = len(await season.messages())
    await season.answer(CHEN, "need", "yes")
    assert len(await season.messages()) == before
    proposal = await season.answer(ZHOU, "supply", "yes")
    assert proposal.agreed_at == season.now
    told = (await season.messages())[before:]
    assert [(one.chat_id, one.values["name"], one.values["username"]) for one in told] == [
        (CHEN.telegram_id, ZHOU.name, ZHOU.username),
        (ZHOU.telegram_id, CHEN.name, CHEN.username),
    ]
    with pytest.raises(AlreadyClosed):
        await season.answer(CHEN, "need", "no")


async def test_a_no_ends_the_pair_and_who_agreed_hears_of_it(season: Season) -> None:
    await pair(season)
    await season.tick()
    await season.answer(CHEN, "need", "yes")
    await season.answer(ZHOU, "supply", "no")
    last = (await season.messages())[-1]
    assert (last.text_key, last.chat_id) == ("supply_match.refused", CHEN.telegram_id)
    assert ZHOU.name not in str(last.values)
    assert await season.tick(timedelta(days=10)) == []


async def test_only_the_own_side_answers_and_only_for_what_stands(season: Season) -> None:
    await pair(season)
    await season.tick()
    for who, side in ((SUN, "need"), (CHEN, "supply"), (SU, "supply")):
        with pytest.raises(NotAllowed):
            await season.answer(who, side, "yes")
    await season.act(
        CHEN, NEED, 1, lambda session, actor, offer: close_offer(session, actor, offer, "filled", now=season.now)
    )
    with pytest.raises(AlreadyClosed):
        await season.answer(ZHOU, "supply", "yes")


async def test_people_held_by_an_open_pair_are_not_offered_twice(season: Season) -> None:
    await season.publish(CHEN, HAILAN, {**MECHANICS, "headcount": 100})
    await season.publish(ZHOU, XINGHE, GRADUATES | {"grad_date": date(2027, 4, 1)})
    await season.tick()
    await season.publish(SUN, BEICHEN_ZB, {**MECHANICS, "headcount": 40})
    await season.publish(SU, QINGHE, GRADUATES | {"headcount": 5, "grad_date": date(2027, 4, 1)})
    await season.tick(timedelta(days=3))
    found = [(one.post_id, one.batch_id, one.headcount) for one in await season.proposals()]
    assert found == [(1, 1, 100), (2, 1, 20), (2, 2, 5)]


async def still(season: Season, who: Account, kind: Any, says: str, number: int = 1, after: int = 91) -> Any:
    async with season.database.transaction() as session:
        actor, now = await actor_of(session, who), season.now + timedelta(days=after)
        return await answer_still_open(session, actor, kind, number, says, desk=season.desk, now=now)


async def test_after_its_term_a_unit_is_asked_once_about_all(season: Season) -> None:
    for _ in range(2):
        await season.publish(CHEN, HAILAN, WHOLE)
    assert await season.tick(timedelta(days=88)) == []
    said = await season.tick(timedelta(days=91))
    assert [one.text_key for one in said] == ["supply_match.still"]
    assert len(said[0].values["offers"]) == 2
    assert await season.tick(timedelta(days=92)) == []
    kept = await still(season, CHEN, NEED, "keep")
    assert (kept.state, kept.valid_to) == ("open", date(2027, 5, 23))
    filled = await still(season, CHEN, NEED, "filled", 2)
    assert filled.state == "filled"
    for number in (1, 2):
        with pytest.raises(AlreadyClosed):
            await still(season, CHEN, NEED, "withdrawn", number)


async def test_without_an_answer_it_lapses_and_can_be_kept_later(season: Season) -> None:
    await season.publish(ZHOU, XINGHE, GRADUATES)
    assert len(await season.tick(timedelta(days=91))) == 1
    assert await season.tick(timedelta(days=99)) == []
    assert (await season.read(SUPPLY, 1)).state == "expired"
    assert (await still(season, ZHOU, SUPPLY, "keep", after=100)).state == "open"

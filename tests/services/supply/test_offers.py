"""Posts and batches from draft to close, on both databases: whose they are, what changes, what is never overwritten."""

from datetime import date, datetime

import pytest

from services.db import Database
from services.errors import AlreadyClosed, BadInput, NotAllowed, NotFound, TooMany
from services.models import DemandPost, SupplyBatch
from services.supply.desk import SupplyDesk
from services.supply.fields import NEED, SUPPLY, missing_fields
from services.supply.finding import get_offer, list_own, list_standing, next_draft, units_for
from services.supply.offers import change_offer, close_offer, expire, keep_offer, note_hired, publish_offer
from tests.cast import (
    BEICHEN_WL,
    BEICHEN_ZB,
    CHEN,
    HAILAN,
    HAN,
    LIN,
    SU,
    SUN,
    XINGHE,
    ZHAO,
    ZHOU,
    Account,
    Cast,
    actor_of,
)
from tests.services.supply.desks import GRADUATES, WHOLE, Offers, desk_with


@pytest.fixture
def desk() -> SupplyDesk:
    return desk_with()


@pytest.fixture
def office(database: Database, cast: Cast, desk: SupplyDesk, now: datetime) -> Offers:
    return Offers(database, cast, desk, now)


async def test_a_draft_keeps_what_was_said_and_says_what_is_missing(office: Offers) -> None:
    post_id = await office.draft(CHEN, HAILAN, {"headcount": 3}, "招3个电工，电话13812345678", majors="电工")
    post = await office.read(NEED, post_id)
    assert isinstance(post, DemandPost)
    assert (post.state, post.version, post.form, post.major_said) == ("draft", 1, "录用", "电工")
    assert "138****5678" in post.said
    assert missing_fields(post) == ["post_name", "majors", "level", "start_from"]


async def test_only_who_speaks_for_an_enterprise_offers_work(office: Offers) -> None:
    for who, unit in ((ZHOU, XINGHE), (ZHAO, HAILAN), (SUN, HAILAN), (LIN, HAILAN)):
        with pytest.raises(NotAllowed):
            await office.draft(who, unit, WHOLE)
    async with office.database.reading() as session:
        assert units_for(await actor_of(session, HAN), SUPPLY) == [(office.cast.unit(XINGHE), XINGHE)]
        sun = await actor_of(session, SUN)
        assert [name for _, name in units_for(sun, NEED)] == [BEICHEN_ZB, BEICHEN_WL]


async def test_one_unit_has_only_so_many(office: Offers) -> None:
    office.desk = desk_with(offers_per_unit=1)
    await office.draft(CHEN, HAILAN, WHOLE)
    with pytest.raises(TooMany):
        await office.draft(CHEN, HAILAN, WHOLE, "还缺人")


async def test_the_same_words_again_go_on_with_the_same_draft(office: Offers) -> None:
    first = await office.draft(CHEN, HAILAN, {"headcount": 3}, "招3个电工")
    assert await office.draft(CHEN, HAILAN, {"headcount": 3}, "招3个电工") == first
    assert await office.draft(CHEN, HAILAN, {"headcount": 3}, "招3个焊工") != first


async def test_what_is_whole_can_be_published_once(office: Offers) -> None:
    post_id = await office.publish(CHEN, HAILAN, WHOLE)
    post = await office.read(NEED, post_id)
    assert (post.state, post.is_public, post.valid_to) == ("open", True, date(2027, 2, 21))
    with pytest.raises(AlreadyClosed):
        await office.act(
            CHEN,
            NEED,
            post_id,
            lambda session, actor, offer: publish_offer(
                session, actor, offer, is_public=True, desk=office.desk, now=office.now
            ),
        )


async def test_what_lacks_a_time_cannot_be_published(office: Offers) -> None:
    without = {name: value for name, value in WHOLE.items() if not name.startswith("start")}
    with pytest.raises(BadInput) as refused:
        await office.publish(CHEN, HAILAN, without)
    assert refused.value.facts["field"] == "start_from"


async def test_an_internship_must_say_how_long_it_lasts(office: Offers) -> None:
    post_id = await office.draft(CHEN, HAILAN, {**WHOLE, "form": "实习"})
    assert missing_fields(await office.read(NEED, post_id)) == ["months"]


async def test_a_correction_is_a_version_with_who_and_what_it_was(office: Offers, now: datetime) -> None:
    post_id = await office.publish(CHEN, HAILAN, WHOLE)
    post = await office.act(
        CHEN,
        NEED,
        post_id,
        lambda session, actor, offer: change_offer(session, actor, offer, {"headcount": 25}, now=now),
    )
    assert (post.headcount, post.state, post.version) == (25, "open", 3)
    last = (await office.versions(NEED, post_id))[-1]
    assert (last.before, last.after, last.by) == ({"headcount": 30}, {"headcount": 25}, office.cast.person(CHEN))
    same = await office.act(
        CHEN,
        NEED,
        post_id,
        lambda session, actor, offer: change_offer(session, actor, offer, {"headcount": 25}, now=now),
    )
    assert same.version == 3


async def test_who_was_hired_is_no_longer_wanted(office: Offers, now: datetime) -> None:
    post_id = await office.publish(CHEN, HAILAN, WHOLE)
    post = await office.act(
        CHEN, NEED, post_id, lambda session, actor, offer: note_hired(session, actor, offer, 10, now=now)
    )
    assert (post.headcount, post.state) == (20, "partly")
    with pytest.raises(BadInput):
        await office.act(
            CHEN, NEED, post_id, lambda session, actor, offer: note_hired(session, actor, offer, 21, now=now)
        )
    post = await office.act(
        CHEN, NEED, post_id, lambda session, actor, offer: note_hired(session, actor, offer, 20, now=now)
    )
    assert post.state == "filled"


async def test_a_school_cannot_promise_more_than_it_has(office: Offers, now: datetime) -> None:
    batch_id = await office.publish(ZHOU, XINGHE, GRADUATES)
    batch = await office.act(
        ZHOU,
        SUPPLY,
        batch_id,
        lambda session, actor, offer: change_offer(session, actor, offer, {"locked": 40, "further": 20}, now=now),
    )
    assert isinstance(batch, SupplyBatch)
    assert (batch.available, batch.class_year) == (60, 2027)
    with pytest.raises(BadInput):
        await office.act(
            ZHOU,
            SUPPLY,
            batch_id,
            lambda session, actor, offer: change_offer(session, actor, offer, {"locked": 101}, now=now),
        )
    assert (await office.read(SUPPLY, batch_id)).version == batch.version


async def test_another_unit_neither_opens_nor_changes_it(office: Offers) -> None:
    post_id = await office.publish(CHEN, HAILAN, WHOLE)
    async with office.database.transaction() as session:
        with pytest.raises(NotAllowed):
            await get_offer(session, await actor_of(session, SUN), NEED, post_id)
        with pytest.raises(NotFound):
            await get_offer(session, await actor_of(session, CHEN), NEED, post_id + 1)


async def test_closed_is_closed_and_kept_is_valid_for_another_term(office: Offers, now: datetime) -> None:
    post_id = await office.publish(CHEN, HAILAN, WHOLE)
    async with office.database.transaction() as session:
        expire(session, await get_offer(session, await actor_of(session, CHEN), NEED, post_id), now=now)
    kept = await office.act(
        CHEN, NEED, post_id, lambda session, actor, offer: keep_offer(session, actor, offer, desk=office.desk, now=now)
    )
    assert (kept.state, kept.asked_at) == ("open", None)
    await office.act(
        CHEN, NEED, post_id, lambda session, actor, offer: close_offer(session, actor, offer, "withdrawn", now=now)
    )
    for do in (
        lambda session, actor, offer: close_offer(session, actor, offer, "filled", now=now),
        lambda session, actor, offer: change_offer(session, actor, offer, {"headcount": 1}, now=now),
        lambda session, actor, offer: keep_offer(session, actor, offer, desk=office.desk, now=now),
    ):
        with pytest.raises(AlreadyClosed):
            await office.act(CHEN, NEED, post_id, do)
    assert [one.after.get("state") for one in await office.versions(NEED, post_id)][-3:] == [
        "expired",
        "open",
        "withdrawn",
    ]


async def test_each_side_sees_what_the_other_made_public_and_the_secretariat_all(office: Offers) -> None:
    shown = await office.publish(CHEN, HAILAN, WHOLE)
    kept = await office.publish(CHEN, HAILAN, WHOLE, is_public=False)
    await office.draft(CHEN, HAILAN, WHOLE)
    async with office.database.reading() as session:

        async def seen(who: Account) -> list[int]:
            return [one.id for one in await list_standing(session, await actor_of(session, who), NEED)]

        assert await seen(LIN) == [kept, shown]
        assert await seen(ZHOU) == await seen(SU) == [shown]
        with pytest.raises(NotAllowed):
            await seen(SUN)
        own = await list_own(session, await actor_of(session, CHEN), NEED)
        assert [one.state for one in own] == ["draft", "open", "open"]


async def test_words_with_two_posts_are_asked_about_one_after_the_other(office: Offers) -> None:
    first, second = [await office.draft(CHEN, HAILAN, {"headcount": n}, f"缺{n}人") for n in (3, 5)]
    async with office.database.reading() as session:
        actor = await actor_of(session, CHEN)
        following = await next_draft(session, actor, await office.read(NEED, first))
        assert following is not None
        assert following.id == second

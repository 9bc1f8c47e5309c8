"""The outbox: order, pace, leases, failures. A message is sent once, or again when nobody can know."""

import asyncio
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select, update

from services.db import Database
from services.errors import AlreadyClosed, NotAllowed, NotFound
from services.models import OutboxMessage
from services.outbox import (
    Address,
    Button,
    Note,
    Outcome,
    Pacing,
    claim_due,
    claim_fresh,
    close_buttons,
    count_outbox,
    get_pressed,
    next_due_at,
    note_progress,
    post,
    record_outcomes,
    withdraw,
)
from services.outbox.delivery import UNCERTAIN_WAIT
from services.outbox.leasing import LEASE, MAX_TRIES
from services.outbox.posting import Timing

FREE = Pacing(per_second=0, group_interval_s=0)
PACED = Pacing()
ALICE, BOB, GROUP, OTHER_GROUP = 11, 12, -100, -200


async def say(database: Database, chat: int, *, now: datetime, timing: Timing | None = None, **more: Any) -> int:
    async with database.transaction() as session:
        posted = await post(session, Note("a.b", {"n": 1}), Address(chat), now=now, timing=timing, **more)
    assert posted is not None
    return posted


async def claim(
    database: Database, now: datetime, pacing: Pacing = FREE, owner: str = "one", limit: int = 20
) -> list[int]:
    async with database.transaction() as session:
        return [row.id for row in await claim_due(session, owner, pacing, now=now, limit=limit)]


async def record(database: Database, *outcomes: Outcome, now: datetime, owner: str | None = None) -> None:
    async with database.transaction() as session:
        await record_outcomes(session, outcomes, now=now, owner=owner)


async def look(database: Database, row_id: int) -> OutboxMessage:
    async with database.reading() as session:
        row = await session.get(OutboxMessage, row_id)
    assert row is not None
    return row


async def test_a_business_key_speaks_once(database: Database, now: datetime) -> None:
    async with database.transaction() as session:
        note, to = Note("a.b"), Address(ALICE)
        posted = [await post(session, note, to, now=now, business_key="remind:1") for _ in range(2)]
    assert posted[0] is not None
    assert posted[1] is None


async def test_one_message_a_chat_leaves_at_a_time_and_in_order(database: Database, now: datetime) -> None:
    first, second, other = [await say(database, chat, now=now) for chat in (ALICE, ALICE, BOB)]
    assert await claim(database, now) == [first, other]
    assert await claim(database, now) == []
    await record(database, Outcome(first, "sent", message_id=5), now=now)
    assert await claim(database, now) == [second]


async def test_a_message_planned_for_later_stands_in_nobodys_way(database: Database, now: datetime) -> None:
    await say(database, ALICE, now=now, timing=Timing(not_before=now + timedelta(days=1)))
    today = await say(database, ALICE, now=now)
    assert await claim(database, now) == [today]


async def test_a_retried_message_is_not_overtaken(database: Database, now: datetime) -> None:
    first, second = [await say(database, ALICE, now=now) for _ in range(2)]
    await claim(database, now)
    await record(database, Outcome(first, "later", reason="no_connection"), now=now)
    assert await claim(database, now) == []
    assert await claim(database, now + timedelta(seconds=70)) == [first]
    await record(database, Outcome(first, "sent", message_id=1), now=now)
    assert await claim(database, now) == [second]


async def test_429_holds_that_chat_and_no_other(database: Database, now: datetime) -> None:
    held, other = await say(database, ALICE, now=now), await say(database, BOB, now=now)
    await claim(database, now)
    until = now + timedelta(hours=3)
    await record(database, Outcome(held, "later", reason="flood", not_before=until, hold_chat=True), now=now)
    await record(database, Outcome(other, "sent", message_id=1), now=now)
    fresh, again = await say(database, ALICE, now=now), await say(database, BOB, now=now)
    async with database.transaction() as session:
        assert await claim_fresh(session, [fresh], "one", FREE, now=now) == []
    assert await claim(database, now + timedelta(hours=2)) == [again]
    await record(database, Outcome(again, "sent", message_id=2), now=now)
    async with database.reading() as session:
        assert await next_due_at(session) == until
    assert await claim(database, until + timedelta(seconds=1)) == [held]


async def test_hours_of_429_never_kill_a_message(database: Database, now: datetime) -> None:
    row_id = await say(database, ALICE, now=now)
    for hour in range(MAX_TRIES + 3):
        at = now + timedelta(hours=hour)
        assert await claim(database, at) == [row_id]
        until = at + timedelta(minutes=50)
        await record(database, Outcome(row_id, "later", reason="flood", not_before=until, hold_chat=True), now=at)
    assert (await look(database, row_id)).state == "new"


async def test_a_long_outage_of_the_network_kills_nothing(database: Database, now: datetime) -> None:
    row_id = await say(database, ALICE, now=now)
    for minute in range(2 * MAX_TRIES):
        at = now + timedelta(minutes=2 * minute)
        assert await claim(database, at) == [row_id]
        await record(database, Outcome(row_id, "later", reason="no_connection"), now=at)
    assert (await look(database, row_id)).state == "new"


async def test_a_refusal_that_repeats_is_given_up_with_its_reason(database: Database, now: datetime) -> None:
    row_id = await say(database, ALICE, now=now)
    for minute in range(MAX_TRIES):
        at = now + timedelta(minutes=2 * minute)
        assert await claim(database, at) == [row_id]
        await record(database, Outcome(row_id, "later", reason="server_error"), now=at)
    row = await look(database, row_id)
    assert (row.state, row.reason) == ("dead", "gave_up:server_error")


async def test_what_can_never_arrive_is_dead_and_lets_the_next_pass(database: Database, now: datetime) -> None:
    first, second = [await say(database, ALICE, now=now) for _ in range(2)]
    await claim(database, now)
    await record(database, Outcome(first, "dead", reason="blocked"), now=now)
    assert (await look(database, first)).reason == "blocked"
    assert await claim(database, now) == [second]


async def test_an_uncertain_message_is_repeated_once(database: Database, now: datetime) -> None:
    row_id = await say(database, ALICE, now=now)
    times = 0
    for step in range(6):
        at = now + step * (UNCERTAIN_WAIT + timedelta(seconds=1))
        if await claim(database, at) == [row_id]:
            times += 1
            await record(database, Outcome(row_id, "uncertain", reason="connection_lost"), now=at)
    row = await look(database, row_id)
    assert (times, row.state, row.repeats) == (2, "uncertain", 1)


async def test_a_crash_while_sending_repeats_after_the_lease(database: Database, now: datetime) -> None:
    row_id = await say(database, ALICE, now=now)
    await claim(database, now, owner="dead process")
    assert await claim(database, now + LEASE - timedelta(seconds=1)) == []
    assert await claim(database, now + LEASE + timedelta(seconds=1), owner="two") == [row_id]
    await record(database, Outcome(row_id, "sent", message_id=3), now=now, owner="two")
    assert (await look(database, row_id)).state == "sent"


async def test_a_message_that_crashes_the_process_rests_in_the_end(database: Database, now: datetime) -> None:
    row_id = await say(database, ALICE, now=now)
    claims = [await claim(database, now + n * (LEASE + timedelta(seconds=1))) for n in range(MAX_TRIES + 2)]
    assert claims == [[row_id]] * MAX_TRIES + [[], []]
    assert (await look(database, row_id)).reason == "crashed_often"


async def test_a_late_outcome_of_a_lost_lease_reschedules_nothing(database: Database, now: datetime) -> None:
    row_id = await say(database, ALICE, now=now)
    await claim(database, now, owner="slow")
    later = now + LEASE + timedelta(seconds=1)
    await claim(database, later, owner="fast")
    await record(database, Outcome(row_id, "later", reason="no_connection"), now=later, owner="slow")
    assert (await look(database, row_id)).lease_owner == "fast"
    await record(database, Outcome(row_id, "sent", message_id=9), now=later, owner="slow")
    await record(database, Outcome(row_id, "dead", reason="blocked"), now=later, owner="fast")
    row = await look(database, row_id)
    assert (row.state, row.message_id) == ("sent", 9)


async def test_progress_of_a_split_message_never_goes_back(database: Database, now: datetime) -> None:
    row_id = await say(database, ALICE, now=now)
    async with database.transaction() as session:
        for parts in (1, 2, 1):
            await note_progress(session, row_id, parts, now=now)
    assert (await look(database, row_id)).parts_sent == 2


async def test_stale_messages_are_dropped_with_a_reason(database: Database, now: datetime) -> None:
    timing = Timing(expires_at=now + timedelta(hours=1))
    row_id = await say(database, ALICE, now=now, timing=timing)
    assert await claim(database, now + timedelta(hours=2)) == []
    row = await look(database, row_id)
    assert (row.state, row.reason) == ("dead", "stale")


async def test_a_group_hears_one_message_in_three_seconds(database: Database, now: datetime) -> None:
    rows = [await say(database, GROUP, now=now) for _ in range(3)]
    sent_at = []
    for step in range(100):
        at = now + timedelta(seconds=0.1 * step)
        for row_id in await claim(database, at, PACED):
            await record(database, Outcome(row_id, "sent", message_id=row_id), now=at)
            sent_at.append((row_id, round((at - now).total_seconds(), 1)))
    assert sent_at == [(rows[0], 0.0), (rows[1], 3.1), (rows[2], 6.2)]


async def test_resting_groups_do_not_starve_others(database: Database, now: datetime) -> None:
    for chat in (GROUP, OTHER_GROUP):
        await record(database, Outcome(await say(database, chat, now=now), "sent"), now=now)
        await say(database, chat, now=now)
        await claim(database, now, PACED)
        await say(database, chat, now=now)
    private = await say(database, ALICE, now=now)
    assert private in await claim(database, now, PACED, limit=1)


async def test_the_whole_bot_keeps_its_pace(database: Database, now: datetime) -> None:
    for chat in range(1, 101):
        await say(database, chat, now=now)
    within_a_second = 0
    for step in range(20):
        within_a_second += len(await claim(database, now + timedelta(seconds=0.05 * step), PACED))
    assert 24 <= within_a_second <= 25 + PACED.burst


async def test_a_reply_that_may_leave_is_leased_with_its_effect(database: Database, now: datetime) -> None:
    async with database.transaction() as session:
        ids = [await post(session, Note("a.b"), Address(ALICE), now=now, via="reply") for _ in range(2)]
        leased = await claim_fresh(session, [one or 0 for one in ids], "one", PACED, now=now)
    assert [row.id for row in leased] == [ids[0]]
    assert await claim(database, now) == []


async def test_a_reply_waits_behind_what_its_chat_still_owes(database: Database, now: datetime) -> None:
    await say(database, ALICE, now=now)
    async with database.transaction() as session:
        fresh = await post(session, Note("a.b"), Address(ALICE), now=now)
        assert await claim_fresh(session, [fresh or 0], "one", FREE, now=now) == []


async def test_a_moved_group_keeps_what_waits_for_it(database: Database, now: datetime) -> None:
    first, second = [await say(database, GROUP, now=now) for _ in range(2)]
    await claim(database, now)
    await record(database, Outcome(first, "later", reason="migrated", not_before=now, moved_to=-555), now=now)
    assert [(await look(database, row)).chat_id for row in (first, second)] == [-555, -555]
    assert await claim(database, now) == [first]


async def test_withdrawn_messages_are_not_sent_and_say_why(database: Database, now: datetime) -> None:
    keep = await say(database, ALICE, now=now, business_key="remind:2026_10:1")
    gone = await say(database, BOB, now=now, business_key="remind:2026-10:2")
    async with database.transaction() as session:
        assert await withdraw(session, "remind:2026-10", "answered") == 1
    assert await claim(database, now) == [keep]
    assert (await look(database, gone)).reason == "answered"


async def test_two_senders_never_take_one_message(database_url: str, now: datetime) -> None:
    databases = [Database(database_url, pool_size=4) for _ in range(2)]
    for chat in range(1, 41):
        await say(databases[0], chat if chat % 4 else -chat, now=now)
    async with databases[0].transaction() as session:  # a third of them lie with a process that died
        await session.execute(
            update(OutboxMessage)
            .where(OutboxMessage.id % 3 == 0)
            .values(state="sending", lease_owner="dead", lease_until=now - timedelta(seconds=1), tries=1)
        )
    pacing = Pacing(per_second=100_000, group_interval_s=0.001, burst=100_000)

    async def work(database: Database, owner: str) -> list[int]:
        taken: list[int] = []
        for step in range(12):
            at = now + timedelta(seconds=step)
            got = await claim(database, at, pacing, owner, limit=5)
            await record(database, *(Outcome(one, "sent", message_id=one) for one in got), now=at, owner=owner)
            taken += got
        return taken

    taken = await asyncio.gather(*(work(databases[n % 2], f"worker {n}") for n in range(4)))
    flat = sorted(one for part in taken for one in part)
    async with databases[0].reading() as session:
        assert await count_outbox(session) == {"sent": 40}
        everything = sorted(await session.scalars(select(OutboxMessage.id)))
    for database in databases:
        await database.dispose()
    assert flat == everything


async def test_buttons_mean_what_was_stored_and_obey_one_person(database: Database, now: datetime) -> None:
    async with database.transaction() as session:
        buttons = ((Button("a.x", "go", {"n": 1}), Button("a.y", "go", {"n": 2})), (Button("a.z", "stop"),))
        posted = await post(session, Note("a.b", {}, buttons), Address(ALICE, person_id=7), now=now)
        row = await session.get(OutboxMessage, posted)
        assert row is not None
        pressed = await get_pressed(session, f"{row.token}:1", person_id=7)
        assert (pressed.action, pressed.payload) == ("go", {"n": 2})
        for data in ("", "x", f"{row.token}:3", f"{row.token}:-1", f"{row.token}:²", f"{row.token}", "no:0"):
            with pytest.raises(NotFound):
                await get_pressed(session, data, person_id=7)
        with pytest.raises(NotAllowed):
            await get_pressed(session, f"{row.token}:0", person_id=8)
        await close_buttons(session, row.id, now=now)
        with pytest.raises(AlreadyClosed):
            await close_buttons(session, row.id, now=now)
        await session.refresh(row)
        with pytest.raises(AlreadyClosed):
            await get_pressed(session, f"{row.token}:0", person_id=7)


async def test_a_clock_that_was_wrong_silences_nobody(database: Database, now: datetime) -> None:
    await say(database, ALICE, now=now)
    assert len(await claim(database, now + timedelta(days=30), PACED)) == 1  # a month ahead, then set right
    await say(database, BOB, now=now)
    assert len(await claim(database, now, PACED)) == 1

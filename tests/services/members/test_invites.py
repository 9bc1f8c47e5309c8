"""Invitations as rows: digest only, once, in time."""

import asyncio
from datetime import datetime, timedelta

import pytest
from sqlalchemy import func, select

from services.db import Database
from services.errors import BadInput, InviteInvalid, NotAllowed
from services.members.actors import Account, meet
from services.members.invites import CODE, NewInvite, Offer, accept_invite, create_invite
from services.models import Invite, Seat
from tests.cast import INDUSTRY, LIN, ZHOU, Cast, actor_of


async def make(database: Database, offer: Offer, now: datetime) -> NewInvite:
    async with database.transaction() as session:
        return await create_invite(session, await actor_of(session, LIN), offer, now=now)


async def test_only_a_digest_is_stored(database: Database, cast: Cast, now: datetime) -> None:
    made = await make(database, Offer("liaison", cast.unit(INDUSTRY)), now)
    assert CODE.fullmatch(made.code)
    assert made.expires_at == now + timedelta(days=7)
    async with database.reading() as session:
        row = await session.get_one(Invite, made.invite_id)
        assert made.code not in str(vars(row))


async def test_ten_people_at_once_and_one_seat(database: Database, cast: Cast, now: datetime) -> None:
    made = await make(database, Offer("liaison", cast.unit(INDUSTRY)), now)

    async def accept(telegram_id: int) -> bool:
        async with database.transaction() as session:
            account = Account(telegram_id, f"来客{telegram_id}")
            actor = await meet(session, account, secretaries=frozenset(), privately=True, now=now)
            try:
                await accept_invite(session, actor, made.invite_id, consent_version="1", now=now)
            except InviteInvalid:
                return False
            return True

    won = await asyncio.gather(*(accept(9100 + number) for number in range(10)))
    assert sum(won) == 1
    async with database.reading() as session:
        taken = await session.scalar(select(func.count(Seat.id)).where(Seat.unit_id == cast.unit(INDUSTRY)))
        assert taken == 1


async def test_an_invitation_may_expire_while_one_reads(database: Database, cast: Cast, now: datetime) -> None:
    made = await make(database, Offer("liaison", cast.unit(INDUSTRY)), now)
    async with database.transaction() as session:
        zhou = await actor_of(session, ZHOU)
        with pytest.raises(InviteInvalid) as refused:
            await accept_invite(session, zhou, made.invite_id, consent_version="1", now=made.expires_at)
    assert refused.value.facts == {"reason": "expired"}


async def test_who_may_invite_to_what(database: Database, cast: Cast, now: datetime) -> None:
    async with database.transaction() as session:
        with pytest.raises(NotAllowed):
            await create_invite(session, await actor_of(session, ZHOU), Offer("liaison", cast.unit(INDUSTRY)), now=now)
        for offer in (Offer("king", cast.unit(INDUSTRY)), Offer("liaison"), Offer("secretariat", cast.unit(INDUSTRY))):
            with pytest.raises(BadInput):
                await create_invite(session, None, offer, now=now)

"""Greeting, invitations, consent, own data, leaving: through the real dispatcher."""

from datetime import datetime, timedelta

from sqlalchemy import select

from handlers.members import joining
from services.db import Database
from services.members.invites import Offer, create_invite
from services.models import AuditEntry, Person, Seat
from tests.cast import GROUP_ID, GUEST, HAILAN, INDUSTRY, LIN, SUN, ZHOU, Account, Cast, actor_of
from tests.talk import Talk, router_of


async def invited(database: Database, unit_id: int | None, now: datetime, role: str = "liaison") -> str:
    async with database.transaction() as session:
        return (await create_invite(session, None, Offer(role, unit_id), now=now)).code


async def seats_of(database: Database, account: Account) -> list[tuple[str, int | None]]:
    async with database.reading() as session:
        rows = await session.scalars(
            select(Seat).join(Person).where(Person.telegram_id == account.telegram_id, Seat.until.is_(None))
        )
        return [(seat.role, seat.unit_id) for seat in rows]


async def test_an_invited_guest_reads_agrees_and_holds_the_seat(database: Database, cast: Cast, now: datetime) -> None:
    talk = Talk(database, [router_of(joining)], now)
    code = await invited(database, cast.unit(INDUSTRY), now)
    privacy, question = await talk.say(GUEST, f"/start join_{code}")
    assert "境外" in privacy.text
    assert "90 天" in privacy.text
    assert INDUSTRY in question.text
    assert question.labels == ["同意并加入", "不同意"]
    assert await seats_of(database, GUEST) == []
    (welcome,) = await talk.press(GUEST, "同意并加入")
    assert (welcome.is_edit, INDUSTRY in welcome.text, "联络员" in welcome.text) == (True, True, True)
    assert await seats_of(database, GUEST) == [("liaison", cast.unit(INDUSTRY))]
    async with database.reading() as session:
        guest = await session.scalar(select(Person).where(Person.telegram_id == GUEST.telegram_id))
        assert guest is not None
        assert (guest.name, guest.consent_version, guest.consented_at) == (GUEST.name, "2026-11", now)


async def test_declining_leaves_the_invitation_good(database: Database, cast: Cast, now: datetime) -> None:
    talk = Talk(database, [router_of(joining)], now)
    code = await invited(database, cast.unit(INDUSTRY), now)
    await talk.say(GUEST, f"/start join_{code}")
    (said,) = await talk.press(GUEST, "不同意")
    assert "没有加入" in said.text
    assert await talk.press(GUEST, "同意并加入") == []
    assert await seats_of(database, GUEST) == []
    _, again = await talk.say(GUEST, f"/start join_{code}")
    assert "同意并加入" in again.labels


async def test_of_two_people_with_one_link_the_second_hears_used(database: Database, cast: Cast, now: datetime) -> None:
    talk = Talk(database, [router_of(joining)], now)
    other = Account(9002, "另一位")
    code = await invited(database, cast.unit(INDUSTRY), now)
    await talk.say(GUEST, f"/start join_{code}")
    await talk.say(other, f"/start join_{code}")
    await talk.press(GUEST, "同意并加入")
    await talk.press(other, "同意并加入")
    assert "已被使用" in talk.toast
    assert await seats_of(database, other) == []
    (late,) = await talk.say(Account(9003, "第三位"), f"/start join_{code}")
    assert "已被使用" in late.text


async def test_an_old_invitation_is_turned_away(database: Database, cast: Cast, now: datetime) -> None:
    code = await invited(database, cast.unit(INDUSTRY), now - timedelta(days=8))
    (said,) = await Talk(database, [router_of(joining)], now).say(GUEST, f"/start join_{code}")
    assert "已过期" in said.text


async def test_guessing_codes_is_slowed_down_and_leaves_a_trace(database: Database, cast: Cast, now: datetime) -> None:
    talk = Talk(database, [router_of(joining)], now)
    code = await invited(database, cast.unit(INDUSTRY), now)
    for guess in range(5):
        (said,) = await talk.say(GUEST, f"/start join_guess{guess:08}")
        assert "没有这个邀请" in said.text
    (said,) = await talk.say(GUEST, f"/start join_{code}")
    assert "一小时后" in said.text
    async with database.reading() as session:
        guesses = await session.scalars(select(AuditEntry).where(AuditEntry.act == "guess_invite"))
        assert len(list(guesses)) == 5
    talk.now += timedelta(minutes=61)
    assert len(await talk.say(GUEST, f"/start join_{code}")) == 2


async def test_holding_the_seat_already_does_not_use_up_the_invitation(
    database: Database, cast: Cast, now: datetime
) -> None:
    talk = Talk(database, [router_of(joining)], now)
    code = await invited(database, cast.unit("北辰物流有限公司"), now)
    (said,) = await talk.say(SUN, f"/start join_{code}")
    assert "已经是" in said.text
    assert len(await talk.say(GUEST, f"/start join_{code}")) == 2


async def test_start_and_help_fit_the_person(database: Database, cast: Cast, now: datetime) -> None:
    talk = Talk(database, [router_of(joining)], now)
    (guest,) = await talk.say(GUEST, "/start")
    assert "公开资料" in guest.text
    (member,) = await talk.say(SUN, "/start")
    assert "北辰装备" in member.text
    assert "北辰物流" in member.text
    (secretary,) = await talk.say(LIN, "/help")
    assert "/members" in secretary.text
    for words in ("你能做什么", "你是谁？"):
        (member,) = await talk.say(ZHOU, words)
        assert "/ask" in member.text
        assert "/members" not in member.text
    (group,) = await talk.say(ZHOU, "/help", chat=GROUP_ID)
    assert "私聊" in group.text


async def test_privacy_shows_own_data_in_private_only(database: Database, cast: Cast, now: datetime) -> None:
    talk = Talk(database, [router_of(joining)], now)
    _, own = await talk.say(ZHOU, "/privacy")
    assert str(ZHOU.telegram_id) in own.text
    assert ZHOU.username in own.text
    assert own.labels == ["撤回同意并退出"]
    (group,) = await talk.say(ZHOU, "/privacy", chat=GROUP_ID)
    assert str(ZHOU.telegram_id) not in group.text


async def test_a_new_version_asks_members_again(database: Database, cast: Cast, now: datetime) -> None:
    async with database.transaction() as session:
        (await session.get_one(Person, cast.person(ZHOU))).consent_version = "2020-01"
    talk = Talk(database, [router_of(joining)], now)
    (said,) = await talk.say(ZHOU, "/start")
    assert said.labels == ["同意新版隐私说明（2026-11）"]
    await talk.press(ZHOU, "同意新版")
    (said,) = await talk.say(ZHOU, "/start")
    assert said.labels == []


async def test_leaving_ends_seats_drops_the_name_and_tells_the_secretariat(
    database: Database, cast: Cast, now: datetime
) -> None:
    talk = Talk(database, [router_of(joining)], now)
    await talk.say(ZHOU, "/privacy")
    await talk.press(ZHOU, "撤回同意并退出")
    left, told = await talk.press(ZHOU, "确认退出")
    assert "已退出" in left.text
    assert told.chat_id == LIN.telegram_id
    assert "星河职业技术学院，联络员" in told.text
    assert ZHOU.name not in told.text
    assert await seats_of(database, ZHOU) == []
    await talk.say(ZHOU, "/start")
    async with database.reading() as session:
        person = await session.get_one(Person, cast.person(ZHOU))
        assert (person.name, person.username, person.consent_version) == ("", "", "")
    await talk.press(ZHOU, "确认退出")
    assert "已经处理" in talk.toast


async def test_the_names_of_strangers_are_not_stored(database: Database, cast: Cast, now: datetime) -> None:
    await Talk(database, [router_of(joining)], now).say(GUEST, "/start")
    async with database.reading() as session:
        guest = await session.scalar(select(Person).where(Person.telegram_id == GUEST.telegram_id))
        assert guest is not None
        assert (guest.name, guest.username) == ("", "")
        assert (await actor_of(session, GUEST)).access == "public"


async def test_a_secretariat_invitation_opens_the_register(database: Database, cast: Cast, now: datetime) -> None:
    talk = Talk(database, [router_of(joining)], now)
    code = await invited(database, None, now, role="secretariat")
    await talk.say(GUEST, f"/start join_{code}")
    await talk.press(GUEST, "同意并加入")
    async with database.reading() as session:
        assert (await actor_of(session, GUEST)).is_secretariat


async def test_names_typed_by_members_never_become_markup(database: Database, cast: Cast, now: datetime) -> None:
    code = await invited(database, cast.unit(HAILAN), now)
    talk = Talk(database, [router_of(joining)], now)
    rude = Account(9004, "<b>粗体</b>")
    await talk.say(rude, f"/start join_{code}")
    (welcome,) = await talk.press(rude, "同意并加入")
    assert "&lt;b&gt;粗体" in welcome.text


async def test_a_stranger_is_told_how_one_comes_in_and_a_member_asks_the_library(
    database: Database, cast: Cast, now: datetime
) -> None:
    talk = Talk(database, [router_of(joining)], now)
    (told,) = await talk.say(GUEST, "请问怎样才能加入共同体")
    assert "邀请链接" in told.text
    for words in ("会费要交多少", "你们收会费吗", "每年有没有年费", "入会要交钱吗", "请问你们要不要交会费？"):
        (told,) = await talk.say(GUEST, words)
        assert "会费" in told.text
    await talk.say(ZHOU, "你们收会费吗")
    assert not talk.handled
    await talk.say(GUEST, "加入联合体的企业有哪些好处")
    assert not talk.handled
    await talk.say(ZHOU, "怎么加入联合体")
    assert not talk.handled
    for words in ("会费标准是多少", "章程里会费怎么规定", "专利年费谁承担", "会费收支由谁管", "年费收据丢了"):
        await talk.say(GUEST, words)
        assert not talk.handled, words

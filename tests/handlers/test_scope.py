"""What a group may hear: outside its collections nothing leaves in it, not as answer, nearest, standard or passage."""

from sqlalchemy import select

from services.library.curated import StandardAnswer, shelve_standard
from services.models import AuditEntry, Chat
from tests.cast import GROUP_ID, LIN, ZHOU
from tests.handlers.ticket_talk import Room, room, to
from tests.talk import BOT, Said

__all__ = ["room"]
POLICY = "产教融合措施\n\n第一条 企业接收学生实习的，按每人每月200元给予补贴。"
BUDGET = "经费预算方案\n\n第一条 设备共享平台安排经费八十万元。\n\n第二条 第一年拨付三十万元。"
ASKED = "设备共享平台安排经费多少？"


async def ask(room: Room, words: str) -> list[Said]:
    return await room.say(ZHOU, f"@{BOT.username} {words}", chat=GROUP_ID)


async def limited(room: Room) -> None:
    await room.shelve("措施.txt", POLICY, "members", "政策")
    await room.shelve("预算.txt", BUDGET, "members", "经费")
    await room.say(LIN, f"@{BOT.username} 本群只听 政策", chat=GROUP_ID)


def in_group(said: list[Said]) -> str:
    return "\n".join(one.text for one in said if one.chat_id == GROUP_ID)


async def test_an_answer_outside_the_scope_goes_to_the_asker_in_private(room: Room) -> None:
    await room.shelve("预算.txt", BUDGET, "members", "经费")
    assert "八十万元" in in_group(await ask(room, ASKED))
    await limited(room)
    said = await ask(room, ASKED)
    assert "八十万元" not in in_group(said)
    assert "不在本群可听的资料里" in in_group(said)
    assert "八十万元" in to(said, ZHOU)[0].text
    assert "200元" in in_group(await ask(room, "企业接收学生实习每人每月补贴多少元？"))


async def test_nor_as_the_nearest_passages(room: Room) -> None:
    await limited(room)
    said = await ask(room, "设备共享平台经费由谁审批？")
    assert "八十万" not in "".join(one.text for one in said if one.chat_id == GROUP_ID)
    assert "经费预算" not in in_group(said)


async def test_nor_in_a_follow_up_nor_by_an_old_button(room: Room) -> None:
    await room.shelve("预算.txt", BUDGET, "members", "经费")
    (answer,) = await ask(room, ASKED)
    await limited(room)
    assert "三十万" not in in_group(await ask(room, "那第一年呢？"))
    assert "经费预算" not in in_group(await ask(room, "第几条？"))
    opened = await room.press(ZHOU, "看原文", chat=GROUP_ID, on=answer)
    assert in_group(opened) == ""
    assert "八十万元" in to(opened, ZHOU)[0].text


async def test_nor_by_a_standard_answer_or_a_notice_of_repeal(room: Room) -> None:
    await limited(room)
    async with room.database.transaction() as session:
        standard = StandardAnswer("平台管理费由谁出", "由海岚化工承担四成。", "members", room.talk.now.date())
        await shelve_standard(session, standard, by=1, now=room.talk.now)
    await room.keeper.sync()
    said = await ask(room, "平台管理费由谁出？")
    assert "四成" not in in_group(said)
    assert "四成" in to(said, ZHOU)[0].text
    await room.say(LIN, "废止 经费预算方案，由 产教融合措施 替代")
    await room.press(LIN, "确认废止")
    heard = in_group(await ask(room, "《经费预算方案》还能用吗？")).replace("“《经费预算方案》还能用吗？”", "")
    assert "经费预算方案" not in heard  # the question may be said again, and nothing of its repeal
    assert "废止" not in heard


async def test_a_scope_that_narrows_while_the_answer_is_made_is_kept(room: Room) -> None:
    await room.shelve("措施.txt", POLICY, "members", "政策")
    await room.shelve("预算.txt", BUDGET, "members", "经费")
    await room.talk.say(ZHOU, f"@{BOT.username} {ASKED}", chat=GROUP_ID)
    async with room.database.transaction() as session:
        chat = await session.get(Chat, GROUP_ID)
        assert chat is not None
        chat.collections = ["政策"]
    said = await room.work()
    assert "八十万元" not in in_group(said)
    assert "八十万元" in to(said, ZHOU)[0].text


async def test_the_secretariat_chooses_by_buttons_in_private_and_it_is_audited(room: Room) -> None:
    await room.shelve("措施.txt", POLICY, "members", "政策")
    await room.shelve("预算.txt", BUDGET, "members", "经费")
    (listed,) = await room.say(LIN, "/kb 群")
    assert "产教联合体工作群：成员可见，不限栏目" in listed.text
    await room.press(LIN, "产教联合体工作群")
    (card,) = await room.press(LIN, "政策")
    assert "仅限栏目：<b>政策</b>" in card.text
    (card,) = await room.press(LIN, "经费")
    assert {"✅ 政策", "✅ 经费", "不限栏目"} == set(card.labels)
    await room.press(LIN, "✅ 政策")
    (card,) = await room.press(LIN, "✅ 经费")
    assert "仅限栏目：<b>经费</b>" in card.text
    (card,) = await room.press(LIN, "不限栏目")
    assert "不限栏目" in card.text
    async with room.database.reading() as session:
        entries = list(
            await session.scalars(select(AuditEntry).where(AuditEntry.act == "limit").order_by(AuditEntry.id))
        )
    assert [one.facts["after"] for one in entries] == [["政策"], ["政策", "经费"], ["经费"], ["经费"], []]
    assert all(one.person_id for one in entries)


async def test_nobody_else_may(room: Room) -> None:
    await limited(room)
    await ask(room, "本群不限栏目")
    async with room.database.reading() as session:
        chat = await session.get(Chat, GROUP_ID)
        assert chat is not None
        assert chat.collections == ["政策"]
    said = await room.say(LIN, f"@{BOT.username} 本群只听 没有这个", chat=GROUP_ID)
    assert "没有“没有这个”这个选项" in said[-1].text

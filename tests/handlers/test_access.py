"""Who hears which document where: every role, in private, in a bound group and in one that nobody bound; audited."""

import pytest
from sqlalchemy import select

from services.models import AuditEntry
from tests.cast import GROUP_ID, GUEST, LIN, ZHOU
from tests.handlers.ticket_talk import Room, room, to
from tests.talk import BOT

__all__ = ["room"]
STRANGE = -1002000000777
FACTS = {
    "public": ("食堂办法\n\n第一条 示范食堂的午餐窗口共有十二个，每天开放。", "示范食堂的午餐窗口有多少个？", "十二个"),
    "members": (
        "会费办法\n\n第一条 联合体成员单位每年缴纳会费三千元。",
        "联合体成员单位每年缴纳会费多少元？",
        "三千元",
    ),
    "secretariat": ("印章规程\n\n第一条 联合体印章由档案室保管，钥匙共有两套。", "联合体印章由谁保管？", "档案室"),
}
HEARD = {
    (GUEST, None): {"public"},
    (ZHOU, None): {"public", "members"},
    (LIN, None): {"public", "members", "secretariat"},
    (GUEST, GROUP_ID): {"public"},
    (ZHOU, GROUP_ID): {"public", "members"},
    (LIN, GROUP_ID): {"public", "members"},
    (ZHOU, STRANGE): {"public"},
    (LIN, STRANGE): {"public"},
}


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)  # 24 questions
async def test_each_role_hears_its_levels_in_each_place(room: Room) -> None:
    for level, (text, _, _) in FACTS.items():
        await room.shelve(f"{level}.txt", text, level)
    for (who, place), heard in HEARD.items():
        for level, (_, question, fact) in FACTS.items():
            asked = f"@{BOT.username} {question}" if place else question
            said = await room.say(who, asked, **({"chat": place} if place else {}))
            here = "".join(one.text for one in said if one.chat_id == (place or who.telegram_id))
            assert (fact in here) is (level in heard), (who.name, place, level)
            if place and level not in heard:
                in_private = "".join(one.text for one in to(said, who))
                assert (fact in in_private) is (level in HEARD[who, None]), (who.name, place, level)


async def test_opening_restricting_repealing_and_removing_leave_a_trail(room: Room) -> None:
    number = await room.shelve("members.txt", FACTS["members"][0], "members")
    follower = await room.shelve("new.txt", "会费新规\n\n第一条 会费改为按规模分档缴纳。", "members")
    await room.say(LIN, f"/kb {number}")
    await room.press(LIN, "改为公开")
    assert "三千元" in (await room.say(GUEST, FACTS["members"][1]))[0].text
    await room.say(LIN, "废止 会费办法，由 会费新规 替代")
    await room.press(LIN, "确认废止")
    warned = (await room.say(ZHOU, "《会费办法》规定每年缴纳会费多少元？"))[0].text
    assert "《会费办法》已被替代（2026年11月23日），仅供查考。现行文件：《会费新规》" in warned
    await room.say(LIN, f"/kb {number}")
    await room.press(LIN, "删除")
    await room.press(LIN, "确认删除")
    async with room.database.reading() as session:
        trail = list(
            await session.scalars(
                select(AuditEntry)
                .where(AuditEntry.subject == "document", AuditEntry.subject_id == str(number))
                .order_by(AuditEntry.id)
            )
        )
    assert [one.act for one in trail] == ["import", "access", "repeal", "remove", "erase"]
    assert trail[1].facts == {"before": "members", "after": "public"}
    assert trail[2].facts["after"] == "superseded"
    assert all(one.person_id for one in trail[1:4])
    assert follower

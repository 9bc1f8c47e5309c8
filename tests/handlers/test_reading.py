"""Opening what an answer stands on: the whole clause, the quoted sentence marked, and what is around it."""

import pytest
from sqlalchemy import select

from handlers import typed_buttons
from handlers.questions import reading
from services.library.wishes import ReadingWish, read_reading
from services.models import AuditEntry, Chat
from tests.cast import CHEN, GROUP_ID, GUEST, LIN, ZHOU, Account
from tests.handlers.ticket_talk import Room, room, to
from tests.talk import BOT, Said, Talk, router_of

__all__ = ["room"]
LOANS = """器材共用办法

第一章 借用

第一条 为方便成员单位教学，制定本办法。

第二条 器材借用期限最长为十五天。确需延长的，应在到期前两天向秘书处报备。

第三条 借用人应当妥善保管器材，损坏的照价赔偿。

第二章 附则

第四条 本办法由秘书处解释。"""
OPENING = "开放日规程\n\n第一条 实训室每周三对外开放。\n\n第二条 来访须提前五天预约。"
ASKED = "器材借用期限最长多少天？"


async def opened(room: Room, who: Account = ZHOU) -> Said:
    await room.shelve("器材.txt", LOANS, "members")
    await room.say(who, ASKED)
    return (await room.press(who, "看原文"))[-1]


async def test_the_whole_clause_opens_with_the_quoted_sentence_marked(room: Room) -> None:
    said = await opened(room)
    assert "《器材共用办法》" in said.text
    assert "<b>器材借用期限最长为十五天。</b>" in said.text.replace("第二条 ", "")
    assert "应在到期前两天向秘书处报备" in said.text
    assert "照价赔偿" not in said.text
    assert said.text.count("借用") == 2  # the chapter stands in the clause's name and is not said again
    assert said.labels[:2] == ["上一段", "下一段"]


async def test_one_reads_on_in_the_same_message_up_to_both_ends(room: Room) -> None:
    said = await opened(room)
    (after,) = await room.press(ZHOU, "下一段", on=said)
    assert after.is_edit
    assert after.message_id == said.message_id
    assert "照价赔偿" in after.text
    (last,) = await room.press(ZHOU, "下一段", on=after)
    assert "由秘书处解释" in last.text
    assert "下一段" not in last.labels


async def test_the_buttons_words_typed_read_on_as_well(room: Room) -> None:
    await opened(room)
    talk = Talk(room.database, [router_of(typed_buttons), router_of(reading)], room.talk.now)
    await talk.listen()
    (after,) = await talk.say(ZHOU, "下一段")
    assert "照价赔偿" in after.text
    assert not after.is_edit


@pytest.mark.parametrize(
    "words", ["看原文", "把这条全文给我看看", "原文呢？", "第一条依据的原文", "看原文①", "整条给我看看"]
)
async def test_in_words_the_last_answers_place_opens(room: Room, words: str) -> None:
    await room.shelve("器材.txt", LOANS, "members")
    await room.say(ZHOU, ASKED)
    (said,) = await room.say(ZHOU, words)
    assert said.text_key == "ask.passage"
    assert "两天向秘书处报备" in said.text


async def test_another_clause_of_that_document_opens_by_its_name(room: Room) -> None:
    await room.shelve("器材.txt", LOANS, "members")
    await room.say(ZHOU, ASKED)
    (said,) = await room.say(ZHOU, "第三条原文")
    assert "照价赔偿" in said.text


async def test_of_several_places_each_has_its_button_and_words_choose(room: Room) -> None:
    await room.shelve("市级.txt", "市级项目细则\n\n第一条 市级项目每项补助十万元。\n\n第二条 每年申报一次。", "members")
    await room.shelve(
        "省级.txt", "省级项目细则\n\n第一条 每年申报两次。\n\n第二条 省级项目每项补助三十万元。", "members"
    )
    (answer,) = await room.say(ZHOU, "市级项目和省级项目分别补助多少万元？")
    assert answer.labels[:2] == ["看原文 ①", "看原文 ②"]
    assert "依据：<b>②</b>" in answer.text
    (which,) = await room.say(ZHOU, "看原文")
    assert "引用了 2 处" in which.text
    assert which.labels == ["看原文 ①", "看原文 ②"]
    (second,) = await room.say(ZHOU, "第二个依据的原文")
    assert "三十万元" in second.text
    (first,) = await room.press(ZHOU, "看原文 ①", on=which)
    assert "<b>" in first.text
    assert "十万元" in first.text
    (named,) = await room.say(ZHOU, "第二条依据的原文")
    assert named.text == second.text


async def test_without_an_answer_it_is_said_what_opens(room: Room) -> None:
    (said,) = await room.say(ZHOU, "看原文")
    assert said.text_key == "ask.passage_none"
    (said,) = await room.say(ZHOU, "第五条原文")
    assert said.text_key != "ask.passage_none"


@pytest.mark.parametrize(
    "words",
    [
        "第几条？",
        "依据是什么",
        "培训补贴的原文",
        "条款有哪些",
        "按原文执行",
        "全文多少字",
        "原文有没有提到食宿",
        "第二条",
    ],
)
def test_what_asks_something_of_a_text_is_no_wish_to_open_it(words: str) -> None:
    assert read_reading(words) is None


@pytest.mark.parametrize(
    ("words", "wish"),
    [
        ("依据2的原文", ReadingWish(2, "", True)),
        ("看一下第三处引用的原文", ReadingWish(3, "", True)),
        ("把第十二条全文给我看看", ReadingWish(0, "第十二条")),
        ("完整条文", ReadingWish()),
    ],
)
def test_which_place_is_meant_is_read(words: str, wish: ReadingWish) -> None:
    assert read_reading(words) == wish


async def ask_in_group(room: Room, words: str, who: Account = ZHOU) -> list[Said]:
    return await room.say(who, f"@{BOT.username} {words}", chat=GROUP_ID)


async def test_in_a_group_each_reads_on_from_their_own_question(room: Room) -> None:
    await room.shelve("器材.txt", LOANS, "members")
    await room.shelve("开放.txt", OPENING, "members")
    await ask_in_group(room, ASKED)
    await ask_in_group(room, "实训室来访须提前多少天预约？", CHEN)
    (said,) = await ask_in_group(room, "看原文")
    assert said.chat_id == GROUP_ID
    assert "十五天" in said.text
    assert await room.press(CHEN, "下一段", chat=GROUP_ID, on=said) == []
    assert "发给别人的" in room.talk.toast


async def test_what_the_group_may_not_hear_any_more_goes_on_in_private(room: Room) -> None:
    await room.shelve("器材.txt", LOANS, "members", "制度")
    (answer,) = await ask_in_group(room, ASKED)
    async with room.database.transaction() as session:
        chat = await session.get(Chat, GROUP_ID)
        assert chat is not None
        chat.collections = ["其他"]
    said = await room.press(ZHOU, "看原文", chat=GROUP_ID, on=answer)
    assert [one.chat_id for one in said] == [ZHOU.telegram_id]
    assert "已私信发给您" in room.talk.toast
    assert await room.press(GUEST, "看原文", chat=GROUP_ID, on=answer) == []
    assert "没有这项操作的权限" in room.talk.toast
    pointed = await ask_in_group(room, "看原文")
    assert "十五天" not in "".join(one.text for one in pointed if one.chat_id == GROUP_ID)
    assert "十五天" in to(pointed, ZHOU)[0].text


async def test_rights_are_judged_at_each_press(room: Room) -> None:
    said = await opened(room)
    await room.say(LIN, "/kb 器材共用办法")
    await room.press(LIN, "改为仅秘书处可见")
    assert await room.press(ZHOU, "下一段", on=said) == []
    assert "没有这项操作的权限" in room.talk.toast
    assert "没有这项操作的权限" in (await room.say(ZHOU, "看原文"))[-1].text


async def test_a_repealed_document_warns_and_names_its_successor(room: Room) -> None:
    said = await opened(room)
    await room.shelve("新办法.txt", "器材共享新规\n\n第一条 器材借用期限最长为三十天。", "members")
    await room.say(LIN, "废止 器材共用办法，由 器材共享新规 替代")
    await room.press(LIN, "确认废止")
    (after,) = await room.press(ZHOU, "下一段", on=said)
    assert "《器材共用办法》已被替代" in after.text
    assert "现行文件：《器材共享新规》" in after.text


async def test_every_look_stands_in_the_trail(room: Room) -> None:
    said = await opened(room)
    await room.press(ZHOU, "下一段", on=said)
    await room.say(ZHOU, "看原文")
    async with room.database.reading() as session:
        entries = list(await session.scalars(select(AuditEntry).where(AuditEntry.act == "read")))
    assert len(entries) == 3
    (told,) = to(await room.say(LIN, "谁看过《器材共用办法》"), LIN)
    assert "查看原文《器材共用办法》" in told.text


async def test_a_long_clause_stays_within_one_message_and_goes_on_by_button(room: Room) -> None:
    items = "\n".join(
        f"（{sign}）成员单位应当按季度向秘书处报送器材台账与维修记录，{'并附照片' * 40}。"
        for sign in "一二三四五六七八九十" * 2
    )
    await room.shelve(
        "长.txt", f"台账细则\n\n第一条 台账报送遵守下列要求：\n{items}\n\n第二条 台账每年封存一次。", "members"
    )
    await room.say(ZHOU, "台账多久封存一次？")
    (said,) = await room.press(ZHOU, "看原文")
    (before,) = await room.press(ZHOU, "上一段", on=said)
    assert before.is_edit
    assert 0 < len(before.text) < 4096
    assert "上一段" in before.labels

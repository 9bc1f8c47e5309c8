"""Who saw what that is not public, and who was refused what: found by the secretariat in words."""

import pytest

from tests.cast import CHEN, GUEST, LIN, ZHOU
from tests.handlers.ticket_talk import Room, room, to

__all__ = ["room"]
INNER = "样例联合体章程\n\n第一条 理事会每年召开两次全体会议。"
OPEN = "公开指南\n\n第一条 学校每年安排教师下企业三十天。"
ASKED = "理事会每年召开几次全体会议？"


async def ask_and_open(room: Room) -> None:
    await room.shelve("章程.txt", INNER, "members")
    await room.shelve("指南.txt", OPEN, "public")
    await room.say(ZHOU, ASKED)
    await room.press(ZHOU, "看原文")
    await room.say(CHEN, "学校每年安排教师下企业多少天？")
    await room.press(CHEN, "看原文")
    await room.say(GUEST, "/kb")


async def listed(room: Room, words: str) -> str:
    return to(await room.say(LIN, words), LIN)[-1].text


@pytest.mark.parametrize("words", ["查阅记录", "/kb 查阅记录", "最近谁看过内部资料", "看看审计记录"])
async def test_looks_at_what_is_not_public_and_refusals_are_listed(room: Room, words: str) -> None:
    await ask_and_open(room)
    text = await listed(room, words)
    assert "周老师（星河职业技术学院） 得到的回答引用《样例联合体章程》第一条，成员可见" in text
    assert "周老师（星河职业技术学院） 查看原文《样例联合体章程》第一条，成员可见" in text
    assert "/kb被拒绝（仅限秘书处）" in text
    assert "公开指南" not in text
    assert "3 条" in text


async def test_who_was_refused(room: Room) -> None:
    await ask_and_open(room)
    for words in ("谁被拒绝过", "有没有人越权"):
        text = await listed(room, words)
        assert "/kb被拒绝（仅限秘书处）" in text
        assert "章程" not in text


async def test_of_one_document_also_a_public_one(room: Room) -> None:
    await ask_and_open(room)
    text = await listed(room, "谁看过《公开指南》")
    assert "得到的回答引用《公开指南》第一条" in text
    assert "章程" not in text
    assert "周老师" in await listed(room, "谁看过样例联合体章程？")


async def test_what_was_closed_since_is_refused_and_stands_there(room: Room) -> None:
    number = await room.shelve("章程.txt", INNER, "members")
    (answer,) = await room.say(ZHOU, ASKED)
    await room.say(LIN, f"/kb {number}")
    await room.press(LIN, "改为仅秘书处可见")
    await room.press(ZHOU, "看原文", on=answer)
    text = await listed(room, "谁被拒绝过")
    assert "《样例联合体章程》第一条：查看原文被拒绝（超出可见范围）" in text


async def test_nobody_else_may_look_and_another_question_is_a_question(room: Room) -> None:
    await ask_and_open(room)
    for who, words in ((ZHOU, "查阅记录"), (ZHOU, "谁看过《样例联合体章程》"), (LIN, "谁看过大熊猫")):
        for said in await room.say(who, words):
            assert said.text_key != "kb.looks"

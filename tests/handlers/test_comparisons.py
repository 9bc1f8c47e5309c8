"""A comparison in the chat: the figures first, whose each sentence is, and which subject nothing was found for."""

from tests.cast import ZHOU
from tests.handlers.ticket_talk import Room, room, to

__all__ = ["room"]
FEES = "样例场地办法\n\n第一条 成员企业每个工位每小时15元；外来单位每个工位每小时25元。"


async def test_the_figures_come_first_and_each_sentence_says_whose_it_is(room: Room) -> None:
    await room.shelve("办法.txt", FEES, "members", "办法")
    said = to(await room.say(ZHOU, "样例场地，成员企业和外来单位每小时各多少？"), ZHOU)[0].text
    assert said.startswith("<b>分别是15元、25元。</b>")
    assert "<b>外来单位</b>：外来单位每个工位" in said


async def test_a_subject_that_nothing_was_found_for_is_named(room: Room) -> None:
    await room.shelve("办法.txt", FEES, "members", "办法")
    said = to(await room.say(ZHOU, "样例场地，成员企业和在校学生每小时各多少？"), ZHOU)[0].text
    assert "没有找到“在校学生”的依据" in said
    assert "分别是" not in said

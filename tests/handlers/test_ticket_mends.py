"""Tickets at their edges: handed over anew, follow-ups, answers with the same words, who may change what."""

import pytest
from sqlalchemy import select

from services.models import Ticket
from tests.cast import LIN, ZHOU
from tests.handlers.test_ticket_changes import ANSWER, asked
from tests.handlers.test_tickets import QUESTION, Room, room, to

__all__ = ["room"]


async def states(room: Room) -> list[str]:
    async with room.database.reading() as session:
        return [one.state for one in await session.scalars(select(Ticket).order_by(Ticket.id))]


@pytest.mark.parametrize("end", ["撤回", "关闭"])
async def test_a_question_that_was_taken_back_or_closed_can_be_handed_over_again(room: Room, end: str) -> None:
    await room.say(ZHOU, QUESTION)
    await room.press(ZHOU, "转秘书处")
    await room.say(ZHOU if end == "撤回" else LIN, f"{end}工单1")
    assert await states(room) == ["closed"]
    said = await room.say(ZHOU, "问秘书处")
    assert "编号 1" in to(said, ZHOU)[0].text
    (notice,) = to(said, LIN)
    assert await states(room) == ["open"]
    assert ANSWER in to(await room.reply(LIN, notice, ANSWER), ZHOU)[0].text


async def test_a_question_that_was_answered_is_handed_over_again_with_the_answer_shown(room: Room) -> None:
    await room.reply(LIN, await asked(room), ANSWER)
    said = await room.say(ZHOU, "问秘书处")
    assert ANSWER in to(said, LIN)[0].text
    assert await states(room) == ["open"]


async def test_follow_ups_in_the_same_words_after_different_questions_are_two(room: Room) -> None:
    for number, first in enumerate(("章程规定理事会多久开一次", "设备共享平台由谁出资"), 1):
        await room.say(ZHOU, first)
        await room.say(ZHOU, "那秘书处呢？")
        said = await room.press(ZHOU, "转秘书处")
        assert f"编号 {number}" in to(said, ZHOU)[0].text
    assert await states(room) == ["open", "open"]

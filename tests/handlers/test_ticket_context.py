"""What the secretariat sees around a question that it is handed."""

from sqlalchemy import select

from services.models import AnswerRecord
from tests.cast import LIN, ZHOU
from tests.handlers.ticket_talk import Room, room, to
from tests.talk import Said

__all__ = ["room"]
PAPER = "样例联合体章程\n\n第一条 理事会每年召开两次全体会议。\n\n第二条 成员单位应当指定联络员。"
NEAREST = "最接近的原文"


async def hand_over(room: Room, *texts: str) -> tuple[Said, str]:
    """The notice of the last question, and the outcome that it had."""
    for text in texts:
        await room.say(ZHOU, text)
    said = await room.press(ZHOU, "转秘书处")
    async with room.database.reading() as session:
        outcome = await session.scalar(select(AnswerRecord.outcome).order_by(AnswerRecord.id.desc()).limit(1))
    return to(said, LIN)[-1], str(outcome)


async def test_where_nothing_was_near_the_secretariat_is_shown_nothing(room: Room) -> None:
    await room.shelve("章程.txt", PAPER, "members")
    notice, outcome = await hand_over(room, "联合体的火箭几点发射？")
    assert outcome == "none"
    assert NEAREST not in notice.text


async def test_where_the_asker_was_shown_something_near_so_is_the_secretariat(room: Room) -> None:
    await room.shelve("章程.txt", PAPER, "members")
    notice, outcome = await hand_over(room, "成员单位的联络员补贴是多少？")
    assert outcome == "nearest"
    assert NEAREST in notice.text


async def test_a_follow_up_comes_with_the_question_before_it(room: Room) -> None:
    await room.shelve("章程.txt", PAPER, "members")
    notice, _ = await hand_over(room, "火星基地几点关门？", "那月球基地呢？")
    assert "那月球基地呢" in notice.text
    assert "上文：火星基地几点关门" in notice.text
    alone, _ = await hand_over(room, "设备共享平台什么时候上线")
    assert "上文" not in alone.text

"""A removed document is gone: from the shelf, the index, the records of answers, and the bytes of the files."""

import json
from pathlib import Path

from sqlalchemy import select

from services.models import AnswerRecord, Document, OutboxMessage
from tests.cast import CHEN, LIN, ZHOU, Cast
from tests.handlers.test_tickets import WU, Room, room, to

__all__ = ["room"]
SECRET = "理事会每年召开三次闭门会议"
TEXT = f"联合体议事规则\n\n第一条 {SECRET}，由轮值单位主持。"
OTHER = "联合体章程\n\n第一条 联络员由各成员单位指定，任期两年。"


async def remove(room: Room) -> str:
    await room.say(LIN, "/kb 议事规则")
    await room.press(LIN, "删除")
    return (await room.press(LIN, "确认删除"))[-1].text


def holders(folder: Path) -> list[str]:
    """Files with the secret in any spelling in which we store words."""
    spellings = [SECRET.encode(), json.dumps(SECRET)[1:-1].encode(), SECRET.encode("utf-16-le")]
    files = [one for one in folder.rglob("*") if one.is_file()]
    return [str(one) for one in files if any(mark in one.read_bytes() for mark in spellings)]


async def test_no_byte_of_a_removed_document_is_left(room: Room, tmp_path: Path) -> None:
    await room.shelve("议事规则.txt", TEXT, "members")
    await room.shelve("章程.txt", OTHER, "members")
    (answer,) = await room.say(ZHOU, "理事会每年召开几次闭门会议？")
    assert SECRET in answer.text
    await room.press(ZHOU, "查看原文")
    await room.press(ZHOU, "没答对")
    await room.press(ZHOU, "转秘书处")
    (kept,) = await room.say(CHEN, "联络员任期几年？")
    assert "两年" in kept.text
    if room.database.is_sqlite:
        assert holders(tmp_path)
    told = await remove(room)
    assert "1 条回答记录" in told
    async with room.database.reading() as session:
        removed, other = list(await session.scalars(select(AnswerRecord).order_by(AnswerRecord.id)))
        assert (removed.text, removed.evidence, removed.facts) == ("", [], {"removed": 1})
        assert "两年" in other.text
        for row in await session.scalars(select(OutboxMessage)):
            assert SECRET not in json.dumps(row.values, ensure_ascii=False)
    assert holders(tmp_path) == []


async def test_a_notice_stays_answerable_and_an_answer_on_its_way_says_why(room: Room) -> None:
    await room.shelve("议事规则.txt", TEXT, "members")
    await room.say(ZHOU, "理事会每年召开几次闭门会议？")
    await room.press(ZHOU, "没答对")
    (notice,) = to(await room.press(ZHOU, "转秘书处"), LIN)
    async with room.database.transaction() as session:
        row = await session.scalar(select(OutboxMessage).where(OutboxMessage.text_key == "ask.answer"))
        assert row is not None
        row.state = "new"
    await remove(room)
    async with room.database.reading() as session:
        waiting = await session.scalar(select(OutboxMessage).where(OutboxMessage.text_key == "ask.removed"))
        assert waiting is not None
        assert waiting.state == "new"
    said = await room.reply(LIN, notice, "今年改为两次。")
    assert "今年改为两次" in to(said, ZHOU)[0].text


async def test_a_standard_answer_that_rests_on_it_is_marked_for_another_look(room: Room, cast: Cast) -> None:
    await room.shelve("议事规则.txt", TEXT, "members")
    await room.say(ZHOU, "理事会每年召开几次闭门会议？")
    await room.press(ZHOU, "没答对")
    (notice,) = to(await room.press(ZHOU, "转秘书处"), LIN)
    await room.reply(LIN, notice, "两次，规则正在修订。")
    await room.press(LIN, "存为标准答复·成员可见")
    approver = next(one for one in room.talk.heard if one.text_key == "tickets.approve")
    await room.talk.press_data(WU, approver, approver.buttons[0][1])
    await room.work()
    assert "请复核：\n· 理事会每年召开几次闭门会议" in await remove(room)
    async with room.database.reading() as session:
        standard = await session.scalar(select(Document).where(Document.collection == "标准答复"))
        assert standard is not None
        assert standard.warnings == ["source_removed"]

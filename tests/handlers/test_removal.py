"""A removed document is gone: from the shelf, the index, the records of answers, and the bytes of the files."""

import json
from pathlib import Path

import pytest
from sqlalchemy import select

from services.dumping import dump_rows, table_names
from services.library.quotations import Quotations
from services.library.removing import erase, find_traces, load_quotations, resume_removals, retire
from services.library.shelving import get_document
from services.models import AnswerRecord, Document, OutboxMessage
from services.outbox import Address, Note, post
from tests.cast import CHEN, LIN, ZHOU, Cast
from tests.handlers.ticket_talk import WU, Room, room, to

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
    await room.press(ZHOU, "看原文")
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


NEIGHBOUR = "联合体工作细则\n\n第一条 理事会会议由轮值单位负责筹备并主持。\n\n第二条 会议纪要三个工作日内印发。"


async def test_words_shared_by_chance_or_standing_elsewhere_empty_nothing(room: Room) -> None:
    await room.shelve("议事规则.txt", TEXT, "members")
    await room.shelve("工作细则.txt", NEIGHBOUR, "members")
    await room.say(ZHOU, "理事会会议由谁筹备？")
    await room.press(ZHOU, "看原文")
    await remove(room)
    async with room.database.reading() as session:
        kept = list(
            await session.scalars(
                select(OutboxMessage).where(OutboxMessage.text_key.startswith("ask.")).order_by(OutboxMessage.id)
            )
        )
    assert [bool(one.values) for one in kept] == [True, True]
    assert "轮值单位" in json.dumps(kept[0].values, ensure_ascii=False)


async def test_nothing_waits_while_what_was_said_is_looked_through(room: Room) -> None:
    """The scan holds no write transaction; what is said meanwhile is looked at in the end."""
    number = await room.shelve("议事规则.txt", TEXT, "members")
    (answer,) = await room.say(ZHOU, "理事会每年召开几次闭门会议？")
    assert SECRET in answer.text
    async with room.database.transaction() as session:
        retire(session, await get_document(session, number), by=None, now=room.talk.now)
    quoted = await load_quotations(room.database, number)
    assert quoted is not None
    traces = await find_traces(room.database, number, quoted)
    assert (len(traces.answers), len(traces.messages)) == (1, 1)
    async with room.database.transaction() as session:
        late = Note("ask.passage", {"title": "", "clause": "", "text": f"{SECRET}，由轮值单位主持。"})
        await post(session, late, Address(ZHOU.telegram_id), now=room.talk.now)
        document = await session.get(Document, number)
        assert document is not None
        removed = await erase(session, document, quoted, traces, now=room.talk.now)
        assert (removed.answers, removed.messages) == (1, 2)


async def test_a_removal_that_failed_is_taken_up_at_the_next_start(room: Room) -> None:
    number = await room.shelve("议事规则.txt", TEXT, "members")
    async with room.database.transaction() as session:
        retire(session, await get_document(session, number), by=None, now=room.talk.now)
        assert await resume_removals(session, now=room.talk.now) == 1
        assert await resume_removals(session, now=room.talk.now) == 0
    await room.work()
    async with room.database.transaction() as session:
        document = await session.get(Document, number)
        assert document is not None
        assert document.text == ""
        assert await resume_removals(session, now=room.talk.now) == 0


async def test_from_the_press_on_it_answers_nothing(room: Room) -> None:
    await room.shelve("议事规则.txt", TEXT, "members")
    await room.say(LIN, "/kb 议事规则")
    await room.press(LIN, "删除")
    await room.talk.press(LIN, "确认删除")
    await room.talk.say(ZHOU, "理事会每年召开几次闭门会议？")
    said = await room.work()
    assert SECRET not in "".join(one.text for one in said)
    assert holders_in_tables(await tables(room)) == []


async def tables(room: Room) -> dict[str, str]:
    """Every table as text."""
    async with room.database.reading() as session:
        return {
            name: "".join([json.dumps(row, ensure_ascii=False) async for row in dump_rows(session, name)])
            for name in table_names()
        }


def holders_in_tables(found: dict[str, str]) -> list[str]:
    return [name for name, text in found.items() if SECRET in text]


@pytest.mark.parametrize(
    ("value", "quotes"),
    [
        ("第一条 理事会每年召开三次闭门会议，由轮值单位主持。", True),
        ({"deep": [{"text": "回复：理事会每年召开三次闭门会议，由轮值单位主持"}]}, True),
        ("· 联合体议事规则 第三条：凡是重大事项须事先通报", True),
        ("凡事须事先通报", False),
        ("理事会每年召开两次全体会议，由轮值单位承办。", False),
        ("联合体议事规则", False),
        ("由轮值单位主持", False),
        ("第四条 会议纪要应当在三个工作日内印发给全体成员单位。", False),
        ({"number": 7, "text": ""}, False),
    ],
)
def test_what_is_a_quotation(value: object, quotes: bool) -> None:
    other = "联合体工作细则\n\n第一条 会议纪要应当在三个工作日内印发给全体成员单位。"
    more = [
        "第二条 凡事须事先通报。",
        "第三条 凡是重大事项须事先通报。",
        "第四条 会议纪要应当在三个工作日内印发给全体成员单位。",
    ]
    quoted = Quotations("\n\n".join([TEXT, *more]), "联合体议事规则", [other])
    assert quoted.in_value(value) is quotes

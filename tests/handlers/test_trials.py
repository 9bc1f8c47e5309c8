"""The regression set: kept from answers in chat, asked again when the library changes, differences told."""

from pathlib import Path

from sqlalchemy import select

from bot.trying import Trying
from knowledge.documents.reading import read_text
from services.library.shelving import Shelf, get_document
from services.library.upkeep import replace_document
from services.models import AuditEntry, TrialCase, TrialRun
from tests.cast import GROUP_ID, LIN, ZHOU
from tests.handlers.ticket_talk import Room, room, to
from tests.talk import BOT, Said

__all__ = ["room"]
CHARTER = "联合体章程\n\n第一条 联络员由各成员单位指定，任期两年。\n\n第二条 理事会每年召开两次全体会议。"
ASKED = "理事会每年召开几次全体会议？"
UNKNOWN = "联合体的会费是多少？"


async def keep(room: Room, question: str) -> Said:
    await room.say(LIN, question)
    return (await room.press(LIN, "加入检验集"))[-1]


async def replace(room: Room, old: int, text: str) -> None:
    """A new version comes in, as an upload with 替换 would bring it."""
    async with room.database.transaction() as session:
        read = read_text("新章程.txt", "", text)
        await replace_document(session, await get_document(session, old), read, Shelf("members"), now=room.talk.now)
    await room.keeper.sync()


async def runs(room: Room) -> list[TrialRun]:
    async with room.database.reading() as session:
        return list(await session.scalars(select(TrialRun).order_by(TrialRun.id)))


async def test_an_answer_is_kept_with_its_evidence_and_a_refusal_as_one(room: Room) -> None:
    await room.shelve("章程.txt", CHARTER, "members")
    kept = await keep(room, ASKED)
    assert "第 1 题" in kept.text
    assert "《联合体章程》第二条" in kept.text
    refused = await keep(room, UNKNOWN)
    assert "应当<b>拒答</b>" in refused.text
    listed = (await room.say(LIN, "检验集"))[-1]
    assert "共 2 题" in listed.text
    assert (await room.say(LIN, "/kb 检验集"))[-1].text == listed.text
    again = await keep(room, ASKED)
    assert "第 1 题" in again.text
    async with room.database.reading() as session:
        assert len(list(await session.scalars(select(TrialCase)))) == 2


async def test_words_do_what_the_button_does(room: Room) -> None:
    await room.shelve("章程.txt", CHARTER, "members")
    await room.say(LIN, ASKED)
    assert "第 1 题" in (await room.say(LIN, "加入检验集"))[-1].text


async def test_only_the_secretariat_in_private_is_offered_it(room: Room) -> None:
    await room.shelve("章程.txt", CHARTER, "members")
    (answer,) = await room.say(ZHOU, ASKED)
    assert "加入检验集" not in answer.labels
    (answer,) = await room.say(LIN, f"@{BOT.username} {ASKED}", chat=GROUP_ID)
    assert "加入检验集" not in answer.labels
    kept = await keep(room, ASKED)
    data = next(data for label, data, _ in kept.buttons if label == "移出")
    await room.talk.press_data(ZHOU, kept, data)
    assert "移出" in (await room.say(LIN, "检验集"))[-1].text or "共 1 题" in room.talk.heard[-1].text
    assert (await room.say(ZHOU, "检验集"))[-1].text_key != "trials.list"


async def test_a_new_version_is_judged_by_what_it_says(room: Room) -> None:
    old = await room.shelve("章程.txt", CHARTER, "members")
    await keep(room, ASKED)
    said = await room.say(LIN, "检验资料库")
    assert "1 题：对 1，错 0" in said[-1].text
    await replace(
        room, old, CHARTER.replace("第一条", "第一条 本章程经大会通过。\n\n第三条").replace("第二条", "第四条")
    )
    assert "1 题：对 1，错 0" in (await room.say(LIN, "/kb 检验"))[-1].text
    assert "与上次相比没有变化" in room.talk.heard[-1].text


async def test_changed_words_and_a_lost_answer_are_told_apart(room: Room) -> None:
    old = await room.shelve("章程.txt", CHARTER, "members")
    await keep(room, ASKED)
    await keep(room, "联络员任期几年？")
    await room.say(LIN, "检验资料库")
    await replace(room, old, "联合体章程\n\n第二条 理事会每年召开四次全体会议。")
    told = (await room.say(LIN, "检验资料库"))[-1].text
    assert "对 0，依据文字有变 1，错 1" in told
    changed, wrong = told.index("文字变了，请核对"), told.index("现在错了")
    assert told.index("第 2 题") > wrong
    assert told.index("第 1 题") > changed
    assert [one["verdict"] for one in (await runs(room))[-1].results] == ["changed", "wrong"]


async def test_a_change_of_the_library_asks_them_again_and_tells_only_differences(room: Room) -> None:
    await room.shelve("章程.txt", CHARTER, "members")
    await keep(room, UNKNOWN)
    await room.say(LIN, "检验资料库")
    await room.shelve("会费.txt", "会费办法\n\n第一条 联合体会费为每年3000元。", "members")
    await room.shelve("食堂.txt", "食堂办法\n\n第一条 食堂每天开放。", "members")
    await room.say(LIN, "/kb 食堂办法")
    await room.press(LIN, "删除")
    said = await room.press(LIN, "确认删除")
    told = next(one for one in said if one.text_key == "trials.result")
    assert "自动检验" in told.text
    assert "应当拒答，这次引了 《会费办法》第一条" in told.text
    count = len(await runs(room))
    await room.shelve("操场.txt", "操场办法\n\n第一条 操场每天开放。", "members")
    await room.say(LIN, "/kb 操场办法")
    await room.press(LIN, "删除")
    said = await room.press(LIN, "确认删除")
    assert [one.text_key for one in said if one.text_key.startswith("trials.")] == []
    assert len(await runs(room)) == count + 1


async def test_a_level_is_part_of_the_question(room: Room) -> None:
    await room.shelve("章程.txt", CHARTER, "secretariat")
    await keep(room, ASKED)
    case = (await room.press(LIN, "改按“公开”提问"))[-1]
    assert "按“公开”提问" in case.text
    await room.press(LIN, "应当拒答")
    assert "1 题：对 1，错 0" in (await room.say(LIN, "检验资料库"))[-1].text


async def test_a_wrong_refusal_is_set_right_from_the_nearest_passage(room: Room) -> None:
    await room.shelve("章程.txt", CHARTER, "members")
    kept = await keep(room, "全体会议的会期是几天？")
    assert any(label.startswith("应引《联合体章程》") for label in kept.labels)
    case = (await room.press(LIN, "应引《联合体章程》"))[-1]
    assert "应当引用" in case.text
    assert "错 1" in (await room.say(LIN, "检验资料库"))[-1].text


async def test_a_follow_up_is_asked_after_what_it_follows(room: Room) -> None:
    await room.shelve("章程.txt", CHARTER, "members")
    await room.say(LIN, ASKED)
    kept = await keep(room, "第几条？")
    assert "接在“理事会每年召开几次全体会议" in kept.text
    assert "1 题：对 1，错 0" in (await room.say(LIN, "检验资料库"))[-1].text


async def test_a_removed_document_takes_its_words_out_of_the_set(room: Room, tmp_path: Path) -> None:
    await room.shelve("章程.txt", CHARTER, "members")
    await keep(room, ASKED)
    await room.say(LIN, "检验资料库")
    await room.say(LIN, "/kb 联合体章程")
    await room.press(LIN, "删除")
    said = await room.press(LIN, "确认删除")
    told = next(one for one in said if one.text_key == "trials.result")
    assert "依据的文件已删除" in told.text
    async with room.database.reading() as session:
        case = await session.get(TrialCase, 1)
        assert case is not None
        assert case.evidence[0]["quote"] == ""


async def test_every_act_on_the_set_is_audited(room: Room) -> None:
    await room.shelve("章程.txt", CHARTER, "members")
    await keep(room, ASKED)
    await room.press(LIN, "移出")
    assert "还是空的" in (await room.say(LIN, "检验集"))[-1].text
    async with room.database.reading() as session:
        acts = await session.scalars(select(AuditEntry.act).where(AuditEntry.subject == "trial_case"))
        assert list(acts) == ["keep", "take_out"]


async def test_a_secretariat_without_a_chat_hears_it_in_private(room: Room) -> None:
    await room.shelve("章程.txt", CHARTER, "members")
    await keep(room, UNKNOWN)
    trying = Trying(room.database, room.keeper, room.desk, clock=lambda: room.talk.now, zone=room.desk.zone)
    compared, _ = await trying.run_now("console")
    assert compared.is_first
    assert compared.counts == {"right": 1, "changed": 0, "wrong": 0, "void": 0}
    assert to(await room.talk.listen(), LIN) == []

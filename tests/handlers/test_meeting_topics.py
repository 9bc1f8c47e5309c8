"""Topics of a meeting: proposed, judged, merged, by the office and by a convener."""

from sqlalchemy import select

from services.db import Database
from services.meetings.office import MeetingOffice
from services.models import ActionItem, Seat, Topic
from tests.cast import (
    CHEMICAL,
    CHEN,
    LIN,
    QIAN,
    QINGHE,
    SU,
    ZHOU,
    Cast,
)
from tests.handlers.meeting_talk import local, office, set_meeting, talk, told, walk
from tests.talk import Talk

__all__ = ["office", "talk"]


async def test_topics_are_proposed_judged_and_merged(talk: Talk, office: MeetingOffice) -> None:
    await set_meeting(talk)
    (said,) = await talk.say(ZHOU, "报个议题：实训基地向企业开放，请市教育局牵头")
    assert "实训基地向企业开放" in said.text
    await talk.say(CHEN, "提个议题：企业使用学校实训基地")
    await talk.say(SU, "报个议题：中职实习补贴")
    (shown,) = await talk.say(LIN, "联席会议题清单")
    assert shown.text.count("待审") == 3
    await talk.press(LIN, "议题1 上会")
    await talk.press(LIN, "2 并入 1")
    told_su, shown = await talk.press(LIN, "议题3 缓议")
    assert [state for state in ("上会", "已并入 1", "缓议") if state not in shown.text] == []
    assert (told_su.chat_id, "本次缓议" in told_su.text) == (SU.telegram_id, True)
    merged = next(one for one in talk.heard if one.text_key == "meetings.topic_decided" and "合并研究" in one.text)
    assert (merged.chat_id, "实训基地向企业开放" in merged.text) == (CHEN.telegram_id, True)


async def test_topics_are_judged_in_words_any_into_any_with_a_reason(talk: Talk) -> None:
    await set_meeting(talk)
    for who, words in ((ZHOU, "实训基地向企业开放"), (CHEN, "企业岗位需求征集"), (SU, "校企岗位对接")):
        await talk.say(who, f"报个议题：{words}")
    _, shown = await talk.say(LIN, "议题3并入议题2")
    assert "已并入 2" in shown.text
    told_zhou, shown = await talk.say(LIN, "议题1不上会：材料不全")
    assert "不上会：材料不全" in shown.text
    assert (told_zhou.chat_id, "不上会：材料不全" in told_zhou.text) == (ZHOU.telegram_id, True)
    assert not [one for one in await talk.say(ZHOU, "议题2上会") if one.text_key == "meetings.topics"]
    async with talk.database.reading() as session:
        topic = await session.get(Topic, 1)
        assert (topic.state, topic.reason) == ("rejected", "材料不全")


async def test_a_convener_judges_topics_and_grants_extensions_but_closes_nothing(
    talk: Talk, office: MeetingOffice, database: Database, cast: Cast
) -> None:
    async with database.transaction() as session:
        session.add(Seat(person_id=cast.person(QIAN), unit_id=cast.unit(CHEMICAL), role="convener", since=talk.now))
    await set_meeting(talk)
    await talk.press(QIAN, "同意发出")
    await talk.say(ZHOU, "报个议题：实训基地向企业开放")
    heard = await walk(talk, office, local(2026, 12, 10, 18))
    assert told(heard, "step.agenda_review") == {LIN.telegram_id, QIAN.telegram_id}
    await talk.press(QIAN, "议题清单")
    _, shown = await talk.press(QIAN, "议题1 上会")
    assert "上会" in shown.text
    await walk(talk, office, local(2026, 12, 22, 17))
    await talk.say(LIN, f"决定：编制开放目录；责任单位：{QINGHE}；时限：12月31日前")
    await talk.press(LIN, "确认")
    await walk(talk, office, local(2026, 12, 25, 18))
    await talk.press(LIN, "纪要已签发")
    heard = await talk.say(SU, "第1条申请延期到1月20日，因为设备晚到")
    heard += await talk.listen()
    assert told(heard, "item_extension_asked") == {LIN.telegram_id, QIAN.telegram_id}
    await talk.press(QIAN, "同意延期")
    await talk.say(SU, "第1条办完了，目录见附件")
    await talk.say(QIAN, "第1条销号")
    async with database.reading() as session:
        (item,) = await session.scalars(select(ActionItem))
        assert (item.state, item.due_on.isoformat()) == ("reported_done", "2027-01-20")
        assert item.evidence == "目录见附件"

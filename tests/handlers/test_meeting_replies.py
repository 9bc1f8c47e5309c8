"""Who comes to a meeting, who is asked and who may know."""

from services.meetings.office import MeetingOffice
from tests.cast import (
    CHEN,
    EDUCATION,
    GROUP_ID,
    GUEST,
    HAILAN,
    LIN,
    SU,
    SUN,
    XINGHE,
    ZHAO,
    ZHOU,
)
from tests.handlers.meeting_talk import local, office, set_meeting, talk, walk
from tests.talk import Talk

__all__ = ["office", "talk"]


async def test_replies_by_button_and_in_words(talk: Talk, office: MeetingOffice) -> None:
    await set_meeting(talk)
    await walk(talk, office, local(2026, 12, 8, 12))
    (said,) = await talk.press(ZHOU, "参加")
    assert f"已登记 {XINGHE}：<b>参加</b>" in said.text
    (said,) = await talk.say(SU, "联席会校长出差，让王处长去行不")
    assert "替会" in said.text
    assert "王处长" in said.text
    (said,) = await talk.say(CHEN, "下周开会我请假，在外地培训")
    assert f"{HAILAN}：<b>请假</b>" in said.text
    (said,) = await talk.say(SUN, "联席会我们参加")
    assert len(said.buttons) == 2
    await talk.press(SUN, "北辰物流", on=said)
    (said,) = await talk.say(ZHAO, "局里去两个人，局长和我")
    assert f"{EDUCATION}：<b>参加</b>" in said.text
    (said,) = await talk.say(ZHAO, "哎等下 不去了，那天市里有会")
    assert f"{EDUCATION}：<b>请假</b>" in said.text
    (board,) = await talk.say(LIN, "谁没回会议回执")
    assert "参加 2，替会 1，请假 2" in board.text


async def test_who_is_asked_for_a_substitute_may_say_something_else(talk: Talk, office: MeetingOffice) -> None:
    await set_meeting(talk)
    await walk(talk, office, local(2026, 12, 8, 12))
    await talk.press(ZHOU, "替会")
    assert not any("还没定" in said.text for said in await talk.say(ZHOU, "还没定呢"))
    (said,) = await talk.say(ZHOU, "让李科长去吧")
    assert "李科长" in said.text
    assert "去吧" not in said.text
    await talk.press(SU, "请假")
    (said,) = await talk.say(SU, "算了我又能去了")
    assert "<b>参加</b>" in said.text


async def test_members_are_told_when_and_where_and_strangers_are_not(talk: Talk, office: MeetingOffice) -> None:
    await set_meeting(talk)
    (card,) = await talk.say(ZHOU, "联席会几号？")
    assert "12月22日（周二） 14:30" in card.text
    assert "回执：" not in card.text
    (card,) = await talk.say(LIN, "/meeting")
    assert "未回 8" in card.text
    (said,) = await talk.say(GUEST, "/meeting")
    assert "只通知成员单位" in said.text
    (card,) = await talk.say(LIN, "/meeting", chat=GROUP_ID)
    assert "未回" not in card.text
    (said,) = await talk.say(LIN, "/meeting 提交情况 未报名单", chat=GROUP_ID)
    assert "私聊" in said.text
    for words in ("联席会几号？", "下次会在哪开", "这次会议几点"):
        (said,) = await talk.say(GUEST, words)
        assert "秘书处索取邀请链接" in said.text
        assert "12月22日" not in said.text
    assert await talk.say(GUEST, "联席会议一般什么时候开") == []


async def test_council_shows_its_quorum_to_the_secretariat_only(talk: Talk, office: MeetingOffice) -> None:
    await set_meeting(talk, "/meeting 新建 2026-12-22 9:30 理事会 地点：园区会议中心")
    await walk(talk, office, local(2026, 12, 8, 12))
    for who in (ZHOU, SU, CHEN):
        await talk.press(who, "参加")
    (card,) = await talk.say(LIN, "/meeting")
    assert "理事到会：3/4，需 3，已达到" in card.text
    (card,) = await talk.say(ZHOU, "/meeting")
    assert "理事到会" not in card.text


async def test_who_owes_what_is_for_the_secretariat_alone(talk: Talk) -> None:
    await set_meeting(talk)
    (board,) = await talk.say(LIN, "谁没交会议材料")
    assert board.text_key == "meetings.board"
    (refused,) = await talk.say(ZHOU, "谁没交会议材料")
    assert "秘书处" in refused.text
    assert "未回执" not in refused.text

"""The register in the chat, for the secretariat."""

import re
from datetime import datetime

from bot.rendering import render
from handlers.members import joining, register
from handlers.members.register import report_values
from services.db import Database
from services.members.importing import import_register
from services.members.reach import mark_unreachable
from services.members.register import parse_register
from services.models import OutboxMessage
from services.outbox import Address, Note, post
from tests.cast import CHEN, GROUP_ID, GUEST, INDUSTRY, LIN, XINGHE, ZHOU, Cast
from tests.talk import Talk, router_of


def talk_in(database: Database, now: datetime) -> Talk:
    return Talk(database, [router_of(joining), router_of(register)], now)


async def test_the_board_names_what_is_missing(database: Database, cast: Cast, now: datetime) -> None:
    async with database.transaction() as session:
        await mark_unreachable(session, CHEN.telegram_id, "blocked")
    (board,) = await talk_in(database, now).say(LIN, "/members")
    assert f"没有联络员：{INDUSTRY}" in board.text
    assert "陈工（海岚化工股份有限公司），已停用我" in board.text
    assert "<b>学校</b> 2 家，均有联络员" in board.text
    assert board.labels == ["学校", "企业", "政府部门", "行业协会"]


async def test_from_the_board_to_a_unit_to_an_invitation_that_works(
    database: Database, cast: Cast, now: datetime
) -> None:
    talk = talk_in(database, now)
    await talk.say(LIN, "谁还没有联络员")
    await talk.press(LIN, "政府部门")
    (card,) = await talk.press(LIN, INDUSTRY)
    assert "暂无人员" in card.text
    made, forward = await talk.press(LIN, "邀请联络员")
    assert "11月30日 10:00" in made.text
    link = re.search(r"https://t\.me/lianluo_bot\?start=(join_[\w-]{8,59})$", forward.text)
    assert link is not None
    assert len(link[1]) <= 64
    await talk.say(GUEST, f"/start {link[1]}")
    (welcome,) = await talk.press(GUEST, "同意并加入")
    assert INDUSTRY in welcome.text


async def test_inviting_in_words_finds_the_unit_by_its_alias(database: Database, cast: Cast, now: datetime) -> None:
    talk = talk_in(database, now)
    for words in (
        "邀请 星职院 副联络员",
        "/members invite 星职院 deputy",
        "邀请星职院的副联络员",
        "/members 邀请 星職院 副联络员",
    ):
        _, forward = await talk.say(LIN, words)
        assert f"{XINGHE} 副联络员" in forward.text.replace("<b>", "").replace("</b>", ""), words
    (said,) = await talk.say(LIN, "/members 北辰")
    assert "北辰装备制造有限公司、北辰物流有限公司" in said.text
    (said,) = await talk.say(LIN, "/members 不存在的单位")
    assert "没有找到" in said.text


async def test_ending_a_seat_asks_once_and_acts_once(database: Database, cast: Cast, now: datetime) -> None:
    talk = talk_in(database, now)
    await talk.say(LIN, "/members 星职院")
    await talk.press(LIN, "结束：周老师")
    (ended,) = await talk.press(LIN, "确认结束")
    assert "已结束 周老师" in ended.text
    await talk.press(LIN, "确认结束")
    assert "已经处理" in talk.toast
    (card,) = await talk.say(LIN, "/members 星职院")
    assert "周老师" not in card.text
    assert "何老师" in card.text


async def test_nobody_else_sees_or_presses(database: Database, cast: Cast, now: datetime) -> None:
    talk = talk_in(database, now)
    (said,) = await talk.say(ZHOU, "/members")
    assert "只有秘书处" in said.text
    assert await talk.say(ZHOU, "邀请 星职院 联络员") == []
    (card,) = await talk.say(LIN, "/members 星职院")
    _, data, _ = card.buttons[0]
    await talk.press_data(ZHOU, card, data)
    assert "发给别人的" in talk.toast
    (said,) = await talk.say(LIN, "/members", chat=GROUP_ID)
    assert "私聊" in said.text


async def test_a_member_asks_who_the_members_are_and_a_visitor_does_not_hear_the_register(
    database: Database, cast: Cast, now: datetime
) -> None:
    talk = Talk(database, [router_of(register)], now)
    (told,) = await talk.say(ZHOU, "联合体有哪些成员单位？")
    assert all(name in told.text for name in cast.units)
    (schools,) = await talk.say(ZHOU, "有哪些学校加入了联合体")
    assert XINGHE in schools.text
    assert INDUSTRY not in schools.text
    for words in ("成员单位有几家企业", "企业有多少家，学校多少家", "联合体现在一共多少家单位", "名册里企业占几家"):
        (counted,) = await talk.say(ZHOU, words)
        assert "（3家）" in counted.text.replace(" ", "")
    for words in ("联合体有哪些成员单位？", "有哪些学校", "你们有哪些企业"):
        (told,) = await talk.say(GUEST, words)
        assert told.text_key == "members.not_public"
        assert "怎么加入" in told.text
    for words in (
        "成员单位的义务有哪些",
        "有哪些企业",
        "2028年成员单位要达到多少家",
        "合作企业有几家",
        "哪些企业在招人",
    ):
        assert await talk.say(ZHOU, words) == []


async def test_a_seat_is_ended_by_the_name_of_who_holds_it(database: Database, cast: Cast, now: datetime) -> None:
    talk = Talk(database, [router_of(register)], now)
    for words in ("把周老师的联络员撤了", "取消吧", "周老师的联络员取消掉"):
        said = await talk.say(LIN, words)
        assert [one.labels for one in said] == ([["结束：周老师（联络员）"]] if "周" in words else [])
    (asked,) = await talk.press(LIN, "结束：周老师")
    assert "确认结束" in asked.text
    (nobody,) = await talk.say(LIN, "把张三丰的联络员撤了")
    assert "没有叫“张三丰”的人" in nobody.text
    assert await talk.say(ZHOU, "把苏老师的联络员撤了") == []
    for words in ("刚才的撤了", "会议的取消", "会议的资格取消"):
        assert await talk.say(LIN, words) == []


async def test_a_new_unit_comes_in_by_the_register(database: Database, cast: Cast, now: datetime) -> None:
    talk = Talk(database, [router_of(register)], now)
    for words in ("新来一家企业叫恒源化工，怎么加进来", "添加一个成员单位", "新增了一家学校"):
        (told,) = await talk.say(LIN, words)
        assert "成员名册" in told.text
    for words in ("新增企业的条件", "新加入企业要什么条件", "新进企业员工30人", "新增单位需要什么手续"):
        assert await talk.say(LIN, words) == []


async def test_how_a_liaison_is_changed_is_told(database: Database, cast: Cast, now: datetime) -> None:
    talk = Talk(database, [router_of(register)], now)
    for words in (
        "联络人变动怎么报备",
        "换联络员找谁",
        "我下个月调走了，换谁接手",
        "联络员换人怎么办",
        "更换联络员的流程",
    ):
        (told,) = await talk.say(ZHOU, words)
        assert "问秘书处" in told.text
        (told,) = await talk.say(LIN, words)
        assert "某某单位换联络员" in told.text
    for words in ("联络员变动几天内告知秘书处", "联络员的职责是什么", "会议联系人是谁"):
        assert await talk.say(ZHOU, words) == []


async def test_an_import_report_reads_well(database: Database, cast: Cast, now: datetime) -> None:
    table = [
        ["单位", "别名", "类型", "备注"],
        ["晨光机电学校", "晨光", "学校", "x"],
        [XINGHE, "星职院；星河", "学校", ""],
        ["某某公司", "海岚", "企业", ""],
        ["另一家公司", "", "工厂", ""],
    ]
    async with database.transaction() as session:
        report = await import_register(session, parse_register(table), by=None, now=now)
        posted = await post(session, Note("members.import_report", report_values(report)), Address(1), now=now)
        row = await session.get_one(OutboxMessage, posted)
        text = render(row).parts[0]
    assert "新增 1 家，更新 1 家" in text
    assert "第 4 行“别名”：海岚　这个名称已属于另一单位（海岚化工股份有限公司）" in text
    assert "第 5 行“类型”：工厂　应为 学校、企业、部门 或 协会" in text
    assert "未使用的列：备注" in text

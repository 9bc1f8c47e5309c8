"""Board, review, more time and reminders, in conversation."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import func, select, text, update

from services.db import Database
from services.models import OutboxMessage, Person
from tests.cast import (
    BEICHEN_WL,
    CHEN,
    EDUCATION,
    GROUP_ID,
    HAILAN,
    INDUSTRY,
    LIN,
    QINGHE,
    SU,
    SUN,
    XINGHE,
    ZHOU,
    Cast,
)
from tests.handlers.checkin_talk import ALL_FLOWS, season, talk_in
from tests.services.checkins.filings import OCTOBER, figures_of, submission_of


async def _filed(database: Database, cast: Cast) -> Any:
    await season(database, cast, XINGHE)
    talk = talk_in(database)
    await talk.say(LIN, "/start")
    await talk.say(ZHOU, ALL_FLOWS)
    await talk.press(ZHOU, "提交")
    return talk


async def test_board_names_who_is_missing_to_the_secretariat_in_private(database: Database, cast: Cast) -> None:
    talk = await _filed(database, cast)
    (board,) = await talk.say(LIN, "谁没报")
    assert "已报 <b>1/6</b>" in board.text
    assert HAILAN in board.text.split("待审（")[0]
    assert XINGHE in board.text.split("待审（")[1]
    async with database.reading() as session:
        due = await session.scalar(
            text(
                "SELECT count(*) FROM submissions s JOIN checkin_cycles c ON c.id = s.cycle_id"
                " WHERE c.period = '2026-11' AND NOT s.optional AND s.state <> 'exempt'"
            )
        )
    assert due == 6


async def test_group_hears_a_count_and_no_names(database: Database, cast: Cast) -> None:
    talk = await _filed(database, cast)
    (count,) = await talk.say(LIN, "/status", chat=GROUP_ID)
    assert "已报 1/6" in count.text
    assert HAILAN not in count.text


async def test_members_see_only_their_own_line(database: Database, cast: Cast) -> None:
    talk = await _filed(database, cast)
    for words in ("我们交了没", "这个月我们交了没", "我们本月交了没"):
        (own,) = await talk.say(ZHOU, words)
        assert "11月" in own.text
        assert "已提交" in own.text
    (own,) = await talk.say(CHEN, "/status")
    assert "还没填" in own.text
    assert XINGHE not in own.text
    sent_away, own = await talk.say(CHEN, "@lianluo_bot 谁没报", chat=GROUP_ID)
    assert XINGHE not in sent_away.text + own.text
    assert own.chat_id == CHEN.telegram_id


async def test_returned_figure_alone_is_asked_again(database: Database, cast: Cast) -> None:
    talk = await _filed(database, cast)
    await talk.say(LIN, "/status")
    await talk.press(LIN, XINGHE)
    await talk.press(LIN, "退回")
    await talk.press(LIN, "在岗实习")
    told, _ = await talk.say(LIN, "与学籍系统差 20 人，请核实")
    assert told.chat_id == ZHOU.telegram_id
    assert "请核实" in told.text
    (asked,) = await talk.press(ZHOU, "去补正")
    assert "在岗实习" in asked.text
    assert "与学籍系统差 20 人" in asked.text
    (card,) = await talk.say(ZHOU, "710")
    assert "还要补正" not in card.text
    (filed,) = await talk.press(ZHOU, "提交")
    assert "补正已提交" in filed.text
    (versions,) = await talk.say(ZHOU, "看修改记录")
    assert "730 → 710" in versions.text
    assert "与学籍系统差" in versions.text


async def test_return_and_exempt_in_one_sentence(database: Database, cast: Cast) -> None:
    talk = await _filed(database, cast)
    told, _ = await talk.say(LIN, "退回星职院的在岗实习，口径请按期末在岗")
    assert told.chat_id == ZHOU.telegram_id
    (exempted,) = await talk.say(LIN, "豁免北辰物流，本月停产")
    assert BEICHEN_WL in exempted.text
    (board,) = await talk.say(LIN, "/status 2026-11")
    assert "已报 <b>1/5</b>" in board.text
    assert "退回 1" in board.text
    assert "本月停产" in board.text
    (page,) = await talk.say(LIN, "取消北辰物流的豁免")
    assert "未报" in page.text
    (board,) = await talk.say(LIN, "/status 2026-11")
    assert "已报 <b>1/6</b>" in board.text
    (refused,) = await talk.say(LIN, "取消北辰物流的豁免")
    assert "现在没有豁免" in refused.text


async def test_what_an_order_leaves_out_is_asked(database: Database, cast: Cast) -> None:
    talk = await _filed(database, cast)
    (which,) = await talk.say(LIN, "退回星职院的天气")
    assert "没有认出“天气”" in which.text
    assert any("在岗实习" in label for label in which.labels)
    (why,) = await talk.say(LIN, "把星职院的在岗实习打回去")
    assert "原因" in why.text
    told, done = await talk.say(LIN, "口径不对")
    assert told.chat_id == ZHOU.telegram_id
    assert "已退回" in done.text
    (why,) = await talk.say(LIN, "这个月北辰物流不用报了")
    assert "免报的原因" in why.text
    (board,) = await talk.say(LIN, "/status")
    assert "豁免 0" in board.text


async def test_one_unit_is_reminded_after_a_preview(database: Database, cast: Cast) -> None:
    talk = await _filed(database, cast)
    (preview,) = await talk.say(LIN, "催海岚化工和星职院")
    assert "将提醒 1 家" in preview.text
    assert f"不催：{XINGHE}" in preview.text
    heard = await talk.press(LIN, "确认提醒 1 家")
    assert {one.chat_id for one in heard} == {LIN.telegram_id, CHEN.telegram_id}


async def test_late_filings_are_named(database: Database, cast: Cast) -> None:
    talk = await _filed(database, cast)
    async with database.transaction() as session:
        october = await submission_of(session, cast.unit(XINGHE), OCTOBER)
        october.is_late = True
    (late,) = await talk.say(LIN, "10月谁迟报了")
    assert f"{XINGHE}（" in late.text
    assert HAILAN in late.text.split("还没报")[1]


async def test_nobody_else_reviews(database: Database, cast: Cast) -> None:
    talk = await _filed(database, cast)
    (board,) = await talk.say(LIN, "/status")
    accept_clean = next(data for label, data, _ in board.buttons if "采纳" in label)
    await talk.press_data(SU, board, accept_clean)
    async with database.reading() as session:
        assert (await submission_of(session, cast.unit(XINGHE))).state == "submitted"


async def test_accepting_all_clean_leaves_the_incomplete(database: Database, cast: Cast) -> None:
    talk = await _filed(database, cast)
    await talk.say(SU, "在岗实习300")
    await talk.press(SU, "提交")
    await talk.press(SU, "照样提交")
    await talk.say(LIN, "/status")
    (done,) = await talk.press(LIN, "采纳无疑问的")
    assert f"已采纳 1 家：{XINGHE}" in done.text
    assert QINGHE in done.text


async def test_filling_in_on_behalf_is_marked_and_told(database: Database, cast: Cast) -> None:
    talk = await _filed(database, cast)
    await talk.say(LIN, "代填海岚化工")
    await talk.say(LIN, "在岗实习30，缺口12")
    await talk.press(LIN, "提交")
    done, told = await talk.press(LIN, "照样提交")
    assert "已代" in done.text
    assert told.chat_id == CHEN.telegram_id
    assert "代" in told.text
    async with database.reading() as session:
        submission = await submission_of(session, cast.unit(HAILAN))
        assert submission.on_behalf
        assert (await figures_of(session, cast.unit(HAILAN), "filed"))["interns_hosted"] == "30"


async def test_a_change_not_filed_yet_is_marked_and_not_shown(database: Database, cast: Cast) -> None:
    talk = await _filed(database, cast)
    await talk.say(ZHOU, "在岗实习756，新签协议1份：云帆装备")
    (board,) = await talk.say(LIN, "/status")
    assert f"{XINGHE}（有未提交的改动）" in board.text
    (page,) = await talk.press(LIN, XINGHE)
    assert "有未提交的改动" in page.text
    assert "在岗实习 <b>730</b>" in page.text
    assert "756" not in page.text
    assert "云帆" not in page.text
    (left,) = await talk.press(LIN, "采纳无疑问的")
    assert f"请逐一看：{XINGHE}" in left.text
    await talk.say(ZHOU, "提交")
    (page,) = await talk.say(LIN, "看看星河职院的月报")
    assert "在岗实习 <b>756</b>" in page.text
    assert "未提交" not in page.text


async def test_nobody_else_reads_a_draft(database: Database, cast: Cast) -> None:
    talk = await _filed(database, cast)
    await talk.say(CHEN, "在岗实习37，缺口12")
    (page,) = await talk.say(LIN, "看看海岚化工的月报")
    assert "填写中" in page.text
    assert "37" not in page.text
    (asked,) = await talk.say(LIN, "代填海岚化工")
    assert "已填了 2 项" in asked.text
    assert "37" not in asked.text
    told, filling, start = await talk.press(LIN, "从空白表代填")
    assert told.chat_id == CHEN.telegram_id
    assert "37" in told.text
    assert "代 " in filling.text
    assert "37" not in start.text
    async with database.reading() as session:
        assert await figures_of(session, cast.unit(HAILAN), "draft") == {}


async def test_unit_and_secretariat_never_write_over_each_other_unseen(database: Database, cast: Cast) -> None:
    talk = await _filed(database, cast)
    await talk.say(LIN, "代填海岚化工")
    await talk.say(LIN, "在岗实习30，缺口12")
    heard = await talk.say(CHEN, "资金投入6万")
    told = {one.chat_id: one.text for one in heard}
    assert "秘书处之前代填了：在岗实习、岗位缺口" in told[CHEN.telegram_id]
    assert "开始自己填" in told[LIN.telegram_id]
    for words in ("缺口15", "提交"):
        (refused,) = await talk.say(LIN, words)
        assert "自己正在填" in refused.text
    await talk.say(LIN, "清空")
    await talk.press(LIN, "确定清空")
    assert "自己正在填" in talk.toast
    async with database.reading() as session:
        drafted = await figures_of(session, cast.unit(HAILAN), "draft")
        assert drafted == {"interns_hosted": "30", "vacancies_open": "12", "invest_cash_wan": "6"}
        assert await figures_of(session, cast.unit(HAILAN), "filed") == {}


async def test_a_figure_of_the_unit_stands_over_the_one_filled_in_for_it_and_both_hear(
    database: Database, cast: Cast
) -> None:
    talk = await _filed(database, cast)
    await talk.say(LIN, "代填海岚化工")
    await talk.say(LIN, "在岗实习30")
    heard = await talk.say(CHEN, "在岗实习35")
    told = {one.chat_id: one.text for one in heard if "30" in one.text}
    assert {CHEN.telegram_id, LIN.telegram_id} == set(told)
    async with database.reading() as session:
        assert await figures_of(session, cast.unit(HAILAN), "draft") == {"interns_hosted": "35"}


async def test_extension_is_asked_decided_once_and_moves_the_due_date(database: Database, cast: Cast) -> None:
    talk = await _filed(database, cast)
    (read_back,) = await talk.say(CHEN, "能不能缓两天")
    assert "12月9日（周三）" in read_back.text
    asked, answer = await talk.press(CHEN, "确认申请")
    assert asked.chat_id == LIN.telegram_id
    assert "12月9日" in answer.text
    told, _ = await talk.press(LIN, "同意")
    assert told.chat_id == CHEN.telegram_id
    assert "12月9日 17:30" in told.text
    async with database.reading() as session:
        due_at = (await submission_of(session, cast.unit(HAILAN))).due_at
    assert due_at == datetime(2026, 12, 9, 9, 30, tzinfo=UTC)
    await talk.press(LIN, "同意", on=asked)
    assert "处理过" in talk.toast


async def test_quiet_within_the_term_needs_no_consent(database: Database, cast: Cast) -> None:
    talk = await _filed(database, cast)
    (heard,) = await talk.say(CHEN, "别催了，周五前报")
    assert "12月4日" in heard.text
    (preview,) = await talk.say(LIN, "催一下没交的")
    assert f"已约定稍后报：{HAILAN}" in preview.text


async def test_figures_beside_a_wish_for_time_go_to_the_form(database: Database, cast: Cast) -> None:
    talk = await _filed(database, cast)
    heard, card = await talk.say(CHEN, "在岗实习30人，其余的周五前报")
    assert "12月4日" in heard.text
    assert "30" in card.text
    assert "待提交" in card.text


async def test_a_month_that_takes_no_more_is_not_begun_as_another(database: Database, cast: Cast) -> None:
    talk = await _filed(database, cast)
    (told,) = await talk.say(CHEN, "我要填9月份的月报")
    assert "2026年9月" in told.text
    assert "已锁定" in told.text


@pytest.mark.parametrize("words", ["报11月月报", "我来报11月的", "交11月份月报"])
async def test_a_named_period_is_no_wish_for_time(database: Database, cast: Cast, words: str) -> None:
    talk = await _filed(database, cast)
    (card,) = await talk.say(CHEN, words)
    assert "不再提醒" not in card.text
    assert "2026年11月月报" in card.text


async def test_reminder_shows_a_preview_first_and_keeps_the_limit(database: Database, cast: Cast) -> None:
    talk = await _filed(database, cast)
    async with database.transaction() as session:
        await session.execute(
            update(Person)
            .where(Person.telegram_id == SU.telegram_id)
            .values(reachable=False, unreachable_reason="blocked")
        )
    (preview,) = await talk.say(LIN, "/remind")
    assert "还没有发送" in preview.text
    assert f"{QINGHE}（已屏蔽机器人）" in preview.text
    assert XINGHE not in preview.text
    async with database.reading() as session:
        sent = select(func.count()).where(OutboxMessage.text_key == "checkins.remind")
        assert await session.scalar(sent) == 0
    said = await talk.press(LIN, "确认提醒")
    reminded = {one.chat_id for one in said if one.text_key == "checkins.remind"}
    assert reminded == {CHEN.telegram_id, SUN.telegram_id, 5001}
    for day in (2, 3, 4):
        talk.now = datetime(2026, 12, day, 2, tzinfo=UTC)
        (preview,) = await talk.say(LIN, "/remind")
        if "确认提醒" in str(preview.labels):
            await talk.press(LIN, "确认提醒")
    assert f"已提醒满 3 次，不再发：{HAILAN}" in preview.text
    async with database.reading() as session:
        keys = OutboxMessage.business_key.startswith(f"checkin:2026-11:{cast.unit(HAILAN)}:")
        assert await session.scalar(select(func.count()).where(keys)) == 3


async def test_units_without_anybody_are_listed_with_the_reason(database: Database, cast: Cast) -> None:
    talk = await _filed(database, cast)
    async with database.transaction() as session:
        for name in (INDUSTRY, EDUCATION):
            (await submission_of(session, cast.unit(name))).optional = False
    (preview,) = await talk.say(LIN, "/remind")
    assert f"{INDUSTRY}（没有登记联络员）" in preview.text


async def test_what_was_handed_in_again_is_not_accepted_unseen(database: Database, cast: Cast) -> None:
    talk = await _filed(database, cast)
    await talk.say(LIN, "/status")
    (page,) = await talk.press(LIN, XINGHE)
    talk.now += timedelta(minutes=5)
    await talk.say(ZHOU, "在岗实习改成702")
    await talk.press(ZHOU, "提交")
    (again,) = await talk.press(LIN, "采纳", on=page)
    assert "702" in again.text
    async with database.reading() as session:
        assert (await submission_of(session, cast.unit(XINGHE))).state == "submitted"
    await talk.press(LIN, "采纳", on=again)
    async with database.reading() as session:
        assert (await submission_of(session, cast.unit(XINGHE))).state == "accepted"


async def test_clearing_throws_away_only_what_it_was_asked_about(database: Database, cast: Cast) -> None:
    await season(database, cast, XINGHE)
    talk = talk_in(database)
    await talk.say(ZHOU, "在岗实习702")
    (asked,) = await talk.say(ZHOU, "清空")
    await talk.say(ZHOU, "订单班263")
    (card,) = await talk.press(ZHOU, "确定清空", on=asked)
    assert "新的改动" in card.text
    async with database.reading() as session:
        assert set(await figures_of(session, cast.unit(XINGHE), "draft")) == {"interns_on_post", "order_class_students"}


async def test_months_are_named_by_the_clocks_of_the_consortium(database: Database, cast: Cast) -> None:
    """One in the morning of 1 December in Shanghai is still November in UTC."""
    await season(database, cast, XINGHE)
    talk = talk_in(database, now=datetime(2026, 11, 30, 17, 0, tzinfo=UTC))
    (board,) = await talk.say(LIN, "/status 上月")
    assert "2026年11月" in board.text
    (said, *_) = await talk.say(ZHOU, "12月在岗实习702")
    assert "12月" in said.text
    assert "不能" not in said.text

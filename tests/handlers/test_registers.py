"""Registers in conversation: born from a check-in, counted, looked at, put right."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from handlers.courtesies import is_courtesy
from services.checkins.filling.drafting import Answers, save_answers
from services.checkins.reviewing.evidence import add_evidence
from services.checkins.running.cycles import open_cycle_for
from services.checkins.running.expiry import remind_expiring
from services.checkins.settings import CheckinSettings
from services.checkins.standing.loading import load_sheet
from services.db import Database
from services.models import AuditEntry, RegisterRow, RegisterVersion
from services.periods import Period
from services.registers.naming import are_names
from tests.cast import CHEN, EDUCATION, HAILAN, HE, LIN, SU, XINGHE, ZHAO, ZHOU, Cast, actor_of
from tests.handlers.checkin_talk import OFFICE, season, talk_in
from tests.services.checkins.filings import IN_WINDOW, figures_of, file_as, make_office, submission_of

ALL_BUT_AGREEMENTS = "其他同上月，培训200，教师实践42天，横向5.8万"
BASE = "新建1个实训基地：智能制造实训基地，与海岚化工共建"


async def rows_of(database: Database, register: str) -> list[tuple[str, str, str]]:
    """(title, state, period), read by a query of its own."""
    async with database.reading() as session:
        query = select(RegisterRow.title, RegisterRow.state, RegisterRow.period).where(RegisterRow.register == register)
        return [tuple(row) for row in await session.execute(query.order_by(RegisterRow.id))]


async def test_a_platform_is_read_back_and_noted_when_the_check_in_is_filed(database: Database, cast: Cast) -> None:
    await season(database, cast, XINGHE)
    talk = talk_in(database)
    (card,) = await talk.say(ZHOU, f"{ALL_BUT_AGREEMENTS}，新签0份；{BASE}")
    assert "平台台账：新增“智能制造实训基地”（实训基地，在建，与海岚化工）" in card.text
    assert await rows_of(database, "platforms") == [("智能制造实训基地", "draft", "2026-11")]
    await talk.press(ZHOU, "提交")
    assert await rows_of(database, "platforms") == [("智能制造实训基地", "open", "2026-11")]
    async with database.reading() as session:
        assert (await session.scalars(select(RegisterVersion.kind))).all() == ["noted"]


async def test_the_same_thing_said_again_or_by_a_colleague_is_one_row(database: Database, cast: Cast) -> None:
    await season(database, cast, XINGHE)
    talk = talk_in(database)
    await talk.say(ZHOU, BASE)
    await talk.say(HE, "智能制造实训基地揭牌了")
    (card,) = await talk.say(ZHOU, f"{ALL_BUT_AGREEMENTS}，新签0份。{BASE}")
    assert card.text.count("智能制造实训基地") == 1
    await talk.press(ZHOU, "提交")
    await talk.say(ZHOU, f"报错了，实习应该是720不是730。{BASE}")
    await talk.press(ZHOU, "提交")
    assert await rows_of(database, "platforms") == [("智能制造实训基地", "open", "2026-11")]


async def test_news_of_a_known_platform_changes_its_row_and_keeps_the_old_stage(database: Database, cast: Cast) -> None:
    await season(database, cast, XINGHE)
    talk = talk_in(database)
    await talk.say(ZHOU, f"{ALL_BUT_AGREEMENTS}，新签0份；{BASE}")
    await talk.press(ZHOU, "提交")
    (card,) = await talk.say(ZHOU, "智能制造实训基地建成投用")
    assert "更新“智能制造实训基地”" in card.text
    await talk.press(ZHOU, "提交")
    await talk.say(ZHOU, "平台台账")
    (row,) = await talk.press(ZHOU, "智能制造实训基地")
    assert "建设状态：投入使用" in row.text
    assert "建设状态 在建 → 投入使用" in row.text


async def test_clearing_the_draft_forgets_what_it_would_have_noted(database: Database, cast: Cast) -> None:
    await season(database, cast, XINGHE)
    talk = talk_in(database)
    await talk.say(ZHOU, BASE)
    await talk.press(ZHOU, "清空草稿")
    await talk.press(ZHOU, "确定清空")
    assert await rows_of(database, "platforms") == []


async def test_partners_said_in_the_message_are_noted_and_not_asked_for(database: Database, cast: Cast) -> None:
    await season(database, cast, XINGHE)
    talk = talk_in(database)
    words = f"{ALL_BUT_AGREEMENTS}，新签2份：海岚化工（应用化工，2026-11-01至2029-10-31）、北辰装备"
    (card,) = await talk.say(ZHOU, words)
    assert "协议台账：新增“海岚化工”（应用化工，至2029年10月31日）" in card.text
    assert "台账计得" in card.text
    said = await talk.press(ZHOU, "提交")
    assert len(said) == 1
    assert [title for title, _, _ in await rows_of(database, "agreements")] == ["海岚化工", "北辰装备"]


async def test_a_figure_that_the_register_knows_is_not_asked_but_counted_and_filed(
    database: Database, cast: Cast
) -> None:
    await season(database, cast, XINGHE)
    talk = talk_in(database)
    await talk.say(ZHOU, "登记协议：海岚化工（应用化工，至2029-10-31）")
    (start,) = await talk.say(ZHOU, "月报")
    assert "台账已有、不用再报：新签协议 1份" in start.text
    await talk.press(ZHOU, "逐项填")
    await talk.say(ZHOU, "5228")
    (third,) = await talk.say(ZHOU, "90")
    assert "订单班" in third.text
    (card,) = await talk.say(ZHOU, ALL_BUT_AGREEMENTS)
    assert "新签协议 1份（台账计得，上月 0）" in card.text.replace("<b>", "").replace("</b>", "")
    assert "还缺" not in card.text
    (opened,) = await talk.press(ZHOU, "台账")
    assert "协议台账：海岚化工" in opened.text
    await talk.press(ZHOU, "看核对卡")
    await talk.press(ZHOU, "提交")
    async with database.reading() as session:
        assert (await figures_of(session, cast.unit(XINGHE), "filed"))["coop_agreements_new"] == "1"


async def test_a_counted_figure_that_is_affirmed_stays_affirmed(database: Database, cast: Cast) -> None:
    await season(database, cast, XINGHE)
    talk = talk_in(database)
    await talk.say(ZHOU, "登记协议：海岚化工（应用化工，至2029-10-31）")
    unit = cast.unit(XINGHE)
    async with database.transaction() as session:
        sheet = await load_sheet(session, OFFICE, await submission_of(session, unit))
        by = await actor_of(session, ZHOU)
        await save_answers(session, by, sheet, Answers(confirmed={"coop_agreements_new": ["V03"]}), now=IN_WINDOW)
    async with database.transaction() as session:
        sheet = await load_sheet(session, OFFICE, await submission_of(session, unit))
        stands = sheet.current["coop_agreements_new"]
    assert (stands.value, list(stands.confirmed)) == (1, ["V03"])


async def test_an_empty_register_forces_no_zero_and_the_figure_is_asked_as_before(
    database: Database, cast: Cast
) -> None:
    await season(database, cast, XINGHE)
    talk = talk_in(database)
    (card,) = await talk.say(ZHOU, ALL_BUT_AGREEMENTS)
    assert "新签协议" in card.text.split("不能沿用上月")[1]


async def test_another_figure_than_the_register_shows_both_and_either_can_be_taken(
    database: Database, cast: Cast
) -> None:
    await season(database, cast, XINGHE)
    talk = talk_in(database)
    await talk.say(ZHOU, "登记协议：海岚化工、北辰装备")
    (card,) = await talk.say(ZHOU, f"{ALL_BUT_AGREEMENTS}，新签1份")
    assert "您报 1，台账里本月有 2" in card.text
    (stopped,) = await talk.say(ZHOU, "提交")
    assert "暂时不能提交" in stopped.text
    (card,) = await talk.press(ZHOU, "按台账 2")
    assert "请核对" not in card.text
    (card,) = await talk.say(ZHOU, "新签1份")
    (card,) = await talk.press(ZHOU, "新签协议没错")
    await talk.press(ZHOU, "提交")
    async with database.reading() as session:
        assert (await figures_of(session, cast.unit(XINGHE), "filed"))["coop_agreements_new"] == "1"


async def test_more_than_the_register_holds_is_asked_for_by_name_after_filing(database: Database, cast: Cast) -> None:
    await season(database, cast, XINGHE)
    talk = talk_in(database)
    await talk.say(ZHOU, "登记协议：海岚化工")
    (card,) = await talk.say(ZHOU, f"{ALL_BUT_AGREEMENTS}，新签3份，新建实训基地1个")
    assert "您报 3，台账里本月有 1" in card.text
    _, asked = await talk.press(ZHOU, "提交")
    assert "2 份协议" in asked.text
    noted, asked = await talk.say(ZHOU, "北辰装备（机电，至2029-02-30）")
    assert "“2029-02-30”不成立" in noted.text
    assert "还有 1 项没有名称" in noted.text
    assert "1 个平台" in asked.text
    (noted,) = await talk.say(ZHOU, "数控车间")
    assert "平台台账：数控车间" in noted.text
    assert [one[:2] for one in await rows_of(database, "platforms")] == [("数控车间", "open")]


async def test_needs_of_an_enterprise_are_put_forward_and_settled(database: Database, cast: Cast) -> None:
    await season(database, cast, XINGHE)
    talk = talk_in(database)
    (card,) = await talk.say(CHEN, "新提技术需求2项：高盐废水膜污染控制、反应釜温度波动")
    assert "技术需求台账：新增“反应釜温度波动”" in card.text
    (card,) = await talk.say(CHEN, "反应釜温度波动的难题已经解决了")
    assert "办结" in card.text
    await talk.press(CHEN, "提交")
    await talk.press(CHEN, "照样提交")
    assert await rows_of(database, "tech_needs") == [
        ("高盐废水膜污染控制", "open", "2026-11"),
        ("反应釜温度波动", "closed", "2026-11"),
    ]
    async with database.reading() as session:
        filed = await figures_of(session, cast.unit(HAILAN), "filed")
    assert (filed["tech_needs_new"], filed["tech_needs_closed"]) == ("2", "1")


async def test_a_row_is_corrected_in_words_and_by_button_with_its_versions(database: Database, cast: Cast) -> None:
    await season(database, cast, XINGHE)
    talk = talk_in(database)
    await talk.say(ZHOU, "登记协议：海岚化工（应用化工，至2029-10-31）")
    (row,) = await talk.say(ZHOU, "海岚化工的到期日改成2029-12-31")
    assert "到期日 2029-10-31 → 2029-12-31" in row.text
    (asked,) = await talk.press(ZHOU, "改专业")
    assert "专业改成什么" in asked.text
    (row,) = await talk.say(ZHOU, "应用化工技术、环境监测")
    assert "专业：应用化工技术、环境监测" in row.text
    await talk.press(ZHOU, "改到期日")
    (refused,) = await talk.say(ZHOU, "2029-02-30")
    assert "不是一个日期" in refused.text
    (row,) = await talk.say(ZHOU, "2030-02-28")
    assert "至 2030年2月28日" in row.text
    async with database.reading() as session:
        kinds = (await session.scalars(select(RegisterVersion.kind).order_by(RegisterVersion.id))).all()
        acts = (await session.scalars(select(AuditEntry.act).where(AuditEntry.subject == "register_row"))).all()
    assert kinds == ["noted", "edited", "edited", "edited"]
    assert acts == ["note_row", "edit_register_row", "edit_register_row", "edit_register_row"]


async def test_voiding_needs_a_reason_and_shows_what_it_does_to_a_filed_figure(database: Database, cast: Cast) -> None:
    await season(database, cast, XINGHE)
    talk = talk_in(database)
    await talk.say(ZHOU, f"{ALL_BUT_AGREEMENTS}，新签2份：海岚化工、北辰装备")
    await talk.press(ZHOU, "提交")
    await talk.say(ZHOU, "协议台账")
    await talk.press(ZHOU, "北辰装备")
    (asked,) = await talk.press(ZHOU, "登记有误，作废")
    assert "原因" in asked.text
    (left,) = await talk.say(ZHOU, "登记重了")
    assert "报的是 2，台账现在是 1" in left.text
    (card,) = await talk.press(ZHOU, "看2026年11月月报")
    assert "您报 2，台账里本月有 1" in card.text
    (card,) = await talk.press(ZHOU, "按台账 1")
    await talk.press(ZHOU, "提交")
    async with database.reading() as session:
        assert (await figures_of(session, cast.unit(XINGHE), "filed"))["coop_agreements_new"] == "1"
    assert [one[:2] for one in await rows_of(database, "agreements")] == [("海岚化工", "open"), ("北辰装备", "void")]


async def test_other_units_see_nothing_and_the_secretariat_sees_all_but_changes_none(
    database: Database, cast: Cast
) -> None:
    await season(database, cast, XINGHE)
    talk = talk_in(database)
    (added,) = await talk.say(ZHOU, "登记协议：海岚化工（至2026-12-20）")
    (menu,) = await talk.say(SU, "台账")
    assert "协议台账：0 条" in menu.text
    row = next(data for label, data, _ in added.buttons if "海岚化工" in label)
    assert "海岚化工" not in "".join(one.text for one in await talk.press_data(SU, added, row))
    (listed,) = await talk.say(LIN, "协议台账")
    assert f"{XINGHE}｜海岚化工" in listed.text
    (seen,) = await talk.press(LIN, "海岚化工")
    assert not any("改" in label or "作废" in label for label in seen.labels)
    (expiring,) = await talk.say(LIN, "快到期的协议")
    assert f"{XINGHE}｜海岚化工｜2026年12月20日 到期，还有 19 天" in expiring.text


async def test_in_a_group_no_row_is_shown(database: Database, cast: Cast) -> None:
    from tests.cast import GROUP_ID

    await season(database, cast, XINGHE)
    talk = talk_in(database)
    await talk.say(ZHOU, "登记协议：海岚化工")
    (said,) = await talk.say(ZHOU, "@lianluo_bot 协议台账", chat=GROUP_ID)
    assert "私聊" in said.text
    assert "海岚化工" not in said.text


async def remind(database: Database, now: Any) -> int:
    async with database.transaction() as session:
        return await remind_expiring(session, OFFICE, now=now)


async def test_an_agreement_that_runs_out_is_told_once_ahead_in_sending_hours(database: Database, cast: Cast) -> None:
    await season(database, cast, XINGHE)
    talk = talk_in(database)
    await talk.say(ZHOU, "登记协议：海岚化工（至2026-12-25）、北辰装备（至2027-01-20）、云启科技（至2028-01-01）")
    assert await remind(database, IN_WINDOW + timedelta(hours=14)) == 1
    (told,) = await talk.listen()
    assert told.chat_id == ZHOU.telegram_id
    assert "海岚化工：2026年12月25日" in told.text
    assert "北辰装备：2027年1月20日" in told.text
    assert "云启" not in told.text
    async with database.reading() as session:
        from services.models import OutboxMessage

        at = await session.scalar(
            select(OutboxMessage.not_before).where(OutboxMessage.text_key == "registers.expiring")
        )
    assert at is not None
    assert OFFICE.quiet_hours.is_open(at)
    assert at > IN_WINDOW + timedelta(hours=14)
    for later in (1, 10, 25, 40):
        assert await remind(database, IN_WINDOW + timedelta(days=later)) == 0
    await talk.say(ZHOU, "海岚化工的到期日改成2027-02-01")
    assert await remind(database, IN_WINDOW + timedelta(days=40)) == 1


@pytest.mark.parametrize(
    "words", ["下月计划与海岚化工共建产业学院", "建设产业学院有什么要求？", "实训基地还是8个，没有新增"]
)
async def test_plans_and_questions_note_nothing(database: Database, cast: Cast, words: str) -> None:
    await season(database, cast, XINGHE)
    await talk_in(database).say(ZHOU, words)
    assert await rows_of(database, "platforms") == []


async def test_days_are_days_in_the_database(database: Database, cast: Cast) -> None:
    await season(database, cast, XINGHE)
    await talk_in(database).say(ZHOU, "登记协议：海岚化工（2026-11-01至2029-10-31）")
    async with database.reading() as session:
        row = (await session.scalars(select(RegisterRow))).one()
    assert (row.began_on, row.ends_on) == (date(2026, 11, 1), date(2029, 10, 31))


async def test_full_progress_asks_for_evidence_until_there_is_some(
    database: Database, cast: Cast, tmp_path: Path
) -> None:
    await season(database, cast, XINGHE)
    talk = talk_in(database)
    (card,) = await talk.say(ZHAO, "任务9进展100%，走访企业5次")
    assert "任务进展（9） 已到 100%：请附佐证" in card.text
    assert "提交" in card.labels
    (tmp_path / "a.pdf").write_bytes(b"%PDF-1.4 evidence")
    async with database.transaction() as session:
        actor = await actor_of(session, ZHAO)
        submission = await submission_of(session, cast.unit(EDUCATION))
        sheet = await load_sheet(session, OFFICE, submission)
        await add_evidence(session, actor, sheet, (tmp_path / "a.pdf", "a.pdf"), "佐证 任务进展（9）", now=IN_WINDOW)
    (card,) = await talk.say(ZHAO, "还差什么")
    assert "请附佐证" not in card.text


async def test_merged_months_are_called_by_both_in_invitation_question_card_and_reminder(
    database: Database, cast: Cast
) -> None:
    settings = CheckinSettings(merged_months=((1, 2),))
    office = make_office(settings)
    async with database.transaction() as session:
        await open_cycle_for(session, office, Period(2026, 12), now=datetime(2027, 1, 4, 2, tzinfo=UTC), invite=False)
        december = await submission_of(session, cast.unit(XINGHE), Period(2026, 12))
        await file_as(session, december, {"enrolled_students": "5240", "training_person_times": "30"})
        cycle = await open_cycle_for(session, office, Period(2027, 2), now=datetime(2027, 3, 2, 2, tzinfo=UTC))
        assert cycle is not None
        assert cycle.covers == ["2027-01", "2027-02"]
    talk = talk_in(database, now=datetime(2027, 3, 2, 2, tzinfo=UTC), office=office)
    invited = [one for one in await talk.listen() if one.chat_id == ZHOU.telegram_id]
    assert "2027年1—2月" in invited[0].text
    (start,) = await talk.say(ZHOU, "月报")
    assert "2027年1—2月月报" in start.text
    assert "社会培训（30）" in start.text
    await talk.press(ZHOU, "逐项填")
    for answer in ("5228", "90"):
        (question,) = await talk.say(ZHOU, answer)
    assert "2027年1—2月合计数" in question.text
    (card,) = await talk.say(ZHOU, "培训200")
    assert "2027年1—2月月报" in card.text


async def test_nobody_is_their_own_partner(database: Database, cast: Cast) -> None:
    await season(database, cast, XINGHE)
    (card,) = await talk_in(database).say(ZHOU, "与星职院共建的机器人实训基地揭牌")
    assert "新增“机器人实训基地”（实训基地，建成）" in card.text


async def test_a_correction_said_while_names_are_asked_is_a_correction(database: Database, cast: Cast) -> None:
    await season(database, cast, XINGHE)
    talk = talk_in(database)
    await talk.say(ZHOU, f"{ALL_BUT_AGREEMENTS}，新签2份")
    asked = (await talk.press(ZHOU, "提交"))[-1]
    assert "新签的 2 份协议" in asked.text
    card = (await talk.say(ZHOU, "刚才在校生报错了，应该是5230"))[-1]
    assert "5,230" in card.text
    assert await rows_of(database, "agreements") == []


@pytest.mark.parametrize("words", ["改一下，社会培训1200", "在校生少报了5个", "错了，协议是3份", "提交", "王院长知道"])
async def test_other_words_are_no_partner(database: Database, cast: Cast, words: str) -> None:
    await season(database, cast, XINGHE)
    talk = talk_in(database)
    await talk.say(ZHOU, f"{ALL_BUT_AGREEMENTS}，新签2份")
    await talk.press(ZHOU, "提交")
    await talk.say(ZHOU, words)
    assert await rows_of(database, "agreements") == []


async def test_names_put_off_are_left_open(database: Database, cast: Cast) -> None:
    await season(database, cast, XINGHE)
    talk = talk_in(database)
    await talk.say(ZHOU, f"{ALL_BUT_AGREEMENTS}，新签2份")
    await talk.press(ZHOU, "提交")
    (noted, *_) = await talk.say(ZHOU, "这个回头补")
    assert noted.text_key == "checkins.names_noted"
    assert await rows_of(database, "agreements") == []


@pytest.mark.parametrize(
    "words",
    [
        "好的",
        "谢谢",
        "协议要不要盖章？",
        "这个下周再报",
        "合同还在走流程",
        "上次那两家",
        "要写全称还是简称",
        "培训再加80",
    ],
)
def test_what_names_nothing(words: str) -> None:
    assert is_courtesy(words) or not are_names("agreements", words)


@pytest.mark.parametrize(
    "words",
    [
        *("海岚化工、北辰装备", "和海岚化工签的", "智改数转促进中心", "优你特（东川）公司（2026-11-01至2029-10-31）"),
        *("报春文化", "云州不锈钢厂", "一份跟海岚化工，一份跟北辰装备", "市发改委"),
    ],
)
def test_what_may_be_names(words: str) -> None:
    assert are_names("agreements", words)

"""Filling in a check-in, in conversation."""

from datetime import UTC, datetime, timedelta

from services.db import Database
from tests.cast import SUN, XINGHE, ZHOU, Cast
from tests.handlers.checkin_talk import ALL_FLOWS, OFFICE, season, talk_in
from tests.services.checkins.filings import IN_WINDOW, OCTOBER, figures_of, file_as, open_season, submission_of


async def test_month_two_without_changes_takes_one_message_and_one_tap(database: Database, cast: Cast) -> None:
    await season(database, cast, XINGHE)
    talk = talk_in(database)
    (card,) = await talk.say(ZHOU, ALL_FLOWS)
    assert "还缺" not in card.text
    assert "请核对" not in card.text
    (filed,) = await talk.press(ZHOU, "提交")
    assert "已提交" in filed.text
    async with database.reading() as session:
        filed_now = await figures_of(session, cast.unit(XINGHE), "filed")
    assert filed_now["interns_on_post"] == "730"
    assert filed_now["tech_service_income_wan"] == "5.8"
    assert len(filed_now) == 14


async def test_card_shows_last_month_beside_each_figure(database: Database, cast: Cast) -> None:
    await season(database, cast, XINGHE)
    (card,) = await talk_in(database).say(ZHOU, "在岗实习741，其中本市约420")
    assert "741</b>人" in card.text
    assert "上月 730" in card.text
    assert "约420" in card.text.replace("<b>", "")


async def test_three_ways_mix_with_a_question_in_between(database: Database, cast: Cast) -> None:
    await season(database, cast, XINGHE)
    talk = talk_in(database)
    await talk.say(ZHOU, "月报")
    await talk.press(ZHOU, "逐项填")
    (second,) = await talk.press(ZHOU, "同上月 5,240")
    assert "合作企业" in second.text
    assert second.is_edit
    await talk.say(ZHOU, "/ask 联席会议多久召开一次？")
    assert talk.works[-1].kind == "answer"
    (third,) = await talk.say(ZHOU, "90")
    assert "新签" in third.text
    (card,) = await talk.say(ZHOU, "培训200，横向3万，订单班255")
    async with database.reading() as session:
        draft = await figures_of(session, cast.unit(XINGHE), "draft")
    assert draft == {
        "enrolled_students": "5240",
        "coop_enterprises": "90",
        "training_person_times": "200",
        "tech_service_income_wan": "3",
        "order_class_students": "255",
    }
    assert "还缺 9 项" in card.text


async def test_words_answer_the_figure_that_is_asked_and_no_other(database: Database, cast: Cast) -> None:
    await season(database, cast, XINGHE)
    talk = talk_in(database)
    await talk.say(ZHOU, "月报")
    await talk.press(ZHOU, "逐项填")
    (second,) = await talk.say(ZHOU, "跟上月一样")
    assert "合作企业" in second.text
    (third,) = await talk.say(ZHOU, "跳过")
    assert "新签" in third.text
    (fourth,) = await talk.say(ZHOU, "没有")
    assert "订单班" in fourth.text
    (again,) = await talk.say(ZHOU, "上一项")
    assert "新签" in again.text
    async with database.reading() as session:
        draft = await figures_of(session, cast.unit(XINGHE), "draft")
    assert draft == {"enrolled_students": "5240", "coop_agreements_new": "0"}


async def test_process_killed_in_the_middle_resumes_at_the_same_question_a_day_later(
    database: Database, cast: Cast
) -> None:
    await season(database, cast, XINGHE)
    talk = talk_in(database)
    await talk.say(ZHOU, "月报")
    await talk.press(ZHOU, "逐项填")
    await talk.say(ZHOU, "5228")
    later = talk_in(database, now=IN_WINDOW + timedelta(days=1))
    later._numbers = talk._numbers
    third = (await later.say(ZHOU, "91"))[-1]
    assert "新签" in third.text
    async with database.reading() as session:
        assert await figures_of(session, cast.unit(XINGHE), "draft") == {
            "enrolled_students": "5228",
            "coop_enterprises": "91",
        }


async def test_same_as_last_month_never_carries_a_flow(database: Database, cast: Cast) -> None:
    await season(database, cast, XINGHE)
    (card,) = await talk_in(database).say(ZHOU, "同上月")
    assert "不能沿用上月，请报本月的（没有就是 0）：新签协议（上月 0）、社会培训（上月 560）" in card.text
    async with database.reading() as session:
        assert "training_person_times" not in await figures_of(session, cast.unit(XINGHE), "draft")


async def test_same_as_last_month_leaves_what_was_already_answered(database: Database, cast: Cast) -> None:
    await season(database, cast, XINGHE)
    talk = talk_in(database)
    await talk.say(ZHOU, "在岗实习741")
    await talk.say(ZHOU, "其他同上月")
    async with database.reading() as session:
        draft = await figures_of(session, cast.unit(XINGHE), "draft")
    assert draft["interns_on_post"] == "741"
    assert draft["enrolled_students"] == "5240"


async def test_ten_presses_of_submit_file_once(database: Database, cast: Cast) -> None:
    await season(database, cast, XINGHE)
    talk = talk_in(database)
    (card,) = await talk.say(ZHOU, ALL_FLOWS)
    for _ in range(10):
        await talk.press(ZHOU, "提交", on=card)
    async with database.reading() as session:
        submission = await submission_of(session, cast.unit(XINGHE))
    assert submission.state == "submitted"
    assert sum("已提交，谢谢" in one.text or "月报已提交" in one.text for one in talk.heard) == 1


async def test_incomplete_is_submitted_only_on_purpose(database: Database, cast: Cast) -> None:
    await season(database, cast, XINGHE)
    talk = talk_in(database)
    await talk.say(ZHOU, "在岗实习741")
    (asked,) = await talk.press(ZHOU, "提交")
    assert "还有 13 项没有数" in asked.text
    (filed,) = await talk.press(ZHOU, "照样提交")
    assert "还有 13 项" in filed.text


async def test_problem_of_last_month_is_asked_about_by_name(database: Database, cast: Cast) -> None:
    await season(database, cast, XINGHE)
    talk = talk_in(database)
    (start,) = await talk.say(ZHOU, "月报")
    assert "实训设备维修等待时间长" in start.text
    (card,) = await talk.press(ZHOU, "已解决")
    assert "上月问题进展：已解决" in card.text
    (card,) = await talk.say(ZHOU, "在岗实习741")
    assert "上月问题进展：已解决" in card.text


async def test_new_agreements_ask_for_partners_once(database: Database, cast: Cast) -> None:
    await season(database, cast, XINGHE)
    talk = talk_in(database)
    await talk.say(ZHOU, ALL_FLOWS.replace("0份", "2份"))
    _, asked = await talk.press(ZHOU, "提交")
    assert "2 份协议" in asked.text
    (noted,) = await talk.say(ZHOU, "海岚化工、北辰装备")
    assert "协议台账：海岚化工、北辰装备" in noted.text


async def test_correction_before_the_due_date_by_words(database: Database, cast: Cast) -> None:
    await season(database, cast, XINGHE)
    talk = talk_in(database)
    await talk.say(ZHOU, ALL_FLOWS)
    await talk.press(ZHOU, "提交")
    (card,) = await talk.say(ZHOU, "报错了，实习应该是720不是730")
    assert "原报 730" in card.text
    await talk.press(ZHOU, "提交")
    (versions,) = await talk.say(ZHOU, "看修改记录")
    assert "730 → 720" in versions.text
    assert "报错了" in versions.text


async def test_correction_of_last_month_goes_to_last_month(database: Database, cast: Cast) -> None:
    await season(database, cast, XINGHE)
    talk = talk_in(database)
    (card,) = await talk.say(ZHOU, "10月的实习报错了，应该是735不是730")
    assert "2026年10月" in card.text
    await talk.press(ZHOU, "提交")
    async with database.reading() as session:
        assert (await figures_of(session, cast.unit(XINGHE), "filed", OCTOBER))["interns_on_post"] == "735"


async def test_change_after_the_due_date_needs_a_reason(database: Database, cast: Cast) -> None:
    await season(database, cast, XINGHE)
    talk = talk_in(database)
    await talk.say(ZHOU, ALL_FLOWS)
    await talk.press(ZHOU, "提交")
    talk.now = datetime(2026, 12, 9, 2, tzinfo=UTC)
    await talk.say(ZHOU, "合作企业90")
    (why,) = await talk.press(ZHOU, "提交")
    assert "说明原因" in why.text
    await talk.press(ZHOU, "口径调整")
    (versions,) = await talk.say(ZHOU, "看修改记录")
    assert "88 → 90" in versions.text
    assert "口径调整" in versions.text


async def test_before_anything_opens_it_says_when(database: Database, cast: Cast) -> None:
    talk = talk_in(database, now=datetime(2026, 11, 22, 2, tzinfo=UTC))
    (told,) = await talk.say(ZHOU, "月报")
    assert "11月25日" in told.text
    (told,) = await talk.say(ZHOU, "在岗实习741人")
    assert "11月25日" in told.text


async def test_short_form_asks_only_its_figures(database: Database, cast: Cast) -> None:
    async with database.transaction() as session:
        await open_season(session, OFFICE)
    talk = talk_in(database)
    await talk.say(SUN, "月报")
    (start,) = await talk.press(SUN, "北辰物流")
    assert "要报的 4 项" in start.text


async def test_same_as_last_month_does_not_answer_what_only_quarter_months_ask(database: Database, cast: Cast) -> None:
    await season(database, cast, XINGHE)
    async with database.transaction() as session:
        october = await submission_of(session, cast.unit(XINGHE), OCTOBER)
        await file_as(session, october, {"majors_total": "42"})
    (card,) = await talk_in(database).say(ZHOU, "同上月")
    assert "开设专业" not in card.text

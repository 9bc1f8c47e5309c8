"""Filling in a check-in, in conversation."""

import asyncio
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy import text

from services.checkins.filling.drafting import Answers, save_answers
from services.checkins.form import State
from services.checkins.reading.understood import Item
from services.checkins.standing.finding import get_sheet
from services.db import Database
from tests.cast import CHEN, GROUP_ID, GUEST, HAILAN, HE, SU, SUN, XINGHE, ZHOU, Cast, actor_of
from tests.handlers.checkin_talk import OFFICE, season, talk_in
from tests.services.checkins.filings import IN_WINDOW, OCTOBER, figures_of, file_as, open_season, submission_of

ALL_FLOWS = "其他同上月，新签0份，培训200，教师实践42天，横向5.8万"


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


async def test_cumulative_figure_is_asked_about_and_stored_as_the_month(database: Database, cast: Cast) -> None:
    await season(database, cast, XINGHE)
    talk = talk_in(database)
    (card,) = await talk.say(ZHOU, "培训1000人次")
    assert "已累计 560" in card.text
    await talk.press(ZHOU, "是累计")
    async with database.reading() as session:
        assert (await figures_of(session, cast.unit(XINGHE), "draft"))["training_person_times"] == "440"


async def test_month_or_year_is_answered_in_words_too(database: Database, cast: Cast) -> None:
    await season(database, cast, XINGHE)
    talk = talk_in(database)
    await talk.say(ZHOU, "培训1000人次")
    (card,) = await talk.say(ZHOU, "本月数")
    assert "请核对" not in card.text
    async with database.reading() as session:
        assert (await figures_of(session, cast.unit(XINGHE), "draft"))["training_person_times"] == "1000"


async def test_yuan_or_wan_is_asked_before_anything_is_taken(database: Database, cast: Cast) -> None:
    await season(database, cast, XINGHE)
    talk = talk_in(database)
    await talk.say(ZHOU, "横向到账58000")
    async with database.reading() as session:
        assert await figures_of(session, cast.unit(XINGHE), "draft") == {}
    await talk.press(ZHOU, "5.8 万元")
    async with database.reading() as session:
        assert await figures_of(session, cast.unit(XINGHE), "draft") == {"tech_service_income_wan": "5.8"}


async def test_typo_offers_what_it_looks_like(database: Database, cast: Cast) -> None:
    await season(database, cast, XINGHE)
    talk = talk_in(database)
    await talk.say(ZHOU, "培训2l0人次")
    await talk.press(ZHOU, "是 210")
    async with database.reading() as session:
        assert await figures_of(session, cast.unit(XINGHE), "draft") == {"training_person_times": "210"}


async def test_part_above_its_whole_cannot_be_submitted(database: Database, cast: Cast) -> None:
    await season(database, cast, XINGHE)
    talk = talk_in(database)
    await talk.say(ZHOU, ALL_FLOWS)
    (card,) = await talk.say(ZHOU, "本市实习800")
    assert "本市实习 800 大于 在岗实习 730" in card.text
    assert "提交" not in [label for label, _, _ in card.buttons]
    (refused,) = await talk.say(ZHOU, "提交")
    assert "暂时不能提交" in refused.text
    async with database.reading() as session:
        assert await figures_of(session, cast.unit(XINGHE), "filed") == {}


async def test_large_change_is_affirmed_by_a_word_and_then_submits(database: Database, cast: Cast) -> None:
    await season(database, cast, XINGHE)
    talk = talk_in(database)
    await talk.say(ZHOU, ALL_FLOWS + "，在岗实习1680")
    (card,) = await talk.say(ZHOU, "对")
    assert "请核对" not in card.text
    (filed,) = await talk.say(ZHOU, "提交")
    assert "已提交" in filed.text


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


async def test_two_people_fill_one_record_and_both_see_the_conflict(database: Database, cast: Cast) -> None:
    await season(database, cast, XINGHE)
    talk = talk_in(database)
    (first,) = await talk.say(ZHOU, "在岗实习741，订单班255")
    told, card = await talk.say(HE, "在岗实习714")
    assert (told.chat_id, "在岗实习：741 → 714" in told.text) == (ZHOU.telegram_id, True)
    assert "以您填的 714 为准" in card.text
    (again,) = await talk.press(ZHOU, "提交", on=first)
    assert "又有新的改动" in again.text
    async with database.reading() as session:
        draft = await figures_of(session, cast.unit(XINGHE), "draft")
    assert draft == {"interns_on_post": "714", "order_class_students": "255"}


async def test_two_people_at_the_same_time_file_no_figure_that_they_have_not_seen(
    database: Database, cast: Cast
) -> None:
    """One is still writing when the other begins: the second waits, and the card of the first is an old one."""
    await season(database, cast, XINGHE)
    talk = talk_in(database)
    (first,) = await talk.say(ZHOU, "订单班255")
    async with database.transaction() as session:
        zhou = await actor_of(session, ZHOU)
        sheet = await get_sheet(session, OFFICE, zhou, (await submission_of(session, cast.unit(XINGHE))).id)
        begun = asyncio.create_task(talk.say(HE, "在岗实习714"))
        await _until_somebody_waits(database, begun)
        answers = Answers({"interns_on_post": Item(Decimal(741), State.FILLED)})
        written = (await save_answers(session, zhou, sheet, answers, now=IN_WINDOW)).sheet.submission.version
    told, card = await begun
    assert "在岗实习：741 → 714" in told.text
    assert "255" in card.text
    async with database.reading() as session:
        assert (await submission_of(session, cast.unit(XINGHE))).version == written + 1
    (again,) = await talk.press(ZHOU, "提交", on=first)
    assert "又有新的改动" in again.text


async def _until_somebody_waits(database: Database, begun: asyncio.Task[Any]) -> None:
    """PostgreSQL: until the other hangs on the lock. SQLite has one writer, who is behind this one in any case."""
    while not database.is_sqlite and not begun.done():
        async with database.reading() as session:
            if await session.scalar(text("SELECT count(*) FROM pg_locks WHERE NOT granted")):
                return
        await asyncio.sleep(0.01)


async def test_person_of_two_units_is_asked_which(database: Database, cast: Cast) -> None:
    await season(database, cast, XINGHE)
    talk = talk_in(database)
    (which,) = await talk.say(SUN, "在岗实习20人")
    assert which.labels == ["北辰装备制造有限公司", "北辰物流有限公司"]
    (card,) = await talk.press(SUN, "北辰物流")
    assert "北辰物流" in card.text
    (named,) = await talk.say(SUN, "月报")
    assert len(named.labels) == 2


async def test_figures_in_the_group_are_not_discussed_there(database: Database, cast: Cast) -> None:
    await season(database, cast, XINGHE)
    neutral, card = await talk_in(database).say(CHEN, "@lianluo_bot 在岗实习30人，缺口12", chat=GROUP_ID)
    assert neutral.chat_id == GROUP_ID
    assert not any(char.isdigit() for char in neutral.text)
    assert HAILAN not in neutral.text
    assert card.chat_id == CHEN.telegram_id
    assert "30" in card.text


async def test_group_talk_without_mention_and_forwarded_figures_are_ignored(database: Database, cast: Cast) -> None:
    await season(database, cast, XINGHE)
    talk = talk_in(database)
    assert await talk.say(CHEN, "在岗实习30人，缺口12", chat=GROUP_ID) == []
    origin = {"type": "hidden_user", "date": 1780000000, "sender_user_name": "别人"}
    assert await talk.say(CHEN, "在岗实习30人，缺口12", forward_origin=origin) == []
    async with database.reading() as session:
        assert await figures_of(session, cast.unit(HAILAN), "draft") == {}


async def test_personal_data_is_refused_and_nothing_stored(database: Database, cast: Cast) -> None:
    await season(database, cast, XINGHE)
    (refused,) = await talk_in(database).say(CHEN, "新来实习生张小明，身份证110101200501011234，在岗实习31")
    assert "没有保存" in refused.text
    async with database.reading() as session:
        assert await figures_of(session, cast.unit(HAILAN), "draft") == {}


async def test_questions_courtesy_and_guests_go_elsewhere(database: Database, cast: Cast) -> None:
    await season(database, cast, XINGHE)
    talk = talk_in(database)
    for who, words in ((ZHOU, "实习补贴怎么申请？"), (GUEST, "在岗实习30人"), (ZHOU, "乌教发〔2024〕50号")):
        await talk.say(who, words)
        assert talk.works[-1].kind == "answer"


async def test_unclear_figure_asks_which_item(database: Database, cast: Cast) -> None:
    await season(database, cast, XINGHE)
    talk = talk_in(database)
    await talk.say(CHEN, "在岗实习30")
    (card,) = await talk.say(CHEN, "大概有个五六十吧")
    assert "哪一项" in card.text


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


async def test_foreign_button_and_ended_seat_have_no_power(database: Database, cast: Cast) -> None:
    await season(database, cast, XINGHE)
    talk = talk_in(database)
    (card,) = await talk.say(ZHOU, ALL_FLOWS)
    submit = next(data for label, data, _ in card.buttons if "提交" in label)
    await talk.press_data(SU, card, submit)
    async with database.reading() as session:
        assert await figures_of(session, cast.unit(XINGHE), "filed") == {}
    async with database.transaction() as session:
        from sqlalchemy import update

        from services.models import Seat

        await session.execute(update(Seat).where(Seat.person_id == cast.person(ZHOU)).values(until=IN_WINDOW))
    await talk.press_data(ZHOU, card, submit)
    async with database.reading() as session:
        assert await figures_of(session, cast.unit(XINGHE), "filed") == {}


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


async def test_unit_of_money_that_the_range_rules_out_is_not_offered(database: Database, cast: Cast) -> None:
    await season(database, cast, XINGHE)
    (card,) = await talk_in(database).say(ZHOU, "横向到账58000")
    assert [label for label in card.labels if "万元" in label] == ["元，即 5.8 万元"]


async def test_typed_rate_is_refused_and_its_parts_are_asked_for(database: Database, cast: Cast) -> None:
    await season(database, cast, XINGHE)
    (card,) = await talk_in(database).say(ZHOU, "本市实习占比56.4%")
    assert "分子、分母" in card.text


async def test_another_month_named_is_asked_about(database: Database, cast: Cast) -> None:
    await season(database, cast, XINGHE)
    talk = talk_in(database)
    (which,) = await talk.say(ZHOU, "10月份在岗实习735人")
    assert which.labels == ["记到2026年11月", "记到2026年10月"]
    (card,) = await talk.press(ZHOU, "2026年10月")
    assert "2026年10月" in card.text
    assert "原报 730" in card.text


async def test_two_doubts_of_one_figure_offer_one_change_of_it(database: Database, cast: Cast) -> None:
    await season(database, cast, XINGHE)
    talk = talk_in(database)
    (card,) = await talk.say(ZHOU, "在岗实习100，本市实习2000")
    assert "本市实习 2,000 大于 在岗实习 100" in card.text
    assert card.labels.count("改在岗实习") == 1

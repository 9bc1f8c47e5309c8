"""Posts and graduates in conversation: said in words, asked about one by one, confirmed, corrected, closed."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from handlers import basics
from handlers.checkins import board, filling, steps
from handlers.checkins import cards as checkin_cards
from handlers.questions import ask
from handlers.supply import cards as supply_cards
from handlers.supply import matches, offering
from jobs.supply import supply_duties
from jobs.timetable import do_all
from services.checkins.standing.loading import load_sheet
from services.db import Database
from services.models import DemandPost, OfferVersion, SupplyBatch
from tests.cast import BEICHEN_WL, CHEN, GROUP_ID, GUEST, HAILAN, LIN, QIAN, SU, SUN, XINGHE, ZHAO, ZHOU, Cast
from tests.handlers.checkin_talk import OFFICE, season
from tests.services.checkins.filings import IN_WINDOW, NOVEMBER, submission_of
from tests.services.supply.desks import desk_with
from tests.talk import BOT, Said, Talk, router_of

POST = "我们要招3个电工，月底到岗"
ROOMS = (basics, supply_cards, offering, matches, board, checkin_cards, steps, filling, ask)


def talk_in(database: Database, now: datetime) -> Talk:
    """A fresh dispatcher, as after a restart."""
    return Talk(database, [router_of(room) for room in ROOMS], now, {"supply": desk_with(), "office": OFFICE})


@pytest.fixture
def talk(database: Database, cast: Cast, now: datetime) -> Talk:
    return talk_in(database, now)


async def rows(database: Database, model: Any) -> list[Any]:
    async with database.reading() as session:
        return list((await session.scalars(select(model).order_by(model.id))).unique())


async def publish(talk: Talk) -> Said:
    """The post of three electricians, confirmed."""
    await talk.say(CHEN, POST)
    await talk.press(CHEN, "专业不限")
    await talk.press(CHEN, "中职")
    (done,) = await talk.press(CHEN, "确认发布")
    return done


async def test_words_become_a_post_after_one_question_at_a_time(talk: Talk) -> None:
    (question,) = await talk.say(CHEN, POST)
    assert "需要什么专业" in question.text
    assert question.labels == ["专业不限"]
    (question,) = await talk.press(CHEN, "专业不限")
    assert "最低要求什么学历" in question.text
    (card,) = await talk.press(CHEN, "中职")
    for words in ("电工</b>　3 人", "专业：不限\n层次：中职及以上", "2026年11月23日 至 2026年11月30日"):
        assert words in card.text
    (post,) = await rows(talk.database, DemandPost)
    assert post.state == "draft"
    (done,) = await talk.press(CHEN, "确认发布")
    assert "已登记：<b>电工</b> 3 人" in done.text
    (post,) = await rows(talk.database, DemandPost)
    assert (post.state, post.is_public, post.headcount, post.start_to) == ("open", True, 3, date(2026, 11, 30))
    assert await talk.press_data(CHEN, card, card.buttons[0][1]) == []
    assert "已经处理过" in talk.toast


async def test_a_vague_time_offers_its_months_and_a_name_its_majors(talk: Talk) -> None:
    (question,) = await talk.say(CHEN, "缺30个化工操作工，中专以上，年后到岗，4500-6000")
    assert "以上都可以" in question.labels
    assert any("应用化工技术" in label for label in question.labels)
    (question,) = await talk.press(CHEN, "以上都可以")
    assert question.labels == ["2027年2月", "2027年3月", "2027年4月"]
    (card,) = await talk.say(CHEN, "3月15日")
    assert "到岗：2027年3月15日\n" in card.text
    assert "月薪：4500–6000 元" in card.text


async def test_a_school_names_two_majors_and_is_asked_about_both(talk: Talk) -> None:
    said = await talk.say(ZHOU, "明年6月机电能出120，轨道45")
    assert "读到 2 条毕业生信息" in said[0].text
    assert "“机电”具体是哪个专业" in said[1].text
    (card,) = await talk.press(ZHOU, "机电一体化技术")
    assert "可供：120 人（已签约 0，预计升学 0）" in card.text
    (card,) = await talk.say(ZHOU, "已签约改成20")
    assert "可供：100 人" in card.text
    said = await talk.press(ZHOU, "确认发布")
    assert "已登记：<b>机电一体化技术</b> 120 人" in said[0].text
    assert "“轨道”具体是哪个专业" in said[1].text
    first, second = await rows(talk.database, SupplyBatch)
    assert (first.majors, first.level, first.locked, first.state) == (["460301"], "高职专科", 20, "open")
    assert second.state == "draft"


async def test_what_cannot_be_read_is_asked_again_and_questions_pass_by(talk: Talk) -> None:
    (question,) = await talk.say(CHEN, "/need 招会计，3月到岗，大专，专业不限")
    assert "招多少人" in question.text
    (again,) = await talk.say(CHEN, "看情况吧")
    assert "没有读懂" in again.text
    assert "招多少人" in again.text
    assert await talk.say(CHEN, "联席会议多久开一次？") == []
    assert [work.kind for work in talk.works] == ["answer"]
    (card,) = await talk.say(CHEN, "五个")
    assert "会计</b>　5 人" in card.text


async def test_a_restart_and_a_day_later_the_same_question_stands(talk: Talk, now: datetime) -> None:
    await talk.say(CHEN, POST)
    later = talk_in(talk.database, now + timedelta(days=1))
    later._numbers, later._last_row = talk._numbers, talk._last_row
    (question,) = await later.say(CHEN, "不限")
    assert "最低要求什么学历" in question.text


async def test_a_correction_of_what_was_published_is_a_version(talk: Talk) -> None:
    await publish(talk)
    await talk.say(CHEN, "/need")
    await talk.press(CHEN, "第1条")
    (card,) = await talk.say(CHEN, "人数改成5")
    assert "已更正" in card.text
    assert "电工</b>　5 人" in card.text
    await talk.press(CHEN, "修改")
    (question,) = await talk.press(CHEN, "月薪")
    assert "月薪多少" in question.text
    (card,) = await talk.say(CHEN, "5000到6500")
    assert "月薪：5000–6500 元" in card.text
    versions = await rows(talk.database, OfferVersion)
    assert versions[-2].before == {"headcount": 3}
    assert versions[-2].after == {"headcount": 5}
    assert versions[-1].after == {"pay_min": 5000, "pay_max": 6500}


async def test_one_says_that_it_is_done(talk: Talk) -> None:
    await publish(talk)
    (question,) = await talk.say(CHEN, "电工招满了")
    assert "标为已满足？" in question.text
    (closed,) = await talk.press(CHEN, "是，电工")
    assert "已标为招满" in closed.text
    (post,) = await rows(talk.database, DemandPost)
    assert post.state == "filled"
    (asked,) = await talk.say(CHEN, "/need")
    assert "还没有登记过岗位需求" in asked.text


async def test_part_of_the_posts_are_taken(talk: Talk) -> None:
    await publish(talk)
    await talk.say(CHEN, "我们的岗位")
    await talk.press(CHEN, "第1条")
    await talk.press(CHEN, "招到一部分")
    (card,) = await talk.say(CHEN, "2个")
    assert "电工</b>　1 人" in card.text
    assert "部分满足" in card.text


async def test_a_draft_can_be_left(talk: Talk) -> None:
    await talk.say(CHEN, POST)
    (left,) = await talk.say(CHEN, "算了")
    assert "没有登记" in left.text
    (post,) = await rows(talk.database, DemandPost)
    assert post.state == "withdrawn"


@pytest.mark.parametrize(
    "words",
    ["/need 招电工，名单：张三 13812345678，身份证 110101200001011234", "/need 招3个电工，学生名单发你，带身份证号"],
)
async def test_records_of_persons_are_refused_before_anything_is_stored(talk: Talk, words: str) -> None:
    (refused,) = await talk.say(CHEN, words)
    assert "没有保存" in refused.text
    assert await rows(talk.database, DemandPost) == []


async def test_a_contact_number_is_masked_in_what_is_kept(talk: Talk) -> None:
    await talk.say(CHEN, "招3个电工，月底到岗，联系电话13812345678")
    (post,) = await rows(talk.database, DemandPost)
    assert "138****5678" in post.said


async def test_in_a_group_nothing_of_it_is_repeated(talk: Talk) -> None:
    said = await talk.say(CHEN, f"@{BOT.username} {POST}", chat=GROUP_ID)
    (pointer,) = [one for one in said if one.chat_id == GROUP_ID]
    assert "已转到私聊" in pointer.text
    assert "电工" not in pointer.text
    (question,) = [one for one in said if one.chat_id == CHEN.telegram_id]
    assert "需要什么专业" in question.text
    (question,) = await talk.say(CHEN, "不限")
    assert "最低要求什么学历" in question.text


async def test_who_speaks_for_two_enterprises_says_which(talk: Talk) -> None:
    (which,) = await talk.say(SUN, POST)
    assert which.labels == ["北辰装备制造有限公司", "北辰物流有限公司"]
    await talk.press(SUN, "北辰物流")
    (post,) = await rows(talk.database, DemandPost)
    assert post.unit.name == BEICHEN_WL
    await talk.say(SUN, "北辰装备招5个焊工，3月到岗，中专")
    assert [one.unit.name for one in await rows(talk.database, DemandPost)] == [BEICHEN_WL, "北辰装备制造有限公司"]


async def test_each_side_and_the_secretariat_see_what_they_may(talk: Talk) -> None:
    await publish(talk)
    (seen,) = await talk.say(ZHOU, "/need")
    assert "海岚化工股份有限公司｜电工｜3 人" in seen.text
    (card,) = await talk.press(ZHOU, "第1条")
    assert card.buttons == ()
    await talk.say(CHEN, "/need")
    await talk.press(CHEN, "第1条")
    await talk.press(CHEN, "改为仅秘书处可见")
    (seen,) = await talk.say(SU, "/need")
    assert "目前没有" in seen.text
    assert await talk.press(ZHOU, "第1条") == []
    assert "没有这项操作的权限" in talk.toast
    (seen,) = await talk.say(LIN, "/need")
    assert "电工｜3 人｜2026年11月到岗｜未公开" in seen.text
    (other,) = await talk.say(SUN, "/supply")
    assert "目前没有" in other.text


async def test_bureaus_and_associations_see_counts_without_small_cells(talk: Talk) -> None:
    await talk.say(ZHOU, "/supply 460301 毕业生3人，明年6月")
    await talk.press(ZHOU, "确认发布")
    await talk.say(CHEN, "/need 招40个设备维修工，大专，自动化类专业，3月到岗")
    await talk.press(CHEN, "确认发布")
    (office,) = await talk.say(LIN, "供需情况")
    assert "自动化类：需 40，供 3，缺 37" in office.text
    posts, batches = await talk.press(LIN, "自动化类")
    assert "海岚化工股份有限公司｜设备维修工｜40 人" in posts.text
    assert "星河职业技术学院｜机电一体化技术｜可供 3 人" in batches.text
    for who in (ZHAO, QIAN):
        (seen,) = await talk.say(who, "/need")
        assert "登记的单位或人数太少" in seen.text
    for unit in ("北辰装备", "北辰物流"):
        await talk.say(SUN, f"/need {unit}招40个设备维修工，大专，自动化类专业，3月到岗")
        await talk.press(SUN, "确认发布")
    (seen,) = await talk.say(ZHAO, "/need")
    assert (seen.buttons, "自动化类" in seen.text, XINGHE in seen.text) == ((), False, False)
    await talk.say(ZHOU, "/supply 460301 毕业生30人，明年6月")
    await talk.press(ZHOU, "确认发布")
    (seen,) = await talk.say(ZHAO, "/need")
    assert "自动化类：需 120，供 33，缺 87" in seen.text
    (refused,) = await talk.say(GUEST, "/need")
    assert "没有这项操作的权限" in refused.text


async def test_inside_a_question_of_a_check_in_words_are_its_answer(
    database: Database, cast: Cast, now: datetime
) -> None:
    await season(database, cast, XINGHE)
    talk = talk_in(database, IN_WINDOW)
    await talk.say(CHEN, "/report")
    await talk.press(CHEN, "逐项填")
    await talk.say(CHEN, POST)
    assert await rows(database, DemandPost) == []
    await talk.say(CHEN, "/cancel")
    await talk.say(CHEN, POST)
    assert len(await rows(database, DemandPost)) == 1


@pytest.mark.parametrize("words", ["岗位缺口30个", "本月招了200人", "招工补贴怎么申请", "我们要招人，有什么政策吗"])
async def test_figures_and_questions_are_no_offer(talk: Talk, words: str) -> None:
    await talk.say(CHEN, words)
    assert await rows(talk.database, DemandPost) == []


async def tick(talk: Talk, after: timedelta = timedelta(0)) -> list[Said]:
    """The duties of supply and demand, that much later."""
    talk.now += after
    await do_all(talk.database, supply_duties(desk_with()), talk.now)
    return await talk.listen()


async def test_a_pair_is_answered_by_button_on_both_sides(talk: Talk) -> None:
    await talk.say(CHEN, "/need 招40个机电设备维修工，大专，机电一体化技术专业，明年6月到岗，5000-7000")
    await talk.press(CHEN, "确认发布")
    await talk.say(ZHOU, "/supply 明年6月机电一体化技术毕业生60人")
    await talk.press(ZHOU, "确认发布")
    said = {one.chat_id: one for one in await tick(talk)}
    need, offer = said[CHEN.telegram_id], said[ZHOU.telegram_id]
    assert "星河职业技术学院 <b>机电一体化技术</b>（高职专科），可供 60 人，2027年6月毕业" in need.text
    assert "月薪 5000–7000 元" in offer.text
    assert "匹配依据：同一专业" in need.text
    (noted,) = await talk.press(CHEN, "1 愿意对接", on=need)
    assert "对方也同意时我会告诉您" in noted.text
    assert await talk.press(CHEN, "1 不合适", on=need) == []
    assert "已经处理过" in talk.toast
    said = {one.chat_id: one for one in await talk.press(ZHOU, "1 愿意对接", on=offer)}
    assert "联络员：陈工（@chen_gong）" in said[ZHOU.telegram_id].text
    assert "联络员：周老师（@zhou_laoshi）" in said[CHEN.telegram_id].text


async def test_what_grew_old_is_asked_about_and_answered_by_button(talk: Talk) -> None:
    await publish(talk)
    (question,) = await tick(talk, timedelta(days=91))
    assert "1. 岗位 电工　3 人" in question.text
    (kept,) = await talk.press(CHEN, "1 仍需要", on=question)
    assert "有效期延到 2027年5月23日" in kept.text
    assert await talk.press(CHEN, "1 撤回", on=question) == []


async def test_open_question_of_an_offer_is_no_trap(database: Database, cast: Cast, talk: Talk) -> None:
    await season(database, cast, XINGHE)
    await talk.say(CHEN, POST)
    (card,) = await talk.say(CHEN, "在岗实习41，缺口9")
    assert "岗位缺口 <b>9</b>人" in card.text
    await talk.say(CHEN, "我们要招2个焊工，月底到岗")
    (form,) = await talk.say(CHEN, "月报")
    assert "岗位缺口 <b>9</b>人" in form.text


async def test_figures_of_a_check_in_in_hand_are_no_offer(database: Database, cast: Cast, talk: Talk) -> None:
    await season(database, cast, XINGHE)
    await talk.say(CHEN, "在岗实习41")
    (card,) = await talk.say(CHEN, "缺口嘛电工缺8个")
    assert "岗位缺口 <b>8</b>人" in card.text
    (question,) = await talk.say(CHEN, "缺30个化工操作工，中专以上，4500-6000")
    assert "月报" not in question.text


async def test_the_vacancies_of_a_report_are_those_of_the_posts_that_stand(
    database: Database, cast: Cast, now: datetime
) -> None:
    talk = talk_in(database, now)
    await publish(talk)
    await season(database, cast, XINGHE)
    async with database.transaction() as session:
        november = await submission_of(session, cast.unit(HAILAN), NOVEMBER)
        sheet = await load_sheet(session, OFFICE, november)
    assert sheet.counted["vacancies_open"].value == 3
    assert "vacancies_open" not in sheet.open_keys


async def test_words_that_may_be_a_figure_are_asked_about(database: Database, cast: Cast, talk: Talk) -> None:
    await season(database, cast, XINGHE)
    talk.now = IN_WINDOW
    (asked,) = await talk.say(CHEN, "缺30个操作工")
    assert asked.labels == ["登记为招聘岗位", "填月报：岗位缺口 30"]
    assert await rows(database, DemandPost) == []
    (question,) = await talk.press(CHEN, "登记为招聘岗位")
    assert "需要什么专业" in question.text
    (asked,) = await talk.say(CHEN, "缺8个焊工，缺3个质检")
    (card,) = await talk.press(CHEN, "岗位缺口 11", on=asked)
    assert "岗位缺口 <b>11</b>人" in card.text


async def test_a_post_beside_other_figures_is_part_of_the_report(database: Database, cast: Cast, talk: Talk) -> None:
    await season(database, cast, XINGHE)
    talk.now = IN_WINDOW
    (card,) = await talk.say(CHEN, "在岗实习60人，缺30个操作工")
    assert "岗位缺口 <b>30</b>人" in card.text
    assert await rows(database, DemandPost) == []


@pytest.mark.parametrize(
    "words",
    ["算了不发了", "这个岗位先不发", "不要了，发错了", "刚才那个电工取消", "算了，人招到了", "取消登记", "放弃填写吧"],
)
async def test_a_draft_is_given_up_in_many_words(talk: Talk, words: str) -> None:
    await talk.say(CHEN, POST)
    (left,) = await talk.say(CHEN, words)
    assert left.text_key == "supply.left"
    (post,) = await rows(talk.database, DemandPost)
    assert post.state == "withdrawn"


@pytest.mark.parametrize(
    ("words", "field", "value"),
    [
        ("岗位1改成8个人", "headcount", 8),
        ("不是3个是8个", "headcount", 8),
        ("换成高压电工", "post_name", "高压电工"),
        ("要大专以上的", "level", "高职专科"),
    ],
)
async def test_another_field_is_changed_while_one_is_asked(talk: Talk, words: str, field: str, value: Any) -> None:
    await talk.say(CHEN, POST)
    (question,) = await talk.say(CHEN, words)
    assert question.text_key == "supply.ask"
    (post,) = await rows(talk.database, DemandPost)
    assert getattr(post, field) == value


async def test_a_bare_word_closes_nothing_that_stands(talk: Talk) -> None:
    await publish(talk)
    await talk.say(CHEN, "取消")
    assert not any(said.text_key == "supply.close_ask" for said in talk.heard)
    (ask,) = await talk.say(CHEN, "电工不招了，撤掉")
    assert ask.text_key == "supply.close_ask"


async def test_a_post_published_after_midnight_is_not_the_last_months(database: Database, cast: Cast) -> None:
    """Half past midnight of 1 December in Shanghai is still November in UTC."""
    await season(database, cast, XINGHE)
    for minute, counted in ((30, None), (-30, 3)):
        at = datetime(2026, 11, 30, 16, 0, tzinfo=UTC) + timedelta(minutes=minute)
        async with database.transaction() as session:
            post = DemandPost(
                unit_id=cast.unit(BEICHEN_WL),
                majors=[],
                certs=[],
                created_by=cast.person(CHEN),
                created_at=at,
                state="open",
            )
            post.said, post.is_public, post.version, post.headcount, post.published_at = "", False, 1, 3, at
            session.add(post)
        async with database.reading() as session:
            sheet = await load_sheet(session, OFFICE, await submission_of(session, cast.unit(BEICHEN_WL)))
        known = sheet.counted.get("vacancies_open")
        assert (known.value if known else None) == counted

"""A unit's own check-in beside its figures, in conversation."""

import pytest

from services.db import Database
from tests.cast import CHEN, HAILAN, LIN, SUN, XINGHE, ZHOU, Cast
from tests.handlers.checkin_talk import ALL_FLOWS, OFFICE, season, talk_in
from tests.services.checkins.filings import OCTOBER, figures_of, file_as, open_season, submission_of
from tests.talk import Talk


async def _open(database: Database, cast: Cast) -> Talk:
    await season(database, cast, XINGHE)
    talk = talk_in(database)
    await talk.say(LIN, "/start")
    return talk


async def test_until_when_is_told_by_the_own_check_in_and_its_extension(database: Database, cast: Cast) -> None:
    talk = await _open(database, cast)
    (told,) = await talk.say(CHEN, "我还剩几天")
    assert "12月7日 17:30，还有 6 天" in told.text
    assert "次月 5 日" in told.text
    await talk.say(CHEN, "晚交两天行吗")
    await talk.say(CHEN, "对")
    (told,) = await talk.say(CHEN, "延期批了没")
    assert "12月9日（周三））秘书处还没有答复" in told.text
    (board,) = await talk.say(LIN, "/status")
    assert f"{HAILAN}（申请延期，待答复）" in board.text
    (page,) = await talk.press(LIN, HAILAN)
    assert "申请延期到 12月9日 17:30，待答复：“晚交两天行吗”" in page.text
    await talk.press(LIN, "同意", on=page)
    (told,) = await talk.say(CHEN, "我们延期到哪天了")
    assert "12月9日 17:30，还有 8 天" in told.text
    assert "原来截止 12月7日" in told.text
    (state,) = await talk.say(CHEN, "/status")
    assert "12月9日 17:30" in state.text


async def test_how_long_is_asked_and_nothing_leaves_before_it_is_confirmed(database: Database, cast: Cast) -> None:
    talk = await _open(database, cast)
    (asked,) = await talk.say(CHEN, "能不能晚几天交")
    assert "要延到哪天" in asked.text
    (read_back,) = await talk.say(CHEN, "三天")
    assert "12月10日（周四）" in read_back.text
    (left,) = await talk.press(CHEN, "不申请了")
    assert "没有申请" in left.text
    await talk.say(CHEN, "能不能晚几天交")
    told, done = await talk.press(CHEN, "到12月9日")
    assert told.chat_id == LIN.telegram_id
    assert "12月9日" in done.text


async def test_a_later_wish_takes_the_place_of_the_one_that_waits(database: Database, cast: Cast) -> None:
    talk = await _open(database, cast)
    await talk.say(CHEN, "缓两天行不")
    first, _ = await talk.press(CHEN, "确认申请")
    await talk.say(CHEN, "缓三天行不")
    second, _ = await talk.press(CHEN, "确认申请")
    await talk.press(LIN, "同意", on=first)
    assert "处理过" in talk.toast
    told, _ = await talk.press(LIN, "同意", on=second)
    assert "12月10日 17:30" in told.text


async def test_a_day_within_the_term_needs_no_request(database: Database, cast: Cast) -> None:
    talk = await _open(database, cast)
    (told,) = await talk.say(CHEN, "能宽限到周五不")
    assert "还在期限内" in told.text


async def test_a_little_change_is_shown_alone_and_can_be_taken_back(database: Database, cast: Cast) -> None:
    talk = await _open(database, cast)
    await talk.say(ZHOU, "在岗实习741，培训640")
    (change,) = await talk.say(ZHOU, "订单班265")
    assert "订单班 <b>265</b>" in change.text
    assert "741" not in change.text
    assert "还缺" in change.text
    assert "提交" not in change.labels
    (change,) = await talk.say(ZHOU, "订单班不对，是270")
    assert "刚才填的是 265" in change.text
    (unclear,) = await talk.say(ZHOU, "一个12人，一个30人")
    assert "这句话里的数是哪一项的" in unclear.text
    assert "741" not in unclear.text
    await talk.press(ZHOU, "看核对卡")
    (card,) = await talk.say(ZHOU, "刚才那个不算")
    assert "订单班 <b>265</b>" in card.text
    assert "741" in card.text
    assert (await figures_now(database, cast))["order_class_students"] == "265"
    (card,) = await talk.say(ZHOU, "提交")
    assert "741" in card.text


async def test_after_the_whole_card_a_change_may_be_submitted_at_once(database: Database, cast: Cast) -> None:
    talk = await _open(database, cast)
    (card,) = await talk.say(ZHOU, ALL_FLOWS)
    assert "提交" in card.labels
    (change,) = await talk.say(ZHOU, "培训改成540")
    assert "540" in change.text
    assert "在校生" not in change.text
    (filed,) = await talk.press(ZHOU, "提交", on=change)
    assert "已提交" in filed.text
    async with database.reading() as session:
        assert (await figures_of(session, cast.unit(XINGHE), "filed"))["training_person_times"] == "540"


async def test_what_was_filed_is_shown_to_its_own_people_only(database: Database, cast: Cast) -> None:
    talk = await _open(database, cast)
    (filed,) = await talk.say(ZHOU, "上个月我们报了多少")
    assert "2026年10月月报" in filed.text
    assert "在岗实习 <b>730</b>" in filed.text
    (one,) = await talk.say(ZHOU, "我们上个月培训报了多少")
    assert "社会培训 <b>560</b>" in one.text
    assert "在岗实习" not in one.text
    (months,) = await talk.say(ZHOU, "我们的历史数据")
    assert "2026年10月" in str(months.labels)
    (none,) = await talk.say(CHEN, "上个月我们报了多少")
    assert "还没有提交过" in none.text
    (problem,) = await talk.say(ZHOU, "上个月我们报的问题怎么样了")
    assert "实训设备维修等待时间长" in problem.text


async def test_filed_is_not_taken_back_but_put_right(database: Database, cast: Cast) -> None:
    talk = await _open(database, cast)
    await talk.say(ZHOU, ALL_FLOWS)
    await talk.press(ZHOU, "提交")
    (told,) = await talk.say(ZHOU, "我要撤回已提交的月报")
    assert "不用撤回" in told.text
    (told,) = await talk.say(ZHOU, "撤回刚才那条")
    assert "没有未提交的改动" in told.text


async def test_a_meaning_is_the_forms_own_and_says_so(database: Database, cast: Cast) -> None:
    talk = await _open(database, cast)
    (told,) = await talk.say(ZHOU, "本市实习指什么")
    assert "不是文件规定" in told.text
    assert "“在岗实习”的其中数" in told.text


@pytest.mark.parametrize(
    ("words", "shown", "hidden"),
    [("上个月我们招了多少人", "新招毕业生", "资金投入"), ("上个月我们给了多少钱", "资金投入", "新招毕业生")],
)
async def test_ones_own_figure_is_told_in_everyday_words(
    database: Database, cast: Cast, words: str, shown: str, hidden: str
) -> None:
    async with database.transaction() as session:
        await open_season(session, OFFICE)
        october = await submission_of(session, cast.unit(HAILAN), OCTOBER)
        await file_as(session, october, {"hires_vocational": "9", "invest_cash_wan": "12"})
    (told,) = await talk_in(database).say(CHEN, words)
    assert shown in told.text
    assert hidden not in told.text
    assert "2026年10月" in told.text


async def test_what_was_handed_in_can_be_changed_and_how(database: Database, cast: Cast) -> None:
    talk = await _open(database, cast)
    (told,) = await talk.say(ZHOU, "交完了还能改吗")
    assert "能改" in told.text
    assert "原因" in told.text


async def test_a_wish_for_peace_without_a_day_offers_days_within_the_term(database: Database, cast: Cast) -> None:
    talk = await _open(database, cast)
    (asked,) = await talk.say(ZHOU, "别给我发提醒了行不行")
    assert "到哪天为止" in asked.text
    assert asked.labels[-1].startswith("12月7日")
    (done,) = await talk.press(ZHOU, asked.labels[0])
    assert "不再提醒" in done.text
    async with database.reading() as session:
        assert (await submission_of(session, cast.unit(XINGHE))).quiet_until is not None


async def test_a_meaning_says_what_counts_and_what_does_not(database: Database, cast: Cast) -> None:
    talk = await _open(database, cast)
    (told,) = await talk.say(ZHOU, "横向到账是到账的还是合同额")
    assert "算：本月横向技术服务实际到账的钱" in told.text
    assert "不算：合同额" in told.text


async def test_several_units_are_each_told(database: Database, cast: Cast) -> None:
    talk = await _open(database, cast)
    (told,) = await talk.say(SUN, "最晚哪天交")
    assert told.text.count("截止 12月7日 17:30") == 2


async def figures_now(database: Database, cast: Cast) -> dict[str, str]:
    async with database.reading() as session:
        return await figures_of(session, cast.unit(XINGHE), "draft")


async def test_while_names_are_asked_a_change_of_person_is_no_partner(database: Database, cast: Cast) -> None:
    talk = await _open(database, cast)
    await talk.say(ZHOU, "其他同上月，新签2份，培训200，教师实践42天，横向5.8万")
    await talk.press(ZHOU, "提交")
    (told,) = await talk.say(ZHOU, "换联络员")
    assert "换人填报这样办" in told.text
    (noted,) = await talk.say(ZHOU, "海岚化工、云帆装备")
    assert "已登记到协议台账：海岚化工、云帆装备" in noted.text


async def test_the_round_of_questions_begins_in_words_too(database: Database, cast: Cast) -> None:
    talk = await _open(database, cast)
    (asked,) = await talk.say(ZHOU, "一项一项来吧")
    assert "1/14" in asked.text
    (asked,) = await talk.say(ZHOU, "跳过")
    assert "2/14" in asked.text
    (asked,) = await talk.say(ZHOU, "退回上一步")
    assert "1/14" in asked.text

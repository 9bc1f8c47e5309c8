"""What people send who are tired, in a hurry, or at the wrong place."""

from datetime import UTC, datetime

import pytest

from services.checkins.running.cycles import open_cycle_for
from services.checkins.standing.loading import load_sheet
from services.db import Database
from services.periods import Period
from tests.cast import CHEMICAL, CHEN, EDUCATION, GROUP_ID, HAILAN, LIN, QIAN, QINGHE, SU, XINGHE, ZHAO, ZHOU, Cast
from tests.handlers.checkin_talk import ALL_FLOWS, OFFICE, season, talk_in
from tests.services.checkins.filings import (
    IN_WINDOW,
    NOVEMBER,
    OCTOBER,
    figures_of,
    file_as,
    open_season,
    submission_of,
)
from tests.talk import Talk

RETURN = "退回星职院的在岗实习，与学籍系统差 20 人"


async def test_news_of_last_months_problem_leave_the_overview_open(database: Database, cast: Cast) -> None:
    await season(database, cast, XINGHE)
    talk = talk_in(database)
    await talk.say(ZHOU, "月报")
    (start,) = await talk.press(ZHOU, "仍未解决")
    assert "在岗实习（730）" in start.text
    assert "期末数同上月" in start.labels
    assert "提交" not in start.labels


async def test_who_sends_figures_at_once_is_asked_about_last_months_problem_on_the_full_card(
    database: Database, cast: Cast
) -> None:
    await season(database, cast, XINGHE)
    talk = talk_in(database)
    (part,) = await talk.say(ZHOU, "在岗实习741")
    assert "实训设备维修" not in part.text
    (card,) = await talk.say(ZHOU, ALL_FLOWS)
    assert "实训设备维修等待时间长”，现在怎么样了" in card.text
    (after,) = await talk.press(ZHOU, "已解决")
    assert "上月问题进展：已解决" in after.text
    assert "现在怎么样了" not in after.text


async def test_open_figures_stand_with_last_months_beside_them(database: Database, cast: Cast) -> None:
    await season(database, cast, XINGHE)
    (card,) = await talk_in(database).say(ZHOU, "在岗实习741")
    assert "合作企业（88）" in card.text


async def test_returned_card_shows_only_what_was_returned_and_takes_a_bare_number(
    database: Database, cast: Cast
) -> None:
    talk = await _returned(database, cast)
    (card,) = await talk.say(ZHOU, "月报")
    assert "在岗实习" in card.text
    assert "订单班" not in card.text
    assert "其余 13 项不变" in card.text
    assert {"改在岗实习", "原数无误"} <= set(card.labels)
    (mended,) = await talk.say(ZHOU, "核对过了，应该是712")
    assert "712</b>人（原报 730）" in mended.text
    (filed,) = await talk.press(ZHOU, "提交")
    assert "补正已提交" in filed.text
    async with database.reading() as session:
        assert (await figures_of(session, cast.unit(XINGHE), "filed"))["interns_on_post"] == "712"


@pytest.mark.parametrize("words", ["原数无误", "核对过了，没错", "报的数没问题", "没错", "不用改"])
async def test_a_returned_figure_is_kept_in_words(database: Database, cast: Cast, words: str) -> None:
    talk = await _returned(database, cast)
    (card,) = await talk.say(ZHOU, words)
    assert "提交" in card.labels
    (filed,) = await talk.press(ZHOU, "提交")
    assert "补正已提交" in filed.text


async def test_a_number_in_other_talk_is_not_the_returned_figure(database: Database, cast: Cast) -> None:
    talk = await _returned(database, cast)
    await talk.say(ZHOU, "去两个人，我和王院长")
    await talk.say(ZHOU, "等我5分钟")
    async with database.reading() as session:
        submission = await submission_of(session, cast.unit(XINGHE))
        assert (await load_sheet(session, OFFICE, submission)).draft == {}


async def test_returned_figure_may_be_right_as_it_was(database: Database, cast: Cast) -> None:
    talk = await _returned(database, cast)
    await talk.say(ZHOU, "月报")
    await talk.press(ZHOU, "原数无误")
    await talk.press(ZHOU, "提交")
    async with database.reading() as session:
        submission = await submission_of(session, cast.unit(XINGHE))
        filed = await figures_of(session, cast.unit(XINGHE), "filed")
    assert submission.state == "submitted"
    assert filed["interns_on_post"] == "730"


async def test_correction_shows_what_changes_and_not_the_whole_form(database: Database, cast: Cast) -> None:
    await season(database, cast, XINGHE)
    talk = talk_in(database)
    await talk.say(ZHOU, ALL_FLOWS)
    await talk.press(ZHOU, "提交")
    (card,) = await talk.say(ZHOU, "横向报错了，应该是8.5不是5.8")
    assert "8.5</b>万元（原报 5.8）" in card.text
    assert "订单班" not in card.text
    assert "其余 13 项不变" in card.text
    assert "现在怎么样了" not in card.text
    await talk.press(ZHOU, "提交")
    (whole,) = await talk.say(ZHOU, "月报")
    assert "订单班" in whole.text


async def test_partners_are_not_asked_for_again_after_another_correction(database: Database, cast: Cast) -> None:
    await season(database, cast, XINGHE)
    talk = talk_in(database)
    await talk.say(ZHOU, ALL_FLOWS.replace("新签0份", "新签2份"))
    _, partners = await talk.press(ZHOU, "提交")
    assert "2 份协议" in partners.text
    await talk.say(ZHOU, "跳过")
    await talk.say(ZHOU, "横向报错了，应该是8.5不是5.8")
    assert len(await talk.press(ZHOU, "提交")) == 1


async def test_bare_number_after_one_figure_means_that_figure(database: Database, cast: Cast) -> None:
    await season(database, cast, XINGHE)
    talk = talk_in(database)
    await talk.say(ZHOU, "实习七百四十来个吧，要问学工处")
    (card,) = await talk.say(ZHOU, "学工处说是738个")
    assert "在岗实习 <b>738</b>人" in card.text
    (again,) = await talk.say(ZHOU, "哎呀不对，是739")
    assert "739" in again.text
    for words in ("一个12人，一个30人", "12"):
        (unclear,) = await talk.say(ZHOU, words)
        assert "这句话里的数是哪一项的" in unclear.text
    (card,) = await talk.say(ZHOU, "可以了")
    assert "在岗实习 <b>739</b>人" in card.text
    (card,) = await talk.say(ZHOU, "撤回")
    assert "已撤回刚才那一条" in card.text
    assert "在岗实习 <b>738</b>人" in card.text
    (asked,) = await talk.say(ZHOU, "撤回")
    assert "清空这份草稿" in asked.text


async def test_two_figures_for_one_key_may_be_summed(database: Database, cast: Cast) -> None:
    await season(database, cast, XINGHE)
    talk = talk_in(database)
    (card,) = await talk.say(ZHOU, "培训60，又培训了80")
    assert "出现了两个数：60 和 80，取哪个，还是合计" in card.text
    (summed,) = await talk.press(ZHOU, "合计 140")
    assert "社会培训 <b>140</b>人次" in summed.text


async def test_bare_numbers_are_asked_about_however_many(database: Database, cast: Cast) -> None:
    await season(database, cast, XINGHE)
    (asked,) = await talk_in(database).say(ZHOU, "5228 90 2 255 741 420 271 515 66 4.1 3105")
    assert "这句话里的数是哪一项的" in asked.text


async def test_figures_of_another_school_are_not_taken(database: Database, cast: Cast) -> None:
    await season(database, cast, XINGHE)
    talk = talk_in(database)
    (told,) = await talk.say(SU, "星职院那边在校生5228，帮他们也报上")
    assert "由该单位自己报" in told.text
    async with database.reading() as session:
        assert await figures_of(session, cast.unit(QINGHE), "draft") == {}
    (card,) = await talk.press(SU, f"就是{QINGHE}的数")
    assert "5,228" in card.text
    (own,) = await talk.say(SU, "跟星职院合办的培训300人次")
    assert "300" in own.text


async def test_nothing_more_asks_whether_the_rest_is_zero(database: Database, cast: Cast) -> None:
    await season(database, cast, XINGHE)
    talk = talk_in(database)
    await talk.say(ZHAO, "走访6次，收到诉求5件")
    (asked,) = await talk.say(ZHAO, "没有了")
    assert "其余本月数都是 0 吗" in asked.text
    assert "其余本月数为 0" in asked.labels


async def test_task_with_a_number_answers_the_progress_of_tasks(database: Database, cast: Cast) -> None:
    await season(database, cast, XINGHE)
    (card,) = await talk_in(database).say(ZHAO, "任务9进展65%，走访6次")
    assert "任务进展（9）" in card.text
    assert "任务进展" not in card.text[card.text.index("还缺") :]


async def test_form_that_may_be_left_out_says_so(database: Database, cast: Cast) -> None:
    await season(database, cast, XINGHE)
    talk = talk_in(database)
    (bureau,) = await talk.say(ZHAO, "月报")
    assert EDUCATION in bureau.text
    assert "本月可以不报" in bureau.text
    (association,) = await talk.say(QIAN, "月报")
    assert CHEMICAL in association.text
    assert "可以不报" not in association.text


async def test_how_to_fill_in_opens_the_form_and_done_yet_tells_the_state(database: Database, cast: Cast) -> None:
    await season(database, cast, XINGHE)
    talk = talk_in(database)
    (start,) = await talk.say(ZHOU, "怎么填啊")
    assert "要报的 14 项" in start.text
    (own,) = await talk.say(ZHOU, "报完了吗？")
    assert "还没填" in own.text


async def test_own_state_asked_for_in_the_group_is_told_in_private(database: Database, cast: Cast) -> None:
    await season(database, cast, XINGHE)
    talk = talk_in(database)
    await talk.say(ZHOU, "/start")
    in_group, own = await talk.say(ZHOU, "@lianluo_bot 我们学校交了没？？", chat=GROUP_ID)
    assert XINGHE not in in_group.text
    assert own.chat_id == ZHOU.telegram_id
    assert "还没填" in own.text


async def test_flow_named_as_same_asks_even_when_it_had_a_figure(database: Database, cast: Cast) -> None:
    await season(database, cast, XINGHE)
    talk = talk_in(database)
    await talk.say(ZHOU, "培训300人次")
    (card,) = await talk.say(ZHOU, "培训还是同上月吧")
    assert "不能沿用上月" in card.text
    assert "社会培训（上月 560）" in card.text


async def test_secretary_urges_in_the_words_of_people(database: Database, cast: Cast) -> None:
    await season(database, cast, XINGHE)
    (preview,) = await talk_in(database).say(LIN, "催一下没交的，语气客气点")
    assert "催报预览" in preview.text


async def test_secretary_accepts_in_words(database: Database, cast: Cast) -> None:
    await season(database, cast, XINGHE)
    talk = talk_in(database)
    await talk.say(ZHOU, ALL_FLOWS)
    await talk.press(ZHOU, "提交")
    (page,) = await talk.say(LIN, "采纳星职院")
    assert "已采纳" in page.text
    (clean,) = await talk.say(LIN, "采纳无疑问的")
    assert "现在没有待审的月报" in clean.text


async def test_secretary_opens_a_unit_by_words(database: Database, cast: Cast) -> None:
    await season(database, cast, XINGHE)
    talk = talk_in(database)
    await talk.say(ZHOU, "在岗实习741")
    (page,) = await talk.say(LIN, "看看星职院的月报")
    assert f"{XINGHE} · 2026年11月月报" in page.text
    (october,) = await talk.say(LIN, "看一下星职院10月的月报")
    assert "2026年10月月报" in october.text


async def _returned(database: Database, cast: Cast) -> Talk:
    await season(database, cast, XINGHE)
    talk = talk_in(database)
    await talk.say(LIN, "/start")
    await talk.say(ZHOU, ALL_FLOWS)
    await talk.press(ZHOU, "提交")
    await talk.say(LIN, RETURN)
    return talk


async def test_figures_that_found_no_place_are_shown(database: Database, cast: Cast) -> None:
    await season(database, cast, XINGHE)
    (card,) = await talk_in(database).say(ZHOU, "在岗实习741，食堂改造45万，10月培训745人次，11月培训520人次")
    assert "没认出放在哪儿：“食堂改造45万”、“10月培训745人次”" in card.text
    assert "社会培训 <b>520</b>" in card.text


async def test_correction_of_a_named_month_goes_there_and_not_to_the_open_one(database: Database, cast: Cast) -> None:
    await season(database, cast, XINGHE)
    talk = talk_in(database)
    (card,) = await talk.say(ZHOU, "更正10月在岗实习人数712")
    assert "2026年10月月报" in card.text
    assert "712</b>人（原报 730）" in card.text
    async with database.reading() as session:
        assert (await submission_of(session, cast.unit(XINGHE))).state == "expected"
    (refused,) = await talk.say(ZHOU, "更正8月在岗实习人数712")
    assert "2026年8月没有提交过月报" in refused.text


async def test_figures_go_to_the_month_that_was_opened_since(database: Database, cast: Cast) -> None:
    talk = talk_in(database)
    async with database.transaction() as session:
        await open_season(session, OFFICE)
        for month in (OCTOBER, NOVEMBER):
            filed_then = await submission_of(session, cast.unit(HAILAN), month)
            await file_as(session, filed_then, {"interns_hosted": "60", "vacancies_open": "50"})
    (filed,) = await talk.say(CHEN, "月报")
    assert "2026年11月月报</b>（已提交）" in filed.text
    async with database.transaction() as session:
        await open_cycle_for(session, OFFICE, Period(2026, 12), now=IN_WINDOW, invite=False)
    (card,) = await talk.say(CHEN, "12月 在岗实习55 资金投入3万 其他没变")
    assert "2026年12月月报" in card.text
    await talk.say(CHEN, "更正：在岗实习不是60，是61")
    async with database.reading() as session:
        unit = cast.unit(HAILAN)
        assert (await figures_of(session, unit, "draft", Period(2026, 12)))["interns_hosted"] == "55"
        assert (await figures_of(session, unit, "draft"))["interns_hosted"] == "61"
        assert (await figures_of(session, unit, "filed"))["interns_hosted"] == "60"


async def test_what_was_doubted_is_said_to_be_right(database: Database, cast: Cast) -> None:
    await season(database, cast, XINGHE)
    talk = talk_in(database)
    (asked,) = await talk.say(ZHOU, "在岗实习1900，订单班645")
    assert "在岗实习没错" in asked.labels
    (card,) = await talk.say(ZHOU, "在岗实习没错")
    assert "在岗实习没错" not in card.labels
    async with database.reading() as session:
        draft = await figures_of(session, cast.unit(XINGHE), "draft")
    assert draft == {"interns_on_post": "1900", "order_class_students": "645"}


async def test_the_figure_before_is_put_right_while_the_next_is_asked(database: Database, cast: Cast) -> None:
    async with database.transaction() as session:
        await open_season(session, OFFICE)
    talk = talk_in(database)
    await talk.say(CHEN, "填报")
    await talk.press(CHEN, "逐项填")
    await talk.say(CHEN, "83")
    await talk.say(CHEN, "38")
    await talk.say(CHEN, "上一个填错了 应该是40")
    async with database.reading() as session:
        draft = await figures_of(session, cast.unit(HAILAN), "draft")
    assert draft == {"intern_posts_offered": "83", "interns_hosted": "40"}


async def test_another_figure_and_a_question_are_no_reason(database: Database, cast: Cast) -> None:
    await season(database, cast, XINGHE)
    talk = talk_in(database)
    await talk.say(ZHOU, ALL_FLOWS)
    await talk.press(ZHOU, "提交")
    talk.now = datetime(2026, 12, 9, 2, tzinfo=UTC)
    await talk.say(ZHOU, "合作企业90")
    await talk.press(ZHOU, "提交")
    assert not any(said.text_key == "checkins.filed" for said in await talk.say(ZHOU, "为什么还要写原因"))
    (card,) = await talk.say(ZHOU, "合作企业92")
    assert "<b>92</b>" in card.text
    await talk.press(ZHOU, "提交")
    (filed,) = await talk.say(ZHOU, "漏报了4家，原来报的88")
    assert "更正已提交" in filed.text

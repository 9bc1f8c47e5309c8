"""The office's words from everybody: done for the secretariat, refused to others, never answered by a quotation."""

from datetime import datetime
from functools import cache
from pathlib import Path

import pytest
from aiogram import Router
from sqlalchemy import func, select

from bot.conversations import all_routers
from bot.meeting_office import meeting_office_of
from bot.settings import Settings
from services.db import Database
from services.digests.issuing.press import Press, open_digest_office
from services.models import Extension, Invite, Question
from services.settings import ConsortiumSettings
from services.supply.desk import open_supply_desk
from services.tickets.desk import Desk
from tests.cast import CHEN, GROUP_ID, HAILAN, LIN, SECRETARIES, XINGHE, ZHOU, Cast
from tests.handlers.checkin_talk import season
from tests.services.checkins.filings import IN_WINDOW, make_office, submission_of
from tests.talk import Talk


@cache
def whole_bot() -> list[Router]:
    return all_routers(Settings())


@pytest.fixture
async def talk(database: Database, cast: Cast, tmp_path: Path) -> Talk:
    """The conversations of the running bot, all of them, in their order."""
    await season(database, cast, XINGHE)
    settings = Settings(consortium=ConsortiumSettings(secretaries=tuple(SECRETARIES)))
    office = make_office()
    house = open_digest_office(settings.consortium, settings.digests, settings.tasks, office)
    services = {
        "office": office,
        "desk": Desk(SECRETARIES),
        "meeting_office": meeting_office_of(settings),
        "press": Press(database, house),
        "supply": open_supply_desk(settings.consortium, settings.supply, office.quiet_hours),
    }
    return Talk(database, whole_bot(), IN_WINDOW, services)


async def asked(database: Database) -> int:
    async with database.reading() as session:
        return await session.scalar(select(func.count()).select_from(Question)) or 0


OFFICE_ONLY = (
    "退回海岚化工的培训人次，口径不对",
    "海岚化工的月报通过",
    "催海岚化工",
    "10月谁迟报了",
    "废止《联合体章程》",
    "邀请海岚化工的刘洋做联络员",
    "把张伟设为星职院的联络员",
    "会议推迟一周",
)


@pytest.mark.parametrize("words", ["新加入企业要什么条件", "邀请星职院的刘洋做联络员可以吗"])
async def test_who_only_asks_about_the_register_is_not_refused(talk: Talk, words: str) -> None:
    assert not [one for one in await talk.say(ZHOU, words) if "只有秘书处" in one.text]


@pytest.mark.parametrize("words", OFFICE_ONLY)
async def test_others_are_refused_and_nothing_is_looked_up(talk: Talk, database: Database, words: str) -> None:
    (said,) = await talk.say(ZHOU, words)
    assert "只有秘书处" in said.text
    assert await asked(database) == 0
    async with database.reading() as session:
        assert await session.scalar(select(func.count()).select_from(Invite)) == 0


@pytest.mark.parametrize("words", [*OFFICE_ONLY, "工单", "谁提了延期", "启用备用方案，帮我通知各单位", "导出台账"])
async def test_the_secretariats_order_is_never_a_question(talk: Talk, database: Database, words: str) -> None:
    said = await talk.say(LIN, words)
    assert said
    assert await asked(database) == 0


async def test_what_nobody_understood_says_so_and_what_is_near(talk: Talk) -> None:
    (said,) = await talk.say(LIN, "把海岚化工的数改成300")
    assert "没有听懂" in said.text
    assert "退回某某单位的培训人次" in said.text


async def test_a_seat_changes_hands_by_an_invitation_and_an_end(talk: Talk) -> None:
    said, made, forward = await talk.say(LIN, "海岚化工换联络员，新的是刘洋")
    assert "不能代为登记" in said.text
    assert said.labels == ["结束：陈工（联络员）"]
    assert "刘洋" in made.text
    assert HAILAN in forward.text
    (unknown,) = await talk.say(LIN, "把张伟设为市二职的联络员")
    assert "没有找到“市二职”" in unknown.text


async def test_a_line_that_is_keyed_is_a_decision_whatever_it_orders(talk: Talk) -> None:
    await talk.say(LIN, "/meeting 新建 2026-12-22 14:30 联席会 地点：三楼会议室")
    await talk.press(LIN, "确认召开")
    talk.now = datetime.fromisoformat("2026-12-22T07:00:00+00:00")
    await talk.say(LIN, "录入决定")
    said = await talk.say(LIN, "海岚化工指定刘洋为联络员")
    assert [one.text_key for one in said] == ["meetings.draft"]


async def test_requests_for_more_time_are_listed_and_decided(talk: Talk, database: Database, cast: Cast) -> None:
    async with database.transaction() as session:
        row = await submission_of(session, cast.unit(XINGHE))
        session.add(
            Extension(
                submission_id=row.id,
                wanted_until=datetime.fromisoformat("2026-12-10T09:30:00+00:00"),
                reason="数据在核",
                asked_by=cast.person(ZHOU),
                asked_at=IN_WINDOW,
            )
        )
    (listed,) = await talk.say(LIN, "谁提了延期")
    assert XINGHE in listed.text
    assert "数据在核" in listed.text
    (own,) = await talk.say(ZHOU, "谁提了延期")
    assert own.labels == []
    for words in ("给批没批", "延期批了吗", "我们的延期批下来没", "秘书处同意延期了吗", "申请有结果没"):
        (waits,) = await talk.say(ZHOU, words)
        assert "还没有批" in waits.text
    heard = await talk.press(LIN, "同意 星河", on=listed)
    assert any(one.chat_id == ZHOU.telegram_id and "同意" in one.text for one in heard)
    (none,) = await talk.say(LIN, "谁提了延期")
    assert "没有待批" in none.text
    (granted,) = await talk.say(ZHOU, "延期申请通过了吗")
    assert "已同意" in granted.text
    (nothing,) = await talk.say(CHEN, "批了没")
    assert "没有您单位提出的延期申请" in nothing.text


async def test_a_picture_is_answered_with_what_can_be_sent(talk: Talk) -> None:
    photo = [{"file_id": "p", "file_unique_id": "p", "width": 9, "height": 9}]
    (said,) = await talk.say(LIN, photo=photo, caption="收录")
    assert "没有保存" in said.text
    assert ".docx" in said.text
    voice = {"file_id": "v", "file_unique_id": "v", "duration": 3}
    (said,) = await talk.say(ZHOU, voice=voice)
    assert "音视频没有保存" in said.text
    assert await talk.say(ZHOU, chat=GROUP_ID, voice=voice) == []


@pytest.mark.parametrize("words", ["提醒一下还没填报的学校和企业", "月报没交的挨个催", "谁逾期才报的"])
async def test_words_about_who_owes_are_no_figures_of_a_unit(talk: Talk, words: str) -> None:
    (said,) = await talk.say(ZHOU, words)
    assert "只有秘书处" in said.text


@pytest.mark.parametrize(
    "words",
    [
        "星职院10月报的在岗实习不对，退回去",
        "星职院10月的在岗实习有问题，打回去让他们核实一下",
        "星职院10月填的在岗实习太高了退回",
        "把星职院10月的在岗实习退回去，跟上月对不上",
    ],
)
async def test_what_is_wrong_with_a_figure_is_the_reason(talk: Talk, words: str) -> None:
    said = await talk.say(LIN, words)
    assert "checkin_review.returned_done" in [one.text_key for one in said]


async def test_a_reason_that_was_given_is_not_asked_again(talk: Talk) -> None:
    (which,) = await talk.say(LIN, "星职院10月的数不对，退回")
    assert which.text_key == "checkin_review.which"
    said = await talk.press(LIN, "在岗实习", on=which)
    done = next(one for one in said if one.text_key == "checkin_review.returned_done")
    assert "数不对" in done.text


async def test_an_order_said_while_a_reason_is_asked_is_an_order(talk: Talk) -> None:
    (why,) = await talk.say(LIN, "退回星职院10月的在岗实习")
    assert why.text_key == "checkin_review.why"
    (unheard,) = await talk.say(LIN, "把花名册都打印出来给大家")
    assert unheard.text_key == "orders.unheard"
    assert "还没有答" in unheard.text
    said = await talk.say(LIN, "请补充佐证材料后重新上报")
    done = next(one for one in said if one.text_key == "checkin_review.returned_done")
    assert "请补充佐证材料后重新上报" in done.text

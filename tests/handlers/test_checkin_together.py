"""Check-ins of several people, and of those who have no part in them."""

import asyncio
from decimal import Decimal
from typing import Any

from sqlalchemy import text

from services.checkins.filling.drafting import Answers, save_answers
from services.checkins.form import State
from services.checkins.reading.understood import Item
from services.checkins.standing.finding import get_sheet
from services.db import Database
from tests.cast import CHEN, GROUP_ID, GUEST, HAILAN, HE, SU, SUN, XINGHE, ZHOU, Cast, actor_of
from tests.handlers.checkin_talk import ALL_FLOWS, OFFICE, season, talk_in
from tests.services.checkins.filings import IN_WINDOW, figures_of, submission_of


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


async def _until_somebody_waits(database: Database, begun: asyncio.Task[Any]) -> None:
    """PostgreSQL: until the other hangs on the lock. SQLite has one writer, who is behind this one in any case."""
    while not database.is_sqlite and not begun.done():
        async with database.reading() as session:
            if await session.scalar(text("SELECT count(*) FROM pg_locks WHERE NOT granted")):
                return
        await asyncio.sleep(0.01)

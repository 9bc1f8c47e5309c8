"""How things stand, asked by the office in free words, comes from the register; so do orders with a reason behind."""

import pytest
from sqlalchemy import select

from services.checkins.asking.orders import read_order
from services.db import Database
from services.meetings.reading.unit_names import UnitNames
from services.models import Submission
from tests.cast import BEICHEN_WL, CHEN, GUEST, HAILAN, LIN, XINGHE, ZHOU, Cast
from tests.handlers.test_orders import asked, talk
from tests.talk import Talk

__all__ = ["talk"]
NAMES = UnitNames({XINGHE: XINGHE, "星职院": XINGHE, HAILAN: HAILAN, "海岚": HAILAN, "北辰物流": BEICHEN_WL})


@pytest.mark.parametrize(
    ("words", "key"),
    [
        ("这个月谁交了谁没交", "checkin_board.board"),
        ("11月的月报都谁报了", "checkin_board.board"),
        ("这个月都交齐了吗", "checkin_board.board"),
        ("有没有需要我答复的", "todo.list"),
        ("有什么要我审核的吗", "todo.list"),
        ("有没有人的事情拖着没办", "todo.ledger"),
        ("哪家的事项还没落实", "todo.ledger"),
        ("有哪些企业要招人", "supply_board.overview"),
        ("现在哪些公司在招人", "supply_board.overview"),
        ("资料库里有几个文件", "kb.list"),
        ("资料库现在有多少文件", "kb.list"),
        ("谁报名参加了", "meetings.no_meeting"),
    ],
)
async def test_the_office_is_told_how_things_stand(talk: Talk, database: Database, words: str, key: str) -> None:
    (said,) = await talk.say(LIN, words)
    assert said.text_key == key
    assert await asked(database) == 0


@pytest.mark.parametrize(
    ("words", "verb", "unit"),
    [
        ("北辰物流有限公司这个月不用报了，他们在搬仓库", "exempt", BEICHEN_WL),
        ("北辰物流这个月不用报了，他们在搬仓库", "exempt", BEICHEN_WL),
        ("海岚怎么还没交，催一下", "remind", HAILAN),
        ("启明新材怎么还没交，催一下", "remind", "启明新材"),
        ("催一下启明集团，到现在还没报", "remind", "启明集团"),
        ("北辰物流没人联系，帮我代填一下", "behalf", BEICHEN_WL),
        ("替他们填一下吧，海岚联系不上", "behalf", HAILAN),
        ("星河没学生了，这几个月都别让他们报了", "exempt", XINGHE),
        ("星职院的在岗实习数不对吧，跟海岚的对不上，退回去", "return", XINGHE),
    ],
)
def test_an_order_is_heard_with_what_stands_beside_it(words: str, verb: str, unit: str) -> None:
    order = read_order(words, NAMES)
    assert order is not None
    assert (order.verb, order.units) == (verb, (unit,))


@pytest.mark.parametrize("words", ["催一下没交的会议材料", "怎么催没交的企业", "帮我代填一下", "还没交的是哪家公司"])
def test_other_words_order_nothing_of_a_unit(words: str) -> None:
    order = read_order(words, NAMES)
    assert order is None or not order.units


async def test_who_is_no_member_is_said(talk: Talk) -> None:
    (said,) = await talk.say(LIN, "启明新材怎么还没交，催一下")
    assert "启明新材" in said.text
    assert said.text_key == "refusals.not_found"


async def test_a_doubt_that_sends_back_is_no_question(talk: Talk, database: Database) -> None:
    said, *_ = await talk.say(LIN, "星职院10月的在岗实习数不对吧，跟海岚的对不上，退回去")
    assert said.text_key.startswith("checkin_review.")
    async with database.reading() as session:
        states = set(await session.scalars(select(Submission.state)))
    assert "returned" in states


@pytest.mark.parametrize(
    "words",
    [
        "你好，我是学院新来负责联络的，这个东西怎么用",
        "我是刚接手的联络员，平时要干些什么",
        "新来的，这个系统怎么操作",
        "这个怎么用啊",
        "我刚接手，从哪里开始",
    ],
)
async def test_a_newcomer_gets_the_help_of_the_role(talk: Talk, words: str) -> None:
    for who in (LIN, ZHOU, CHEN):
        (said,) = await talk.say(who, words)
        assert said.text_key == "joining.help"


async def test_who_takes_over_from_whom_is_another_matter(talk: Talk) -> None:
    (said,) = await talk.say(ZHOU, "我们换了联络员，新来的是李老师")
    assert said.text_key != "joining.help"


@pytest.mark.parametrize("words", ["你是人工还是机器", "你是真人吗", "你是机器人还是人工客服", "是程序吗"])
async def test_a_visitor_is_told_what_speaks(talk: Talk, words: str) -> None:
    (said,) = await talk.say(GUEST, words)
    assert said.text_key == "joining.help"


@pytest.mark.parametrize(
    "words", ["我是个体企业，想加入要什么条件", "我们是一家民营企业，怎么加入", "想加入要什么条件"]
)
async def test_a_visitor_who_says_who_he_is_hears_how_to_join(talk: Talk, words: str) -> None:
    (said,) = await talk.say(GUEST, words)
    assert said.text_key == "joining.how"


async def test_ones_own_figure_is_of_ones_own_form(talk: Talk, cast: Cast) -> None:
    await talk.say(CHEN, "我们公司今年招了多少毕业生")
    (work,) = talk.works
    assert (work.payload["key"], work.payload["unit_id"]) == ("hires_vocational", cast.unit(HAILAN))

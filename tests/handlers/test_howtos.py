"""How the assistant is used is answered by its own help; how a matter of the documents is done is a question."""

from datetime import datetime

import pytest

from handlers import howtos
from handlers.howtos import find_howto
from handlers.questions import ask
from services.db import Database
from tests.cast import ZHOU, Cast
from tests.talk import Talk, router_of


@pytest.mark.parametrize(
    ("words", "key"),
    [
        ("怎么提交月报", "how_submit"),
        ("请问月报如何上报？", "how_submit"),
        ("怎么撤回", "how_undo"),
        ("刚才填的数怎么改", "how_undo"),
        ("报错了的数据怎么更正？", "how_undo"),
        ("怎么登记岗位需求", "how_post"),
        ("毕业生信息在哪里登记", "how_supply"),
        ("怎么上传资料", "how_shelve"),
        ("怎么邀请联络员", "how_invite"),
        ("怎么出10月简报", "how_digest"),
        ("怎么催没报的单位", "how_remind"),
    ],
)
def test_how_the_assistant_is_used_is_recognised(words: str, key: str) -> None:
    assert find_howto(words) == f"basics.{key}"


@pytest.mark.parametrize(
    "words",
    [
        "怎么提交申报材料",
        "怎么撤销一个专业",
        "怎么申请加入理事会",
        "补助资金怎么报",
        "订单班学生怎么招",
        "月报什么时候交",
        "怎么修改章程",
    ],
)
def test_what_documents_tell_is_left_to_them(words: str) -> None:
    assert find_howto(words) is None


async def test_it_is_told_without_a_document(database: Database, cast: Cast, now: datetime) -> None:
    talk = Talk(database, [router_of(howtos), router_of(ask)], now)
    [said] = await talk.say(ZHOU, "怎么提交月报")
    assert said.text_key == "basics.how_submit"
    assert "提交" in said.text

"""我们的秘书长 is our consortium's: what another one's charter says of its own is no answer."""

import pytest

from services.library.others import Whose, is_others, whose_body
from tests.cast import LIN, ZHOU
from tests.handlers.ticket_talk import Room, room

__all__ = ["room"]
OURS = "样州市智能装备产教联合体"
OTHER = (
    "临湖市现代农业产教联合体章程\n\n第一条 理事长由临湖农业集团董事长秦山担任，秘书长由临湖职业学院院长苏青担任。\n\n"
    "第二条 成员单位每年缴纳会费三万元。"
)
OWN = f"{OURS}章程\n\n第一条 秘书处设在样州职业学院。\n\n第二条 秘书处设秘书长一名。\n\n第三条 联席会议每季度召开一次。"


async def said(room: Room, words: str) -> str:
    room.ours = OURS
    await room.shelve("临湖.txt", OTHER, "public")
    await room.shelve("章程.txt", OWN, "public")
    return (await room.say(ZHOU, words))[-1].text_key + (await room.talk.keep()).heard[-1].text


@pytest.mark.parametrize(
    "words", ["我们的秘书长是谁", "咱们联合体的理事长由谁担任", "本联合体会费多少", "我们会费每年多少"]
)
async def test_another_charter_says_nothing_of_ours(room: Room, words: str) -> None:
    told = await said(room, words)
    assert not told.startswith("ask.answer")
    assert "临湖" not in told


@pytest.mark.parametrize("words", ["秘书长是谁", "联合体的会费每年是多少"])
async def test_where_only_another_charter_says_it_that_is_shown_and_no_answer(room: Room, words: str) -> None:
    told = await said(room, words)
    assert told.startswith("ask.nearest")
    assert "临湖" in told


@pytest.mark.parametrize("words", ["临湖市现代农业产教联合体的秘书长是谁", "临湖的联合体会费每年是多少"])
async def test_another_that_is_named_is_meant(room: Room, words: str) -> None:
    told = await said(room, words)
    assert told.startswith("ask.answer")
    assert "临湖" in told


async def test_ours_answers(room: Room) -> None:
    assert "样州职业学院" in await said(room, "我们的秘书处设在哪")


async def test_without_a_name_nothing_is_kept_back(room: Room) -> None:
    await room.shelve("临湖.txt", OTHER, "public")
    (answer,) = await room.say(LIN, "我们的秘书长是谁")
    assert answer.text_key == "ask.answer"


@pytest.mark.parametrize(
    ("heading", "is_other"),
    [
        ("临湖市现代农业产教联合体章程", True),
        ("关于成立临湖市现代农业产教联合体的通知", True),
        ("样州市智能装备产教联合体简报", False),
        ("智能装备产教联合体工作要点", False),
        ("关于公布第一批市域产教联合体名单的通知", False),
        ("云东省教育厅关于推进市域产教联合体建设的意见", False),
    ],
)
def test_a_consortium_is_told_by_its_name(heading: str, is_other: bool) -> None:
    assert is_others(heading, OURS, "我们的秘书长是谁") is is_other


@pytest.mark.parametrize(
    ("words", "whose"),
    [
        ("咱们理事会多久开一次", Whose.OURS),
        ("你们的秘书处在哪", Whose.OURS),
        ("理事会多久开一次", Whose.BARE),
        ("其他联合体的会费多少", None),
        ("省里有哪些联合体", None),
        ("我们学校要派几名教师", None),
    ],
)
def test_whose_body_is_spoken_of(words: str, whose: Whose | None) -> None:
    assert whose_body([words]) is whose

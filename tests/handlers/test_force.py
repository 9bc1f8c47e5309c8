"""X还有效吗: how the library has the document registered, with the days it knows, and nothing more certain."""

from datetime import date

import pytest

from services.library.force import days_in, told_of_itself
from tests.cast import CHEN, GUEST, LIN
from tests.handlers.test_validity import NEW, OLD, end, put, room
from tests.handlers.ticket_talk import Room

__all__ = ["room"]
SPAN = "样例联合体章程\n\n第一条 理事会每年召开两次会议。\n\n第九条 本章程自2026年1月1日起施行，有效期三年。"
OVER = "学徒津贴办法\n\n第一条 津贴每月800元。\n\n第二条 本办法自发布之日起施行，有效期至2025年12月31日。"
EARLY = "设备共享规则\n\n第一条 设备预约使用。\n\n第二条 本规则自2027年3月1日起施行。"
IN_FORCE = "登记为现行有效"


async def ask(room: Room, text: str) -> str:
    (said,) = await room.say(CHEN, text)
    return said.text.replace("<b>", "").replace("</b>", "")


@pytest.mark.parametrize("text", ["《样例联合体章程》还有效吗？", "联合体章程废止了吗", "样例联合体章程现在还能用吗"])
async def test_in_force_with_the_days_that_are_known(room: Room, text: str) -> None:
    await put(room, SPAN)
    said = await ask(room, text)
    assert f"《样例联合体章程》在资料库中{IN_FORCE}，没有登记废止或被替代" in said
    assert "施行：2026年1月1日；有效期至：2028年12月31日；收录：2026年11月23日" in said
    assert "本章程自2026年1月1日起施行，有效期三年" in said
    assert "以上是资料库的登记" in said


async def test_without_days_of_its_own_only_the_register_speaks(room: Room) -> None:
    await put(room, OLD)
    said = await ask(room, "学生实习补贴暂行规定还有效吗")
    assert IN_FORCE in said
    assert "收录：2026年11月23日" in said
    assert "施行" not in said
    assert "原文" not in said


async def test_what_its_own_text_ends_or_has_not_begun_is_not_called_in_force(room: Room) -> None:
    await put(room, OVER)
    await put(room, EARLY)
    over, early = await ask(room, "学徒津贴办法还有效吗"), await ask(room, "设备共享规则是不是有效")
    assert IN_FORCE not in over + early
    assert "有效期已过（至2025年12月31日）" in over
    assert "尚未施行（2027年3月1日起施行）" in early


@pytest.mark.parametrize(
    "other",
    [
        "参与企业的授权证书有效期至2026年6月30日。",
        "乙方自2027年5月1日起执行新标准。",
        "本协议项下的授权有效期至2025年12月31日。",
        "原暂行规定有效期至2025年12月31日，同时废止。",
    ],
)
async def test_only_what_a_document_says_of_itself_decides(room: Room, other: str) -> None:
    await put(room, f"设备共享办法\n\n第一条 本办法自2026年1月1日起施行。\n\n第二条 {other}")
    said = await ask(room, "设备共享办法还有效吗")
    assert IN_FORCE in said
    assert "施行：2026年1月1日；收录" in said


@pytest.mark.parametrize(
    ("sentence", "told"),
    [
        ("第九条 本章程由秘书处解释，自2026年1月1日起施行，有效期三年。", (date(2026, 1, 1), date(2028, 12, 31))),
        ("解释权归秘书处，自2026年1月1日起试行。", (date(2026, 1, 1), None)),
        ("五、本协议有效期五年，至2036年6月30日止。", (None, date(2036, 6, 30))),
        ("本细则从2026年1月1日起施行，《暂行规定》有效期至2025年12月31日，同时废止。", (date(2026, 1, 1), None)),
        ("临时补贴有效期至2025年12月31日。", (None, None)),
        ("新标准自2027年1月1日起施行。", (None, None)),
        ("本办法所称证书，有效期至2025年12月31日。", (None, None)),
    ],
)
def test_the_parts_of_a_sentence_that_are_of_its_document(sentence: str, told: tuple[date | None, date | None]) -> None:
    assert days_in(told_of_itself(sentence)) == told


async def test_out_of_force_with_its_successor(room: Room) -> None:
    old, new = await put(room, OLD), await put(room, NEW)
    await end(room, old, new)
    said = await ask(room, "学生实习补贴暂行规定还有效吗")
    assert "《学生实习补贴暂行规定》已被替代（2026年11月23日），仅供查考。现行文件：《实习扶持管理细则》。" in said
    assert IN_FORCE not in said
    assert "没有找到" not in said


async def test_it_means_the_document_that_was_quoted(room: Room) -> None:
    await put(room, SPAN)
    await ask(room, "理事会每年召开几次会议？")
    assert f"《样例联合体章程》在资料库中{IN_FORCE}" in await ask(room, "这个文件还有效吗")


@pytest.mark.parametrize(
    "text", ["《火星办法》还有效吗", "章程规定的理事会任期还有效吗", "有效的发票怎么开", "还有效吗"]
)
async def test_what_names_no_document_or_asks_for_more_is_left_to_the_library(room: Room, text: str) -> None:
    await put(room, SPAN)
    assert IN_FORCE not in await ask(room, text)


async def test_a_document_above_the_level_is_not_spoken_of(room: Room) -> None:
    await put(room, SPAN, "members")
    (said,) = await room.say(GUEST, "《样例联合体章程》还有效吗")
    assert IN_FORCE not in said.text
    (said,) = await room.say(LIN, "《样例联合体章程》还有效吗")
    assert "现行有效" in said.text


@pytest.mark.parametrize(
    ("sentence", "days"),
    [
        ("本办法自2026年1月1日起施行，有效期三年。", (date(2026, 1, 1), date(2028, 12, 31))),
        ("自二〇二六年三月一日起施行", (date(2026, 3, 1), None)),
        ("有效期至2025年12月31日。", (None, date(2025, 12, 31))),
        ("本办法自印发之日起施行，有效期5年。", (None, None)),
        ("自2024年2月29日起施行，有效期1年。", (date(2024, 2, 29), date(2025, 2, 27))),
        ("自2026年2月31日起施行。", (None, None)),
    ],
)
def test_days_as_papers_write_them(sentence: str, days: tuple[date | None, date | None]) -> None:
    assert days_in(sentence) == days

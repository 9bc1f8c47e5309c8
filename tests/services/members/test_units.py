"""Finding a unit by what people call it; personal numbers in text."""

from datetime import datetime

import pytest

from services.db import Database
from services.errors import Ambiguous, NotFound
from services.members.orders import MembersOrder, read_order
from services.members.redaction import has_personal_numbers, redact, redact_phones
from services.members.units import find_unit, get_unit
from tests.cast import BEICHEN_WL, BEICHEN_ZB, EDUCATION, HAILAN, XINGHE, Cast


@pytest.mark.parametrize(
    ("given", "name"),
    [
        (XINGHE, XINGHE),
        (" 星職院 ", XINGHE),
        ("海岚", HAILAN),
        ("海岚化工股份", HAILAN),
        ("教育局", EDUCATION),
        ("北辰装备", BEICHEN_ZB),
    ],
)
async def test_names_aliases_and_parts_find_the_unit(
    database: Database, cast: Cast, now: datetime, given: str, name: str
) -> None:
    async with database.reading() as session:
        found = await find_unit(session, given)
    assert found is not None
    assert found.name == name


async def test_a_part_of_several_names_lists_them(database: Database, cast: Cast) -> None:
    async with database.reading() as session:
        with pytest.raises(Ambiguous) as ambiguous:
            await find_unit(session, "北辰")
        assert ambiguous.value.facts["candidates"] == [BEICHEN_ZB, BEICHEN_WL]
        for given in ("不存在", "局", "", "%"):
            with pytest.raises(NotFound):
                await get_unit(session, given)


@pytest.mark.parametrize(
    ("text", "redacted"),
    [
        ("电话13812341234，谢谢", "电话138****1234，谢谢"),
        ("138-1234-1234 或 +86 139 1234 5678", "138****1234 或 139****5678"),
        ("１３８１２３４１２３４", "138****1234"),
        ("订单 1381234123412 和 12812341234、金额 3500000", "订单 1381234123412 和 12812341234、金额 3500000"),
    ],
)
def test_phones_are_shortened(text: str, redacted: str) -> None:
    assert redact_phones(text) == redacted


def test_identity_numbers_count_credit_codes_do_not() -> None:
    assert redact("证件11010119900307001X。") == "证件110101************。"
    assert has_personal_numbers("110101199003070012")
    assert not has_personal_numbers("统一社会信用代码 911503007012345678，在校生14012人")


@pytest.mark.parametrize(
    ("words", "order"),
    [
        ("", MembersOrder("board")),
        ("星职院", MembersOrder("unit", "星职院")),
        ("invite 星职院", MembersOrder("invite", "星职院", "liaison")),
        ("邀请“星职院”的负责人", MembersOrder("invite", "“星职院", "leader")),
        ("邀请 示范市化工行业协会 联络员", MembersOrder("invite", "示范市化工行业协会", "liaison")),
        ("邀请秘书处", MembersOrder("invite", "", "secretariat")),
    ],
)
def test_orders_are_read(words: str, order: MembersOrder) -> None:
    read = read_order(words)
    assert (read.verb, read.unit.strip("“”"), read.role) == (order.verb, order.unit.strip("“”"), order.role)

"""Orders that come where a reason was asked, and reasons that sound like orders."""

import pytest

from services.orders.nearest import orders_the_bot
from services.orders.sentence import trim_reason


@pytest.mark.parametrize(
    "words",
    ["把10月台账导出来", "给大家发个通知明天停电", "帮我打印一份名单", "群发一下", "出个10月简报", "把没报的名单发我"],
)
def test_an_order_is_no_reason(words: str) -> None:
    assert orders_the_bot(words)


@pytest.mark.parametrize(
    "words",
    [
        "请补充佐证材料后重新上报",
        "与上月差异大请核实",
        "数据太高，请修改",
        "没有佐证，发一份过来",
        "请按通知口径重报",
        "已电话核实，属笔误",
        "停产检修",
        "材料不全请补齐全部附件",
    ],
)
def test_what_a_unit_shall_do_is_a_reason(words: str) -> None:
    assert not orders_the_bot(words)


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        ("和上月一模一样，请核实", "和上月一模一样，请核实"),
        ("理由是：数字不对，请再核。", "数字不对，请再核"),
        ("因为系统坏了", "系统坏了"),
    ],
)
def test_a_reason_keeps_the_marks_it_was_typed_with(words: str, reason: str) -> None:
    assert trim_reason(words) == reason

"""What a few words mean while a check-in is filled in."""

import re

import pytest

from handlers.checkins import words as say
from handlers.todo import TODO_WORDS
from services.periods import Period

NOVEMBER = Period(2026, 11)


@pytest.mark.parametrize(
    "words", ["提交", "好了，提交", "没问题，提交吧", "数据无误，请提交", "确认提交。", "可以提交了"]
)
def test_words_that_submit(words: str) -> None:
    assert say.meant(words, say.SUBMIT)


@pytest.mark.parametrize("words", ["对的，没错", "没问题", "数据无误", "所有项目都没问题", "所有没问题"])
def test_words_that_affirm_and_submit_nothing(words: str) -> None:
    assert say.meant(words, say.AFFIRM)
    assert not say.meant(words, say.SUBMIT)


@pytest.mark.parametrize("words", ["不提交", "提交什么", "交给秘书处", "好的", "报名"])
def test_words_that_submit_nothing(words: str) -> None:
    assert not say.meant(words, say.SUBMIT)


@pytest.mark.parametrize(
    "words",
    [
        "月报",
        "我来报数了",
        "您好，我是新来的，要报什么？",
        "这个月要报哪些数",
        "怎么填",
        "接着填",
        "该填月报了吧",
        "月报开始吧",
        "咱们把这个月的数据报一下",
        "又到报月报的日子了",
        "这个月的还没报，现在填月报",
    ],
)
def test_words_that_begin_without_a_month(words: str) -> None:
    assert say.meant(words, say.BEGIN)
    assert say.month_to_begin(words, NOVEMBER) is None


@pytest.mark.parametrize(
    ("words", "month"),
    [
        ("报10月的月报", "2026-10"),
        ("交上个月的数据", "2026-10"),
        ("填一下十一月份的报表", "2026-11"),
        ("我们11月报一下", "2026-11"),
        ("帮我把10月份的月报打开", "2026-10"),
        ("11月的我来填", "2026-11"),
    ],
)
def test_words_that_begin_a_named_month(words: str, month: str) -> None:
    assert str(say.month_to_begin(words, NOVEMBER)) == month


@pytest.mark.parametrize("words", ["表格", "表格发我一份", "发个表格给我，我让教务填", "给我发一份月报表格吧"])
def test_words_that_ask_for_the_table(words: str) -> None:
    assert say.meant(words, say.TEMPLATE)
    assert not say.meant("表格怎么填", say.TEMPLATE)


@pytest.mark.parametrize(
    "words",
    [
        "申报要交什么材料",
        "报什么专业好",
        "月报情况",
        "填报11月的在校生",
        "月报交了",
        "我们11月的报了",
        "11月还没报",
        "报名的时间",
        "单位",
        "11月",
        "我们11月报12家",
        "谁报月报",
        "月报几号交",
    ],
)
def test_words_that_begin_nothing(words: str) -> None:
    assert not say.meant(words, say.BEGIN)


@pytest.mark.parametrize("pattern", [say.SUBMIT, say.AFFIRM, say.BEGIN, say.CARD, say.SKIP, TODO_WORDS])
@pytest.mark.parametrize("word", ["对的", "没错", "好了", "看看", "还有", "！", "你好，"])
def test_a_word_said_sixty_times_is_judged(pattern: re.Pattern[str], word: str) -> None:
    """A pattern that can read one text in many ways would not come back from it."""
    assert not pattern.fullmatch(word * 60 + "x")


@pytest.mark.parametrize("words", ["还有啥没填", "还差几个没填完", "哪几项没报", "你帮我看下哪些没填", "还差什么"])
def test_words_that_ask_for_what_is_open(words: str) -> None:
    assert say.meant(words, say.CARD)


@pytest.mark.parametrize("words", ["没填", "哪些单位没报", "哪些没填的会自动带吗"])
def test_words_that_ask_for_something_else(words: str) -> None:
    assert not say.meant(words, say.CARD)

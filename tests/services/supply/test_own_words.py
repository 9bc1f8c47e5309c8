"""Whether one's own offers are asked for."""

import pytest

from services.supply.fields import NEED, SUPPLY
from services.supply.own_words import asks_own


@pytest.mark.parametrize(
    "words",
    [
        "我们现在挂着哪些岗位",
        "我们公司的岗位还在不在上面",
        "我们登记的岗位有哪些",
        "我们发了几个岗位",
        "公司现在在招哪些岗位",
        "我们的岗位",
    ],
)
def test_own_posts(words: str) -> None:
    assert asks_own(words, NEED)


@pytest.mark.parametrize("words", ["我们登记的毕业生有哪些", "我们的毕业生还在上面吗", "看看我们的毕业生"])
def test_own_graduates(words: str) -> None:
    assert asks_own(words, SUPPLY)


@pytest.mark.parametrize(
    "words",
    [
        "企业一年要提供多少实习岗位",
        "我们岗位缺口多少",
        "我们要发布岗位",
        "我们的岗位招满了",
        "我们发布岗位要什么条件",
        "岗位和毕业生对得上吗",
        "在招岗位3个",
    ],
)
def test_others(words: str) -> None:
    assert not asks_own(words, NEED)

"""What was done, is wished, supposed, refused, asked about or said by others is no order."""

import pytest

from services.orders.telling import is_no_order


@pytest.mark.parametrize(
    "words",
    [
        "上周我已经催过海岚了",
        "昨天把海岚的退回去了",
        "刚才已经发过通知了",
        "要是能自动把没报的催一遍就好了",
        "本来想把会放在18号的",
        "如果海岚再不报，就把联络员换了",
        "先别发通知，等我确认",
        "我没让你催他们",
        "不用开11月了",
        "昨天催过海岚了，星职院的也退回去了",
        "把海岚的退回去，如果他们还没改",
        "简报要不要发给管委会看",
        "周老师问我能不能延到8号",
        "赵科长让我把他们的数退回去重填",
        "周老师催我要简报",
        "陈工说，把我们的数退回去",
        "陈工说：“请把我们的数退回来”",
    ],
)
def test_what_only_tells_is_no_order(words: str) -> None:
    assert is_no_order(words)


@pytest.mark.parametrize(
    "words",
    [
        "催一下没交的",
        "海岚昨天报的数不对，退回去",
        "把已经报的都审了吧",
        "海岚这个月不用报了，停产检修",
        "海岚化工别报了，他们搬厂",
        "取消联席会，时间改期",
        "会议推迟一周",
        "给海岚打个招呼，让他们快点报",
        "陈工说要晚几天。给海岚延到8号",
        "陈工说数还没出来，给海岚延到周三",
        "能不能帮我催一下没交的",
        "出个10月简报",
        "海岚化工上个月已经停产了，11月免报",
        "海岚化工已经改好了，采纳",
        "退回海岚化工的培训人次：上个月已经改了口径，这次没按新的填",
        "取消12月的会，原来的安排已经改了",
        "会议推迟一周，如果下雨就线上",
        "催一下没交的，如果有困难让他们说",
        "要是方便，帮我催一下没交的",
    ],
)
def test_an_order_stays_one(words: str) -> None:
    assert not is_no_order(words)


def test_words_longer_than_any_order_are_not_looked_at() -> None:
    assert not is_no_order("先别发通知" + "，等我确认" * 40)

"""What asks, what asks for something to be done, what supposes, and what only looks so."""

import pytest

from services.speech import asks, ends_asking, stated


@pytest.mark.parametrize(
    "words",
    [
        "几点开会来着",
        "在校生含不含休学的",
        "他们学校交没交",
        "没有发生的写0还是空着",
        "没有培训要写说明不",
        "录用了还没报到的算新招么",
        "没有就不填了对吗",
        "通知发了没",
        "还差几个没填完",
        "走访次数是按企业算还是按天算",
        "领导去不去都行吗这个会",
        "材料交给谁",
        "那份模板呢",
        "不知道我们学校报没报",
        "请假的话要提前几天说",
        "联席会在哪开？",
        "住校的还是全部的",
        "没有变化的项目还要一个个填啊",
    ],
)
def test_questions(words: str) -> None:
    assert asks(words)
    assert ends_asking(words)
    assert not stated(words).strip()


@pytest.mark.parametrize(
    "words",
    [
        "没怎么变，在校生12860",
        "多少有点变化 在校生12900",
        "什么都没有",
        "没有什么变化",
        "怎么说呢 就培训300人次",
        "财务还没统计出来呢",
        "不少于1000人次",
        "12900嘛",
        "岗位缺口还是64",
        "横向到账没有",
        "十几个人",
        "谁都没来",
        "1200啊不，1300",
        "动不动就出差",
        "设备不知道什么时候能到",
        "无论如何周五报",
    ],
)
def test_statements_that_look_like_questions(words: str) -> None:
    assert not asks(words)
    assert stated(words) == words


@pytest.mark.parametrize(
    "words", ["能不能发一下", "能不能把培训改成900", "帮我登记一下", "麻烦发出去", "可以帮我们发布吗"]
)
def test_a_polite_order_is_no_question(words: str) -> None:
    assert not asks(words)
    assert stated(words) == words


@pytest.mark.parametrize("words", ["没找到就转秘书处吧", "要是填错了就重填", "如果没有就写0", "没有的话就先空着"])
def test_a_supposition_states_nothing(words: str) -> None:
    assert not asks(words)
    assert not stated(words).strip()


def test_what_is_stated_beside_a_question_stays_in_its_place() -> None:
    words = "实习1800 不知道对不对,培训900人次"
    assert stated(words) == f"实习1800{' ' * 7},培训900人次"
    assert asks(words)
    assert not ends_asking(words)

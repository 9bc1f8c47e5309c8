"""What a model may say: nothing that the replies and the queries did not."""

import pytest

from services.digests.figures.replies import TextReply
from services.digests.text.composing import Draft, compose
from services.digests.text.problems import problem_rules, problems
from services.digests.text.sentences import highlights, next_steps, sentences_of
from tests.cast import HAILAN, QINGHE, XINGHE
from tests.services.digests.sample import NOVEMBER, say

REPLIES = [
    TextReply(1, 1, XINGHE, "school", NOVEMBER, "highlights", f"与{HAILAN}共建产业学院，首批120名学生进厂实习。"),
    TextReply(2, 2, QINGHE, "school", NOVEMBER, "highlights", "举办技能比赛，参赛86人。"),
    TextReply(3, 3, HAILAN, "enterprise", NOVEMBER, "highlights", "暂无"),
]


def answer(*lines: str) -> list[str]:
    told = compose(lambda prompt: "\n".join(lines), say, Draft("highlights", REPLIES, ["全市在岗实习2105人。"]))
    return [one.text for one in told]


def test_a_sentence_with_its_replies_is_kept_and_marked_as_drafted():
    told = compose(lambda _: "单位1首批120名学生进厂实习。[R1]", say, Draft("highlights", REPLIES))
    assert [(one.text, one.reply_ids, one.drafted) for one in told] == [
        (f"{XINGHE}首批120名学生进厂实习。", (1,), True)
    ]
    assert answer("全市在岗实习2105人，其中120名学生新进厂。[R1]")


@pytest.mark.parametrize(
    "lie",
    [
        "单位1首批150名学生进厂实习。[R1]",
        "单位1首批120万元设备到位。[R1]",
        "单位1首批一百五十名学生进厂。[R1]",
        "单位1首批１５０名学生进厂。[R1]",
        "单位1首批120名学生进厂，增长25%。[R1]",
        "参赛86人。[R1]",
        "首批120名学生进厂实习。",
        "首批120名学生进厂实习。[R9]",
        "单位2首批120名学生进厂实习。[R1]",
        f"{QINGHE}首批120名学生进厂实习。[R1]",
        "两家企业签约。[R1]",
        "<b>首批120名学生</b>进厂实习。[R1]",
    ],
)
def test_a_lie_never_appears(lie):
    assert answer(lie) == []


def test_the_model_is_shown_no_names_and_no_empty_replies():
    seen = []
    compose(lambda prompt: seen.append(prompt) or "", say, Draft("highlights", REPLIES))
    assert XINGHE not in seen[0]
    assert "[R3]" not in seen[0]
    assert HAILAN not in seen[0]
    assert "〔单位1〕：与〔单位3〕共建" in seen[0]


def test_highlights_are_concrete_sentences_of_different_units():
    told = highlights([*REPLIES, TextReply(4, 1, XINGHE, "school", NOVEMBER, "highlights", "工作有序开展。")])
    assert {one.units for one in told} == {(XINGHE,), (QINGHE,)}
    assert told[0].reply_ids in {(1,), (2,)}


def test_a_long_sentence_is_cut_at_a_clause_and_says_so():
    long = TextReply(5, 1, XINGHE, "school", NOVEMBER, "highlights", "实习学生增加，" + "管理" * 60)
    told = sentences_of(long, 40)[0]
    assert told.shortened
    assert told.text.endswith("…")
    assert len(told.text) <= 40
    number = TextReply(6, 1, XINGHE, "school", NOVEMBER, "highlights", "拨付经费" + "共" * 33 + "12345.67万元")
    assert sentences_of(number, 40)[0].text.rstrip("…").endswith("共")


def test_problems_are_grouped_with_a_proposed_unit():
    told = problems(
        [
            TextReply(1, 1, XINGHE, "school", NOVEMBER, "issues", "实训经费没有到位"),
            TextReply(2, 3, HAILAN, "enterprise", NOVEMBER, "issues", "招工难，一线缺工", flagged=True),
            TextReply(3, 2, QINGHE, "school", NOVEMBER, "issues", "没有问题"),
            TextReply(4, 3, HAILAN, "enterprise", NOVEMBER, "policy_asks", "盼早日明确"),
        ],
        problem_rules(),
        ("示范市教育局", "示范市财政局"),
    )
    assert [(one.category, one.proposed_unit) for one in told] == [
        ("funds", "示范市财政局"),
        ("posts", None),
        ("policy", None),
    ]
    assert [one.flagged for one in told] == [False, True, False]


def test_a_deleted_reply_takes_its_sentence_with_it():
    assert [one.reply_ids for one in highlights(REPLIES[1:])] == [(2,)]
    plan = TextReply(8, 1, XINGHE, "school", NOVEMBER, "next_plan", "签订协议3份。联系电话13812345678。")
    assert "13812345678" not in "".join(one.text for one in sentences_of(plan))
    assert next_steps([plan])[0].text == "签订协议3份。"
    assert next_steps([]) == ()

"""One sentence that stands out answers though a word of the question is nowhere in it; a trap does not."""

import pytest

from knowledge.search.index import KnowledgeIndex
from tests.knowledge.samples import Shelved, ask

RULES = """银湾市轨道装备产教联合体假期与值班办法
第一章 请假
第一条 学徒请假1天以内由带班师傅批准,1至3天由车间主任批准,3天以上由人力资源部批准。
第二条 收到销假申请后2个工作日内答复。
第二章 费用
第三条 不得以物品或者代金券代替伙食补助。
第四条 收费标准如下:
| 检修间 | 成员单位(元/台·天) | 非成员单位(元/台·天) | 可容纳人数 |
| --- | --- | --- | --- |
| 转向架检修间 | 70 | 150 | 18 |
| 受电弓检修间 | 45 | 95 | 12 |
第三章 分工
| 任务 | 牵头单位 | 配合单位 | 完成时限 |
| --- | --- | --- | --- |
| 值班公寓改造 | 银湾市住建局 | 联合体秘书处 | 6月底 |
| 检修图册汇编 | 银湾轨道学院 | 各车间 | 9月底 |
"""
REPORT = """银湾市轨道装备产教联合体2031年工作总结
现有成员31家,其中院校6所、企业23家、科研院所2家。
各车间要明确牵头单位,每月汇报。有4家企业全年未参加任何活动。
"""


@pytest.fixture(scope="module")
def papers(shelved: Shelved) -> KnowledgeIndex:
    return shelved(rules=RULES, report=REPORT)


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("请两天假找谁批", "车间主任"),
        ("销假申请交了多久有回音", "2个工作日"),
        ("受电弓检修间外单位用一台一天多少钱", "95"),
        ("转向架检修间一次能进多少人", "18"),
        ("值班公寓改造这事归谁牵头", "银湾市住建局"),
        ("有几家企业一年到头没露过面", "4家"),
    ],
)
def test_plain_words_find_the_only_sentence_of_their_kind(papers: KnowledgeIndex, question: str, said: str) -> None:
    assert said in ask(papers, question).text


@pytest.mark.parametrize(
    "question",
    [
        "科研院所是哪两家",  # they are only counted
        "受电弓检修间面积有多大",
        "值班公寓改造花了多少钱",
        "车间主任叫什么名字",
        "转向架检修间有几台起重机",
        "伙食补助每天发多少",
    ],
)
def test_an_attribute_that_nobody_wrote_down_is_refused(papers: KnowledgeIndex, question: str) -> None:
    assert ask(papers, question).outcome != "answered"


CONTRACT = """银湾轨道学院 远铁集团 共建产业学院协议
第一条 合作期限四年。
第二条 超过20万元的合同由分管副院长审批,20万元以下的由科研处处长审批。
第三条 学校按到账金额的6%提取管理费。
第四条 所购设备产权归学校。
第五条 逾期未结题的,冻结剩余经费。
第六条 中心安全员由周启航担任,值班电话6688120。
第七条 报名时间为8月20日至9月15日,不收报名费。
第八条 宿舍内不得使用功率超过800瓦的电器。
第九条 联盟每年委托第三方机构评估一次。
第十条 5月28日开标。
带队教师:沈从安,电话13900001234。
(四)6月举办焊接赛,11月举办机器人赛。
"""


@pytest.fixture(scope="module")
def contract(shelved: Shelved) -> KnowledgeIndex:
    return shelved(contract=CONTRACT, report=REPORT)


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("三十万的合同谁来批", "分管副院长"),
        ("学校抽几个点的管理费", "6%"),
        ("买的设备归谁", "产权归学校"),
        ("到期没结题会怎样", "冻结"),
        ("安全员叫啥", "周启航"),
        ("值班电话是几号", "6688120"),
        ("报名要不要交钱", "不收报名费"),
        ("多大功率的电器不让用", "800瓦"),
        ("机器人赛放在几月", "11月"),
        ("几号开标", "5月28日"),
        ("带队老师叫什么", "沈从安"),
    ],
)
def test_everyday_turns_are_read_by_their_kind(contract: KnowledgeIndex, question: str, said: str) -> None:
    assert said in ask(contract, question).text


@pytest.mark.parametrize(
    "question", ["安全员办公室在几楼", "宿舍网费怎么收", "安全员有没有手机客户端", "第三方评估机构是哪家"]
)
def test_a_thing_that_nobody_mentions_is_refused(contract: KnowledgeIndex, question: str) -> None:
    assert ask(contract, question).outcome != "answered"


MINUTES = """云岭市茶产业联合体概况
2031年,在市农业农村局指导下,云岭茶业学校联合12家茶企组建了云岭市茶产业联合体。
加工车间的灭火器材由茶机公司检修。
各茶厂最缺的是炒青工、评茶师和包装设计员,三类岗位缺口约90人。
茶业学校新建公寓3栋。来校参观的茶农共87人。
评选时每家企业限报3项,每所学校限报2项。
"""


@pytest.fixture(scope="module")
def minutes(shelved: Shelved) -> KnowledgeIndex:
    return shelved(minutes=MINUTES)


def test_far_ahead_of_all_others_a_colloquial_verb_may_lack(minutes: KnowledgeIndex) -> None:
    assert "2031年" in ask(minutes, "云岭市茶产业联合体哪年攒起来的").text


@pytest.mark.parametrize("question", ["云岭市茶产业联合体哪年换届", "云岭市茶产业联合体哪年注销"])
def test_another_official_deed_may_not(minutes: KnowledgeIndex, question: str) -> None:
    assert ask(minutes, question).outcome != "answered"


def test_which_three_are_told_by_a_list_of_three(minutes: KnowledgeIndex) -> None:
    assert "炒青工" in ask(minutes, "云岭的茶厂最缺哪三种岗位的人").text


def test_a_measure_tells_the_noun_that_is_left_out(minutes: KnowledgeIndex) -> None:
    assert "限报3项" in ask(minutes, "评选时云岭每家企业能报几个项目").text


def test_a_count_of_other_people_is_no_answer(minutes: KnowledgeIndex) -> None:
    assert ask(minutes, "云岭茶业学校新盖的学员公寓能住多少人").outcome != "answered"

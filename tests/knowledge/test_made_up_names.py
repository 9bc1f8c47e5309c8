"""Made-up names, phases, terms and people: whom and what a question means, and what must not stand in for it."""

import pytest

from knowledge.questions.understanding import subjects, understand
from knowledge.search.index import KnowledgeIndex
from tests.knowledge.samples import Shelved, ask

PLAN = """黎江市低空装备产教联合体建设方案
一、组织机构
联合体由黎江飞行职业学院牵头。理事长由砺远航空股份有限公司董事长樊世钧担任，设监事长1名，由市教育局派出的监事岑望舒担任。
专家评议会由秘书长主持，记录人由秘书处指定。第二届低空论坛在黎江会展中心举行。
二、重点任务
（一）建设低空实训中心
一期工程投资2.6亿元，2026年5月开工。
项目由园区负责，2027年3月底前竣工并移交使用。
（二）认定企业课堂
2026年认定企业课堂3家，分别为砺远航空、鸥翼复材和云栖通航，授牌仪式于9月举行。
砺远航空捐赠实训无人机40架，折合设备款310万元。
（三）培养飞手
用三年时间累计培养飞手900人，2026年培养260人。
本方案所称“飞手”，是指取得无人机操控员执照的技术技能人员。
培养分“三阶两考”：“三阶”指认知、跟飞、单飞三个阶段，“两考”指理论考和实飞考。
岗位清单应写明岗位名称、人数、执照等级和薪酬区间。
"""
DEED = """砺远航空股份有限公司与黎江飞行职业学院合作协议
甲方：黎江飞行职业学院
乙方：砺远航空股份有限公司
第五条 合作形成的专利归双方共有，对外许可所得收益甲方得35%，乙方得65%。
第六条 乙方每年可以按接收学徒人数申领补贴，每人1200元，同一企业每年不超过30万元。
"""


@pytest.fixture(scope="module")
def papers(shelved: Shelved) -> KnowledgeIndex:
    return shelved(plan=PLAN, deed=DEED)


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("黎江低空联合体的理事长是谁", "樊世钧"),
        ("监事长由谁担任", "岑望舒"),
        ("第二届低空论坛在哪里举行", "会展中心"),
        ("低空实训中心哪天竣工", "2027年3月底前"),
        ("低空实训中心一期工程投了多少", "2.6亿元"),
        ("2026年认定的3家企业课堂是哪几家", "鸥翼复材"),
        ("砺远捐的无人机值多少设备款", "310万元"),
        ("2026年培养多少名飞手", "260人"),
        ("什么叫“飞手”", "操控员执照"),
        ("“三阶两考”里的“两考”指什么", "实飞考"),
        ("岗位清单里要写哪几项内容", "执照等级"),
        ("跟砺远一起做出来的专利对外许可，学校能分几成", "甲方得35%"),
        ("一家企业一年最多能拿多少学徒补贴", "30万元"),
    ],
)
def test_it_is_told_of_what_is_named(papers: KnowledgeIndex, question: str, said: str) -> None:
    given = ask(papers, question)
    assert given.outcome == "answered", given.nearest
    assert said in given.text


@pytest.mark.parametrize(
    "question",
    [
        "低空实训中心三期工程投了多少",
        "2027年培养多少名飞手",
        "企业课堂里做得最好的是哪家企业",
        "已经发了多少学徒补贴",
        "副理事长叫什么名字",
        "飞行学院校长叫什么",
    ],
)
def test_nothing_else_stands_in_for_it(papers: KnowledgeIndex, question: str) -> None:
    assert ask(papers, question).outcome != "answered"


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("这种岗位又被称为什么", "called"),
        ("联合体的简称叫什么", "called"),
        ("为什么要建低空中心", "why"),
        ("比赛得了第几名", "ordinal"),
        ("花四万谁说了算，要开会吗", "approver"),
        ("实训设备的数量是多少", "quantity"),
    ],
)
def test_asking_words_that_hold_others(question: str, kind: str) -> None:
    assert understand(question).kind == kind


@pytest.mark.parametrize(
    ("question", "second"),
    [
        ("砺远注册资本多少、哪年成立的", "砺远哪年成立的"),
        ("“飞鹰”平台的服务器放在哪里，运维费一年多少", "“飞鹰”平台运维费一年多少"),
    ],
)
def test_a_subject_that_is_said_once_holds_for_both(question: str, second: str) -> None:
    assert [part.text for part in subjects(understand(question))][1] == second


CHARTER = """黎江市低空装备产教联合体章程（2025—2028年）
第三条 成立章程工作组，由副市长岑望舒任组长。
第七条 会费于每年3月31日前缴纳。
第八条 2026年招收学徒220人。学徒每12人配备一名师傅。
第九条 氢动装备实训基地设备总值900万元。
第十条 联合体与境外一所航空大学签署备忘录。
第十一条 成员之间发生争议协商不成的，由秘书处组织调解。
第十二条 复合型飞手，是指持有两种以上执照、连续从业满三年的人员。
第十三条 建设巡检、测绘、植保和救援四个实训区。
"""


@pytest.fixture(scope="module")
def charter(shelved: Shelved) -> KnowledgeIndex:
    return shelved(charter=CHARTER)


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("章程工作组的组长由谁担任", "岑望舒"),
        ("会费最晚哪天交齐", "3月31日"),
        ("2026年招多少学徒", "220人"),
        ("成员之间发生争议协商不成怎么处理", "秘书处组织调解"),
        ("复合型飞手的定义", "两种以上执照"),
        ("什么样的人才算复合型飞手", "满三年"),
        ("四个实训区分别是什么方向", "植保"),
    ],
)
def test_a_charter_is_read_in_everyday_words(charter: KnowledgeIndex, question: str, said: str) -> None:
    given = ask(charter, question)
    assert given.outcome == "answered", given.nearest
    assert said in given.text


@pytest.mark.parametrize(
    "question", ["2027年招多少学徒", "风电叶片实训基地设备总值多少", "签备忘录的那所航空大学叫什么名字"]
)
def test_a_charter_does_not_say_it_of_another(charter: KnowledgeIndex, question: str) -> None:
    assert ask(charter, question).outcome != "answered"

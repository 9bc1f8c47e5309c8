"""Minutes, contracts, rules and tables: labels, bases, brackets and deeds decide what answers."""

from pathlib import Path

import pytest

from knowledge.questions.understanding import understand
from knowledge.search.index import KnowledgeIndex
from tests.knowledge.samples import Shelved, ask, library

MINUTES = """青湾港航产教联盟第二季度会议纪要
时间:2031年6月12日下午
地点:青湾海事学院行政楼三楼
主持人:港务局副局长 孟海川
参加人员:港务局、海事学院、远帆船务公司等单位代表,共29人
请假:渔业局 夏临风
一、第一季度议定事项8项,已办结6项。
二、会议同意增设船舶电气专业。
三、第三季度会议定于2031年9月18日召开,由海事学院承办。
四、模拟舱预约率偏低,月均只有14次。
"""
CONTRACT = """青湾海事学院与远帆船务公司共建航海学院协议书
甲方:青湾海事学院
乙方:远帆船务公司
第一条 甲方提供教室,并承担水、电和物业费用。
第二条 乙方设立奖学金,每年不少于18万元。
第三条 乙方投入模拟舱3套,所有权归乙方。
第四条 乙方每月向实习学生支付报酬2600元。
第五条 本协议有效期五年,至2036年6月30日止。
"""
RULES = """青湾港航竞赛与培训规定
第一条 专项支出三万元以下的,由秘书长审批;三万元以上的,由理事会审批。
第二条 学徒第一年每月补贴不低于700元。
第三条 每个单位限报4人,可配教练2名。
第四条 (一)已获得船长称号的人员不得参赛。
第五条 未满十八周岁的,须经监护人同意;教师到企业实践满六个月的,补助9000元。
第六条 日常运行支出不得超过总额的7%。
第七条 对成绩有异议的,应当在一日内向仲裁组提出。
第八条 激光测距仪每小时收费45元。
第九条 每个实训室指定1名安全员,灭火器每月检查一次。
第十条 2030年成员单位达到50家,办结率83%;奖励资金由市教育局发放。
第十一条 海事学院就业率91%。
第十二条 秘书处下设培训部、标准部和信息部。
第十三条 当天未用完的助剂应当退库。
第十四条 设督察长1名、副督察长2名。
联系人:秘书处 尹佩珊
"""


@pytest.fixture(scope="module")
def papers(shelved: Shelved) -> KnowledgeIndex:
    return shelved(minutes=MINUTES, contract=CONTRACT, rules=RULES)


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("二季度的会是哪天开的", "2031年6月12日"),
        ("会在什么地方开的", "行政楼三楼"),
        ("会议谁主持的", "孟海川"),
        ("来了多少人参会", "共29人"),
        ("谁请假了", "夏临风"),
        ("下次会议什么时候开", "2031年9月18日"),
        ("模拟舱一个月有几次预约", "14次"),
        ("上季度定的事办成了几件", "已办结6项"),
        ("航海学院是哪两家办的", "远帆船务公司"),
        ("水电费谁掏", "甲方"),
        ("模拟舱归谁所有", "归乙方"),
        ("协议哪天到期", "2036年6月30日"),
        ("五万块的支出谁来批", "由理事会审批"),
        ("学徒头一年一个月补贴多少", "700元"),
        ("可以带几个教练", "2名"),
        ("15岁要监护人同意吗", "须经监护人"),
        ("老师下企业干满半年给多少补助", "9000元"),
        ("日常开销有没有上限", "7%"),
        ("对成绩不服找谁", "仲裁组"),
        ("有船长称号的还能参加比赛吗", "不得参赛"),
        ("秘书处下设的部门有哪些", "标准部"),
        ("没用完的助剂怎么办", "退库"),
        ("联系人是谁", "尹佩珊"),
    ],
)
def test_answers_by_label_basis_bracket_and_deed(papers: KnowledgeIndex, question: str, said: str):
    given = ask(papers, question)
    assert given.outcome == "answered"
    assert said in given.text


@pytest.mark.parametrize(
    "question",
    [
        "奖学金每人发多少",  # a sum for all is no sum for each
        "实习学生受伤赔多少钱",  # paid, but not for that
        "超声波测距仪多少钱一小时",  # another of its kind
        "谁记录的会议",
        "实训室有多少个",  # one of something for each is no number of them
        "灭火器多久换一次",  # checked, not changed
        "哪个学校的就业率最高",  # one of them alone is not ahead of all
        "成员单位有哪些",  # so many is not which ones
        "教育经费是多少",  # who pays it out is not what it is for
        "哪家企业捐了模拟舱",  # it was put in, not given
        "每场预约多少钱",
        "督察长是谁",  # that there is one is not who it is
        "联盟秘书处的邮箱是什么",
    ],
)
def test_another_basis_deed_or_kind_is_no_answer(papers: KnowledgeIndex, question: str):
    assert ask(papers, question).outcome != "answered"


@pytest.mark.parametrize(
    ("text", "kind", "unit"),
    [
        ("实践每次至少多长时间", "lasting", ""),
        ("多少农机企业", "count", "家"),
        ("发到哪个邮箱", "contact", "邮箱"),
        ("手机可以带进去吗", "yesno", ""),
        ("几个单位一起报的项目钱拨给谁", "who", ""),
        ("成员打几折", "amount", ""),
        ("会费退不退", "yesno", ""),
        ("课题一直不结题咋处理", "penalty", ""),
        ("评审有几轮", "count", "轮"),
        ("信息库建到什么程度了", "progress", ""),
    ],
)
def test_more_kinds_are_read_from_the_asking_words(text: str, kind: str, unit: str):
    asked = understand(text)
    assert (asked.kind, asked.unit) == (kind, unit)


def test_a_formula_is_one_word():
    assert "1.5+1+0.5" in understand("1.5+1+0.5是啥意思").words


@pytest.mark.parametrize("word", ["取消", "提交", "经费", "企业", "会费", "电话"])
def test_a_bare_word_asks_nothing(papers: KnowledgeIndex, word: str):
    assert ask(papers, word).outcome != "answered"


def test_perhaps_is_a_sentence_not_a_paragraph(papers: KnowledgeIndex):
    near = ask(papers, "补助金的税率").nearest
    assert 0 < len(near) <= 3
    assert all("\n" not in one.text for one in near)


def test_of_several_in_one_list_the_very_one_is_told(tmp_path: Path) -> None:
    opened = KnowledgeIndex.open(tmp_path / "index")
    plan = "青湾港航产教联盟建设方案\n设三个工作组:标准组,由港务局牵头;实训组,由海事学院牵头;就业组,由人社局牵头。\n"
    text = ask(library(opened, plan=plan), "青湾港航联盟的实训组是谁牵头").text
    opened.close()
    assert "海事学院" in text
    assert "港务局" not in text

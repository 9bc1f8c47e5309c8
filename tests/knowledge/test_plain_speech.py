"""What a question wants is known by its form, however plainly it is put: conditions, payers, terms, issuers."""

import pytest

from knowledge.search.index import KnowledgeIndex
from tests.knowledge.samples import Shelved, ask

STATUTES = """青湾港航产教联盟章程
(2031年4月7日成员大会通过)
第一条 本联盟由青湾港务局、青湾海事学院、远帆船务公司共同发起设立。
第二条 加入联盟应当提交申请表和业绩证明。
第三条 秘书处收到后十二个工作日内提出审核意见,报理事会批准。
第四条 成员单位有下列情形之一的,予以除名:
(一)连续三年不缴纳服务费的;
(二)泄露技术秘密的。
第五条 理事会由二十一名理事组成,理事任期五年。理事会每年召开两次会议。
第六条 单笔支出五万元以下的,由秘书长审批;五万元以上的,由理事长与监事长会签。
第七条 联盟下设航运标准部。航运标准部负责标准起草和宣贯。
第八条 设备借用期间发生损坏的,由借用单位承担维修费用。
"""
NOTICE = """关于申报港航实训项目的通知
青联秘〔2031〕9号
一、申报对象:年满20周岁、持有船员证书的教师。
二、申报书一式四份报送秘书处,企业配套资金不低于资助额的40%。
三、批准后先拨付五成,验收后再拨付五成。
四、每名导师带徒不少于3人。参训人员学费全免。

青湾港航产教联盟秘书处
2031年5月20日
"""
FEES = """青湾模拟驾驶中心收费表
| 项目 | 成员单位 | 非成员单位 |
| --- | --- | --- |
| 雷达实训室(元/半天) | 260 | 640 |
| 会议室(元/半天) | 免费 | 90 |
本中心周一至周六开放,周日闭馆。
春季开放日为3月6日。
海湾理工学院于2024年加入中心。
"""
PLAN = """青湾市港航人才三年方案
发文机构:青湾市教育局等四部门
成文日期:2031年2月11日
索 引 号:QW20310211
单位:万元
| 项目名称 | 总投资 | 岗位人数 |
| --- | --- | --- |
| 轮机实训楼 | 1750 | 36 |
1.建设实训码头。由港务局出资,2032年6月启用。
2.推进专业调整。(责任单位:青湾海事学院)
"""


@pytest.fixture(scope="module")
def papers(shelved: Shelved) -> KnowledgeIndex:
    return shelved(statutes=STATUTES, notice=NOTICE, fees=FEES, plan=PLAN)


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("联盟是谁牵头发起的", "远帆船务公司"),
        ("章程哪天通过的", "2031年4月7日"),
        ("什么情况会被踢出联盟", "泄露技术秘密"),
        ("理事会多久换一届", "任期五年"),
        ("花三万块钱谁签字", "由秘书长审批"),
        ("航运标准部是干什么的", "负责标准起草"),
        ("借用设备弄坏了谁掏钱", "借用单位承担"),
        ("申报通知是哪个单位发的", "联盟秘书处"),
        ("申报要什么条件", "年满20周岁"),
        ("申报书要几份", "一式四份"),
        ("企业要配套多少钱", "40%"),
        ("补助分几批拨付", "先拨付五成"),
        ("导师至少带几个徒弟", "不少于3人"),
        ("非成员单位用雷达实训室半天多少钱", "640"),
        ("模拟驾驶中心星期天开门吗", "周日闭馆"),
        ("人才三年方案是哪些部门发的", "青湾市教育局等四部门"),
        ("人才三年方案什么时候印发的", "2031年2月11日"),
        ("人才三年方案索引号是多少", "QW20310211"),
        ("轮机实训楼总投资多少", "1750"),
        ("轮机实训楼招几个人", "36"),
        ("方案第2条责任单位是谁", "青湾海事学院"),
    ],
)
def test_what_is_wanted_is_known_by_its_form(papers: KnowledgeIndex, question: str, said: str) -> None:
    answer = ask(papers, question)

    assert answer.outcome == "answered"
    assert said in answer.text


@pytest.mark.parametrize(
    "question",
    [
        "秋季开放日是哪天",  # the spring's
        "海湾理工学院成立于哪一年",  # when it joined is not when it was founded
        "模拟驾驶中心停车怎么收费",
        "焊接实训室多少钱半天",
        "申报项目要不要答辩",
    ],
)
def test_another_thing_of_the_same_form_is_no_answer(papers: KnowledgeIndex, question: str) -> None:
    assert ask(papers, question).outcome != "answered"

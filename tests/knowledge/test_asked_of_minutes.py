"""Several things asked of minutes and of rules on an approval: who does which, sums for each, dates and bounds."""

import pytest

from knowledge.search.index import KnowledgeIndex
from tests.knowledge.samples import Shelved, ask, check_missing_is_named, check_said_first

MINUTES = """鹤壁市数字经济产教联合体理事会会议纪要

时间：2025年6月18日 地点：鹤壁科技职业学院
主持人：理事长郭志强 记录人：秘书处林小雨

一、会议听取了上半年工作汇报。上半年新增成员单位9家，签订合作协议17份；技术服务到账260万元，较去年同期增加60万元。企业捐赠设备折合310万元，其中中数科技公司180万元、淇河电子公司130万元。
二、会议审议通过章程修正案。副理事长单位由5家增至7家，常务理事单位由15家增至19家。
三、会议明确分工：教务处负责课程置换，人事处负责导师聘任，财务处负责经费核算。各项工作须于8月31日前完成，其中课程置换方案7月20日前报秘书处。
四、下半年举办两场双选会，分别在9月和11月举行；组织技能竞赛3场。
五、开放实训中心收费标准：成员单位每工位每天40元，非成员单位每工位每天75元，本校学生免费。
"""
CERTIFYING = """濮阳市产教融合型企业认定实施细则

第一章 认定条件
第一条 申报企业须注册满2年，年接收实习生不少于20人，其中大型企业不少于50人。
第二条 认定分国家级、省级、市级三级。国家级奖励200万元，省级奖励80万元，市级奖励30万元。
第二章 程序
第三条 企业每年3月1日至3月31日申报，县区教育局4月15日前初审，市教育局5月底前组织评审。
第四条 评审专家组由7人组成，其中企业专家不少于3人。评审结果公示5个工作日，异议受理期10个工作日。
第三章 管理
第五条 市级认定有效期3年，省级认定有效期5年。期满前2个月提出复核。
第六条 认定企业按接收实习生人数给予每人每月300元补贴，最高不超过50万元；按捐赠设备价值的10%给予奖励，最高不超过100万元。
第七条 所称“产教融合型企业”，是指深度参与职业教育的企业；所称“双主体”，是指学校和企业共同承担育人责任。
"""
SAID = [
    ("鹤壁联合体上半年新增了多少成员单位，签了多少份协议？", "分别是9家、17份。"),
    ("鹤壁联合体中数科技和淇河电子各捐了多少钱的设备？", "分别是180万元、130万元。"),
    ("鹤壁联合体淇河电子和中数科技各捐了多少钱的设备？", "分别是130万元、180万元。"),
    ("鹤壁联合体企业捐赠设备一共多少钱，其中淇河电子捐了多少？", "分别是310万元、130万元。"),
    ("鹤壁联合体副理事长单位和常务理事单位现在各有几家？", "分别是7家、19家。"),
    ("鹤壁联合体课程置换和导师聘任分别归谁管？", "分别是教务处、人事处。"),
    ("鹤壁联合体导师聘任和课程置换分别由哪个部门负责？", "分别是人事处、教务处。"),
    ("鹤壁开放实训中心成员单位和非成员单位一个工位一天各收多少？", "分别是40元、75元。"),
    ("鹤壁开放实训中心非成员单位和成员单位每天每工位各收多少？", "分别是75元、40元。"),
    ("濮阳认定国家级和市级产教融合型企业各奖多少？", "分别是200万元、30万元。"),
    ("濮阳市级和省级认定有效期各几年？", "分别是3年、5年。"),
    ("濮阳评审专家组多少人，其中企业专家至少几个？", "分别是7人、不少于3人。"),
    ("濮阳评审结果公示几天，异议受理几天？", "分别是5个工作日、10个工作日。"),
    ("濮阳申报企业要注册满几年，一年得接收多少实习生？", "分别是满2年、不少于20人。"),
    ("濮阳产教融合型企业和双主体分别是什么意思？", "分别是深度参与职业教育的企业、学校和企业共同承担育人责任。"),
    ("濮阳接收实习生每人每月补多少，捐设备按多少奖？", "分别是300元、10%。"),
]
UNSURE = [
    "鹤壁理事会会议谁主持，谁记录？",
    "鹤壁理事会会议什么时候开的，在哪开的？",
    "鹤壁联合体上半年和下半年技术服务各到账多少？",
    "濮阳企业认定县区初审和市里评审分别什么时候完？",
    "濮阳接收实习生补贴和捐设备奖励最高各多少？",
]
MISSING = [
    ("鹤壁联合体经费核算和安全检查分别由谁负责？", "安全检查"),
    ("濮阳国家级和省级认定有效期各几年？", "国家级"),
    ("濮阳和鹤壁的评审专家组各有几个人？", "鹤壁"),
]


@pytest.fixture(scope="module")
def papers(shelved: Shelved) -> KnowledgeIndex:
    return shelved(minutes=MINUTES, certifying=CERTIFYING)


@pytest.mark.parametrize(("text", "headline"), SAID)
def test_each_is_said_first_in_the_order_asked(papers: KnowledgeIndex, text: str, headline: str) -> None:
    check_said_first(papers, text, headline)


@pytest.mark.parametrize("text", UNSURE)
def test_nothing_is_said_first_where_one_is_not_sure(papers: KnowledgeIndex, text: str) -> None:
    assert ask(papers, text).headline == ""


@pytest.mark.parametrize(("text", "label"), MISSING)
def test_what_is_not_found_is_named_and_the_other_is_shown(papers: KnowledgeIndex, text: str, label: str) -> None:
    check_missing_is_named(papers, text, label)

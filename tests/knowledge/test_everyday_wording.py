"""Questions in everyday words meet documents in official ones; what the documents do not say stays unsaid."""

import pytest

from knowledge.search.index import KnowledgeIndex
from tests.knowledge.samples import Shelved, ask

STATUTES = """样例园区联合体章程
第一条 样例园区联合体(以下简称联合体)住所设在样例大厦二楼。
第二条 申请加入联合体应当具备下列条件:
(一)在样例市依法登记;
(二)认可本章程;
(三)企业成员年接收实习学生不少于12人。
第三条 成员有下列情形之一的,经理事会四分之三以上理事同意,予以除名:(一)弄虚作假的;(二)连续三年不参加活动的。
第四条 联合体不向成员收取会费。
第五条 理事会由19名理事组成,其中企业理事不少于9名。理事任期四年。
第六条 理事会每半年召开一次会议。
第七条 单笔支出3万元以下的,由秘书长审批;3万元以上10万元以下的,由理事长审批;10万元以上的,由常务理事会审定。
"""
QUESTIONS = """样例报送问答
一、填写
问:联络员换人了怎么办?
答:原单位出具变更函,三个工作日内完成更换。
问:捐赠的旧设备能不能算投入?
答:可以,按评估价填报。
"""
NOTICE = """样例基地申报通知
一、支持标准
| 类别 | 名额 | 补助金额 | 建设期 |
| --- | --- | --- | --- |
| 重点类 | 4个 | 每个90万元 | 2年 |
| 一般类 | 11个 | 每个35万元 | 1年 |
二、管理
样例基地每天8:30至20:30开放。单次使用时间不超过3小时。
依托样例园区建设样例基地,总投资8000万元,建筑面积1.4万平方米,2027年5月底前投入使用。
连续两个月未报送的,由秘书处约谈联络员。
样例县中等专业学校为每个工位派驻教师2名;精匠科技、远山机电两家单位三月未报数据,东坡机电等23家按时报送数据。
全市实行“三免一奖”(免学费、免书费、免住宿费、奖优秀)。申请认定应当在十五个工作日内提交。年度考核排名末位的由秘书处通报。
三、分工
| 序号 | 事项 | 牵头单位 | 完成时限 |
| --- | --- | --- | --- |
| 1 | 建立样例信息库 | 样例市大数据局 | 2027年3月底 |
本专项资金用于下列方面:产业学院建设;学徒培养。
本专项资金不得用于下列支出:人员工资、基本建设。
"""


@pytest.fixture(scope="module")
def papers(shelved: Shelved) -> KnowledgeIndex:
    return shelved(statutes=STATUTES, questions=QUESTIONS, notice=NOTICE)


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("联合体办公地点在哪", "样例大厦二楼"),
        ("什么情况会被开除", "连续三年不参加活动"),
        ("开除成员要多少理事同意", "四分之三以上"),
        ("加入联合体要交会费吗", "不向成员收取会费"),
        ("联合体理事会有多少人", "19名"),
        ("理事会多久开一次会", "每半年"),
        ("联络员换人要办什么手续", "变更函"),
        ("捐的二手设备算不算投入", "可以"),
        ("样例基地晚上开到几点", "20:30"),
        ("样例基地一次能用多久", "不超过3小时"),
        ("样例基地啥时候能用上", "2027年5月底前"),
        ("样例基地有多大", "1.4万平方米"),
        ("一直不报月报会怎么样", "约谈"),
        ("专项资金能用在哪些方面", "产业学院建设"),
        ("专项资金哪些不能用", "不得用于"),
        ("哪两家三月没报数据", "精匠科技"),
        ("三免一奖免哪些", "免书费"),
        ("考核垫底会咋样", "通报"),
        ("样例信息库哪个单位牵头搞", "大数据局"),
        ("样例信息库几月建好", "2027年3月底"),
    ],
)
def test_everyday_words_find_the_official_sentence(papers: KnowledgeIndex, question: str, said: str):
    given = ask(papers, question)
    assert given.outcome == "answered", given.nearest
    assert said in given.text


@pytest.mark.parametrize(
    "question",
    [
        "联合体监事会有几个人",
        "秘书长叫什么名字",
        "样例基地的停车费怎么收",
        "样例基地食堂能坐多少人",
        "培育类每个补助多少钱",
        "联络员有没有通讯补贴",
        "每个月几号就不能改了",
        "申请认定的单位有几家",
        "样例县中专有多少教师",
        "样例信息库的设计单位是谁",
        "去年考核末位的有几家",
    ],
)
def test_a_missing_thing_is_not_made_up_from_its_neighbours(papers: KnowledgeIndex, question: str):
    assert ask(papers, question).outcome != "answered"


def test_a_lead_in_brings_its_items(papers: KnowledgeIndex):
    given = ask(papers, "加入联合体要具备哪些条件")
    assert "依法登记" in given.text
    assert "不少于12人" in given.text


def test_a_table_row_is_read_with_its_column_heads(papers: KnowledgeIndex):
    given = ask(papers, "重点类一个补助多少钱")
    assert "补助金额：每个90万元" in given.text
    assert "| 重点类 | 4个 | 每个90万元 | 2年 |" in given.citations[0].quote
    assert "11个" in ask(papers, "一般类有几个名额").text


@pytest.mark.parametrize(("sum_", "who"), [("2万元", "秘书长"), ("5万元", "由理事长审批"), ("30万块钱", "常务理事会")])
def test_a_sum_is_answered_from_its_bracket(papers: KnowledgeIndex, sum_: str, who: str):
    assert who in ask(papers, f"{sum_}的支出要谁审批").text.split("\n")[0]


SCHEDULE = """样例运行报告
发布时间:2026-02-03
一、情况
2025年,样例双师占比为38%。
下一步打算:力争到2027年样例双师占比达到55%。
二、安排
样例联席会材料于会前4个工作日发送参会单位。补贴在验收合格后发放。
1.建设样例楼。由样例学院牵头建设样例楼。(责任单位:样例住建局、样例学院)
2.共建样例车间。牵头单位:样例大学;配合单位:样例应急局。
"""
RULING = """关于样例奖补的通知
一、对象
企业须在潍坊市注册。冠名班每班奖补8万元。
"""


@pytest.fixture(scope="module")
def reports(shelved: Shelved) -> KnowledgeIndex:
    return shelved(schedule=SCHEDULE, ruling=RULING)


def test_a_state_is_not_an_aim(reports: KnowledgeIndex):
    assert "38%" in ask(reports, "样例双师占比现在多少").text.split("\n")[0]
    assert "55%" in ask(reports, "样例双师占比2027年要到多少").text


def test_a_time_may_be_told_by_an_event(reports: KnowledgeIndex):
    assert "会前4个工作日" in ask(reports, "样例联席会材料什么时候发").text
    assert "验收合格后" in ask(reports, "样例补贴什么时候发").text


def test_who_leads_is_neither_who_is_responsible_nor_who_helps(reports: KnowledgeIndex):
    assert "由样例学院牵头" in ask(reports, "样例楼谁牵头").text
    assert ask(reports, "样例车间谁牵头").text == "牵头单位:样例大学;"


def test_a_document_that_names_one_place_is_about_it(reports: KnowledgeIndex):
    assert "8万元" in ask(reports, "潍坊冠名班一个奖补多少钱").text
    assert ask(reports, "淄博冠名班一个奖补多少钱").outcome != "answered"


def test_the_year_a_report_was_written_is_not_the_year_it_is_about(reports: KnowledgeIndex):
    assert ask(reports, "2026年样例双师占比是多少").outcome != "answered"


LENDING = """样例设备共享办法
第一条 设备所有单位每年3月和9月更新样例目录。
第二条 样例共享按每小时20元给予补贴,每台每年不超过2万元。样例情况纳入考核,占10分。
第三条 使用方提前5天提交样例申请,设备方48小时内答复。
""".rstrip()
MEETING = """关于召开样例推进会的通知
一、地点:样例大厦1208会议室。
二、发言时间控制在6分钟以内。
"""


@pytest.fixture(scope="module")
def lendings(shelved: Shelved) -> KnowledgeIndex:
    return shelved(statutes=STATUTES, notice=NOTICE, schedule=SCHEDULE, lending=LENDING, meeting=MEETING)


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("样例目录一年更新几次", "3月和9月"),
        ("样例共享每台一年最多补贴多少", "不超过2万元"),
        ("样例情况在考核里占几分", "占10分"),
        ("样例申请设备方多久要回话", "48小时"),
        ("样例推进会在哪开", "1208会议室"),
        ("样例推进会发言时间几分钟", "6分钟"),
    ],
)
def test_what_kind_of_thing_is_asked_is_read_from_the_asking_words(lendings: KnowledgeIndex, question: str, said: str):
    assert said in ask(lendings, question).text


HELP = """样例报送说明
## 一、关于月报
月报由联络员填写。
## 二、费用
企业投入占比不低于40%,由样例学院核定。样例区高职的专业布点占比达到70%,双师占比达到75%。
产教融合型样例企业减按15%税率征收所得税。产教融合型样例企业可按投资额30%抵免教育附加。
"""


@pytest.fixture(scope="module")
def help_page(shelved: Shelved) -> KnowledgeIndex:
    return shelved(help=HELP)


def test_the_nearest_passages_say_more_than_a_heading(help_page: KnowledgeIndex):
    given = ask(help_page, "月报由几个联络员填写")
    assert given.outcome == "nearest"
    assert "联络员填写" in given.nearest[0].text, given.nearest


def test_a_second_sentence_speaks_of_the_asked_thing_too(help_page: KnowledgeIndex):
    assert ask(help_page, "企业要出多少比例").text == "企业投入占比不低于40%,由样例学院核定。"


def test_the_verb_before_the_asking_word_tells_which_figure(help_page: KnowledgeIndex):
    assert "30%" in ask(help_page, "产教融合型样例企业能抵多少税").text.split("\n")[0]


GUIDE = """样例申报指南
一、标准
取得高级工证书的每人补助1700元,取得技师证书的每人补助3300元。样例大赛一等奖奖金5000元。
(二)样例工程班。每班补助12万元,班额不少于30人。
操作不当损坏设备的,由使用单位按维修费用的70%赔偿。
二、材料
(一)样例申报书(一式五份);
(二)财务审计报告。
三、时间
6月30日前公示,首笔为核定金额的60%。临时会议应在十五日内召开。
样例县现有多晶硅企业9家,主城区就业占比为51%。
样例技师学院累计送40余学生赴德国深造。对市级样例型企业奖励8万元。到2027年样例评估一次。
"""


@pytest.fixture(scope="module")
def guide(shelved: Shelved) -> KnowledgeIndex:
    return shelved(guide=GUIDE)


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("样例申报书要交几份", "一式五份"),
        ("弄坏了设备要赔多少", "70%"),
        ("第一笔给多少", "60%"),
        ("样例工程班一个班给多少钱", "12万元"),
        ("样例技师学院送了多少学生出国", "40余"),
    ],
)
def test_papers_shares_and_first_payments_are_found(guide: KnowledgeIndex, question: str, said: str):
    given = ask(guide, question)
    assert given.outcome == "answered", given.nearest
    assert said in given.text


@pytest.mark.parametrize(
    "question",
    [
        "中级工证书补助多少钱",
        "样例大赛二等奖奖金多少",
        "临时会议在哪里召开",
        "单晶硅企业有几家",
        "省级样例型企业奖励多少",
        "去年样例评估了几次",
    ],
)
def test_another_of_its_kind_does_not_answer(guide: KnowledgeIndex, question: str):
    assert ask(guide, question).outcome != "answered"

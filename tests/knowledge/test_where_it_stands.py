"""What a document is about: its city within its province, a part's city, an agreement's parties; and plain forms."""

from pathlib import Path

import pytest

from knowledge.documents.particulars import read_particulars
from knowledge.language.lexicon import places, province_of, renderings
from knowledge.questions.understanding import understand
from knowledge.search.index import KnowledgeIndex
from tests.knowledge.samples import Shelved, ask, library

ARTICLE = """浙江技能教育观察
蹲点台州海湾技师学院
台州海湾技师学院在台州办学四十年。台州的工厂都知道它。
水泵学徒制:一人一张成长单
学徒第一年每月生活津贴1150元,集满46个能力点才能参加出师考核。
"""
AGREEMENT = """校企合作协议书
甲方：营口临海职业学院
乙方：营口远港物流有限公司
第一条 本协议期限为四年，自2031年9月1日起至2035年8月31日止。
第二条 逾期投入设备的，每逾期一日按未到位金额的万分之五支付违约金。
"""
NOTICE = """恩施州教育局文件
索引号:011447893/2031-31187
恩施州教育局拟于年内成立产教联合体，秘书长由恩施职院副院长林耀文兼任，连任不超过两届。
投运无人运输车312辆。理事会办公室在行政中心6号楼312室。
电池赛项冠军由晋江企业职工获得。超过8万元的支出须经理事会研究决定。
"""


@pytest.fixture(scope="module")
def papers(shelved: Shelved) -> KnowledgeIndex:
    return shelved(article=ARTICLE, agreement=AGREEMENT, notice=NOTICE)


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("台州水泵学徒第一年每月津贴多少", "1150元"),
        ("临海职业学院跟远港物流的协议到哪天为止", "2035年8月31日"),
        ("恩施产教联合体秘书长是谁", "林耀文"),
        ("恩施产教联合体的秘书长连任不超过几届", "两届"),
        ("恩施投运了多少台无人运输车", "312辆"),
        ("恩施的理事会办公室在哪个房间", "312室"),
    ],
)
def test_a_place_a_party_or_a_form_is_known_as_people_say_it(papers: KnowledgeIndex, question: str, said: str) -> None:
    assert said in ask(papers, question).text


@pytest.mark.parametrize(
    "question",
    [
        "恩施来凤县的产教联合体秘书长是谁",
        "恩施的理事会在哪条路上",
        "恩施联合体的理事都有谁",
        "恩施州教育局的电话是多少",
        "电池赛项的亚军是谁",
        "宁波水泵学徒第一年每月津贴多少",
        "上届世界杯冠军是哪个队",
    ],
)
def test_a_number_of_another_kind_or_place_is_no_answer(papers: KnowledgeIndex, question: str) -> None:
    assert ask(papers, question).outcome != "answered"


def test_each_city_lies_in_its_province() -> None:
    assert (province_of("台州"), province_of("恩施"), province_of("营口"), province_of("喀什")) == (
        "浙江",
        "湖北",
        "辽宁",
        "新疆",
    )
    assert province_of("浙江") == province_of("重庆") == ""
    assert sum(not province_of(one) for one in places()) < 40


def test_a_sites_name_is_no_title() -> None:
    assert read_particulars("某某教育信息网\n蹲点台州海湾技师学院\n正文在此。", "x").title == "蹲点台州海湾技师学院"


REPORT = """一、师资
学院现有教师412人。商洛样例职业技术学院办学二十年。商洛样例职业技术学院有三个校区。
二、奖励
考取中级证书的学生奖励180元,高级证书奖励460元。
(商洛样例职业技术学院 供稿)
"""


def test_a_school_is_known_by_its_report_where_the_passage_says_only_the_college(tmp_path: Path) -> None:
    opened = KnowledgeIndex.open(tmp_path / "index")
    shelf = library(opened, report=REPORT, other="商洛市康养产教联合体方案\n一、高级工补贴每人700元。\n")
    told = ask(shelf, "商洛样例职院学生考到高级证书奖多少").text
    other = ask(shelf, "延安样例职院学生考到高级证书奖多少")
    opened.close()
    assert "460元" in told
    assert other.outcome != "answered"


def test_a_year_is_never_cut_by_a_span_of_years() -> None:
    assert "2023" in understand("2023年摸底时缺多少人").words
    assert not any(sign.isdigit() for word in renderings() for sign in word)


def test_what_is_moved_in_is_no_name() -> None:
    assert not understand("旧装置搬进学校前得先做什么").names


def test_a_short_name_keeps_the_place_before_it() -> None:
    assert "台州湾技院" in understand("台州湾技院的大巴每月跑几趟").names
    assert understand("潍坊寒亭区的方案哪天印发的").names == ("寒亭区",)
    assert not understand("潍坊高新区的方案哪天印发的").names


GUIDE = """银湾机器人中心使用指南
C类为外市单位和社会培训机构。C类收费上浮两成,C类预约提前五天。
中心的设备损坏处理:由使用者赔偿。交通:乘6路公交车到银湾站下车。
预约与开票：程美云，0817-2630146
本中心与学校的协议有效期至2033年6月30日止。期满前一个月可以续签。
"""


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("银湾机器人中心的C类是指哪些单位", "C类为外市单位"),
        ("银湾机器人中心预约和开票找谁", "程美云"),
        ("银湾机器人中心的协议哪天到期", "2033年6月30日"),
    ],
)
def test_what_it_is_whom_to_ask_and_how_long_it_holds(tmp_path: Path, question: str, said: str) -> None:
    opened = KnowledgeIndex.open(tmp_path / "index")
    text = ask(library(opened, guide=GUIDE), question).text
    opened.close()
    assert text.startswith(said) or said in text.split("\n")[0]


def test_another_years_event_is_another_event(tmp_path: Path) -> None:
    opened = KnowledgeIndex.open(tmp_path / "index")
    notice = (
        "为部署2032年重点任务,经研究决定在芜湖市召开2031年年会。\n年会期间退回来3个实习生。夜校晚上七点到九点半上课。\n"
    )
    shelf = library(opened, notice=notice)
    other, own = ask(shelf, "2032年的年会在哪个城市开"), ask(shelf, "2031年的年会在哪个城市开")
    back, lesson = ask(shelf, "退回来几个实习生"), ask(shelf, "夜校几点上课")
    opened.close()
    assert other.outcome != "answered"
    assert "芜湖市" in own.text
    assert "3个实习生" in back.text
    assert "七点" in lesson.text

"""Questions that set several things side by side are answered for each, and no figure stands in for another's."""

import pytest

from knowledge.language.folding import fold
from knowledge.questions.comparing import parts_of
from knowledge.questions.understanding import subjects, understand
from knowledge.search.index import KnowledgeIndex
from tests.knowledge.samples import Shelved, ask

RULES = """岚州样例实训基地管理办法
第一章 收费
第一条 场地费：成员企业每个工位每小时15元；外来单位每个工位每小时25元。
第二条 考务费：初级工每人90元，中级工每人160元，高级工每人210元。
第三条 基地分为焊接、钳工两个中心，共有设备96台。
第四条 预约：教学实训按学期提交计划；职工培训至少提前8个工作日。
第五条 样例会费：理事长单位每年4万元，理事单位每年2万元，成员单位每年5000元。
第六条 首席技师：从事本行业工作15年以上。
骨干技师：从事本岗位工作10年以上。
岗位技师：从事本岗位工作5年以上。
第二章 目标
到2027年底，样例工位达到300个；每年培训职工2万人次。
到2029年底，样例工位达到520个；每年培训职工3.5万人次。
市财政安排样例基地专项资金900万元，其中2027年400万元、2028年300万元、2029年200万元。
"""
SCHOOLS = """各地样例职院做法

●衢州样例职业技术学院做法

衢州样例职业技术学院与260多家企业单位密切合作，开设了31个专业。

●丽水样例职业技术学院做法

丽水样例职业技术学院先后与州内外185家企业签订了合作协议，有11个专业大类47个专业。
"""
WORDS = """样例研究院工作要求
院长提出样例建设的三抓，一抓认清方向，明确目标；二抓健全机制，落实责任；三抓提升能力，熟悉政策。
改变样例合作中“上热下冷”的现状。一方面要提升企业的责任感，多听意见。另一方面要建立激励机制，减轻负担。
样例联盟采取例会联络与专题研修的“双轨推进”工作机制。
“望远”，就是看清大势；“察微”，就是查清实情。
"""


@pytest.fixture(scope="module")
def papers(shelved: Shelved) -> KnowledgeIndex:
    return shelved(rules=RULES, schools=SCHOOLS, words=WORDS)


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("汀职院跟岚州学院的合作单位各有多少家", ["汀职院的合作单位有多少家", "岚州学院的合作单位有多少家"]),
        ("纲要里小学入学率和初中入学率各要到多少", ["纲要里小学入学率要到多少", "纲要里初中入学率要到多少"]),
        ("工位，2027年底和2029年底各要几个", ["2027年底工位要几个", "2029年底工位要几个"]),
        ("国家级和省级基地分别补多少", ["国家级基地补多少", "省级基地补多少"]),
        ("一期和二期工程投资多少", ["一期工程投资多少", "二期工程投资多少"]),
        ("甲班和乙班学生各多少人", ["甲班学生多少人", "乙班学生多少人"]),
        ("考初级工、中级工和高级工分别收多少", ["考初级工收多少", "考中级工收多少", "考高级工收多少"]),
        ("焊接和钳工两个中心有多少台设备", ["焊接中心有多少台设备", "钳工中心有多少台设备"]),
        ("设备值多少，经费出多少", ["设备值多少", "经费出多少"]),
        ("衢州学院有多少个专业?丽水学院呢?", ["衢州学院有多少个专业", "丽水学院有多少个专业"]),
        ("衢州和丽水的联盟谁成立得早", ["衢州的联盟什么时候成立", "丽水的联盟什么时候成立"]),
        ("衢州的企业比丽水学院多多少家", ["衢州的企业有多少家", "丽水学院的企业有多少家"]),
        ("和平小学和中和中学各有多少学生", ["和平小学有多少学生", "中和中学有多少学生"]),
        ("年龄大的和年龄小的各多少人", ["年龄大的多少人", "年龄小的多少人"]),
        ("校内和校外导师各几名", ["校内导师几名", "校外导师几名"]),
        ("男和女教练各有几位", ["男教练有几位", "女教练有几位"]),
        ("学校和学生会各出多少钱", ["学校出多少钱", "学生会出多少钱"]),
        ("五月和六月哪个月参观的更多", ["五月参观的有多少", "六月参观的有多少"]),
        ("焊接班和钳工班哪个班学员更多", ["焊接班学员有多少", "钳工班学员有多少"]),
    ],
)
def test_each_subject_is_asked_about_with_what_all_share(text: str, parts: list[str]):
    assert [part.text for part in parts_of(fold(text))] == parts


@pytest.mark.parametrize(
    "text",
    [
        "中和中学和育才中学各招多少人",  # a name cut in two: better asked whole
        "学校和企业共建的基地有几个",
        "学校和企业怎么合作",
        "衢州跟丽水合作办了哪两件事",
        "衢州和丽水之间多少公里",
        "和平小学有多少学生",
        "各地和各部门要做什么",
        "如果失约，罚多少，才能再约",
        "想入会，要满足什么条件",
        "高职与本科贯通班要招多少人",
    ],
)
def test_one_thing_is_not_parted(text: str):
    assert parts_of(fold(text)) == ()


def test_the_parts_know_which_is_which():
    parts = subjects(understand("国家级和省级基地分别补多少"))
    assert [(part.label, part.others) for part in parts] == [("国家级", ("省级",)), ("省级", ("国家级",))]


@pytest.mark.parametrize(
    ("text", "headline"),
    [
        ("样例基地场地费，成员企业和外来单位每小时各多少？", "分别是15元、25元。"),
        ("样例基地初级工、中级工和高级工的考务费各多少？", "分别是每人90元、每人160元、每人210元。"),
        ("样例会费分三档，一年各交多少？", "分别是4万元、2万元、5000元。"),
        ("样例首席技师和岗位技师，工作年限各要多少年以上？", "分别是15年以上、5年以上。"),
        ("样例工位2027年底和2029年底分别要达到多少个？", "分别是300个、520个。"),
        ("2027年和2029年每年培训职工各多少人次？", "分别是2万人次、3.5万人次。"),
        ("样例基地专项资金2027年、2028年和2029年各安排多少？", "分别是400万元、300万元、200万元。"),
        ("衢州职院和丽水职院的合作单位各有多少家？", "分别是260多家、185家。"),
        ("衢州职院有多少个专业？丽水职院呢？", "分别是31个、47个。"),
        ("衢州职院跟丽水职院哪个专业多？", "分别是31个、47个。"),
    ],
)
def test_the_figures_come_first_in_the_order_asked(papers: KnowledgeIndex, text: str, headline: str):
    given = ask(papers, text)
    assert given.headline == headline, given
    assert given.text.startswith(f"{headline}\n")
    quotes = fold("".join(one.quote for one in given.citations))
    assert all(figure in quotes for figure in headline.removeprefix("分别是").rstrip("。").split("、"))
    assert all(one.text == one.citations[0].quote for one in given.sentences)


def test_a_subject_without_evidence_is_named_and_nothing_stands_in_for_it(papers: KnowledgeIndex):
    given = ask(papers, "样例基地教学实训和职工培训分别要提前多久预约？")
    assert "partial:教学实训" in given.notes
    assert given.headline == ""
    assert [one.about for one in given.sentences] == ["职工培训"]


def test_a_figure_of_all_together_is_nobodys(papers: KnowledgeIndex):
    assert ask(papers, "样例基地焊接和钳工两个中心各有多少台设备？").outcome != "answered"


def test_each_sentence_says_whose_it_is(papers: KnowledgeIndex):
    given = ask(papers, "衢州职院和丽水职院的合作单位各有多少家？")
    assert [one.about for one in given.sentences] == ["衢州职院", "丽水职院"]


def test_a_list_is_said_whole_when_its_items_are_sentences_of_their_own(papers: KnowledgeIndex):
    assert [one.text[:5] for one in ask(papers, "院长讲的样例建设“三抓”是哪三抓？").sentences] == [
        "院长提出样",
        "二抓健全机",
        "三抓提升能",
    ]
    given = ask(papers, "样例合作“上热下冷”该从哪两头改？")
    assert [one.text[:4] for one in given.sentences] == ["改变样例", "一方面要", "另一方面"]


def test_a_quoted_term_stands_in_the_sentence_however_short(papers: KnowledgeIndex):
    given = ask(papers, "样例联盟说的“双轨”具体指哪两样？")
    assert given.text.startswith("样例联盟采取例会联络")
    assert ask(papers, "样例联盟说的“三环”具体指哪几样？").outcome != "answered"


def test_two_terms_are_explained_each_by_its_own_sentence(papers: KnowledgeIndex):
    given = ask(papers, "样例要求“望远察微”，望远和察微分别是啥意思？")
    assert [(one.about, one.text[:4]) for one in given.sentences] == [("望远", "“望远”"), ("察微", "“察微”")]


def test_a_very_long_message_is_not_parted():
    assert parts_of("2024年、" * 2000 + "各多少") == ()


PLAN = """衢溪市装备产教联合体三年计划
一、到2031年底，成员单位达到38家，专业布点占比达到52%，“双师型”教师占专业课教师的比例达到61%。
二、到2033年底，成员单位达到57家，专业布点占比达到71%，“双师型”教师占专业课教师的比例达到76%。
三、毕业设计每项补助800元。四、学院现有实训教师190人。
"""


def test_of_several_figures_in_a_clause_each_the_asked_one_is_said_first(shelved: Shelved) -> None:
    shelf = shelved(plan=PLAN)
    told = ask(shelf, "衢溪2031年底和2033年底双师型教师各占多少")
    mixed = ask(shelf, "衢溪毕业设计补助和实训教师分别是多少")
    assert told.headline == "分别是61%、76%。"
    assert not mixed.headline

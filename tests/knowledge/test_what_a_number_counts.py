"""What a number counts, whose the joint thing is, of which day a state is."""

import pytest

from knowledge.evidence.counted import counts, noun_after
from tests.knowledge.samples import Shelved, ask

SCHOOLS = """赣州样例教育概况
赣州样例中职学校开设18个大类、74个专业。赣州样例高职学校开设21个大类、133个专业。
2015年，赣州样例职院与样例园区等9家重点企业共同组建了采用学徒培养的样例工坊。
与样例旅游公司等企业联合开展覆盖6个专业共95名学生的订单班试点。
联合体设秘书长1名、副秘书长3名。秘书长由样例职院副院长周怀远担任。
"""
STATE = """赣州样例行动方案（2025—2027年）
一、基础
截至2024年底，全市有职业院校11所。规模以上企业620家，毕业生留赣就业率为51.2%。
二、目标
毕业生留赣就业率提高到65%以上。
"""
AGREEMENT = """共建“启程样例机器人产业学院”协议书
甲方：宜春样例职业学院
乙方：启程样例机器人有限公司
1.1 产业学院为甲方的二级单位，对外不得以自身名义签订合同。
2.1 设副院长1名，由甲方机电系主任贺知秋兼任。
2.2 乙方每年派工程师9人授课。
3.1 甲方每年投入运行经费66万元。
3.2 乙方投入两条实训线，价值870万元。
4.1 成员在本行业从业满4年。秘书处在12个工作日内完成初审。
"""


@pytest.mark.parametrize(
    ("words", "nouns"),
    [
        ("开设18个大类,74个专业。", ["大类", "专业"]),
        ("9家重点企业共同组建了采用学徒培养的工坊", ["重点企业"]),
        ("聘请30名来自企业的能工巧匠担任产业导师", ["来自企业的能工巧匠担任产业导师"]),
        ("建设4个教师企业实践流动站", ["教师企业实践流动站"]),
        ("教师370人,其中", [""]),
        ("每家限报2项", [""]),
    ],
)
def test_the_noun_behind_a_number(words: str, nouns: list[str]) -> None:
    ends = [at + 1 for at, sign in enumerate(words) if sign in "个家名人项" and words[at - 1].isdigit()]
    assert [noun_after(words, end) for end in ends] == nouns


def test_a_number_whose_noun_is_not_told_counts_nothing_for_certain() -> None:
    assert counts("教师370人", 6, ["教师"]) is None
    assert counts("9家企业", 2, ["学徒"]) is False


def test_a_headline_takes_the_number_of_the_asked_noun(shelved: Shelved) -> None:
    said = ask(shelved(schools=SCHOOLS), "赣州样例的中职和高职学校各开设了多少个专业")
    assert said.headline == "分别是74个、133个。"


def test_so_many_firms_are_no_number_of_apprentices(shelved: Shelved) -> None:
    assert ask(shelved(schools=SCHOOLS), "样例工坊毕业了多少学徒").outcome != "answered"


def test_those_few_firms_ask_for_no_number_of_firms(shelved: Shelved) -> None:
    assert "95名" in ask(shelved(schools=SCHOOLS), "赣州样例和旅游公司那几家搞订单班，带了多少学生").text


def test_a_secretary_general_is_no_deputy(shelved: Shelved) -> None:
    shelf = shelved(schools=SCHOOLS)
    assert ask(shelf, "副秘书长叫什么名字").outcome != "answered"
    assert "周怀远" in ask(shelf, "秘书长叫什么名字").text


def test_a_paragraph_tells_of_the_day_it_opens_with(shelved: Shelved) -> None:
    shelf = shelved(state=STATE)
    assert ask(shelf, "2024年底毕业生留赣就业率是多少").value == "51.2%"
    assert "65%" in ask(shelf, "毕业生留赣就业率要提高到多少").text


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("启程产业学院的副院长由谁兼任", "贺知秋"),
        ("启程产业学院能以自己的名义签合同吗", "不得"),
        ("启程产业学院，企业的两条实训线值多少", "870万元"),
        ("加入的成员得干够几年", "满4年"),
    ],
)
def test_what_the_parties_made_is_no_single_partys(shelved: Shelved, question: str, said: str) -> None:
    assert said in ask(shelved(agreement=AGREEMENT), question).text


def test_a_party_that_is_named_itself_keeps_its_own_clauses(shelved: Shelved) -> None:
    assert ask(shelved(agreement=AGREEMENT), "启程机器人公司每年投入多少运行经费").outcome != "answered"


NOTICE = """发文字号: | 样州教发〔2025〕31号 |
样州市教育局关于组织申报产教融合型企业的通知
样州市各单位：根据《样州市实训提升行动计划》（样州政发〔2024〕8号），现组织申报。
一、本批推荐的产教融合型企业不超过26家。企业于2025年4月18日前登录系统填报。
二、2024年全市规上企业营业收入3100亿元。
三、支出3万元以下由秘书长审批；3万元以上40万元以下由理事长审批；40万元以上由常务理事会审议。
四、招收留学生58人，来自越南、老挝2国。
"""


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("样州本批推荐的产教融合型企业不超过多少家", "26家"),
        ("样州企业登录系统填报要在什么时间前完成", "4月18日"),
        ("样州联合体一次花50万，得谁点头", "常务理事会"),
        ("样州的外国学生都是从哪几个国家来的", "越南、老挝"),
        ("样州市组织申报产教融合型企业的通知发文字号是什么", "〔2025〕31号"),
        ("样州市实训提升行动计划的文件号是什么", "〔2024〕8号"),
    ],
)
def test_what_everyday_questions_leave_to_the_reader(shelved: Shelved, question: str, said: str) -> None:
    assert said in ask(shelved(notice=NOTICE), question).text


def test_a_figure_of_another_year_is_no_answer(shelved: Shelved) -> None:
    shelf = shelved(notice=NOTICE)
    assert ask(shelf, "2025年样州的规上企业营收是多少").outcome != "answered"
    assert "3100亿元" in ask(shelf, "2024年样州的规上企业营收是多少").text


def test_a_list_within_one_line_is_said_to_its_end(shelved: Shelved) -> None:
    ninth = "第九条 经费来源为：牵头单位投入；政府项目资助；社会捐赠；服务收入。"
    shelf = shelved(charter=f"样州共同体章程\n{ninth}\n第十条 时间：周一；地点：礼堂。\n")
    assert "服务收入" in ask(shelf, "样州共同体的经费来源有哪些").text
    assert "礼堂" not in ask(shelf, "第十条的时间是什么时候").text


def test_an_office_without_a_name_tells_nobodys_name(shelved: Shelved) -> None:
    group = "成立由市长任组长、分管副市长任副组长的领导小组。学院设合作委员会，由院长任主任。"
    shelf = shelved(plan=f"样州试点方案\n{group}\n秘书长由李文海担任。\n")
    assert ask(shelf, "领导小组的副组长叫什么名字").outcome != "answered"
    assert "李文海" in ask(shelf, "秘书长叫什么名字").text
    assert ask(shelf, "猫半夜一直叫是怎么回事").outcome != "answered"

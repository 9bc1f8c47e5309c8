"""What kind of answer a question wants, however it is worded, and what does not answer it though it stands beside."""

import pytest

from knowledge.questions.understanding import understand
from knowledge.search.index import KnowledgeIndex
from tests.knowledge.samples import Shelved, ask

RULES = """标 题: | 关于印发《云溪市样例联合体管理办法》的通知 |
成文日期: | 2026年3月2日 | 公开日期: | 2026年3月9日 | 有效性: | 有效 |
云溪市样例联合体管理办法
第一条 本办法所称样例联合体,是指由园区、学校和企业自愿组成的非营利性合作组织。
第二条 秘书处设在云溪工业职业学院产教融合处。理事长由云溪市分管副市长担任,副理事长由远山机电公司总经理担任。
第三条 变更住所须经到会理事五分之四以上同意,其他事项须经到会理事过半数通过。
第四条 岗位目录每两个月更新一次。
第五条 一学期内爽约累计四次的单位,停用预约资格90日。
第六条 单笔支出在1万元以下的由秘书长审批,1万元至6万元的由秘书长和财务监事会签,超过6万元的提交理事会审议。
第七条 学徒意外险由园区财政全额承担。体检费由企业支付。
第八条 联合体设立启明奖学金,每名学徒每学年1800元。每个班不少于35人。
第九条 待盈利后,由远山机电公司设立600万的创业基金,支持学徒创业。
第十条 2025年任务清单共列任务18项。未完成的2项为“仪器入网”和“食堂改造”,结转下一年度。
第十一条 创新项目由学校和企业共同申报,以企业为主。每家企业限报3项,每所学校限报5项。
第十二条 园区企业最缺的是设备调试员、数据标注员和精密装配工,岗位缺口700人。学校开设岗位讲座、技能比赛。
第十三条 成员有下列情形之一的,视为自动退会:两年不缴会费;企业注销。成员退会应提前三十日告知秘书处。
第十四条 优秀作品评选分初评和终评,入选的作品奖励500元。有下列情形之一的作品不予受理:已获省级奖的、侵犯他人权利的。
第十五条 新建学徒公寓2栋,食堂1座;在册学徒412人。
第十六条 对不以营利为目的的实训项目保障用地。园区优先安排实训项目用地计划,对非营利性的实训项目以划拨的方式供地。
"""


@pytest.fixture(scope="module")
def rules(shelved: Shelved) -> KnowledgeIndex:
    return shelved(rules=RULES)


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("启明奖学金每名学徒一年多少", "amount"),
        ("首期要投多大一笔钱", "money"),
        ("园区要拿多少出来办培训", "money"),
        ("改住所要多大比例的理事同意", "share"),
        ("目录隔多久要换一版", "often"),
        ("一学期爽约几次就停用", "times"),
        ("秘书处放在哪个部门", "seat"),
        ("学徒的保险谁来出钱", "payer"),
        ("花五万块要谁签字", "approver"),
        ("样例联合体是个什么性质的组织", "define"),
        ("放在哪个月开会", "when"),
        ("谁来负责", "duty"),
        ("会员干了什么就算退会", "condition"),
        ("评选哪些作品不收", "condition"),
    ],
)
def test_asking_words_tell_the_kind(question: str, kind: str):
    assert understand(question).kind == kind


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("启明奖学金每名学徒一年多少", "1800元"),
        ("远山机电公司盈利了要给学徒多大一笔基金", "600万"),
        ("变更住所要多大比例的理事同意", "五分之四以上"),
        ("岗位目录隔多久换一版", "每两个月"),
        ("一学期爽约几次就停用预约", "累计四次"),
        ("样例联合体的秘书处放在哪个单位", "云溪工业职业学院"),
        ("学徒的意外险谁来掏钱", "园区财政"),
        ("样例联合体花三万块要谁签字", "财务监事会签"),
        ("花四万五要谁批", "财务监事会签"),
        ("样例联合体是个什么样的组织", "非营利性合作组织"),
        ("每家企业最多能报几个创新项目", "限报3项"),
        ("园区企业最缺的是哪三种岗位的人", "数据标注员"),
        ("成员干了什么就算自己退会了", "两年不缴会费"),
        ("优秀作品评选哪些情况不收", "已获省级奖"),
        ("2025年清单未完成的是哪两项", "食堂改造"),
        ("不营利的实训项目用地怎么拿", "划拨"),
        ("管理办法是哪天挂到网上的", "3月9日"),
        ("样例联合体的理事长由谁来当", "副市长"),
    ],
)
def test_the_kind_is_found_in_other_words(rules: KnowledgeIndex, question: str, said: str):
    given = ask(rules, question)
    assert given.outcome == "answered", given.nearest
    assert said in given.text


@pytest.mark.parametrize(
    "question",
    [
        "启明奖学金每名老师一年多少",
        "一学期迟到几次就停用预约",
        "实训基地的办公室放在哪个部门",
        "学徒的住宿费谁来出",
        "秘书长由谁来当",
        "食堂多大一笔投资",
        "学徒的运行经费谁出",
        "食堂隔多久换一次菜单",
        "学徒公寓能住多少人",
        "每所学校最多能派几个评委",
        "学校最缺的是哪三种老师",
        "2024年清单未完成的是哪两项",
    ],
)
def test_what_stands_beside_is_of_another_kind(rules: KnowledgeIndex, question: str):
    assert ask(rules, question).outcome != "answered"


def test_not_done_is_one_word():
    assert "未完成" in "".join(understand("未完成的是哪两项").words)

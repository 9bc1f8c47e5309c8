"""Questions that tables answer: cells, rows with a condition, counts, sums, the first and the last; or honestly not."""

from collections.abc import Iterator

import pytest

from knowledge.answers.answering import Answer
from knowledge.documents.reading import entries_of, read_file
from knowledge.search.index import KnowledgeIndex
from tests.knowledge.samples import ask
from tests.knowledge.table_papers import write_papers

SAID = [
    ("台州任务3的责任单位是谁", "市经信局", "配合单位：台州"),
    ("第5项重点任务什么时候完成", "2026年10月", ""),
    ("组织技能竞赛的配合单位是哪家", "市人社局", ""),
    ("市人社局负责哪些任务", "编制岗位能力标准 发布人才需求报告", "组织技能竞赛"),
    (
        "哪些任务是2027年完成的",
        "建设缝制设备实训基地 组织技能竞赛 发布人才需求报告 评选产教融合型企业",
        "编制岗位能力标准",
    ),
    ("台州任务分工表里一共有几项任务", "8项", ""),
    ("市教育局配合哪几项任务", "建设缝制设备实训基地 设立校企合作专项资金 评选产教融合型企业", "开展教师企业实践"),
    ("哪项任务完成得最晚", "评选产教融合型企业", ""),
    ("教师企业实践归谁管", "市教育局", ""),
    ("最早要完成的是哪项任务", "组建模具产业学院", ""),
    ("市财政局牵头的是啥任务", "设立校企合作专项资金", ""),
    ("由市人社局牵头的任务有几项", "2项", ""),
    ("第八项任务有哪些单位配合", "市工商联", ""),
    ("瓯江职业技术学院的现场工程师名额是几个", "60", "25个。"),
    ("哪个学校现场工程师名额最多", "永嘉机电技师学院", ""),
    ("技术能手名额一共多少", "125", ""),
    ("温州名额分配表里补助金额合计多少", "380", ""),
    ("乐清电气技师学院技术能手给了几个名额", "40", ""),
    ("雁荡工贸学院是什么类型的学校", "高职", ""),
    ("表里有几所学校", "6所", ""),
    ("哪些学校是技工院校", "永嘉机电技师学院 乐清电气技师学院", "平阳"),
    ("补助最少的是哪个学校", "苍南职业中学", ""),
    ("高职学校的现场工程师名额加起来是多少", "105", ""),
    ("平阳中等专业学校补助多少钱", "28万元", ""),
    ("序号3是哪个学校", "永嘉机电技师学院", ""),
    ("苍南职业中学一共分到多少名额", "25", ""),
    ("针织横机买几台", "4台", ""),
    ("绍兴2026年预算总共多少钱", "84.4", ""),
    ("实训条件这一类一共花多少钱", "61.4", ""),
    ("哪个支出项目金额最高", "针织横机", ""),
    ("面料检测仪的单价是多少", "93000", ""),
    ("外聘工匠课酬由哪个部门经办", "教务处", ""),
    ("实训处经办哪些项目", "印染小样机 针织横机", "面料检测仪"),
    ("教师企业实践属于哪个类别", "师资培训", ""),
    ("副理事长单位有哪些", "柯桥样例轻工学院 越纺样例集团有限公司", "上虞"),
    ("上虞样例印染有限公司的联系人是谁", "金望舒", ""),
    ("裘未央是哪个单位的", "绍兴样例纺织研究院", ""),
    ("成员单位里有几家企业", "3家", ""),
    ("诸暨样例袜业有限公司联系电话多少", "0575-8000105", ""),
    ("理事单位有几家", "3家", ""),
    ("成员单位一共有几家", "6家", ""),
    ("单个项目最高补助多少", "200万元", ""),
    ("光伏运维产业学院补助多少钱", "200万元", ""),
    ("义乌样例工商学院承担了哪些项目", "光伏运维产业学院 电商直播课程开发", "五金模具"),
    ("金华补助项目一共多少钱", "573.5", ""),
    ("影视制作实训中心什么时候验收", "2027年3月", ""),
    ("哪个项目拿的补助最少", "中药炮制传承班", ""),
    ("公示了几个项目", "6个", ""),
    ("示范基地类的项目有哪几个", "智能焊接示范基地 影视制作实训中心", "光伏运维"),
    ("五金模具双师培训是谁承担的", "永康样例五金学院", ""),
    ("2026年验收的项目有哪些", "智能焊接示范基地 五金模具双师培训 电商直播课程开发", "中药"),
    ("补助金额超过100万元的项目有哪些", "智能焊接示范基地 光伏运维产业学院 影视制作实训中心", "五金模具"),
    ("义乌样例工商学院一共拿了多少补助", "230", ""),
    ("中药炮制传承班是哪类项目", "人才培养", ""),
    ("缙云样例机床公司哪年加入的", "2022年", ""),
    ("莲都区有哪些成员单位", "丽水样例师范学院 丽水样例工业研究所", "缙云"),
    ("2024年加入的有哪几家", "青田样例石雕学校 松阳样例茶业公司", ""),
    ("谁交的会费最多", "缙云样例机床公司", ""),
    ("云和样例木玩公司一年会费多少", "4000元", ""),
    ("丽水联盟的企业有几家", "4家", ""),
    ("年会费合计多少", "18500", ""),
    ("龙泉样例青瓷厂在哪个县", "龙泉市", ""),
    ("成员名单里有哪些学校", "丽水样例师范学院 青田样例石雕学校", ""),
    ("第6号成员是谁", "丽水样例工业研究所", ""),
    ("丽水样例师范学院属于什么类型", "学校", ""),
    ("会费最低的单位交多少", "1000元", ""),
    ("丽水联盟一共多少家成员单位", "7家", ""),
    ("热处理炉放在哪里", "精工楼102", ""),
    ("AGV小车的管理员是谁", "汪晓舟", ""),
    ("注塑机有几台", "9台", ""),
    ("智造楼305有哪些设备", "激光切割机 气动实训台 3D打印机 AGV小车", "注塑机"),
    ("单价最贵的设备是哪个", "AGV小车", ""),
    ("衢州设备清单里有多少种设备", "24种", ""),
    ("SB-016是什么设备", "万能铣床", ""),
    ("设备台数一共多少", "120", ""),
    ("硬度计哪年启用的", "2022", ""),
    ("汪晓舟管哪些设备", "三坐标测量机 AGV小车", "数控车床"),
    ("伺服压力机一台多少钱", "82000元", ""),
    ("2024年启用的设备有哪几种", "液压实训台 电火花机 伺服压力机", ""),
    ("数控车床和加工中心各有几台", "1台 8台", ""),
]
NOT_THERE = [
    "第12项任务谁牵头",
    "组建模具产业学院的经费是多少",
    "市卫健委负责哪些任务",
    "瑞安职业学院的现场工程师名额是几个",
    "瓯江职业技术学院的教师名额是几个",
    "染色机的预算是多少",
    "智能焊接示范基地的项目负责人是谁",
    "竹编非遗工坊补助多少",
    "遂昌样例竹业公司哪年加入的",
    "松阳样例茶业公司的法人代表是谁",
    "离心机有几台",
    "金相显微镜的保修期是多久",
]


@pytest.fixture(scope="module")
def papers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[KnowledgeIndex]:
    folder = tmp_path_factory.mktemp("papers")
    write_papers(folder)
    index = KnowledgeIndex.open(tmp_path_factory.mktemp("tables") / "index")
    for path in sorted(folder.iterdir()):
        index.add(entries_of(path.stem, read_file(path)))
    yield index
    index.close()


@pytest.mark.parametrize(("text", "said", "unsaid"), SAID)
def test_a_table_answers(papers: KnowledgeIndex, text: str, said: str, unsaid: str):
    given = ask(papers, text)
    assert given.outcome == "answered"
    for words in said.split():
        assert words in given.text
    assert not unsaid or unsaid not in given.text
    assert not given.conflicts


@pytest.mark.parametrize("text", NOT_THERE)
def test_what_the_table_has_not_is_refused(papers: KnowledgeIndex, text: str):
    assert ask(papers, text).outcome != "answered"


def rows_shown(given: Answer) -> list[str]:
    return [one.quote for one in given.citations]


def test_a_sum_shows_the_rows_it_is_added_up_from_and_says_so(papers: KnowledgeIndex):
    given = ask(papers, "实训条件这一类一共花多少钱")
    assert given.headline == "61.4万元。"
    assert "added_up" in given.notes
    assert len(rows_shown(given)) == 3
    assert all("实训条件" in one for one in rows_shown(given))


def test_the_total_row_is_quoted_where_there_is_one(papers: KnowledgeIndex):
    given = ask(papers, "技术能手名额一共多少")
    assert given.headline == "125个。"
    assert "added_up" not in given.notes
    assert [one.startswith("| 合计") for one in rows_shown(given)] == [True]


def test_a_count_shows_each_row(papers: KnowledgeIndex):
    given = ask(papers, "衢州设备清单里有多少种设备")
    assert given.headline == "24种。"
    assert "counted" in given.notes
    assert len(rows_shown(given)) == 24


def test_a_model_words_no_table(papers: KnowledgeIndex):
    class Talking:
        def complete(self, system: str, user: str) -> str:
            return "针织横机是26万元。[1]"

    assert ask(papers, "哪个支出项目金额最高", model=Talking()).composed_by == "extract"


def test_two_papers_that_fit_alike_are_both_said(papers: KnowledgeIndex):
    given = ask(papers, "成员单位里有几家企业")
    assert given.headline.count("《") == 2
    assert {one.document_id for one in given.citations} == {"丽水成员", "绍兴预算"}

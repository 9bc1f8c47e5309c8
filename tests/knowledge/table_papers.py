"""Papers with tables of our own, as text, Excel, Word and web page; every figure in them is made up."""

from pathlib import Path
from typing import Any

import docx
import openpyxl

TASKS = """台州市现场工程师培养行动任务分工方案
台样教发〔2026〕12号
一、总体要求
到2027年,全市建成10个产业学院,培养现场工程师1200名。各责任单位要按季度报送进展。
二、任务分工
各项任务分工如下表。
序号 | 重点任务 | 责任单位 | 配合单位 | 完成时限 |
1 | 组建模具产业学院 | 台州样例职业技术学院 | 市经信局、模具行业协会 | 2026年6月 |
2 | 编制岗位能力标准 | 市人社局 | 台州样例职业技术学院、市总工会 | 2026年9月 |
3 | 建设缝制设备实训基地 | 市经信局 | 市教育局 | 2027年3月 |
4 | 开展教师企业实践 | 市教育局 | 市经信局、市国资委 | 2026年12月 |
5 | 设立校企合作专项资金 | 市财政局 | 市教育局、市人社局 | 2026年10月 |
6 | 组织技能竞赛 | 市总工会 | 市人社局 | 2027年5月 |
7 | 发布人才需求报告 | 市人社局 | 市统计局 | 2027年1月 |
8 | 评选产教融合型企业 | 市发展改革委 | 市经信局、市教育局、市工商联 | 2027年9月 |
三、工作要求
(一)加强领导。各单位明确一名联络员。
(二)强化督查。市教育局每季度通报一次进展。
"""

QUOTAS = (
    ("温州市2026年现场工程师联合培养名额分配表", None, None, None, None, None),
    ("序号", "学校", "学校类型", "培养名额", None, "补助金额（万元）"),
    (None, None, None, "现场工程师", "技术能手", None),
    (1, "瓯江职业技术学院", "高职", 60, 25, 85),
    (2, "雁荡工贸学院", None, 45, 30, 75),
    (3, "永嘉机电技师学院", "技工院校", 80, 12, 92),
    (4, "乐清电气技师学院", None, 35, 40, 75),
    (5, "平阳中等专业学校", "中职", 20, 8, 28),
    (6, "苍南职业中学", None, 15, 10, 25),
    ("合计", None, None, 255, 125, 380),
)
QUOTAS_MERGED = ("A1:F1", "A2:A3", "B2:B3", "C2:C3", "D2:E2", "F2:F3", "C4:C5", "C6:C7", "C8:C9", "A10:C10")

BUDGET = (
    ("类别", "支出项目", "数量", "单价（元）", "金额（万元）", "经办部门"),
    ("实训条件", "印染小样机", "6台", "28000", "16.8", "实训处"),
    ("实训条件", "针织横机", "4台", "65000", "26", "实训处"),
    ("实训条件", "面料检测仪", "2台", "93000", "18.6", "质检中心"),
    ("师资培训", "教师企业实践", "40人", "3000", "12", "人事处"),
    ("师资培训", "外聘工匠课酬", "300课时", "200", "6", "教务处"),
    ("宣传活动", "职业教育活动周", "1场", "50000", "5", "宣传部"),
)
MEMBERS = (
    ("单位名称", "担任职务", "联系人", "联系电话", "单位性质"),
    ("绍兴样例纺织大学", "理事长单位", "沈知行", "0575-8000101", "本科院校"),
    ("柯桥样例轻工学院", "副理事长单位", "鲁闻达", "0575-8000102", "高职院校"),
    ("越纺样例集团有限公司", "副理事长单位", "章可为", "0575-8000103", "企业"),
    ("上虞样例印染有限公司", "理事单位", "金望舒", "0575-8000104", "企业"),
    ("诸暨样例袜业有限公司", "理事单位", "陶一鸣", "0575-8000105", "企业"),
    ("绍兴样例纺织研究院", "理事单位", "裘未央", "0575-8000106", "科研院所"),
)
SUBSIDIES = (
    ("项目名称", "承担单位", "项目类别", "补助金额（万元）", "验收时间"),
    ("智能焊接示范基地", "金华样例技师学院", "示范基地", 120, "2026年11月"),
    ("光伏运维产业学院", "义乌样例工商学院", "产业学院", 200, "2027年6月"),
    ("五金模具双师培训", "永康样例五金学院", "师资培训", 45.5, "2026年8月"),
    ("影视制作实训中心", "横店样例影视学院", "示范基地", 150, "2027年3月"),
    ("电商直播课程开发", "义乌样例工商学院", "课程开发", 30, "2026年12月"),
    ("中药炮制传承班", "磐安样例中药学校", "人才培养", 28, "2027年7月"),
)
LEAGUE = (
    ("序号", "单位名称", "单位类型", "所在区县", "加入年份", "年会费（元）"),
    ("1", "丽水样例师范学院", "学校", "莲都区", "2022年", "3000"),
    ("2", "龙泉样例青瓷厂", "企业", "龙泉市", "2023年", "2000"),
    ("3", "缙云样例机床公司", "企业", "缙云县", "2022年", "5000"),
    ("4", "青田样例石雕学校", "学校", "青田县", "2024年", "1000"),
    ("5", "松阳样例茶业公司", "企业", "松阳县", "2024年", "2000"),
    ("6", "丽水样例工业研究所", "科研院所", "莲都区", "2025年", "1500"),
    ("7", "云和样例木玩公司", "企业", "云和县", "2025年", "4000"),
)

MACHINES = [
    "数控车床",
    "加工中心",
    "三坐标测量机",
    "激光切割机",
    "工业机器人",
    "焊接工作站",
    "液压实训台",
    "气动实训台",
    "PLC实训台",
    "电工实训台",
    "钳工台",
    "3D打印机",
    "线切割机",
    "电火花机",
    "注塑机",
    "万能铣床",
    "平面磨床",
    "热处理炉",
    "硬度计",
    "金相显微镜",
    "伺服压力机",
    "装配流水线",
    "视觉检测台",
    "AGV小车",
]


def write_papers(folder: Path) -> None:
    """Write one file of each paper."""
    (folder / "台州任务分工.txt").write_text(TASKS, encoding="utf-8")
    league = "\n".join("\t".join(row) for row in LEAGUE)
    league = f"丽水市样例产教联盟成员单位名单\n(截至2026年3月)\n{league}\n\n说明:会费每年6月底前交至秘书处。\n"
    (folder / "丽水成员.txt").write_text(league, encoding="utf-8")
    _sheet(folder / "温州名额分配.xlsx", "名额分配", QUOTAS, QUOTAS_MERGED)
    _sheet(folder / "衢州设备清单.xlsx", "设备清单", _machines())
    _word(folder / "绍兴预算.docx")
    (folder / "金华补助公示.html").write_text(_page(), encoding="utf-8")


def _machines() -> list[tuple[object, ...]]:
    places, keepers = ("精工楼101", "精工楼102", "智造楼201", "智造楼305"), ("方若谷", "余明远", "汪晓舟")
    heads = ("设备编号", "设备名称", "存放地点", "管理员", "台数", "启用年份", "单价（元）")
    rows = [
        (f"SB-{at + 1:03d}", name, places[at % 4], keepers[at % 3], at * 7 % 9 + 1, 2018 + at % 7, 12000 + at * 3500)
        for at, name in enumerate(MACHINES)
    ]
    return [heads, *rows]


def _sheet(path: Path, title: str, rows: Any, merged: tuple[str, ...] = ()) -> None:
    book = openpyxl.Workbook()
    book.active.title = title
    for row in rows:
        book.active.append(row)
    for one in merged:
        book.active.merge_cells(one)
    book.save(path)


def _word(path: Path) -> None:
    made = docx.Document()
    made.add_heading("绍兴纺织产教联合体2026年经费预算", 0)
    made.add_paragraph("经理事会审议，2026年度经费预算安排如下。")
    made.add_heading("一、支出预算", 1)
    table = _filled(made, BUDGET)
    for top, bottom in ((1, 3), (4, 5)):
        words = table.cell(top, 0).text
        for row in range(top + 1, bottom + 1):
            table.cell(row, 0).text = ""
        table.cell(top, 0).merge(table.cell(bottom, 0)).text = words
    made.add_heading("二、成员单位", 1)
    made.add_paragraph("联合体现有下列成员单位。")
    _filled(made, MEMBERS)
    made.save(str(path))


def _filled(made: Any, rows: tuple[tuple[str, ...], ...]) -> Any:
    table = made.add_table(len(rows), len(rows[0]))
    for at, row in enumerate(rows):
        for column, words in enumerate(row):
            table.cell(at, column).text = words
    return table


def _page() -> str:
    rows = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in SUBSIDIES)
    return (
        "<html><head><meta charset=utf-8></head><body><h1>金华市2026年产教融合补助项目公示</h1>"
        f"<p>现将拟补助项目公示如下，公示期5个工作日。</p><table>{rows}</table><p>联系电话:0579-8000200</p></body></html>"
    )

"""What words say of a post or batch besides numbers: level, kind of employment, kind of post, place, certificates."""

import re
from typing import Any

Words = tuple[tuple[str, re.Pattern[str]], ...]
LEVEL_WORDS = (
    ("职业本科", re.compile(r"职业本科|职教本科|职本")),
    ("高职专科", re.compile(r"大专|高职|专科")),
    ("中职", re.compile(r"中专|中职|职高|中技")),
    ("技工", re.compile(r"技校|技工(?:学校|院校)|技师学院")),
    ("本科", re.compile(r"本科")),
    ("不限", re.compile(r"(?:学历|层次|专业)?(?:不限|都行|都可以|无要求|没要求)")),
)
FORM_WORDS = (
    ("学徒", re.compile(r"学徒")),
    ("订单班", re.compile(r"订单|冠名班")),
    ("实习", re.compile(r"实习|顶岗|跟岗")),
    ("录用", re.compile(r"录用|正式工|正式员工|长期|劳动合同|全职|招聘")),
)
TYPE_WORDS = (
    ("设备维修", re.compile(r"维修|机修|检修|电工|仪表")),
    ("质检", re.compile(r"质检|检验|化验|品控|品管|检测")),
    ("安全", re.compile(r"安全员|安环|安全管理|消防")),
    ("营销", re.compile(r"销售|营销|市场|业务员|主播")),
    ("服务", re.compile(r"客服|服务员|护理|保育|康养|厨师|司机")),
    ("技术", re.compile(r"技术|工程师|工艺员|研发|编程|程序|设计")),
    ("生产操作", re.compile(r"操作|普工|生产|装配|车工|焊工|钳工|分拣|包装|工$")),
)
_PLACE = re.compile(
    r"(?:在|地点[:是]?|位于)(?P<place>[\u4e00-\u9fa5]{2,14}?(?:园区|工业园|开发区|新区|新城|产业园|区|县|镇))"
)
_BARE_PLACE = re.compile(r"(?:^|[,;。 ])(?P<place>[\u4e00-\u9fa5]{2,10}?(?:园区|工业园|开发区|产业园))")
_CERT = re.compile(
    r"[\u4e00-\u9fa5]{1,8}?(?:操作|上岗|资格|技能|等级|特种|电工|焊工|安全员)[\u4e00-\u9fa5]{0,4}证(?:书)?"
)
_LIVING = re.compile(
    r"包吃住|包吃|包住|管吃住?|管住|食宿|有宿舍|[两三]班倒|[四五]班[三四]运转|倒班|长白班|白班|双休|五险一金|五险"
)


def post_type(name: str) -> str:
    """Which kind of post a name belongs to; 其他 when none."""
    return next((kind for kind, pattern in TYPE_WORDS if pattern.search(name)), "其他")


def first_of(text: str, words: Words, name: str) -> dict[str, Any]:
    """The first of the words that the text holds, as a field; empty when none."""
    return next(({name: value} for value, pattern in words if pattern.search(text)), {})


def find_conditions(text: str) -> dict[str, Any]:
    """Place of work, living conditions and certificates, as fields."""
    values: dict[str, Any] = {}
    place = _PLACE.search(text) or _BARE_PLACE.search(text)
    if place:
        values["place"] = place["place"]
    if living := list(dict.fromkeys(_LIVING.findall(text))):
        values["conditions"] = "、".join(living)
    if certs := list(dict.fromkeys(found.lstrip("有持需要带和及") for found in _CERT.findall(text))):
        values["certs"] = certs
    return values

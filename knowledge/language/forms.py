"""What the wanted kind of thing looks like in a sentence: a number with its measure word, a date, a sum of money."""

from __future__ import annotations

import re
from functools import lru_cache

from knowledge.language.kinds import MEASURES, TITLES

_NUMBER = (
    r"(?<![第\d〔一二三四五六七八九十百千万亿])(?:\d+(?:[,.]\d+)*|[一二三四五六七八九十百千两](?:万?[一二三四五六七八九十百千两零]){0,9})"
    r"[余多来]?[百千万亿]*[余多]?\s*"
)
ABOUT = "(?:(?<![签预合节公条契履违制邀])约|(?<![最附临])近)"
"""What makes a figure behind it a rough one: 约5家, 近百人; not 签约5家, 节约5万元, 最近3年."""
_NOT_A_DATE = r"(?<![月\d])(?!(?:19|20)\d{2}\s*年)"
_PEOPLE = "实习生|新生|工人|导师|师傅|学生|学员|学徒|教师|老师|教职工|毕业生|职工|员工|选手"
_INSTITUTIONS = "家所户个间座"
_DATE = (
    r"(?<!\d)\d{4}\s*[-年/.]\s*\d{0,2}(?:\s*[-月/.]\s*\d{1,2})?日?(?!\d)|\d{1,2}月(?:\d{1,2}日|底|初|上旬|中旬|下旬)?"
    r"|[一二三四五六七八九十]+月|(?:\d{1,2}|[一二三四五六七八九十]+)世纪(?:[初末]|中[叶期]|\d0年代)?|(?<![\d〕\])）])\d{1,2}[日号](?:[之以]?前|之?内|起|[,，。;；)）|]|$)|(?:今|去|明|前|本|同|次)年(?:底|初|\d{1,2}月(?:\d{1,2}日|底|初|[上中下]旬)?)?|年底|每[年季月周]|[\u4e00-\u9fff]{2,8}(?:[之以]?后|[之以]?前)(?=[,，。;；|]|$|发|拨|办|进行|开始)|(?<!\d)\d{1,2}[:：]\d{2}(?!\d)|\d{1,2}[时点](?!数)|[一二三四五六七八九十]{1,3}点(?=[到至半整前后,，。开])"
)
ORGANISATION = (
    r"(?:学院|大学|学校|委员会|[局厅部处委]|公司|集团|中心|办公室|政府|协会|联盟|研究院|单位|理事会|领导小组|企业)"
    r"|书记|校长|院长|主任|局长|同志|领导|教授|选手|教师"
)
RATIO = r"(?<![\d:：])\d+\s*[:：∶]\s*\d+(?![\d:：])"
_FRACTION = r"[一二三四五六七八九十\d]+分之[一二三四五六七八九十\d]+|过?半数"
_SHARE = (
    rf"{RATIO}|{_FRACTION}|\d[\d.]*\s*[%％]|百分之|[一二三四五六七八九]成|{_NUMBER}倍|{_NUMBER}个?百分点|[千万]分之"
)
_MONEY = rf"{_NUMBER}元|{_NUMBER}(?<=[万亿])(?![一二三四五六七八九十百千\d人名家户亩平吨台次件个项千])"
_PART_OF_SUM = r"(?<=[额费款金资薪价]的)\d[\d.]*\s*[%％]"
_UNPAID = r"免费|全免|免收|不收取?|不[另再]?收|不向[^,，。;；]{1,8}收|自理|自筹"
_SURNAMES = (
    "[王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付"
    "方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤樊倪翁柳施庞鲁申辛殷耿凌骆柏童岳褚戚喻柯臧麦甘邢裴季阮蒲冉屈聂焦俞"
    "颜梅盛霍蔺苗舒莘桂窦缪岑牟娄祁阎匡隋卓鞠欧乔芦滕茅敖晏纪祝靳饶]"
)
_NO_NAME_ENDS = "校区院局会司业位方处部厂家员长人师生者委厅团队心园府任记事"
NAME = rf"(?!任[期命免职何用]|单位){_SURNAMES}(?!单位|部门)[\u4e00-\u9fff]{{1,2}}"
_LASTING = (
    rf"(?<!日[—–~至到-]){_NOT_A_DATE}{_NUMBER}"
    r"(?:个月|月(?=以上|以下|以内|左右)|个?(?:年|周|天|工作日|日|学期|[小学课]时|分钟|季度))"
)
_OF_TIME = "个(?:工作日|月|小时|星期|礼拜|学期|学年|百分点)"
_COUNTED = rf"{_NUMBER}个?(?:工作日|天|日|周|月|小时)"
_PHONE = (
    r"(?<![\d/-])\d{3,4}-?\d{7,8}(?![\d/])|(?<![\d/-])0\d{2,3}-\d{4,6}(?!\d)|(?<![\d-])[2-9]\d{6,7}(?![\d-])|1\d{10}"
)
_FIXED = {
    "money": rf"{_MONEY}|{_PART_OF_SUM}|{_UNPAID}",
    "share": _SHARE,
    "amount": rf"{_SHARE}|{_MONEY}|[一二三四五六七八九]折",
    "quantity": rf"{_SHARE}|{_MONEY}|(?!(?:19|20)\d\d[届级]){_NUMBER}[{MEASURES}]",  # 2024届 counts nothing
    "measure": rf"{_NUMBER}(?:千?瓦|kw|w|千?伏|v|安|摄氏度|度|℃|升|吨|米|[毫厘]米|公里|兆|公斤|千?克|斤|学分|字|[%％])",
    "size": rf"{_NUMBER}(?:亩|平方米|平米|公顷|平方公里|㎡)",
    "person": rf"(?:{TITLES})[:：是为由]?(?:[\u4e00-\u9fff]{{2,10}}[ \u3000])?{NAME}(?=[,，。、;；\s)）|]|同志|担任|$)"
    rf"|(?<=[师长员])(?!方[面案式]|高[校职级新]|任[务职期]|余|马上|金额|段落|程[度序]|史|毛|于){NAME}(?=[,，。;；)）]|$)|(?<=[长任记师员事]){NAME}(?=兼任|担任|出任|任(?!期))|(?<=[\u4e00-\u9fff]){NAME}(?<![{_NO_NAME_ENDS}])(?=担任|兼任|出任)|任(?:{TITLES})(?!单位)|由{NAME}(?=、|担任|兼任|负责|主持)|(?<=[员师人长任][:：]){NAME}"
    rf"|(?<![\u4e00-\u9fff]){NAME}(?:同志|{TITLES})|(?<=[由是为请]){NAME}(?:同志|{TITLES})",
    "age": rf"{_NUMBER}周?岁",
    "when": rf"{_DATE}|(?:结束|开始|到期|期满|届满|开学|放假|毕业|开工|完成)[之以]?[前后]"
    rf"|[前后]{_COUNTED}|{_COUNTED}[之以]?[内前]",
    "often": rf"每(?:年|半年|月|周|日|季度?|学期|天|{_NUMBER})|长期|不?定期"
    rf"|[月年周日季]均[^,，。;；]{{0,4}}?{_NUMBER}[次回趟场期]|{_LASTING}[内]?(?:至少)?[一1两2三3][次回趟届遍轮评]|(?:任期|周期|间隔|隔)[^,，。;；]{{0,3}}{_LASTING}",
    "lasting": rf"长期|{_LASTING}",
    "progress": rf"{_SHARE}|完成|启动|推进|进展|建成|投[入用运]|竣工|{_NUMBER}[项个家]",
    "ordinal": r"第[\d一二三四五六七八九十]+",
    "number": r"号\s*[:：]\s*\|?\s*\w{4,}|\d{8,}\w*/\d{4}-\d+|[〔\[(]\d{4,5}[〕\])]?\s*\d*号",
    "validity": r"有效性\s*[:：]\s*\|?\s*\S|有效期|废止|失效|[试施]行期?",
    "contact": rf"(?:联系|咨询)人[:：]|{_PHONE}|\w@\w|www\.|https?:",
    "stages": r"分[两二三四五六\d]+[次批期年]|先[^。;；]{0,24}[再后]|首[期批笔]|[余尾]款",
    "paper": r"《[^》]+》|[〔\[]\d{4}[〕\]]\d+号",
    "role": r"职[责能]|负责|任务|承担|主要是|用于|推动|开展|提供|从事|协调|统筹|指导|管理|督办|汇总",
    "consult": r"向[^,，。;；]{2,14}?(?:提出|申请|反映|报告|投诉|举报|咨询|报送|提交|递交)|"
    r"(?:联系|咨询)人[:：]|\w@\w|邮箱|\d{3,4}-?\d{7,8}|1\d{10}"
    rf"|[找向由经报跟到交][^,，。;；]{{0,12}}?(?:{ORGANISATION}|[师员长]|人)|{ORGANISATION}(?:负责|受理|办理)",
    "condition": r"不予|不接[收受]|不受理|除外|的[,，;；。]"
    r"|对象[:：]|[年未]满|情形|条件|资格|应当|必?须|不[少低]于|以上|连续|方可|凡|符合|具备",
    "seat": r"[设落]在|设于|挂靠|(?<!单)位于|住所|地址|依托|办公|(?:搬迁?|迁)[到至]|承担[^,，。;；]{0,6}秘书处",
    "where": r"\d+室|\d号楼|[一二三四五六七八九十\d][楼层](?![次级面])"
    r"|地点[:：]|地点(?=[\u4e00-\u9fff])|(?<!单)位于|设在|住所|地址|依托|坐落|选址|建在"
    r"|以[\u4e00-\u9fff]{3,14}(?:区|园|中心|基地)为(?:基础|依托)|在(?![^,，。;；]{0,8}[日天月年]内)[^,，。;；]{2,20}?(?:[市区县州镇乡村路街号楼层园馆厅室]|学院|大学|中心|基地|召开|举[办行]|成立|启动|开[幕工展]|[挂揭]牌|签[约署])"
    r"|(?:分布|生[活长]|居住|聚居|集中|落户|隶属|发表|来自|前往|赴|居|产)[于在自]?[\u4e00-\u9fff]{2,}",
    "who": ORGANISATION,
    "duty": ORGANISATION,
    "payer": r"(?:由|从|向)[^,，。;；由从向]{1,16}?(?:承担|负担|支付|付给|出资|列支|列入|解决|发放|给予|拨付|投保|购买)"
    r"|承担|负担|支付|出资|自筹|自理",
    "approver": r"(?:由|报|经|交|提请|须)[^,，。;；]{1,18}?"
    r"(?:审批|批准|[会签]签|签[批发]|审[议定]|核[准定]|同意|决定|研究)|决策机构|最终决定",
    "times": rf"{_NUMBER}[次回]",
    "how": r"以[^,，。;；以]{1,12}(?:方式|形式|办法)|通过(?!后|率|了)|采[取用]|按照?|凭"
    r"|向[^,，。;；]{2,12}(?:申请|提交|申诉|报告)|登录|填[写报]|提交|先[^。;；]{1,20}[再后]|程序|流程|步骤",
    "define": r"是指|指的是|所称|系指|简称|:指|^[^,，。]{2,20}是[^,，。;；是]{2,}",
    "penalty": r"督办|约[谈请]|提请|暂缓|撤[销换消]|丧失|失去|问责|整改|退出|劝退|责任|不再"
    r"|通报|取消|暂停|终止|追[回究]|收回|除名|扣[减除发]|罚|提醒|处分|批评|[核减]减|减少|不予|不得|赔偿"
    r"|调解|仲裁|裁决|诉讼|摘牌|冻结|解聘|更换|函告|视为|移送|重新|停止|责令|列入",
    "called": r"称(?:为|作|之为|呼)?|名(?:为|叫)|叫(?:做|作)?|命名|[“《「]",
    "why": r"因[此而为]?|由于|原因|[缘理]由|为了?[^,，。;；]{2,30}[,，]|以便|导致|造成|源于|出于|旨在|目的"
    r"|问题|不足|短板|瓶颈",
    "list": r"[^,，。;；、]{1,20}(?:、[^,，。;；、]{1,20})+",
}
PERSON = _FIXED["person"]
_MEANS = {
    "邮箱": r"\w@\w",
    "网址": r"www\.|https?:",
    "电话": _PHONE,
    "手机": r"1\d{10}",
}
COUNTING = frozenset(("count", "people", "quantity"))
SUMS = frozenset(("money", "amount", "quantity"))
_MEASURED = {
    "个": f"{_INSTITUTIONS}种类项门名位",
    "席": "名位席人",
    "档": "个档级类",
    "回": "次回",
    "趟": "次趟",
    "台": "台辆套架",
    "辆": "台辆",
    "节": "节课",
    "件": "件项",
} | {strict: strict for strict in "次份届期册亩层套张字页道分"}


@lru_cache(maxsize=512)
def form_of(kind: str, unit: str, votes: bool = False, bare: bool = False) -> re.Pattern[str] | None:
    """Return the pattern of what a question of ``kind`` wants, or None when its form tells nothing.

    Args:
        kind: What `knowledge.language.kinds.kind_of` says.
        unit: The measure word that was asked with (几家 → 家), or empty.
        votes: Whether so many votes are asked for, told as a fraction (三分之二以上) as well.
        bare: Whether nothing names what is counted (有几个).
    """
    if votes and kind in COUNTING:
        return re.compile(rf"{_FRACTION}|{_NUMBER}[名位人票]")
    if kind == "count" and unit == "个" and bare:  # 请假的有几个: people or things
        return re.compile(f"{_NUMBER}[{_MEASURED[unit]}名位人]")
    if kind == "people":
        return re.compile(
            rf"{_NUMBER}人次"
            if unit == "人次"
            else rf"{_NUMBER}(?:名|位|人(?!次)|个?(?={_PEOPLE}))|{_NUMBER}(?<=[万亿])(?=[,，。;；、]|$)"
        )
    if kind == "count":
        signs = _MEASURED.get(unit) or (_INSTITUTIONS if unit in _INSTITUTIONS else f"个{unit}")
        great = "大" if unit in "类项个种大门" else ""
        strict = "(?!钟)" if unit == "分" else ""
        return re.compile(f"{_NUMBER}(?!{_OF_TIME})(?:[{signs}]{strict}(?!人|性|体)|{great or signs}(?![批量型]))")
    if kind == "contact" and unit in _MEANS:
        return re.compile(_MEANS[unit])
    return re.compile(_FIXED[kind]) if kind in _FIXED else None

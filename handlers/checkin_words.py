"""Words that mean one thing while a check-in is filled in."""

import re

from services.periods import Period, read_period

_POLITE = r"(?:您好|你好|请|麻烦|帮忙?|给|我们?|咱们?|单位|想|要|来|得|该|现在|开始|准备|先|可以|[,，\s])*"
_PERIOD = r"(?P<{}>(?:20\d\d年)?(?:\d{{1,2}}|十[一二]?|[一二三四五六七八九])月|上个?月)份?的?"
_FORM = r"(?:月报表?|填报|报表|数据?|表|情况)"
_END = r"(?:了|吧|啊|呀|呢|一下|可以吗|行吗|[,，\s])*"
BEGIN = re.compile(
    rf"{_POLITE}(?:[本这当]个?月的?)?(?:"
    rf"(?:填报|上报|报送|填写|填|报|交)(?:[一下个份]|一下|一份)?(?:[本这当]个?月的?|{_PERIOD.format('reported')})?{_FORM}"
    rf"|(?:填报|上报|报送|填写|填|报|交)(?:[一下个份]|一下|一份)?{_PERIOD.format('bare')}"
    rf"|(?:{_PERIOD.format('named')})?(?:月报|填报)|(?:接着|继续)(?:填|报)(?:月报)?"
    rf"){_END}"
    r"|(?:[^,，。?？!！]{1,15}(?:[,，。]|[!！]+[,，。]?))*(?:我们?|单位)?(?:每个?月|[本这]个?月)?(?:月报)?(?:都|是|要|需要|得|该)*(?:报|填)(?:些|写)?(?:什么|哪些|啥)"
    r"(?:数据?|指标|内容|东西)?(?:啊|呀|呢|的)*"
    r"|(?:月报|数据?|这个|表)?(?:怎么|咋|在哪里?|哪里|如何)(?:填|报|交)(?:报|写|月报)?(?:啊|呀|呢|的)*"
)
TEMPLATE = re.compile(
    r"(?:我要|要|给我|麻烦|请)?(?:发|给|来|下载|导出)?(?:我)?(?:一?[个份张下])?(?:填报|月报)?(?:的)?(?:空)?"
    r"(?:表格|模板|excel表?|xlsx|填报表)(?:模板)?(?:[给发](?:一下)?我?(?:一?[份个张])?)?(?:吧|呗|一下)?"
    r"(?:[,，。 ]+(?:我)?(?:让|叫|请|给|好)[^\d?？]{1,12})?",
    re.I,
)
# Each wording can be read in one way only, and what was read is kept (*+): 对的对的对的… ends at once.
_YES = (
    r"(?:就?是这样|是没错|是的?|对的?|没错|没问题|无误|正确|确认|核对无误|(?:都|数据?|以上)(?:没问题|没错|对的?|无误))"
    r"(?:了|的)?"
)
_DONE = rf"(?:(?:{_YES}|好的|好了?|可以了?|行|就这样|就这些|[填报写]完了?|齐了|没了|ok)[了吧]?[,，。！!\s]*)*+"
SUBMIT = re.compile(
    rf"{_DONE}(?:请|帮我|帮忙|直接|现在|那就|就|可以|确认|给我)*(?:提交|上报|报送|交|报)(?:月报)?(?:了|吧|上去|一下)*",
    re.I,
)
AFFIRM = re.compile(rf"{_YES}(?:[,，\s]*{_YES})*+")
KEEP = re.compile(
    r"(?:(?:查|核对|核实|看|问)(?:过|了|过了)*[,，\s]*)?(?:就是|还是)?(?:原来?|之前|上次|报)的?(?:数字?|数据)?(?:都|就|是)*"
    r"(?:无误|没错|没问题|对的?|正确|属实)(?:的|了)?[,，\s]*(?:不用改)?"
    r"|(?:核实|核对|查)(?:过|了)*[,，\s]*(?:无误|没错|没问题|属实|是对的)|不用改"
)
MONTH = re.compile(r"(?:就?是)?(?:本月|当月|这个月|单月)(?:的|数|发生数|的数)?")
YEAR = re.compile(r"(?:就?是)?(?:本年|今年|全年|年度)?累计(?:的|数|的数)?")
CLEAR = re.compile(
    r"(?:撤回|撤销)(?:全部|整份)?(?:草稿)?|(?:清空|清除|删掉|删除)(?:全部|所有|草稿|重填)*|(?:重新填|重填|从头填)"
)
VERSIONS = re.compile(
    r"(?:看|查看|查|查一下|看一下|看看)?(?:一下)?(?:填报|月报)?(?:的)?(?:修改|更正|变更|版本)(?:记录|历史|留痕)"
)
CARD = re.compile(
    r"(?:还)?(?:差|缺)(?:什么|哪些|哪几项|啥)|(?:看|核对)(?:一下)?(?:核对卡|卡片|草稿)|填到哪了?"
    r"|(?:就)?(?:这些|可以|好|完|填完|报完|写完|没了|齐)了?(?:就这些)?了"
)
STEP = re.compile(
    r"(?:我?要|想|请|帮我|那就?|还是)*(?:逐项|逐个|挨个|一[项个]一?[项个]|按顺序)[地的]?[来填报问](?:我|吧|写|报|一遍)*"
)
SKIP = re.compile(
    r"(?:先)?(?:跳过|略过|过)(?:这[项个条]|吧|了|先)*|下一[项个条]|(?:这[项个条])?(?:先不|暂不|晚点再|回头再)(?:填|报)(?:了|吧|这[项个条])*"
)
BACK = re.compile(r"(?:回|返回|退回|看)?上一[项个条步]|返回|后退|往回")
_TAIL = re.compile(r"[\s。！!~～,，.？?]+$")


def month_to_begin(words: str, around: Period) -> Period | None:
    """The month whose check-in somebody wants to fill in: 报10月的月报; None when none is named."""
    found = BEGIN.fullmatch(_TAIL.sub("", words.strip()))
    named = next(filter(None, found.groupdict().values()), None) if found else None
    return read_period(named, around) if named else None


def meant(words: str, pattern: re.Pattern[str]) -> bool:
    """Whether the words say just that."""
    return bool(pattern.fullmatch(_TAIL.sub("", words.strip())))

"""What is said without naming a key, 没有 or 同上月 or a number, while one key is being asked: that key is meant."""

import re

from services.checkins.form import Form, Kind
from services.checkins.reading.lexicon import WIDE, Mark
from services.checkins.reading.tokens import Figure, Filler, Mention, Sign, Token

STATES = {Mark.NONE, Mark.SAME, Mark.NOT_APPLICABLE, Mark.NOT_COLLECTED}
EVERY = re.compile(r"[都全均]|其[他它余]|各项")
ADDED = re.compile(r"[新增加减]|变[化动]")
_OF_PEOPLE = re.compile(
    r"去(?!年|掉|除|向|重)|来(?!自|源|的)|到[场会]|参[加会]|开会|出席|带[着上]?|派|叫|陪|[和跟同与]我|我[和跟同与]|[一-龥][院校局处科部]长|出差|碰头"
    r"|[点钟分]钟?(?:前|后|到|给|再|见|钟)|小时|天(?:前|后|内|之)|[周星]期?[一二三四五六日天]|[号日](?:前|后|再|给|下午|上午|晚)|[号]?楼|[页层台]"
    r"|附件|材料|电话|打[给个]|排队|等(?:我|我们|一?下|\d)"
)
"""去两个人，我和王院长: a number in talk about people, hours and papers answers no question for a figure."""
NOTHING_NAMED = re.compile(r"(?:什么|数据|东西|情况|变化|[啥数可好要报填有这那项个些了的呢啊吧呀哈哦啦嘛么 ])*")
"""What may stand behind 没有 that is said of the form: 放假呢没啥数; 没收到表 denies something else."""
LONGEST_FILLER = 4  # 没有的; in 没有领导签字，先放着 something else is missing


def may_answer(text: str) -> bool:
    """Whether a figure without a key, in these words, may be the one just asked about."""
    return not _OF_PEOPLE.search(text)


def denies_nothing_named(text: str, tokens: list[Token]) -> bool | None:
    """Whether 没有 denies nothing but the figures; None where nothing is denied."""
    denied = next((one for one in tokens if isinstance(one, Sign) and one.mark is Mark.NONE), None)
    if denied is None:
        return None
    behind = (text[one.start : one.end] for one in tokens if isinstance(one, Filler) and one.start >= denied.end)
    return NOTHING_NAMED.fullmatch("".join(behind)) is not None


def put_focus(text: str, tokens: list[Token], form: Form, focus: str | None) -> list[Token]:
    """The tokens with the key just asked about in front, where they state something and name no key and no figure.

    没有新增 of a stock figure says that it is what it was.
    """
    if focus is None or any(isinstance(one, Mention | Figure) for one in tokens):
        return tokens
    marks = {one.mark for one in tokens if isinstance(one, Sign)}
    filler = sum(one.end - one.start for one in tokens if isinstance(one, Filler))
    if not marks & STATES or marks & WIDE or EVERY.search(text) or filler > LONGEST_FILLER:
        return tokens
    if denies_nothing_named(text, tokens) is False and not ADDED.search(text):
        return tokens
    if Mark.NONE in marks and ADDED.search(text) and form.indicator(focus).kind is Kind.STOCK:
        said = next(one for one in tokens if isinstance(one, Sign))
        tokens = [Sign(said.start, said.end, Mark.SAME)]
    return [Mention(0, 0, (focus,), "strong"), *tokens]

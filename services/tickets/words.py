"""How people say that they want a person to answer, and what the secretariat says of such questions."""

import re
from dataclasses import dataclass

from services.orders.sentence import Sentence, trim_reason
from services.orders.words import ASKS_HOW, ASKS_WHICH, NUMBER, Act, Thing

_WISH = r"^(?:请|帮我|我要|麻烦)?"
_ALONE = re.compile(rf"{_WISH}(?:转人工|人工答复|转给?秘书处|(?:问|找|问一?下)秘书处)[。.!！吧]*$")
_WITH = re.compile(
    rf"{_WISH}(?:转人工|转给?秘书处|(?:问|问一?下)秘书处)(?:\s+|\s*[:：,，]\s*)(?P<question>\S.{{2,}})$", re.S
)

_UNANSWERED = re.compile(
    r"(?:还|都)?(?:没有?|未|待)(?:人)?(?:答复?|回(?:复|答)?|处理|解决)(?!上)(?:过|完|掉)?的?(?:问题|提问|咨询|求助)?"
)
_QUESTIONS = re.compile(r"(?:成员|大家|各单位|别人|转人工|转过来|提)的?(?=问题|提问)|问题|提问|咨询|求助|工单")
_OTHERS_WORDS = re.compile(r"回执|通知|月报|参会|会议|议题|纪要|材料|书面|函|文件|的单位|[些几家个]单位|谁没")
_HANDED = re.compile(
    r"(?:有没有|有)?(?:人|谁|别人|秘书处|哪些|什么|几个|多少)*(?:把)?(?:问题|提问|工单|咨询)?(?:是)?"
    r"(?:转|派|分|交)(?:问题|提问|工单|咨询)?(?:给|到|过|来)+(?:[我咱]们?|这边|这里|单位|来|了|过来)*"
)
_THIS_ONE = re.compile(
    r"^(?:把|将)?(?:这|那|刚才那|刚刚那|上面那|最后那)一?个?(?:问题|提问)(?=(?:就)?(?:转|派|交给|分给|[让请叫](?!谁|哪)[一-龥]{2,4}(?:来|去)?(?:答|处理|回)))"
)
_OWN_ASKED = re.compile(
    r"(?:我|我们)(?:上次|刚才|之前|昨天|前天)?(?:提|问|转|反映|咨询)(?:过|给秘书处|给你们|的|了)*(?:那个|那条|那几个)?(?:的)?(?:问题|事|咨询)?(?:现在)?"
    r"(?:有人|谁)?(?:在)?(?:回|答|处理|答复|回复|解决|管)(?:了|过|完|好)*(?:没有?|吗|么)[?？。]?"
    r"|(?:谁|哪位)(?:负责|来|在)?(?:回|答|处理|答复|回复)我(?:们)?的?(?:问题|提问|咨询)?[?？。]?"
    r"|我(?:们)?的?(?:问题|提问)(?:谁|有人|什么时候)?(?:负责|来|在)?(?:回|答|处理|答复|回复)(?:了|过)?(?:没有?|吗|么)?[?？。]?"
)
_YET = re.compile(r"(?:了)?(?:没有?|吗|么|不)?[?。!]*$")
_TO_DO = re.compile(r"(?:来|去)?(?:处理|答复?|回[复答]?|办)?(?:一下|吧|了)*。?$")
_CORRECTS = re.compile(r"^(?:更正|改正|修正|订正|勘误)")
_PUT_RIGHT = re.compile(rf"{_CORRECTS.pattern}(?:一下)?(?:答复|如下|为)?\s*[:：,，]\s*")
_OF_THE_ANSWER = re.compile(r"^\s*(?:号?(?:工单)?的?(?:答复|回复|答案))?(?:改为|改成|为|是)?\s*[:：,，]?\s*")
_APPROVES = re.compile(
    r"^(?:(?:我|好的?|嗯|行)[,，、]?)?(?:同意|可以|赞成|通过|没有?问题|没有?意见|收录|行|好的?|ok)"
    r"(?:收录|收入|收为|通过)?(?:为?标准答复)?(?:的|了|吧|啊)?(?P<more>[^\w].*)?$",
    re.IGNORECASE | re.S,
)
_RESERVES = re.compile(r"[?？吗呢但不别没先再改等如若只除前错误应待]")
_DECLINES = re.compile(
    r"^(?:我|先|暂|暂时|这个|这条)?(?:不(?:太|能|用|必|要|宜|予)?(?:同意|收(?![到费取])|行|可以|通过|赞成|认可)|别收|反对|否决|驳回|拒绝)"
)
_NO_OBJECTION = re.compile(r"没有?(?:问题|意见)")
_ASKS = re.compile(r"[?？吗么呢]\W*$")
_TAKES_BACK = re.compile(r"撤回|撤销|撤掉|取消|(?:不用|不问|不需要)了")
LONGEST_LIST = 24


@dataclass(frozen=True)
class TicketOrder:
    """`verb`: list, answer, correct, hand_on, close or take_back; the number, 0 where none was said; what follows."""

    verb: str
    number: int = 0
    text: str = ""


def read_ticket_order(words: str) -> TicketOrder | None:
    """「工单」「有哪些没答的」「答复工单3：…」「把工单3转给王强」「关闭工单3，已电话答复」; None for anything else."""
    said = Sentence(_THIS_ONE.sub("工单", words.strip()))
    if _wants_list(Sentence(words)) or _asks_handed(Sentence(words)) or _asks_own(words):
        return TicketOrder("list")
    if said.take(Thing.TICKET) is None:
        return None
    head = said.clauses()[0][1]
    found = said.take(NUMBER, 0, head)
    number = int(found["number"]) if found else 0
    if _CORRECTS.match(words.strip()):
        return TicketOrder("correct", number, _OF_THE_ANSWER.sub("", said.said[found.end() if found else head :]))
    for act in (Act.HAND_ON, Act.CLOSE, Act.ANSWER):
        verb = said.take(act, 0, head) or (said.take(_TAKES_BACK, 0, head) if act is Act.CLOSE else None)
        if verb is None:
            continue
        start = max(verb.end(), found.end() if found else 0, said.plain.find("工单") + 2)
        text = said.said[start:].strip(" ：:，,")
        if ASKS_HOW.search(said.left[:start]) or ASKS_HOW.match(text):
            return None
        if act is Act.CLOSE and verb.re is _TAKES_BACK:
            return TicketOrder("take_back", number)
        if act is Act.HAND_ON:
            text = _TO_DO.sub("", text)
        return TicketOrder(act.value, number, trim_reason(text) if act is Act.CLOSE else text)
    return None


def _wants_list(said: Sentence) -> bool:
    if len(said.plain) > LONGEST_LIST or said.asks_how or _OTHERS_WORDS.search(said.plain):
        return False
    named = said.take(Thing.TICKET) or (
        said.take(_UNANSWERED) and (ASKS_WHICH.search(said.plain) or _QUESTIONS.search(said.plain))
    )
    if not named:
        return False
    said.take_all(ASKS_WHICH)
    said.take_all(_UNANSWERED)
    said.take_all(_QUESTIONS)
    return not said.rest()


def _asks_own(words: str) -> bool:
    return len(words) <= LONGEST_LIST and _OWN_ASKED.fullmatch(words.strip()) is not None


def _asks_handed(said: Sentence) -> bool:
    """有人转问题过来没, 转给我的问题有哪些, 别人问我的问题: whether something waits for the one who asks."""
    said = Sentence(_YET.sub("", said.plain))
    if len(said.plain) > LONGEST_LIST or _OTHERS_WORDS.search(said.plain) or not _QUESTIONS.search(said.plain):
        return False
    if ASKS_HOW.search(ASKS_WHICH.sub("", said.plain)) or said.take(_HANDED) is None:
        return False
    said.take_all(ASKS_WHICH)
    said.take_all(_QUESTIONS)
    return not re.sub(r"过|人|[我咱]们?|这边|单位", "", said.rest())


def read_correction(words: str) -> str | None:
    """The words that follow 更正： and stand for the answer from now on; None when nothing is put right."""
    words = words.strip()
    found = _PUT_RIGHT.match(words)
    return words[found.end() :].strip() if found and found.end() < len(words) else None


def read_review(words: str) -> bool | None:
    """Whether a reviewer agrees (同意，谢谢) or does not (不收，日期不对); None where neither is certain."""
    words = words.strip()
    if _ASKS.search(words):
        return None
    if _DECLINES.match(words):
        return False
    found = _APPROVES.match(words)
    return True if found and not _RESERVES.search(_NO_OBJECTION.sub("", found["more"] or "")) else None


def read_request(words: str) -> str | None:
    """The question for the secretariat, empty for the last one asked; None when people are not meant."""
    words = words.strip()
    if _ALONE.match(words):
        return ""
    found = _WITH.match(words)
    return found["question"].strip() if found else None


_FAULT = r"(?:[答说讲]错|回答?错|[答说讲]得?(?:根本|完全|都)?不对|回答得?(?:根本|完全|都)?不对)"
_TO_THE_BOT = re.compile(
    r"^(?:不对?[,，。!！ ]*)?"
    rf"(?:(?:你|您|机器人|小助手)(?:刚才|刚刚|上面|这次|又|都|好像|是|这个|这条)*{_FAULT}"
    r"|(?:刚才|刚刚|上面|这个|这条|你的|您的|机器人)(?:刚才|上面|这个|这条|的)*(?:回答|答案|答复)(?:又|都|好像|是)*(?:错|不对|有误|不准)"
    r"|(?:答错|回答错|答得不对|回答得?不对|答的不对))"
)
_OF_WHAT_WAS_SAID = re.compile(r"^(?:说错|讲错|错了|不对|不是的?)(?:了|吧|啊)?[,，。!！ ]+(?:应该|应当|实际|正确)")


def faults_answer(words: str, *, after_answer: bool) -> bool:
    """你答错了，补贴是2450 finds fault with an answer; 不对，应该是2450 does so only right after one."""
    said = words.strip()
    return bool(_TO_THE_BOT.match(said) or (after_answer and _OF_WHAT_WAS_SAID.match(said)))

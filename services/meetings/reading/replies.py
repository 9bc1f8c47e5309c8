"""Replies to the notice of a meeting: 参加, 请假, 替会, with or without a question about the meeting.

Only for texts that answer a notice or speak of the meeting; the words alone also occur in reports (培训参加1200人次).
"""

import re
from dataclasses import dataclass
from enum import StrEnum

from services.meetings.reading.wording import has_phone, same_shape, small_number
from services.speech import stated

LONGEST_BARE = 30


class Rsvp(StrEnum):
    """The answers that a notice offers."""

    ATTEND = "attend"
    LEAVE = "leave"
    SUBSTITUTE = "substitute"


@dataclass(frozen=True)
class MeetingReply:
    """What a text says about coming to the meeting.

    Attributes:
        rsvp: The answer; None when there is none.
        substitute: Who comes instead, as said (王处); None when not named.
        absent: Who cannot come, as said (张院长).
        reason: Why, as said.
        headcount: How many come.
        asks: What is asked about the meeting: `when`, `where`, `agenda`, `materials`, `who`.
        has_phone: A mobile number stands in the text.
    """

    rsvp: Rsvp | None = None
    substitute: str | None = None
    absent: str | None = None
    reason: str = ""
    headcount: int | None = None
    asks: tuple[str, ...] = ()
    has_phone: bool = False


_WHO = r"(?P<who>[\u4e00-\u9fff]{1,8}?)"
_COME = (
    r"(?:去开会|来开会|去参加|来参加|代为参加|代为出席|代为参会|替我|替他|替她|"
    r"参加|参会|出席|到会|代会|替会|代去|顶|去|来)"
)
_SUBSTITUTES = (
    re.compile(
        rf"(?:让|派|叫|请|安排|委托|改由|由|换成?)(?!我们?确认){_WHO}"
        rf"(?:(?:代替|代|替)(?:我|他|她|[\u4e00-\u9fff]{{0,2}}长)?)?{_COME}"
    ),
    re.compile(
        rf"{_WHO}(?:代为|代替|替)(?!换)(?:我|他|她|[\u4e00-\u9fff]{{0,3}}(?:长|总|主任|书记))?"
        r"(?:去|来|参加|参会|出席|开会)"
    ),
    re.compile(
        r"(?:去不了|来不了|参加不了|不能去|不能来|不能参加|没空|出差|有事|在外地|开会)了?[,。; ]+(?:我们)?"
        r"(?P<who>[\u4e00-\u9fff]{1,6}?)(?:去|来|参加|出席|替)"
    ),
)
_SUBSTITUTE_BARE = re.compile(
    r"替会|代会|换个?人|"
    r"(?:长|总|主任|书记|经理|领导)(?:又|就|那天)?(?:说(?:他|她)?)?不(?:去|来)了?[^我]{0,6}我[去来]"
    r"|我[去来]吧?[,。; ]+[^,;。]{1,4}(?:长|总|主任|书记|经理|领导)不(?:去|来)"
    r"|(?:找|派|换)(?:个|其他|别的?)人|代为(?:参加|出席|参会)|别人(?:替|代|去)|我(?:代替?|替)"
)
_LEAVE = re.compile(
    r"(?<!不)(?<!不用)请个?假|(?:去|来|到|参加|参会|出席)不了|缺席|没空(?:参加|去|来)?|赶不(?:上|回来|过去|过来)|冲突了?"
    r"|(?:不能|无法|没法|没办法|不便|难以)(?:按时|准时|前来|前往)?(?:参加|参会|出席|到会|去|来)"
    r"|(?<!能)(?<!得)(?<!行)不(?:参加|参会|出席|去|来)了?(?!行)"
)
_BEGS_LEAVE = re.compile(r"请个?假[^,;。]{0,4}(?:行|可以|好|成)(?:不|吗|么|嘛)")
"""请个假行不 takes leave politely; 请问可以请假么 wants to know."""
_ATTEND = re.compile(
    r"(?:按时|准时|一定|确认|可以|能|会|将|我们?|本人|全部?)(?:都)?(?:去|来|到)(?!着)"
    r"|(?:去|来)(?:\d{1,2}|[一二两三四五六])(?:个|位|名)?人"
    r"|(?:一起|也)(?:去|来)(?!着|不|没)"
    r"|(?:^|[,;。 ])[^,;。]{0,8}(?:他|她|长|总|主任|书记|经理)(?:自己|亲自|也|都|又说他|又说她)?(?:能|会|可以|要)?"
    r"[去来](?!不)"
    r"|(?:去|来|到)(?:\d{1,2}|[一二两三四五六七八九十])[个位名](?:人|领导|老师)?"
    r"|(?<![不没未])(?:参加|参会|出席|到会)(?!人员|名单|单位|要求|情况|通知|须知|材料|[^,;。]{0,6}的)"
    r"|(?:参会|参加|出席|到会)\s*(?:回执)?:?\s*(?:\d{1,2}|[一二两三四五六七八九十])个?人(?!次)"
    r"|(?:\d{1,2}|[一二两三四五六七八九十])[个位名]?人?(?:都)?(?:参会|参加|出席|到会|去|来)"
)
_NOT_A_REPLY = re.compile(
    r"人次|万元|培训|实习|比赛|大赛|招聘会|活动|企业\d|\d+家"
    r"|(?:通知|提醒|邀请|组织|发动|欢迎)[^,;。]{0,12}(?:参加|参会|出席|到会)|各(?:成员)?单位|请?大家"
)
_COUNT = re.compile(
    r"(\d{1,2}|[一二两三四五六七八九十])(?:个|位|名)?人(?!次|员)|(?:一共|共|来|去)(\d{1,2}|[一二两三四五])(?:个|位|名)"
)
_TALKS_OF_MEETING = re.compile(
    r"[下这本]次的?会(?![计员馆费展])|联席会|会议|理事会|调度会|开会|参会|到会|与会|替会|代会|请个?假|回执|座谈会"
    r"|(?:\d[日号]|那个?|这个?|周[一二三四五六日天])的?(?:那个|这个)?会(?![计员议馆费展议上同])"
    r"|(?:^|[,;。 ])会(?=[我俺咱])"
)
_ABSENT = re.compile(
    r"(?:我们?|俺们?)?(?P<absent>[\u4e00-\u9fff]{0,3}?(?:院长|校长|局长|主任|书记|处长|科长|经理|总|会长|秘书长|领导|老师))"
    r"(?=[^,;。]{0,8}?(?:出差|开会|有事|去不了|来不了|参加不了|生病|不在|外出|没空|冲突|请假|休假|出国|住院|有会))"
)
_REASON = re.compile(
    r"出差|外出\w{0,4}|生病|住院|休假|年假|产假|出国|在外地|另有\w{0,4}|有个?(?:别的|其他|重要)?(?:会|事|安排|任务)"
    r"|(?:去|在)[\u4e00-\u9fff]{1,6}(?:开会|培训|学习|调研)|上课|时间冲突|冲突|开会|赶不回来"
)
_UNDECIDED = re.compile(
    r"没定|未定|待定|再[看说问定]|^等|回头|稍后|[问找][一]?[下问]|不知道|不确定|商量|算了|取消|不用|不去|没人|都没空|^我(?:自己|本人)?[又还能]*[去来参]"
)
"""还没定, 我问问领导, 算了我去: nobody stands in, as yet."""
_FRAME = re.compile(
    r"^(?>(?:那就?|就|是|让|派|叫|请|由|改由|换成?|我们?)+)"
    r"|(?:代替?我|替我|代我|代会|替会)?(?:去|来|参加|出席|参会)?(?>(?:吧|了|开会|啊|呀)*)$"
)
_ASKS = {
    "when": r"几号|几点|哪天|什么时候|啥时候|何时|几点|周几|星期几|时间(?:定|是)|哪一天",
    "where": r"在哪|什么地方|哪里|哪儿|地点|几楼|会议室",
    "agenda": r"议程|什么议题|开什么|讨论什么|啥内容|什么内容",
    "materials": r"(?:带|交|准备|要)(?:什么|啥|哪些)材料|材料(?:要求|清单|什么时候)",
    "who": r"谁(?:参加|去|来|主持)|哪些人|哪些单位|几个人(?:参加|去)",
}
_PLACE_HOLDERS = {
    "我",
    "谁",
    "人",
    "个人",
    "别人",
    "其他人",
    "他",
    "她",
    "我们",
    "你们",
    "大家",
    "能不能",
    "可以",
    "一起",
    "不能",
    "可能",
}


def read_reply(text: str, *, answers_notice: bool = False) -> MeetingReply | None:
    """What the text says about coming; None when it says nothing of that.

    `answers_notice`: the text replies to the notice or fills its form, so that 「能去」 alone is an answer.
    """
    plain = re.sub(r"^@\S+\s*", "", same_shape(text).strip())
    asks = tuple(what for what, pattern in _ASKS.items() if re.search(pattern, plain))
    about_meeting = answers_notice or _TALKS_OF_MEETING.search(plain) is not None
    substitute, is_substitute = _substitute(plain, about_meeting)
    rsvp = _rsvp(plain, is_substitute, about_meeting)
    if not about_meeting and rsvp is not Rsvp.SUBSTITUTE:
        return None
    if rsvp is None and not asks:
        return None
    absent, reason = _ABSENT.search(plain), _REASON.search(plain)
    return MeetingReply(
        rsvp=rsvp,
        substitute=substitute,
        absent=absent["absent"] if absent and rsvp is not Rsvp.ATTEND else None,
        reason=reason[0] if reason and rsvp in (Rsvp.LEAVE, Rsvp.SUBSTITUTE) else "",
        headcount=_headcount(plain) if rsvp is Rsvp.ATTEND else None,
        asks=asks,
        has_phone=has_phone(plain),
    )


def read_bare_reply(text: str) -> MeetingReply | None:
    """「去不了，那天市里有会」 said right after the notice, without a word of the meeting; None for everything else."""
    plain = same_shape(text).strip()
    if len(plain) > LONGEST_BARE or _NOT_A_REPLY.search(plain):
        return None
    reply = read_reply(text, answers_notice=True)
    return reply if reply is not None and reply.rsvp is not None else None


def names_substitute(text: str) -> str:
    """Who comes instead, in an answer to that question: 让李科长去吧; empty when nobody is named yet."""
    plain = same_shape(text).strip(" 。!,")
    if _UNDECIDED.search(plain):
        return ""
    return _FRAME.sub("", plain).strip() or ""


def _rsvp(plain: str, is_substitute: bool, about_meeting: bool) -> Rsvp | None:
    if is_substitute:
        return Rsvp.SUBSTITUTE
    if not about_meeting:
        return None
    told = stated(plain)
    excused = _REASON.search(told) or _ABSENT.search(told) or _BEGS_LEAVE.search(plain)
    if _LEAVE.search(told) or (_LEAVE.search(plain) and excused):
        return Rsvp.LEAVE
    if _NOT_A_REPLY.search(plain):
        return None
    return Rsvp.ATTEND if _ATTEND.search(told) else None


def _substitute(plain: str, about_meeting: bool) -> tuple[str | None, bool]:
    """Who comes instead, if somebody is named, and whether anybody does."""
    if _NOT_A_REPLY.search(plain):
        return None, False
    for pattern in _SUBSTITUTES:
        for match in pattern.finditer(plain):
            who = re.sub(r"^(?:我们?|咱们?|单位|学校)(?=[\u4e00-\u9fff]{2})", "", match["who"])
            if who in _PLACE_HOLDERS or re.search(r"[谁啥没不]|什么|哪|材料|会议|再|就|才", who):
                continue
            if about_meeting or _ABSENT.search(plain):
                return who, True
    bare = _SUBSTITUTE_BARE.search(plain)
    return None, bool(bare and (about_meeting or _ABSENT.search(plain)))


def _headcount(plain: str) -> int | None:
    match = _COUNT.search(plain)
    number = small_number(match[1] or match[2]) if match else None
    brought = match is not None and number is not None and re.search(r"带(?:上|着|了|去|来)?$", plain[: match.start()])
    return number + 1 if brought and number is not None else number

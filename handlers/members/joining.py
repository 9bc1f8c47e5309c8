"""Coming in and going out: greeting, invitation and consent, one's own data, leaving."""

import re
from typing import Any

from aiogram import F, Router
from aiogram.filters import Command, CommandObject, CommandStart, Filter
from aiogram.types import CallbackQuery, Message

from handlers.filters import Matches, Pressing, Private
from handlers.turn import Turn
from services.members.belonging import give_consent, leave, look_up_own_data
from services.members.invites import PREFIX, Invitation, accept_invite, open_invite
from services.members.reach import list_secretariat
from services.outbox import Button, Pressed, close_buttons
from services.tickets.desk import Desk
from services.tickets.notices import catch_up
from services.tickets.standards import ask_late

_SOMEBODY = r"(?:真?人工?(?:客服|服务)?|机器人?(?:客服)?|AI|ai|程序|自动(?:回复|的))"
HELP_WORDS = re.compile(
    r"(?:你好|您好)?[,，。!！\s]*(?:帮助|(?:使用|操作)?(?:说明|手册|指南)"
    r"|(?:(?:你们?|您|这|机器人|这个机器人|联络)?(?:都|到底)?"
    rf"(?:是{_SOMEBODY}吗?(?:还是)?(?:{_SOMEBODY})?吗?"
    r"|是(?:谁|什么|干[什啥]么?的|干嘛的?|做[什啥]么?的)|叫什么|能?(?:做|干|帮我做|帮我干"
    r"|帮忙做)(?:些)?(?:什么|啥)|[能会](?:些)?(?:什么|啥)"
    r"|有(?:什么|哪些)功能|怎么用)))(?:啊|呀|呢|的)?[?？。!！\s]*"
)
_INTRODUCED = r"(?:新来|新人|新手|刚?接手|刚接|接替|接任|刚来|刚到|新?上任|新任|新换|刚换|第一次|初次|刚开始)"
NEWCOMER_WORDS = re.compile(
    rf"(?:(?:你好|您好|大家好)[,，。!！ ]*)?(?:(?:我们?|本人)?[^,，。]{{0,12}}{_INTRODUCED}[^,，。]{{0,12}}"
    r"[,，。!！ ]*)?"
    r"(?:请问|想问一?下|麻烦问一?下|那)*(?:"
    r"(?:你?这个?|联络)?(?:东西|系统|机器人|平台|助手|工具|软件)?(?:到底|应该|该|要)*(?:怎么|咋"
    r"|如何)(?:使?用|操作|上手|弄)"
    r"|(?:我们?|联络员|秘书处)?(?:平时|平常|日常|每个?月|一般|主要|都|应该|需要|要|该|得)+(?:干|做"
    r"|负责|管|办)(?:些)?(?:什么|啥|哪些)(?:事情?|工作|活)?"
    r"|(?:应该|该|要)?(?:从哪里?|从哪儿|怎么)(?:开始|下手|入手|上手)|有(?:什么|哪些)(?:要|需要)?(?:注意|我做|我干)的?"
    r"|(?:请)?(?:先)?(?:教教?|带带?)我(?:一下)?|(?:给我)?(?:介绍|讲讲?)(?:一?下)?(?:怎么用)?)"
    r"(?:的|呢|啊|呀|吧)*[?？。!！ ]*"
)
SELF = re.compile(
    r"^(?:(?:你好|您好|请问)[,，。!！ ]*)?(?:我们?|这边|本人)(?:这边)?(?:是|叫|代表)[^,，。]{1,20}[,，。 ]+"
)
JOIN_WORDS = re.compile(
    r"(?>(?:你好|您好|请问|想问一?下?|我们?|咱们?|单位|公司|学校|企业|想|要|也|如果|[,，。 ])*)"
    r"(?:(?:怎么?样?|如何|咋|能不能|可以|可不可以|能|哪里|在哪|怎样)(?:才能|才可以"
    r"|申请)?(?:申请)?(?:加入|参加|入会|进入?|注册|成为(?:会员|成员(?:单位)?))"
    r"|(?:申请|想|要)?(?:加入|参加|入会|成为(?:会员|成员(?:单位)?)))"
    r"(?:你们|贵|这个|咱们|我们|市|产教|融合)*(?:的)?(?:联合体|共同体|成员|会员|组织|平台|机器人|群)?(?:的)?"
    r"(?:(?:要|需要|有)?(?:什么|哪些)?(?:手续|条件|流程|材料|要求|程序|步骤)|(?:要|需要|用|得)(?:不要"
    r"|不用)?(?:交|收|缴)?(?:多少)?(?:钱|费用?|会费)"
    r"|[吗呢啊呀么]|可以|行|找谁|是什么|怎么办|怎么弄|的话)*[?？。!！ ]*"
    r"(?:[,，。 ]*(?:我们?|咱们?|单位|公司|学校|企业)+(?:也|都|很)*(?:想|要|打算|有兴趣|感兴趣)[^?？,，。]{0,6})?"
    r"[?？。!！ ]*"
)
_FEE = r"(?:会员?费|入会费|年费|成员费)"
_DUE = r"(?:(?:要|用|收|交|有|得)不(?:要|用|收|交|有|得)|有没有|需不需要|是否|需要|要|得|用|收取?|交|缴纳?|有)"
FEE_WORDS = re.compile(  # whole messages: longer ones name what the library may tell
    r"(?>(?:你好|您好|请问|想问一?下?|你们|我们|咱们|单位|公司|加入|参加|入会|以?后|每年|一年|[,，。!！ ])*)"
    rf"(?:{_DUE}{{1,3}}{_FEE}|{_FEE}(?:每年|一年)?{_DUE}{{1,3}}(?:多少|几[百千万])(?:钱|块钱?|元)?)"
    r"[吗呢啊呀么]?[?？。!！ ]*"
)
PRIVACY_WORDS = frozenset(
    {"隐私", "隐私说明", "我的数据", "我要退出", "退出", "注销", "我要注销", "删除我的数据", "删除我的信息"}
)


class AsksToJoin(Filter):
    """怎么加入联合体, 你们收会费吗, from somebody who holds no seat."""

    async def __call__(self, message: Message, turn: Turn) -> bool:
        """Members ask what the statutes say of it: that is for the library."""
        words = SELF.sub("", (message.text or "").strip()[:80])
        return not turn.who.is_member and any(one.fullmatch(words[:60]) for one in (FEE_WORDS, JOIN_WORDS))


def router() -> Router:
    """Claims its commands anywhere and its few words in private."""
    made = Router(name="joining")
    made.message.register(start_invited, CommandStart(deep_link=True, magic=F.args.startswith(PREFIX)), Private())
    made.message.register(start, CommandStart())
    made.message.register(tell_help, Command("help"))
    made.message.register(tell_help, Matches(F.text.regexp(HELP_WORDS, mode="fullmatch")), Private())
    made.message.register(tell_help, Matches(F.text.regexp(NEWCOMER_WORDS, mode="fullmatch")), Private())
    made.message.register(tell_how_to_join, Private(), AsksToJoin())
    made.message.register(tell_privacy, Command("privacy"))
    made.message.register(tell_privacy, Matches(F.text.in_(PRIVACY_WORDS)), Private())
    made.callback_query.register(accept, Pressing("joining_accept"))
    made.callback_query.register(decline, Pressing("joining_decline"))
    made.callback_query.register(consent, Pressing("joining_consent"))
    made.callback_query.register(ask_to_leave, Pressing("joining_leave"))
    made.callback_query.register(stay, Pressing("joining_stay"))
    made.callback_query.register(leave_for_good, Pressing("joining_leave_sure"))
    return made


async def start_invited(message: Message, command: CommandObject, turn: Turn, settings: Any) -> None:
    """`/start join_CODE`: who invites to what, what is processed, and the question. The code is not used up yet."""
    invitation = await open_invite(turn.session, turn.who, (command.args or "").removeprefix(PREFIX), now=turn.now)
    if invitation.problem:
        await _turn_away(turn, invitation)
        return
    await turn.say("joining.privacy_text", **_privacy_values(settings))
    payload = {"invite_id": invitation.invite_id, "version": settings.privacy.version}
    yes = Button("joining.button_agree", "joining_accept", payload)
    no = Button("joining.button_decline", "joining_decline")
    await turn.say(
        "joining.invited",
        buttons=((yes, no),),
        consortium=settings.consortium.name,
        role=invitation.role,
        unit=invitation.unit_name,
    )


async def start(message: Message, turn: Turn, settings: Any, desk: Desk | None = None) -> None:
    """`/start`: what this person can do here; the secretariat also gets questions that could not reach it before."""
    if not turn.is_private:
        await turn.say("joining.in_group")
        return
    await turn.say(
        "joining.start", buttons=_consent_row(turn, settings), **_who_values(turn), consortium=settings.consortium.name
    )
    if desk is not None:
        await catch_up(turn.session, turn.who, desk, now=turn.now)
        await ask_late(turn.session, turn.who, now=turn.now)


async def tell_help(message: Message, turn: Turn) -> None:
    """`/help`, by role."""
    await turn.say("joining.help" if turn.is_private else "joining.in_group", **_who_values(turn))


async def tell_how_to_join(message: Message, turn: Turn, settings: Any) -> None:
    """How a unit and how a person comes in; nobody is let in by asking."""
    await turn.say("joining.how", consortium=settings.consortium.name)


async def tell_privacy(message: Message, turn: Turn, settings: Any) -> None:
    """`/privacy`: the text, what is stored of the person, and the way out. Own data are for private chats only."""
    if not turn.is_private:
        await turn.say("joining.privacy_in_group")
        return
    own = await look_up_own_data(turn.session, turn.who)
    await turn.say("joining.privacy_text", **_privacy_values(settings))
    way_out = ((Button("joining.button_leave", "joining_leave"),),) if own.seats or own.consent_version else ()
    await turn.say(
        "joining.own_data",
        buttons=(*_consent_row(turn, settings), *way_out),
        name=own.name,
        username=own.username,
        telegram_id=own.telegram_id,
        seats=[list(seat) for seat in own.seats],
        version=own.consent_version,
        consented_at=own.consented_at.isoformat() if own.consented_at else "",
        questions=own.questions,
    )


async def accept(query: CallbackQuery, turn: Turn, pressed: Pressed) -> None:
    """同意: the seat is taken."""
    await close_buttons(turn.session, pressed.outbox_id, now=turn.now)
    invite_id, version = int(pressed.payload["invite_id"]), str(pressed.payload["version"])
    joined = await accept_invite(turn.session, turn.who, invite_id, consent_version=version, now=turn.now)
    await turn.change("joining.welcome", role=joined.role, unit=joined.unit_name, name=turn.who.name)


async def decline(query: CallbackQuery, turn: Turn, pressed: Pressed) -> None:
    """不同意: nothing is stored, the invitation stays good."""
    await close_buttons(turn.session, pressed.outbox_id, now=turn.now)
    await turn.change("joining.declined")


async def consent(query: CallbackQuery, turn: Turn, pressed: Pressed) -> None:
    """A member agrees to a new version of the text."""
    await close_buttons(turn.session, pressed.outbox_id, now=turn.now)
    await give_consent(turn.session, turn.who, str(pressed.payload["version"]), now=turn.now)
    await turn.change("joining.consented", version=pressed.payload["version"])


async def ask_to_leave(query: CallbackQuery, turn: Turn, pressed: Pressed) -> None:
    """One question before it is done."""
    sure = Button("joining.button_leave_sure", "joining_leave_sure")
    keep = Button("joining.button_stay", "joining_stay")
    await turn.change("joining.leave_ask", buttons=((sure, keep),), seats=_seats(turn))


async def stay(query: CallbackQuery, turn: Turn, pressed: Pressed) -> None:
    """Nothing changed."""
    await close_buttons(turn.session, pressed.outbox_id, now=turn.now)
    await turn.change("joining.stayed")


async def leave_for_good(query: CallbackQuery, turn: Turn, pressed: Pressed, settings: Any) -> None:
    """Leave, and let the secretariat know which seats are free, without a name."""
    await close_buttons(turn.session, pressed.outbox_id, now=turn.now)
    departure = await leave(turn.session, turn.who, now=turn.now)
    await turn.change("joining.left")
    if not departure.seats:
        return
    for telegram_id in await list_secretariat(turn.session, frozenset(settings.consortium.secretaries)):
        await turn.tell(telegram_id, "joining.somebody_left", seats=[list(seat) for seat in departure.seats])


async def _turn_away(turn: Turn, invitation: Invitation) -> None:
    if invitation.problem == "held":
        await turn.say("joining.already_held", role=invitation.role, unit=invitation.unit_name)
    elif invitation.problem == "too_many":
        await turn.say("joining.too_many_guesses")
    else:
        await turn.say("refusals.invite_invalid", reason=invitation.problem)


def _privacy_values(settings: Any) -> dict[str, Any]:
    privacy = settings.privacy
    return {
        "consortium": settings.consortium.name,
        "version": privacy.version,
        "retention_days": privacy.retention_days,
        "audit_days": privacy.audit_days,
        "is_overseas": "api.telegram.org" in settings.telegram.api_base,
        "has_model": bool(settings.llm.base_url),
    }


def _who_values(turn: Turn) -> dict[str, Any]:
    who = turn.who
    return {"seats": _seats(turn), "is_secretariat": who.is_secretariat, "speaks_for_unit": bool(who.unit_ids)}


def _seats(turn: Turn) -> list[list[str]]:
    return [[seat.role, seat.unit_name] for seat in turn.who.seats]


def _consent_row(turn: Turn, settings: Any) -> tuple[tuple[Button, ...], ...]:
    """A button for members who agreed to an older version, or to none."""
    version = settings.privacy.version
    if not turn.who.is_member or turn.who.consent_version == version:
        return ()
    return ((Button("joining.button_consent", "joining_consent", {"version": version}, {"version": version}),),)

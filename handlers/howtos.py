"""怎么提交月报, 怎么上传资料: how the assistant itself is used. Its own help answers, no document of the library."""

import re

from aiogram import Router
from aiogram.filters import Filter
from aiogram.types import Message

from handlers.filters import Private
from handlers.turn import Turn

_HOW = r"(?:怎么样?|如何|咋|怎样|在哪里?|哪里)(?:才能|才可以|可以|能|去|来|把)?"
_ASIDE = r"(?:请问|想问一?下?|问一?下|我们?|咱们?|单位|这个?月|本月|上个?月|每个?月|这个|那|[,，。 ])*"
_END = r"(?:[给到](?:你|您|机器人|系统)|上去|上来|进去|进来|一下|[的了啊呀呢吗])*[?？。!！ ]*"
_FIGURES = (
    r"(?:月报|数据|报表|填报表?|刚才(?:填|报|发)的(?:数|数据)?|(?:填|报|发)(?:好|错|过)?了?的(?:数|数据|月报)?|草稿)"
)


def _asked(verbs: str, things: str, *, alone: bool = False) -> re.Pattern[str]:
    """How to do one of the verbs to one of the things, in either order; the verb alone where that says enough."""
    bare = rf"|{_HOW}(?:{verbs})" if alone else ""
    return re.compile(
        rf"{_ASIDE}(?:{_HOW}(?:{verbs})(?:{things})|(?:把|要|想)?(?:{things}){_HOW}(?:{verbs}){bare}){_END}"
    )


_HOWTOS = (
    (_asked("提交|报送|上报|交上[去来]|发给你", _FIGURES), "basics.how_submit"),
    (_asked("撤回|撤销|取消|更正|修改|改正?|重新?填|重报", _FIGURES), "basics.how_undo"),
    (re.compile(rf"{_ASIDE}{_HOW}(?:撤回|撤销|更正){_END}"), "basics.how_undo"),
    (_asked("登记|发布|填|报|提", "(?:招聘|用工|用人|岗位)(?:岗位)?(?:需求|信息)?"), "basics.how_post"),
    (_asked("登记|填|报", "毕业生(?:信息|供给|数)?"), "basics.how_supply"),
    (_asked("上传|导入|入库|添加|放|传", "(?:资料|文件|文档)(?:库)?"), "basics.how_shelve"),
    (_asked("邀请|添加|加|拉", "(?:新)?(?:成员|联络员|联络人|同事|人)"), "basics.how_invite"),
    (_asked("生成|出|导出|做", "(?:\\d{1,2}月(?:份)?)?(?:的)?(?:简报|汇总表?)"), "basics.how_digest"),
    (_asked("催|提醒", "(?:没报的?|未报的?)?(?:单位|月报|填报)?", alone=True), "basics.how_remind"),
)


class AsksHow(Filter):
    """How something is done with the assistant. Gives `text_key`."""

    async def __call__(self, message: Message) -> bool | dict[str, str]:
        """The text that tells it."""
        key = find_howto(message.text or "")
        return {"text_key": key} if key else False


def find_howto(text: str) -> str | None:
    """Return the text that tells how to do what is asked about, or None when it is about something else."""
    words = text.strip()[:60]
    return next((key for pattern, key in _HOWTOS if pattern.fullmatch(words)), None)


def router() -> Router:
    """Comes after all conversations and before questions."""
    made = Router(name="howtos")
    made.message.register(tell_how, Private(), AsksHow())
    return made


async def tell_how(message: Message, turn: Turn, text_key: str) -> None:
    """The product's own words for it."""
    await turn.say(text_key)

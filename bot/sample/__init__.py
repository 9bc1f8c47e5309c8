"""The sample consortium of `lianluo demo`: invented people, units and documents, written for this project."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

HERE = Path(__file__).parent
DOCUMENTS = HERE / "documents"
REGISTER = HERE / "units.csv"
PLAN = HERE / "tasks.csv"  # the tasks of the sample's three-year plan, as its text has them
PLAN_STARTS_ON = date(2026, 1, 1)

NAME = "云州市绿色化工产教联合体"
GROUP_ID = -1001000000001
GROUP_TITLE = "云州产教联合体工作群"
TOPICS = ("资料问答", "月报与会议")
TOKEN = "100000001:DemoTokenOfTheEmbeddedChatRoom00001"  # noqa: S105  (opens nothing but the room on this machine)


@dataclass(frozen=True)
class Player:
    """Somebody of the demo. `seats` are (unit, role); the secretary's rights come from the settings."""

    telegram_id: int
    name: str
    note: str
    username: str = ""
    seats: tuple[tuple[str, str], ...] = ()
    in_group: bool = True


PLAYERS = (
    Player(7001, "李静", "云州职业技术学院 联络员", "lijing", (("云州职业技术学院", "liaison"),)),
    Player(7002, "王强", "启明化工集团 联络员", "wangqiang", (("启明化工集团", "liaison"),)),
    Player(7003, "赵磊", "云州市教育局 联络员", "zhaolei", (("云州市教育局", "liaison"),)),
    Player(7004, "孙丽", "云州技师学院 联络员", "sunli", (("云州技师学院", "liaison"),)),
    Player(7006, "何敏", "云州职业技术学院 副联络员", "hemin", (("云州职业技术学院", "deputy"),)),
    Player(7007, "高翔", "启明化工集团 负责人", "gaoxiang", (("启明化工集团", "leader"),)),
    Player(7008, "郑凯", "园区管委会 召集人", "zhengkai", (("云州化工产业园区管理委员会", "convener"),)),
    Player(7000, "周敏", "秘书处", "zhoumin"),
    Player(7005, "吴涛", "秘书处（审核标准答复）", "wutao"),
    Player(7009, "陈晨", "访客（未加入联合体）", "", (), False),
)
SECRETARY = 7000
SECRETARIES = (SECRETARY, 7005)  # two, since a standard answer needs a second person
# Which documents everybody may read; the rest is for members, the rules of procedure for the secretariat.
PUBLIC = ("联合体政策汇编.md", "云州市产教融合三年行动计划.md")
SECRETARIAT = ("秘书处内部工作规程.md",)
# No mention of the bot in it: that would be a question to it.
WELCOME = (
    "各位联络员好！政策、章程、计划方面的问题，在群里先 @ 机器人（lianluo_bot）再提问，"
    "比如“联席会议多久开一次？”；月报和待办请私聊机器人。"
)

"""What the words beside an uploaded document, or a sentence of the secretariat, order the library to do."""

import re
import unicodedata
from dataclasses import dataclass
from typing import Literal

from services.orders.sentence import BLANK, Sentence
from services.orders.words import FILLER, OTHER_PAPER, THINGS, TITLE, Act, Thing
from services.speech import asks

ACCESS_WORDS = {
    "公开": "public",
    "公开可见": "public",
    "对外公开": "public",
    "成员": "members",
    "成员可见": "members",
    "成员单位": "members",
    "秘书处": "secretariat",
    "秘书处可见": "secretariat",
    "仅秘书处": "secretariat",
}
_COLLECTION = re.compile(r"(?:栏目|分类|类别)\s*:\s*([^\s,;。]+)")
_ACT = re.compile(r"^\s*(?:请|麻烦)?(?P<act>收录|入库|替换|更新|废止|作废)(?:掉|一下)?\s*[::]?\s*")
_THIS = r"(?:这个|这份|此|本|新(?:的|版)?)(?:文件|版本|版)?"
# A caption of which the act does not come first: 用这个替换章程, 把章程换成这份.
_INSTEAD = (
    re.compile(rf"(?:用|拿|以|由)?{_THIS}(?:来|去)?(?:替换|更新|替代|代替|取代|顶替|换掉)(?:掉|一下)?(?P<name>.*)"),
    re.compile(rf"(?:把|将)(?P<name>.+?)(?:(?:替换|更换|换|更新)(?:成|为){_THIS}|(?:替换|更新|换)掉|更新一下)"),
)
_OLD = re.compile(
    r"^(?:资料库|知识库|库)?(?:里|中)?(?>(?:的|原来的?|原有的?|旧的|老的|现有的?|之前的?|上一版的?|那份|那个)+)"
)
_ACTS = {"收录": "shelve", "入库": "shelve", "替换": "replace", "更新": "replace", "废止": "repeal", "作废": "repeal"}
_SUCCESSOR = re.compile(r"\s*[,;]?\s*(?:由|改用|以)\s*(?P<name>.+?)\s*(?:替代|代替|取代|替换|接替)\s*$")
_BREAK = re.compile(r"[\s,;、·|/]+")
_PUBLISHED = ("已公开", "已发布", "已公开发布", "公开征求意见")
# A sentence, not a caption: the act, then a name set off from it, and nothing that asks.
_SENTENCE = re.compile(r"^\s*(?:废止|作废)(?:\s*[::]\s*|\s+|(?=[《#\d]))(?P<name>\S.*)$", re.S)
_MARKED = re.compile(r"(?:标(?:记|注)?|列|设|改)[为成]?(?=·)")
_WHICH = re.compile(r"谁|哪")
_AGE = re.compile(r"\d{4}年?的?|旧的?|老的?|原来的?|以前的?|去年的?")
_SAID_OLD = re.compile(r"旧|老|原来|原有|以前|之前|上一版|去年")
_AGE_BEFORE = re.compile(r"^(?:旧|老|原来|原有|原|以前|之前|去年|上一版|这个|那个|这份|那份|的)+(?=[一-龥]{2})")
_ALSO = re.compile(r"(?:可以|已经|要|应该|就|都|也)+$")
_KIND_OF_PAPER = re.compile(rf"[一-龥]{{0,6}}(?:{THINGS[Thing.DOCUMENT].pattern})的?")
_NO_MORE = re.compile(
    r"(?:以后|今后|现在)?(?:就|都|已经?|也)*(?:不(?:再)?用了|别(?:再)?用了|不(?:再)?要了|停用了?|不算数了?|不作数了?|过时了?|不执行了|撤(?:掉|下来?|(?=了))了?|下架了?"
    r"|废了?(?=$|[,;。!]))"
)
_NEWER = re.compile(
    r"(?:已经?|都|也|现在)*(?:有|出|换|改|用|印|发|上)(?:来|上|成|过|发)*了?(?:一?[个份])?新(?:的|版)?(?:版本?|章程|办法|制度|文件|规程|方案)?本?(?:出来|下来)?了?"
    r"|(?:已经?|都|也)*(?:改|修订|修改|换)了"
    r"|新(?:的|版)?(?:版本?|章程|办法|制度|文件|规程|方案)?(?:已经?|都|也)*(?:出|印|发|下|定|通过)(?:发|来|下来|台)?了"
)
_OUT_OF_DATE = re.compile(r"(?:已经?|都|也|早就?)*(?:过期|到期|没用|用不上|不适用)了")
_SLIGHT = re.compile(r"^(?:这个|那个)?(?:通知|计划|清单|意见|资料|文件|规定|方案)$")
"""通知不用了 is said of a notice that is not to be sent: such words end a document only with a real verb of repeal."""
_INSTEAD_OF = re.compile(r"改用|换成|由|以|用|替代|代替|取代|替换|接替|为准")
LONGEST_NAME = 40
LONGEST_ORDER = 200


@dataclass(frozen=True)
class Order:
    """What is wished. `access` is empty when not said; `published`: the draft was published by its issuer."""

    act: Literal["", "shelve", "replace", "repeal"] = ""
    access: str = ""
    collection: str = ""
    target: str = ""
    successor: str = ""
    published: bool = False
    aged: bool = False  # said of the old one: 老章程不用了

    @property
    def is_complete(self) -> bool:
        """Nothing needs to be asked before it is done."""
        return bool(self.act) and (self.act == "shelve" or bool(self.target))


def read_caption(caption: str) -> Order:
    """The order in a caption: 收录, 替换 NAME or 废止 NAME, an access level, 栏目:NAME, 已公开; else no order."""
    text = unicodedata.normalize("NFKC", caption).strip()
    collection = _COLLECTION.search(text)
    if collection:
        text = f"{text[: collection.start()]} {text[collection.end() :]}".strip()
    act = _ACT.match(text)
    instead = next(filter(None, (pattern.search(text) for pattern in _INSTEAD)), None)
    rest = text[act.end() :] if act else text
    if instead:
        rest = f"{instead['name']} {text[instead.end() :]}"
    kept, access, published = [], "", False
    for word in filter(None, _BREAK.split(rest)):
        if word in ACCESS_WORDS:
            access = ACCESS_WORDS[word]
        elif word in _PUBLISHED:
            published = True
        else:
            kept.append(word)
    named = "replace" if instead else _ACTS[act["act"]] if act else ""
    target = _named_in(" ".join(kept)) if named in ("replace", "repeal") else ""
    if not named and (access or collection):
        named = "shelve"
    return Order(named, access, collection[1][:80] if collection else "", target, "", published)  # type: ignore[arg-type]


def read_repeal(words: str) -> Order | None:
    """The order in 「废止 X，由 Y 替代」「《X》作废」「把实施方案那个文件废止」; None for any other sentence."""
    text = unicodedata.normalize("NFKC", words).strip().rstrip("。.!")
    if len(text) > LONGEST_ORDER or asks(text):
        return None
    found = _SENTENCE.match(text)
    followed = _SUCCESSOR.search(found["name"]) if found else None
    if not found or (TITLE.search(text) and not followed):
        return _read_titled(text)
    if not followed:
        return Order("repeal", target=_bare(found["name"]))
    name = found["name"][: followed.start()]
    return Order(
        "repeal", target=_named_in(name) if TITLE.search(name) else _bare(name), successor=_bare(followed["name"])
    )


def _read_titled(text: str) -> Order | None:
    """Wherever the verb stands: nothing may be left beside it, the document's name and words that only fill."""
    said = Sentence(text)
    act = said.take(Act.REPEAL)
    slight = None if act else said.take(_NO_MORE)
    if not (act or slight) or OTHER_PAPER.search(TITLE.sub("", said.plain)) or said.asks_how or _WHICH.search(text):
        return None
    said.take_all(_MARKED)
    titles = [found["title"] for found in TITLE.finditer(said.plain)]
    if titles:
        said.take_all(TITLE)
        said.take_all(_AGE)
        said.take_all(_KIND_OF_PAPER)
        said.take_all(_INSTEAD_OF)
        return None if said.rest() else Order("repeal", target=titles[0], successor=titles[1] if titles[1:] else "")
    name = _beside(said, act or slight)
    if not name or len(name) > LONGEST_NAME or (slight and _SLIGHT.match(_named_in(name))):
        return None
    target = _named_in(re.sub(r"(?:那|这)[个份]?(?:文件|资料)?$|(?:文件|资料)$", "", name))
    return Order("repeal", target=target, aged=_SAID_OLD.search(text) is not None)


def _beside(said: Sentence, act: re.Match[str] | None) -> str:
    """The document's name beside the verb, or in the one other clause that has one; empty when more is said."""
    assert act is not None
    here = said.clause_of(act.start())
    before, after = said.left[here[0] : act.start()], said.left[act.end() : here[1]]
    said.take_all(Act.REPEAL)
    said.take_all(_NO_MORE)
    said.take_all(_NEWER)
    said.take_all(_OUT_OF_DATE)
    named = [one for one in said.clauses() if THINGS[Thing.DOCUMENT].search(said.left[slice(*one)])]
    others = [said.left[slice(*one)] for one in said.clauses() if one not in named]
    if len(named) != 1 or any(FILLER.sub("", _AGE.sub("", one)) for one in others):
        return ""
    name = said.left[slice(*named[0])]
    if named[0] == here:
        name = after if FILLER.sub("", after) and not re.search(r"[把将]", before) else before
    name = re.sub(r"^.*?[把将]", "", name).strip(" ,了吧的·")
    name = _ALSO.sub("", _AGE_BEFORE.sub("", name))
    return name if THINGS[Thing.DOCUMENT].search(name) and BLANK not in name else ""


def _named_in(words: str) -> str:
    """The name of a document in what was said of it: its title in 《》, else the words without 旧的, 那份."""
    title = TITLE.search(words)
    return _bare(title["title"] if title else _OLD.sub("", words.strip()))


def _bare(name: str) -> str:
    return name.strip(" ,;。.《》「」\"'“”#")

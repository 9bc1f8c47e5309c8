"""What the words beside an uploaded document, or a sentence of the secretariat, order the library to do."""

import re
import unicodedata
from dataclasses import dataclass
from typing import Literal

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
_ACT = re.compile(r"^\s*(?P<act>收录|入库|替换|更新|废止|作废)\s*[::]?\s*")
_ACTS = {"收录": "shelve", "入库": "shelve", "替换": "replace", "更新": "replace", "废止": "repeal", "作废": "repeal"}
_SUCCESSOR = re.compile(r"\s*[,;]?\s*(?:由|改用|以)\s*(?P<name>.+?)\s*(?:替代|代替|取代|替换|接替)\s*$")
_BREAK = re.compile(r"[\s,;、·|/]+")
_PUBLISHED = ("已公开", "已发布", "已公开发布", "公开征求意见")
# A sentence, not a caption: the act, then a name set off from it, and nothing that asks.
_SENTENCE = re.compile(r"^\s*(?:废止|作废)(?:\s*[::]\s*|\s+|(?=[《#\d]))(?P<name>\S.*)$", re.S)


@dataclass(frozen=True)
class Order:
    """What is wished. `access` is empty when not said; `published`: the draft was published by its issuer."""

    act: Literal["", "shelve", "replace", "repeal"] = ""
    access: str = ""
    collection: str = ""
    target: str = ""
    successor: str = ""
    published: bool = False

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
    rest = text[act.end() :] if act else text
    kept, access, published = [], "", False
    for word in filter(None, _BREAK.split(rest)):
        if word in ACCESS_WORDS:
            access = ACCESS_WORDS[word]
        elif word in _PUBLISHED:
            published = True
        else:
            kept.append(word)
    named = _ACTS[act["act"]] if act else ""
    target = _bare(" ".join(kept)) if named in ("replace", "repeal") else ""
    if not act and (access or collection):
        named = "shelve"
    return Order(named, access, collection[1][:80] if collection else "", target, "", published)  # type: ignore[arg-type]


def read_repeal(words: str) -> Order | None:
    """The order in 「废止 X，由 Y 替代」; None for any other sentence, above all for a question."""
    text = unicodedata.normalize("NFKC", words).strip().rstrip("。.!")
    found = _SENTENCE.match(text)
    if not found or asks(text):
        return None
    name, successor = found["name"], ""
    followed = _SUCCESSOR.search(name)
    if followed:
        name, successor = name[: followed.start()], followed["name"]
    return Order("repeal", target=_bare(name), successor=_bare(successor))


def _bare(name: str) -> str:
    return name.strip(" ,;。.《》「」\"'“”#")

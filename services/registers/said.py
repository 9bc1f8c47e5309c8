"""What words say about a row of a register, before anything is stored."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from knowledge.language.folding import fold

AGREEMENTS, PLATFORMS, NEEDS, SERVICES = "agreements", "platforms", "tech_needs", "tech_services"
REGISTERS = (AGREEMENTS, PLATFORMS, NEEDS, SERVICES)
NEW_AGREEMENTS = "coop_agreements_new"
NAMES_OF = {  # the figure of a form, and the register that knows it
    NEW_AGREEMENTS: AGREEMENTS,
    "tech_service_items_new": SERVICES,
    "tech_needs_new": NEEDS,
}
LONGEST_TITLE = 120

_ORG_CHAR = r"[^,;。:!?()（）\s的]"
_ORG = r"[^,;。:!?、()（）\s的]{2,30}?"
LONGEST_ORG = 30
# One run for all organisations of a list, parted afterwards: read name by name, a clause of many 和 has no end.
_ORGS = rf"{_ORG_CHAR}{{2,120}}?"
_LED = re.compile(
    rf"(?:与|和|同|跟|由|联合|携手|会同)({_ORGS})(?:一起|共同|联合|合作|合力|公司)?(?=共建|合建|共同|联合|合作|一起|签|打造|建设|成立|设立|解决|攻关|攻克|新建|开展)"
)
_NAMED = re.compile(
    rf"(?:合作|共建|委托|依托|参与|牵头|联合)(?:单位|企业|学校|院校|方|公司)?(?:是|为|:)({_ORG})(?=$|[,;。()（）])"
)
_AT = re.compile(rf"在({_ORG})(?=(?:设立|建立|成立|挂牌|新建|建成|建了|设了|新设|揭牌|挂了))")
_SET_IN = re.compile(rf"(?:设|建|落户|放|落)在({_ORG_CHAR}{{2,120}}+)(?=$|[,;。()（）])")
_JOINED = re.compile(rf"(?:^|[,;。(])({_ORGS})(?:一起|共同)?参[与加](?:了)?(?:共建|建设|合作)")
_SPLIT = re.compile(r"[、及]|(?<=.{2})[和与](?=.{2})")
_PLACES = re.compile(r"校内|校外|我校|本校|学校|校区|厂内|厂区|园区|本市|我市|本月|联合体|当月|今年")


@dataclass(frozen=True)
class Said:
    """A row as words tell it. Machine ids: `kind` of a platform, `level`, `status`; days are of the calendar.

    `doubt`: what was written and cannot be (an impossible day), to be asked about.
    """

    register: str
    title: str
    partner: str = ""
    kind: str = ""
    level: str = ""
    status: str = ""
    majors: str = ""
    began_on: date | None = None
    ends_on: date | None = None
    doubt: str = ""


@dataclass(frozen=True)
class Told:
    """What one message tells: rows, and how many of a register were counted without a name."""

    rows: tuple[Said, ...] = ()
    unnamed: Mapping[str, int] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.rows or self.unnamed)


def partners_in(clause: str) -> str:
    """The organisations that a folded clause names as partners, joined by 、; empty when none."""
    found = _LED.search(clause) or _NAMED.search(clause) or _JOINED.search(clause)
    return _orgs(found[1].partition("在")[0]) if found else places_in(clause)


def places_in(clause: str) -> str:
    """The organisations at whose place something was set up, joined by 、; empty when none."""
    found = _AT.search(clause) or _SET_IN.search(clause)
    return _orgs(found[1]) if found else ""


def _orgs(words: str) -> str:
    if _PLACES.fullmatch(words):
        return ""
    parts = _SPLIT.split(words)
    return "" if any(len(one) > LONGEST_ORG for one in parts) else "、".join(one for one in parts if len(one) >= 2)


def as_written(row: Said, text: str) -> Said:
    """Title and partner as the person wrote them; folding keeps every character's place."""
    return replace(row, title=_original(row.title, text), partner=_original(row.partner, text))


def _original(piece: str, text: str) -> str:
    at = fold(text).find(piece) if piece else -1
    found = text[at : at + len(piece)] if at >= 0 else piece
    return re.sub(r"\s+", " ", found).strip()

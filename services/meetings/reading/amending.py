"""What is said about decisions while their cards wait: who is responsible, until when, and that they are right."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from services.meetings.reading.unit_names import UnitNames
from services.meetings.reading.wording import NUMBER, same_shape, small_number
from services.speech import asks

LONGEST = 80
_WHICH = re.compile(
    rf"^(?:请|那|就|还有|把|将)*(?:第\s*(?P<number>{NUMBER})\s*(?:[条项个件](?!目)(?:决定|事项)?|决定|事项)"
    r"|(?P<last>(?:刚才|刚刚|上面|最后|前面)?的?(?:那|这|上|的)*一?(?:[条项个件])(?!目)(?:决定|事项)?)"
    r"|(?P<named>[^,;:。]{2,24}?)的?(?:那|这)一?(?:[条项个件])(?!目)(?:决定|事项)?)(?:的|[,:])*"
)
_IS = r"(?:应该?|就|改|定|写|填|换|算)*(?:是|为|成|到|在|:|写|定)*"
_OWNER_LABEL = rf"(?:责任单位|牵头单位|负责单位|主办单位|责任方|牵头|主办){_IS}"
_OWNER = re.compile(
    rf"^(?:{_OWNER_LABEL}(?P<labelled>[^,;。:]{{2,40}}?)|(?:由|让|交给?|归|请)(?P<by>[^,;。:]{{2,40}}?)(?:来)?(?:牵头|负责|主办|办理?|抓)"
    r"|(?P<bare>[^,;。:由]{2,40}?)(?:来)?(?:牵头|负责|主办))(?:吧|了|的)*$"
)
_DUE = re.compile(
    rf"^(?:(?:完成)?(?:期限|时限|截止(?:时间|日期)?|完成时间|时间){_IS}|(?:延|放宽?|推)(?:长|迟)?(?:到|至|在|成)|[改定](?:到|至|在|成)(?!\d+\.\d+(?:吧|了)*$))"
    r"(?P<due>[^,;。:]{2,24}?)(?:吧|了)*$"
)
_DATE = re.compile(
    r"^(?:就|在|到|于)*(?P<due>(?:\d{4}年|[今明后]年)?\d{1,2}(?:月[^,;。:]{0,10}?|[./-]\d{1,2}(?:[日号](?:之?前)?|之?前|以前)))(?:完成|办结|办完|交)?(?:吧|了)*$"
)
_RIGHT = re.compile(
    r"(?:(?:这|上面|以上|前面)?(?P<count>[一二两三四五六七八九十\d]{0,2})[条个项](?:决定|事项)?|(?P<all>全部?|都|统统|一起|以上)"
    r"|没(?:有)?(?:什么)?(?:问题|错|意见)|对|是|可以|行|好|正确|无误|核对过?|看过|[了的,。!])*"
    r"(?:确认|定了|就这(?:样|么)(?:定|办)?|照此)(?:一?下|了|吧|无误|全部|[。!])*"
)
_SEVERAL = re.compile(r"都|全|统统|一起|以上|[二两三四五六七八九十\d][条个项]")
_NAMES = re.compile(r"[、和跟与及]")


@dataclass(frozen=True)
class Amendment:
    """What is to be changed: of which decision (its number, its words, or the last), and to what."""

    number: int = 0
    named: str = ""
    owners: tuple[str, ...] = ()
    due: str = ""


def read_amendment(words: str, units: UnitNames) -> Amendment | None:
    """「第三条的责任单位是星职院，期限12月31日」「目录那条时限就1月29日」; None for anything else."""
    plain = same_shape(words).strip().rstrip("。!")
    which = _WHICH.match(plain)
    if which is None or len(plain) > LONGEST or asks(plain):
        return None
    owners: tuple[str, ...] = ()
    due = ""
    clauses = [one.strip() for one in re.split("[,;。]", plain[which.end() :]) if one.strip()]
    for clause in clauses:
        if found := _DUE.match(clause) or _DATE.match(clause):
            due = found["due"].strip()
        elif found := _OWNER.match(clause):
            owners = _owners(next(filter(None, found.groups())), units)
            if any("由" in one for one in owners):
                return None
        else:
            return None
    if not clauses:
        return None
    return Amendment(small_number(which["number"] or "") or 0, (which["named"] or "").strip(), owners, due)


def confirms(words: str) -> str:
    """`all` for 都对，确认, `one` for 对，确认; empty for anything else."""
    plain = same_shape(words).strip()
    if len(plain) > 20 or _RIGHT.fullmatch(plain) is None:
        return ""
    return "all" if _SEVERAL.search(plain) else "one"


def find_named(named: str, texts: Sequence[str]) -> int | None:
    """Which of the texts has every one of the words said, each with a neighbour; None where several do, or none."""
    said = named.replace("的", "")
    fitting = [at for at, text in enumerate(texts) if contains_words(text.replace("的", ""), said)]
    return fitting[0] if len(fitting) == 1 else None


def contains_words(text: str, said: str) -> bool:
    """Whether every character said stands in the text beside one of its neighbours."""
    found = {at for at in range(len(said) - 1) if said[at : at + 2] in text}
    return len(said) > 1 and all(at in found or at - 1 in found for at in range(len(said)))


def _owners(said: str, units: UnitNames) -> tuple[str, ...]:
    mentions = [one.name for one in units.mentions(said)]
    return tuple(dict.fromkeys(mentions)) or tuple(one for one in _NAMES.split(said) if one)

"""Agreements as people name them: partner, and in brackets the majors and the days of beginning and end."""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import UTC, datetime

from services.checkins.privacy import redact

_PIECE = re.compile(r"((?:[^（(、，,；;\n/]|[（(][^）)]*[）)])+)")
_BRACKET = re.compile(r"[（(]([^）)]*)[）)][\s。.]*$")  # at the end: 某某（江苏）公司 keeps its own
_AND = re.compile(r"和(?=[^、]{2,})|与(?=[^、]{2,})|及(?=[^、]{2,})")
_SKIPPED = re.compile(r"(?:跳过|不填|略|以后再说|无|没有|先不填|暂时没有)[。.]?")
_LEADING = re.compile(r"^(?:分别)?(?:是|跟|同|和|与|有)")
_DAY = re.compile(r"(20\d\d)\s*[年./-]\s*(\d{1,2})(?:\s*[月./-]\s*(\d{1,2})日?|月底?)?")
_ABOUT_DAYS = re.compile(r"(?:有效期|期限|自|从|起|止|至|到|期|签订|签|于|为|[-—~～:：])+")
_MAJORS_ARE = re.compile(r"^(?:涉及)?专业(?:有|为)?[:：]")


@dataclass(frozen=True)
class Agreement:
    """Instants are midnights in UTC: a day of the calendar, in no zone."""

    partner: str
    majors: str = ""
    began_on: datetime | None = None
    ends_on: datetime | None = None


def read_agreements(words: str) -> list[Agreement]:
    """The agreements in a list of partners; none when the person skips."""
    if _SKIPPED.fullmatch(words.strip()):
        return []
    found: dict[str, Agreement] = {}
    for piece in _PIECE.findall(redact(words)):
        for part in [piece] if _BRACKET.search(piece) else _AND.split(piece):
            one = _agreement(part)
            if len(one.partner) >= 2:
                found.setdefault(one.partner, one)
    return list(found.values())[:50]


def _agreement(part: str) -> Agreement:
    bracket = _BRACKET.search(part)
    inside = bracket.group(1) if bracket else ""
    days = list(_DAY.finditer(inside))
    began = _instant(days[0], at_end=False) if days else None
    ends = _instant(days[1], at_end=True) if len(days) > 1 else None
    if began is None or (ends is not None and ends < began) or (days and len(days) == 1 and "到期" in inside):
        began, ends = None, _instant(days[0], at_end=True) if len(days) == 1 else None
    partner = _LEADING.sub("", _BRACKET.sub("", part).strip(" 。.：:"))[:200]
    return Agreement(partner, _majors(inside), began, ends)


def _majors(inside: str) -> str:
    parts = (_MAJORS_ARE.sub("", part) for part in re.split(r"[、，,；;\s]+", _DAY.sub("，", inside)))
    return "、".join(one for one in parts if len(one) >= 2 and not _ABOUT_DAYS.fullmatch(one))[:200]


def _instant(day: re.Match[str], *, at_end: bool) -> datetime | None:
    year, month = int(day[1]), int(day[2])
    if not 1 <= month <= 12:
        return None
    last = monthrange(year, month)[1]
    number = int(day[3]) if day[3] else (last if at_end else 1)
    return datetime(year, month, number, tzinfo=UTC) if 1 <= number <= last else None

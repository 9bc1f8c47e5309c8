"""Deadlines as people word them: 12月底前, 两周内, 下次联席会前, 尽快.

What cannot be turned into a date is reported as said, never guessed: a decision without a time limit must be asked
about.
"""

import re
from dataclasses import dataclass, replace
from datetime import date

from services.meetings.reading.due_readings import DueDoubt, Moment, add_duration
from services.meetings.reading.due_wordings import BEFORE, PATTERNS, VAGUE
from services.meetings.reading.wording import same_shape

__all__ = ["Deadline", "DueDoubt", "Moment", "add_duration", "find_deadlines", "read_deadline"]


@dataclass(frozen=True)
class Deadline:
    """A deadline found at `start` to `end` of a text; `due_on` is None when `doubts` say why."""

    phrase: str
    start: int
    end: int
    due_on: date | None
    doubts: tuple[DueDoubt, ...] = ()


def find_deadlines(text: str, moment: Moment, *, labelled: bool = False) -> list[Deadline]:
    """All deadlines in the text, in order.

    In a field that is labelled as one (`labelled`), a bare date is a deadline; elsewhere a date needs a word that makes
    it one (前, 内, 底…, 于…完成).
    """
    plain = same_shape(text)
    found: list[Deadline] = []
    for pattern, read in PATTERNS:
        for match in pattern.finditer(plain):
            if any(match.start() < other.end and other.start < match.end() for other in found):
                continue
            if not labelled and not _is_deadline(plain, match):
                continue
            due_on, doubts = read(match, moment)
            found.append(_checked(Deadline(match[0].strip(), match.start(), match.end(), due_on, doubts), moment))
    return sorted(found, key=lambda deadline: deadline.start)


def read_deadline(text: str, moment: Moment, *, labelled: bool = False) -> Deadline | None:
    """The deadline that the text sets: the latest date when several stand there (milestones), None when none does."""
    found = find_deadlines(text, moment, labelled=labelled)
    dated = [deadline for deadline in found if deadline.due_on]
    if not dated:
        return found[-1] if found else None
    last = max(dated, key=lambda deadline: deadline.due_on or date.min)
    if len({deadline.due_on for deadline in dated}) > 1:
        return replace(last, doubts=(*last.doubts, DueDoubt.SEVERAL))
    return last


def _is_deadline(plain: str, match: re.Match[str]) -> bool:
    if re.search(rf"{BEFORE}$|召开$|^(?:{VAGUE})$", match[0]):
        return True
    after, before = plain[match.end() :], plain[: match.start()]
    if (
        re.search(r"[底末旬内年]$", match[0])
        and re.match(r"$|[,;。、)\n]", after)
        and not re.search(r"\d年$", match[0])
    ):
        return True
    if re.match(r"(?:起|至|到(?!位)|-|~|开始)", after):
        return False
    if re.match(
        r"(?:下班)?(?:之前|以前|前|止|内|上|时|要|须|必须|应|,?(?:全面|全部|基本)?"
        r"(?:完成|办结|到位|交|报|拿出|提交|提出|出台|落实|建成|建好|启动|投用|投入|汇报|办好|办完|解决|见效|签订|开工))",
        after,
    ):
        return True
    return (
        re.search(
            r"(?:于|在|力争|争取|确保|截至|截止到?|不?晚于|不迟于|最迟|最晚|到|限|期限|时限)(?:到|为|是|:)?$", before
        )
        is not None
    )


def _checked(deadline: Deadline, moment: Moment) -> Deadline:
    if deadline.due_on is None:
        return deadline if deadline.doubts else replace(deadline, doubts=(DueDoubt.NO_SUCH_DAY,))
    doubts = list(deadline.doubts)
    if deadline.due_on < moment.said_on:
        doubts.append(DueDoubt.IN_PAST)
    elif not moment.workdays.is_workday(deadline.due_on):
        doubts.append(DueDoubt.NOT_WORKED)
    return replace(deadline, doubts=tuple(doubts))

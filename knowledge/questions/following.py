"""Follow-ups: what a question leaves out, taken from the question before it in the thread.

A follow-up that nothing precedes is not a question about the library at large: 责任单位呢？ on its own would be
answered by any item's.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from knowledge.language.asking import ASKING, without_asking
from knowledge.language.content import content_words, places_in
from knowledge.language.folding import fold
from knowledge.language.lexicon import group, places
from knowledge.language.speech import is_pale

_YEAR = re.compile(r"(?<!\d)(20\d{2}|19\d{2})(?!\d)")
_FOLLOW_UP = re.compile(r"^(?:那么?|还有|再问|然后|换成|如果是|要是|至于)?[,，]?(.{1,24}?)呢[？?]?$")
_POINTING = re.compile(
    r"[它他她]们?(?!人)|该(?:校|院|市|企业|方案|办法|文件|项目|中心)|这个|那个|上面|其中|这些|上述|这份|这项|这条|此事"
    r"|^(?:那么?)?(?:第[一二三四五][个家所项条](?=[是的由在跟和有,，])|[前后][者一](?:个|家)?(?=[是的由在跟和有,，]))"
)
_THEN = re.compile(r"^那么?(?![些里边个天种次位年月时样家所])[,，]?(?=.{2,14}$)")
"""那要提前几天: what follows is asked of the matter before, unless it names a place or body of its own."""
_PRONOUN = re.compile(r"^(?:那么?)?[它他她]们?(?!人)")
_SOURCE = re.compile(
    r"^(?:那|请问|这|它|这个|这句|这话)?(?:是|在|写在|出自|来自)*"
    r"(?:第几[条章款项页]|哪一?[条章款项]|哪[个份一]?[个份]?(?:文件|办法|方案|通知|章程)"
    r"|出处|依据|原文|来源|哪里写的|哪儿写的|怎么写的)"
    r"(?:里|中|上)?(?:写|说|规定)?(?:的|是什么|在哪里?|呢|里的|说的)?[?？。]?$"
)
_ORGANISATION = re.compile(
    r"[\u4e00-\u9fff]{2,12}(?:职院|学院|大学|职大|中专|职高|技校|集团|公司|[院校])(?<!产业学院)(?<!高等院校)(?<!职业院校)"
)
_NUMBER_ASKED = re.compile(r"一?共?有?(?:多少|几)")
_OWN_NAME = re.compile(r"(?![的有是共在和与]|多少|几)[\u4e00-\u9fff]{1,8}?(?=[的有是共在]|多少|几)")
_OWNED = re.compile(r"^(?!其中|里面|剩下|其余|另外)[\u4e00-\u9fff]{2,}的[\u4e00-\u9fff]{2,}$")
_LINES = ("party", "level")


def asks_for_source(text: str) -> bool:
    """Whether ``text`` asks where the answer before it stands (第几条？出处呢？)."""
    return bool(_SOURCE.match(fold(text).strip()))


def hangs(text: str) -> bool:
    """Whether ``text`` says nothing without a question before it."""
    folded = fold(text).strip()
    if asks_for_source(text) or _PRONOUN.match(folded):
        return True
    words = [word for word in content_words(without_asking(folded)) if word not in group("duty")]
    own = [word for word in words if word not in places() and not _YEAR.search(word)]
    ends = bool(re.search(r"呢[?？]?$", folded))
    return not own and (ends or bool(words) or bool(ASKING.search(folded)) or folded.rstrip("?？") in group("duty"))


def completed(text: str, before: str) -> str:
    """Return the follow-up ``text`` as a whole question, or ``text`` itself when it stands alone."""
    match = _FOLLOW_UP.match(text.strip())
    if match and ASKING.search(fold(match[1])) and not _lacks_subject(text):
        match = None  # a whole question that only ends in 呢
    if _lacks_subject(text):
        return f"{_matter(before)}，{text}"
    if not match and (then := _THEN.match(text.strip())) and not _names_its_own(text):
        return f"{_matter(before)}，{text.strip()[then.end() :]}"
    if not match:
        pointing = _POINTING.search(text) and len(text) <= 30
        return f"{before.rstrip('？?。')}，{text}" if pointing else text
    return _swapped(before, match[1].strip("，, "))


def completed_in_turn(earlier: Sequence[str]) -> str:
    """Return the nearest of the questions before, whole; they come nearest first."""
    before = ""
    for text in reversed(earlier):
        before = completed(text, before) if before and not asks_for_source(text) else before or text
    return before


def _lacks_subject(text: str) -> bool:
    """Whether a question names nothing of its own (谁负责, 什么时候发, 责任单位是谁)."""
    folded = fold(text)
    words = [word for word in content_words(without_asking(folded)) if word not in group("duty")]
    if not _NUMBER_ASKED.search(folded):  # 又招多少人 counts something else
        words = [word for word in words if len(word) > 1 or not is_pale(word)]
    return (bool(ASKING.search(folded)) or folded.rstrip("?？")[-1:] == "呢") and not words


def _names_its_own(text: str) -> bool:
    """Whether a question names a place, a body or a year, so that it is about that."""
    folded = fold(text)
    return bool(places_in(folded) or _ORGANISATION.search(folded) or _YEAR.search(folded))


def _matter(before: str) -> str:
    """The earlier question without its asking words, so that only the follow-up asks."""
    last = re.split(r"[?？。]", before.rstrip("？?。 "))[-1]
    return " ".join(without_asking(last).split())


def exchanged(text: str, before: str) -> str | None:
    """Return ``before`` with the year, place, body or party of a follow-up (那2025年呢) put where it had its own."""
    match = _FOLLOW_UP.match(text.strip())
    return _exchanged(before, match[1].strip("，, ")) if match and not _lacks_subject(text) else None


def _swapped(before: str, new: str) -> str:
    """The earlier question with what is new in its place, or asked of what is new."""
    if (whole := _exchanged(before, new)) is not None:
        return whole
    folded_new, folded_before = fold(new), fold(before)
    years, here, there = _YEAR.findall(folded_new), places_in(folded_new), places_in(folded_before)
    if content_words(folded_new)[-1:] and content_words(folded_new)[-1] in group("measure"):
        kept = "".join(f"{year}年" for year in _YEAR.findall(folded_before)[:1] if not years)
        return f"{kept}{''.join(there[:1]) if not here else ''}{new}是多少"
    if _OWNED.search(folded_new) and not years:  # 企业导师的津贴呢 after 实训基地补贴多少: of another owner
        return f"{''.join(there[:1]) if not here else ''}{new}是多少"
    subject = _subject(folded_before, before)
    if (whole := _of_its_kind(before, subject, new)) is not None:
        return whole
    if subject and not _YEAR.search(folded_new):
        return f"{subject}{new}是多少"
    return f"{new}，{before}"


def _exchanged(before: str, new: str) -> str | None:
    """Put the follow-up's year, place, body, party, level or class where the earlier question had its own."""
    folded_new, folded_before = fold(new), fold(before)
    years = _YEAR.findall(folded_new)
    if years and (old := _YEAR.search(folded_before)):
        return f"{before[: old.start()]}{years[0]}{before[old.end() :]}"
    here, there = places_in(folded_new), places_in(folded_before)
    if here and there:
        at = folded_before.find(there[0])
        rest = before[at + len(there[0]) :]
        rest = rest[1:] if rest[:1] in "市省州" and new[-1:] in "市省州" else rest
        if len(new) > len(here[0]) + 1 and (own := _OWN_NAME.match(rest)):  # 包头轻工有几个专业: 济源职院有几个专业
            rest = rest[own.end() :]
        return before[:at] + new + rest
    if (named := _organisation(folded_new) or here) and (old_name := _organisation(folded_before)) and named:
        at = folded_before.find(old_name)
        return before[:at] + new + before[at + len(old_name) :]
    return _turned(folded_before, before, new)


def _subject(folded: str, before: str) -> str:
    """What a question for a number is about, without what it counts (某校有多少专业: 某校), or empty."""
    asking = _NUMBER_ASKED.search(folded)
    return before[: asking.start()].rstrip("有是的要共 ") if asking else ""


def _of_its_kind(before: str, subject: str, new: str) -> str | None:
    """The earlier question asked of another thing of one kind (学费是多少, 住宿费呢), or None where it is of none."""
    old, now = content_words(fold(subject)), content_words(fold(new))
    if not old or not now or old[-1][-1] != now[-1][-1] or not fold(subject).endswith(old[-1]):
        return None
    same = min(len(old), len(now)) if old[-1] == now[-1] else 1  # 焊接基地, 钳工基地: with what tells them apart
    gone = [word for word in old[-same:] if not places_in(word) and not _ORGANISATION.fullmatch(word)]
    at = fold(subject).rfind(gone[0]) if gone else -1
    return f"{before[:at]}{new}{before[len(subject) :]}" if at >= 0 else None


def _organisation(folded: str) -> str:
    """The first word of a text that is an organisation's short or full name, or empty."""
    return next((word for word in content_words(folded) if _ORGANISATION.fullmatch(word)), "")


def _turned(folded_before: str, before: str, new: str) -> str | None:
    """The earlier question with another party, level or class put where it had its own (那企业呢, 一般类呢)."""
    folded_new = fold(new)
    for line in _LINES:
        old = next((word for word in sorted(group(line), key=len, reverse=True) if word in folded_before), None)
        if old and folded_new in group(line):
            return before.replace(before[folded_before.find(old) :][: len(old)], new, 1)
    kinds = re.compile(r"[\u4e00-\u9fff]{2}(?=类|级|型)[类级型]")
    if kinds.fullmatch(folded_new) and (found := kinds.search(folded_before)):
        return before[: found.start()] + new + before[found.end() :]
    return None

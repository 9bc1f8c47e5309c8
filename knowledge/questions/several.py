"""Several questions in one message, each made whole: X是多少？Y呢？ and X多少，Y多少."""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass

from knowledge.language.asking import ASKING, asked_in, without_asking
from knowledge.language.content import content_words, places_in
from knowledge.language.lexicon import group, place_pattern
from knowledge.language.speech import is_pale, is_sign
from knowledge.language.terms import words_of
from knowledge.questions.following import completed

_LONGEST, _OWN_WORDS = 14, 3
BODIES = re.compile(
    r"(?:学院|大学|学校|公司|集团|联合体|共同体|联盟|基地|中心|协会|方案|办法|章程|通知|纲要|规划|计划|规定|细则|合同|协议|报告|职院|市|省)$"
)
MEASURED = re.compile(r"多少|几|什么时候|啥时候|何时|哪|谁|多[久长大高]|什么|啥")
_TIME = re.compile(r"(?:20\d\d|(?<!\d)\d\d)年(?:[底初末]|上半年|下半年)?|[今去前明]年(?:[底初])?|到时候")
_ORGANS = re.compile(r"(?:[理监]事会|委员会|秘书处|办公室|小组|专班)$")
_OF_PARTY = re.compile(
    r"(.{3,}?(?:学院|公司|集团|联合体|共同体|联盟|基地|中心|工坊))的?((?:学校|企业|校方|院校|公司).*)"
)
_JOINING = re.compile(r"^(?:其中|里面|那么?|还有|另外|再|又|还|都|,|，)+(?:[的是])?")
_LITTLE = re.compile(r"(?<=[\u4e00-\u9fff]{2})(?:又|一共|总共|各自|分别|大概|目前)")
_TRAILING = re.compile(r"(?:[有是的要了共到在呢值占得投出花由能会]|达到?|提高到|累计到|[名位人个家]){1,4}$|[吗吧呀啊]$")
_IF = re.compile(r"如果|要是|假如|万一|才[能可会算]")


@dataclass(frozen=True)
class Part:
    """One subject or matter of a message: what tells it apart, the question about it alone, and which of both it is."""

    label: str
    text: str
    matter: bool = False


def several(text: str) -> tuple[Part, ...]:
    """Return the questions of a folded message that asks two or three, or nothing when it asks one."""
    if len(MEASURED.findall(text)) < 2 and not re.search(r"[?？,，][^?？,，]+呢[?？]?$", text):
        return ()
    pieces = _pieces(text)
    asks = [_asks(one) or one.endswith("呢") for one in pieces]
    first = next((at for at, one in enumerate(asks) if one), len(asks))
    if len(asks) - first not in (2, 3) or not all(asks[first:]):
        return ()
    before, own = "，".join(pieces[:first]), pieces[first:]
    if (party := _OF_PARTY.fullmatch(own[0])) and own[1].startswith(
        tuple(group("party"))
    ):  # 某产业学院学校出…，企业出…
        before, own = f"{before}，{party[1]}".lstrip("，"), [party[2], *own[1:]]
    if _IF.search("，".join(own)) or not all(content_words(without_asking(one)) for one in own):
        return ()
    lead = f"{before}，" if before else ""
    matter = all(_asks(one) for one in own)
    told = _told_each if matter else _told_subjects
    whole = [own[0], *(_whole(one, own[0]) for one in own[1:])]
    found = [Part(label, f"{lead}{one}", matter) for label, one in zip(told(own), whole, strict=True)]
    return tuple(found) if len({one.text for one in found}) == len(found) else ()


def _pieces(text: str) -> list[str]:
    """A message in its clauses: by its question marks, else its commas, and 、 between two that ask."""
    pieces = [one.strip() for one in re.split(r"[?？]", text) if one.strip()]
    if len(pieces) == 1:
        pieces = [one.strip() for one in re.split(r"[,，;；]", pieces[0]) if one.strip()]
    return [part for one in pieces for part in _enumerated(one)]


def _enumerated(piece: str) -> list[str]:
    """The clauses of 谁牵头、何时建成, which want two kinds of answer; 多少个大类、多少个专业 is left whole."""
    parts = [one.strip() for one in piece.split("、")]
    kinds = {asked_in(one).kind for one in parts if _asks(one)}
    return parts if all(map(_asks, parts)) and len(kinds) == len(parts) else [piece]


def _asks(piece: str) -> bool:
    return bool(MEASURED.search(piece) and ASKING.search(piece))


def _whole(piece: str, first: str) -> str:
    """A later clause with what it leaves out of the first one: its matter, or its place."""
    if piece.startswith(("其中", "里面")):
        return f"{' '.join(without_asking(first).split())}，{piece}"
    if _only_when(piece):  # 现有博士教师多少人，2027年要到多少人
        return f"{' '.join(without_asking(first).replace('现有', '').split())}，{piece}"
    full = completed(piece, first)
    bare = bool(ASKING.match(piece))  # 几个集训基地: of the same body
    short = (bare or len(content_words(without_asking(piece))) < _OWN_WORDS) and not places_in(piece)
    own = piece.startswith(tuple(group("party")))  # 某集团投入多少，学校自筹多少
    return f"{body_of(first)}{piece}" if full == piece and short and not own else full


def _only_when(piece: str) -> bool:
    """Whether a clause asks of another time only, and of what the clause before it asks about."""
    own = [word for word in content_words(without_asking(_TIME.sub("", piece))) if not is_pale(word)]
    return bool(_TIME.search(piece)) and _asks(piece) and not own


def body_of(first: str) -> str:
    """The words of a clause up to the place or body that it is about, else up to 的, else a made-up name."""
    asking = ASKING.search(first)
    before = first[: asking.start() if asking else len(first)]
    at = end = 0
    words = words_of(before)
    for word in words:
        at += len(word)
        if (
            BODIES.search(word)
            or _ORGANS.search(word)
            or word in group("organisation")
            or place_pattern().fullmatch(word)
        ):
            end = at
    if not end and "的" in before[1:-1]:
        return before[: before.rindex("的", 0, -1)]
    made_up = "".join(itertools.takewhile(is_sign, words))
    return first[:end] or (made_up if len(made_up) > 1 else "")


def _told_subjects(pieces: list[str]) -> list[str]:
    """What tells the clauses apart: their times where each has one, else what stands before the asking word."""
    times = [found[0] for one in pieces if (found := _TIME.search(one))]
    return times if len(set(times)) == len(pieces) else [_told(one) for one in pieces]


def _told_each(pieces: list[str]) -> list[str]:
    """What each clause asks about, as a label: its words without the asking ones (学校每年出运行经费)."""
    body = "" if any(_names_its_own(one) for one in pieces[1:]) else body_of(pieces[0])
    labels = [_JOINING.sub("", one.removeprefix(body)).lstrip("的") for one in pieces]
    labels = [_TRAILING.sub("", _LITTLE.sub("", ASKING.sub("", one))) for one in labels]
    return labels if all(labels) and len(set(labels)) == len(labels) else _told_subjects(pieces)


def _names_its_own(piece: str) -> bool:
    """Whether a later clause names a body or party, so that the first one's name tells them apart."""
    return not piece.startswith("其中") and (bool(body_of(piece)) or piece.startswith(tuple(group("party"))))


def _told(piece: str) -> str:
    """What a clause is about, for telling it apart: its words before the asking one."""
    asking = ASKING.search(piece)
    before = re.sub(r"[有是的要共到在呢]{1,4}$", "", piece[: asking.start() if asking else len(piece)])
    return before or "".join(content_words(without_asking(piece)))[:_LONGEST]

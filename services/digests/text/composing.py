"""Text written by a model, kept only where every sentence stands on replies and says no number of its own.

The model sees replies without the names of units (a placeholder stands for each) and no right to do anything. What it
returns is taken line by line. A line is dropped when it names no reply, a reply it was not shown, a number with its
unit that stands neither in the cited replies nor in the figures given, or a unit that the cited replies are not from.
Where nothing is left, the selected sentences of the replies stand.
"""

import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from services.digests.figures.digest import Sentence
from services.digests.figures.replies import TextReply
from services.digests.text.prose import Say, t
from services.digests.text.sentences import is_hollow
from services.members.redaction import redact

Model = Callable[[str], str]
MAX_REPLIES, MAX_REPLY, MAX_SENTENCE, MAX_ANSWER = 60, 300, 120, 6000
_MARK = re.compile(r"\[\s*R\s*(\d+)\s*\]")
_PLACEHOLDER = re.compile(r"〔?单位(\d+)〕?")
_CHINESE = "零〇一二三四五六七八九十百千万亿两俩半几数"
_NUMBER = re.compile(rf"\d[\d,，.]*\s*%?|[{_CHINESE}]+")
# Words that contain a numeral and count nothing.
_IDIOMS = re.compile(
    "进一步|下一步|一步|统一|一批|一线|一体|一致|一定|一些|一方面|第一时间|一站式|唯一|千方百计|多数|数据|数字|人数|次数|数控|数量"
)


@dataclass(frozen=True)
class Draft:
    """What to draft: ``section`` is highlights, problems or next; ``figures`` are finished sentences it may quote.

    ``names`` are the units of the register: none of them reaches the model.
    """

    section: str
    replies: Sequence[TextReply]
    figures: Sequence[str] = ()
    names: Sequence[str] = ()
    limit: int = 4


@dataclass(frozen=True)
class Source:
    """A reply as the model is shown it; ``mentioned`` are the numbers of the units in it, its own among them."""

    reply_id: int
    unit: int
    text: str
    mentioned: frozenset[int]


def compose(model: Model, say: Say, draft: Draft) -> tuple[Sentence, ...]:
    """The model's sentences that pass every check, marked as drafted; none when it fails or invents.

    The caller bounds the model's time and retries.
    """
    names = list(dict.fromkeys([*(one.unit_name for one in draft.replies), *draft.names]))
    sources = {one.reply_id: _source(one, names) for one in draft.replies if not is_hollow(one.text)}
    sources = dict(list(sources.items())[:MAX_REPLIES])
    if not sources:
        return ()
    prompt = say(
        t("compose_prompt"),
        section=say(t(f"section_name_{draft.section}")),
        replies=[{"id": one.reply_id, "unit": one.unit, "text": one.text} for one in sources.values()],
        figures=draft.figures,
        limit=draft.limit,
    )
    lines = model(prompt)[:MAX_ANSWER].splitlines()
    allowed = {number for text in draft.figures for number in _numbers(text)}
    found = [sentence for line in lines if (sentence := _checked(line, sources, allowed, names)) is not None]
    return tuple(dict.fromkeys(found))[: draft.limit]


def _source(reply: TextReply, names: Sequence[str]) -> Source:
    text = redact(" ".join(reply.text.split()))[:MAX_REPLY]
    numbered = {name: number for number, name in enumerate(names, start=1)}
    mentioned = {numbered[reply.unit_name]}
    for name in sorted(numbered, key=len, reverse=True):
        if name in text:
            mentioned.add(numbered[name])
            text = text.replace(name, _placeholder(numbered[name]))
    return Source(reply.reply_id, numbered[reply.unit_name], text, frozenset(mentioned))


def _placeholder(number: int) -> str:
    return f"〔单位{number}〕"


def _checked(line: str, sources: dict[int, Source], allowed: set[str], names: Sequence[str]) -> Sentence | None:
    cited = list(dict.fromkeys(int(found) for found in _MARK.findall(line)))
    if not cited or any(number not in sources for number in cited):
        return None
    used = [sources[number] for number in cited]
    text = _MARK.sub("", line).strip().lstrip("-*·•").strip()
    known = {number for one in used for number in one.mentioned}
    bare = _PLACEHOLDER.sub("", text)
    vouched = allowed | {number for one in used for number in _numbers(_PLACEHOLDER.sub("", one.text))}
    if (
        not 4 <= len(text) <= MAX_SENTENCE
        or any(int(number) not in known for number in _PLACEHOLDER.findall(text))
        or any(name in bare for name in names)
        or any(sign in bare for sign in "<>〔〕[]")
        or not _numbers(bare) <= vouched
    ):
        return None
    whole = _PLACEHOLDER.sub(lambda found: names[int(found[1]) - 1], text)
    units = tuple(dict.fromkeys(names[one.unit - 1] for one in used))
    return Sentence(whole, tuple(cited), units, drafted=True)


def _numbers(text: str) -> set[str]:
    """Numbers with the sign that follows them (its unit), so that 120人 does not vouch for 120万元."""
    plain = _IDIOMS.sub("、", unicodedata.normalize("NFKC", text))
    found = set()
    for match in _NUMBER.finditer(plain):
        number = match[0].strip().rstrip(",.").replace(",", "")
        after = plain[match.end() : match.end() + 1]
        found.add(number + (after if after.isalpha() else ""))
    return found

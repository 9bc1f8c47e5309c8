"""Cutting a text into passages along its own structure, each with the headings it stands under.

About 400 characters measured best on real documents (`docs/decisions/0201`); a clause is never joined with
its neighbour, a longer one is cut between sentences.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from knowledge.documents.document import Passage
from knowledge.documents.headings import ARTICLE, LISTED, LOOSE, PART, TITLE, Heading, heading_of

TARGET_CHARS = 400
_NEW_SOURCE_CHARS = 16
_SIGNER_CHARS = 30
_ROW_SIGNS = 2  # a row of a table is no heading, and one sentence
_CITED_WORDS = 20  # a longer beginning of a clause is its text, and the answer quotes that itself
_SENTENCE = re.compile(r"[^\n|]*\|[^\n|]*\|[^\n]*\n*|[^。！？!?；;\n]*[。！？!?；;\n]+[”』」）)]*|[^。！？!?；;\n]+")
_DATE_LINE = re.compile(
    r"\s*(?:\d{4}年\d{1,2}月\d{1,2}日|[二〇○零一二三四五六七八九十]{4}年[一二三四五六七八九十]{1,2}月[一二三四五六七八九十]{1,3}日)\s*"
)
_PARTICULAR = re.compile(r"^\s*\|?\s*\S{1,4}\s?\S{1,4}\s*[:：]\s*\|")


@dataclass
class _Place:
    """Where the reader stands: the open headings, by level."""

    headings: list[Heading] = field(default_factory=list)
    part: str | None = None

    def enter(self, heading: Heading, collection: bool) -> None:
        new_source = heading.level == PART or (
            collection and heading.level == LOOSE and len(heading.words) >= _NEW_SOURCE_CHARS
        )
        if new_source:
            self.headings, self.part = [], heading.words
            return
        heading = self._listed_in_article(heading)
        self.headings = [one for one in self.headings if one.level < heading.level]
        self.headings.append(heading)

    def _listed_in_article(self, heading: Heading) -> Heading:
        """Under 第X条 an (一) is the article's item, not the section around the next article."""
        levels = [one.level for one in self.headings]
        if heading.level == LISTED and ARTICLE in levels and LISTED not in levels:
            return replace(heading, level=ARTICLE + 1)
        return heading

    def path(self) -> tuple[str, ...]:
        own = tuple(one.sign + one.words for one in self.headings if one.sign or one.words)
        return ((self.part,) if self.part else ()) + own

    def clause(self) -> str:
        signed = [one for one in self.headings if one.sign]
        if signed:
            outer = signed[0]
            is_title = outer.alone or (outer.level != ARTICLE and len(outer.words) <= _CITED_WORDS)
            return outer.sign + (outer.words if is_title else "") + "".join(one.sign for one in signed[1:])
        return self.headings[-1].words if self.headings else (self.part or "")


@dataclass(frozen=True)
class _Block:
    start: int
    end: int
    path: tuple[str, ...]
    clause: str
    part: str | None
    own: bool
    leads: bool = False


def cut(text: str, whole: bool = False) -> tuple[Passage, ...]:
    """Cut ``text``; with ``whole`` it stays one passage unless it is several times the target length."""
    if whole and len(text) <= 4 * TARGET_CHARS:
        end = len(text.rstrip())
        return (Passage(0, text[:end], (), "", 0, end),) if text.strip() else ()
    pieces = [piece for block in _joined(list(_blocks(text))) for piece in _sized(text, block)]
    return tuple(
        Passage(number, text[one.start : one.end], one.path, one.clause, one.start, one.end, one.part)
        for number, one in enumerate(pieces)
    )


def _blocks(text: str) -> Iterator[_Block]:
    """One block a line, with its place; a heading on a line of its own opens the next block's place."""
    place = _Place()
    lines = list(re.finditer(r"[^\n]+", text))
    collection = sum(heading.level == PART for line in lines if (heading := heading_of(line[0]))) >= 2
    signed = False
    for number, line in enumerate(lines):
        if not line[0].strip():
            continue
        heading = None if _PARTICULAR.match(line[0]) or line[0].count("|") >= _ROW_SIGNS else heading_of(line[0])
        if heading and heading.level == LOOSE and _is_signature(lines, number):
            heading, place, signed = None, _Place(), True
        if heading:
            place.enter(heading, collection)
        start = line.start() + len(line[0]) - len(line[0].lstrip())
        own, signed = signed or (heading is not None and heading.level != TITLE), False
        leads = own and line[0].rstrip().endswith((":", "："))
        yield _Block(start, line.start() + len(line[0].rstrip()), place.path(), place.clause(), place.part, own, leads)


def _is_signature(lines: list[re.Match[str]], number: int) -> bool:
    """Whether a line names who signed: the date stands alone under it, or under another such line."""
    below = [line[0] for line in lines[number + 1 :] if line[0].strip()][:3]
    dated = next((at for at, line in enumerate(below) if _DATE_LINE.fullmatch(line)), None)
    return dated is not None and all(len(line.strip()) <= _SIGNER_CHARS for line in below[:dated])


def _joined(blocks: list[_Block]) -> Iterator[_Block]:
    """Join neighbours of one place up to the target; a heading joins what follows under it."""
    held: _Block | None = None
    for block in blocks:
        if held and not block.own and block.path == held.path and block.end - held.start <= TARGET_CHARS:
            held = _Block(held.start, block.end, held.path, held.clause, held.part, held.own)
        elif held and held.leads and _under(held, block) and block.end - held.start <= TARGET_CHARS:
            held = replace(held, end=block.end)  # 下列条件： and its items are one clause
        elif held and block.own and held.own and _nests(held, block) and block.end - held.start <= TARGET_CHARS:
            held = replace(block, start=held.start, own=True)
        else:
            if held:
                yield held
            held = block
    if held:
        yield held


def _under(lead: _Block, item: _Block) -> bool:
    return len(item.path) > len(lead.path) and item.path[: len(lead.path)] == lead.path


def _nests(outer: _Block, inner: _Block) -> bool:
    """Whether ``outer`` is only the heading that ``inner`` directly stands under."""
    return (
        len(inner.path) > len(outer.path)
        and inner.path[: len(outer.path)] == outer.path
        and (outer.end - outer.start <= len(outer.path[-1]) + 4 if outer.path else False)
    )


def _sized(text: str, block: _Block) -> Iterator[_Block]:
    """Cut a block above the target between its sentences into pieces of about equal length."""
    length = block.end - block.start
    if length <= TARGET_CHARS * 1.25:
        yield block
        return
    goal = length / -(-length // TARGET_CHARS)
    start = at = block.start
    for sentence in sentences_of(text[block.start : block.end]):
        stop = block.start + sentence[1]
        if stop - start > goal * 1.15 and at > start:
            yield _Block(start, at, block.path, block.clause, block.part, block.own)
            start = block.start + sentence[0]
        at = stop
    yield _Block(start, block.end, block.path, block.clause, block.part, block.own)


def sentences_of(text: str, longest: int = 2 * TARGET_CHARS) -> Iterator[tuple[int, int]]:
    """Yield (start, end) of each sentence, trimmed; one without any stop is cut at commas or, at last, anywhere."""
    for match in _SENTENCE.finditer(text):
        start, end = match.span()
        while end - start > longest:
            comma = max(text.rfind(sign, start, start + longest) for sign in ",，、 ")
            stop = comma + 1 if comma > start else start + longest
            yield start, stop
            start = stop
        body = text[start:end]
        if body.strip():
            yield start + len(body) - len(body.lstrip()), end - (len(body) - len(body.rstrip()))


def line_end(text: str, start: int) -> int:
    """Return where the line that ``start`` is in ends, without the blanks behind it."""
    end = text.find("\n", start)
    return start + len(text[start : end if end >= 0 else len(text)].rstrip())

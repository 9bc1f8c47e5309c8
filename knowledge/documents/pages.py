"""A found passage as its sentences are judged: what it stands under, what stands before, and what is only a heading."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from knowledge.documents.cutting import line_end, sentences_of
from knowledge.documents.entries import Hit
from knowledge.documents.labels import joined_label
from knowledge.documents.table_rows import is_head_row, row_words
from knowledge.language.content import places_in
from knowledge.language.folding import fold
from knowledge.language.matching import Aliases, holds_word

_BEFORE_CHARS, _SHORTEST, _WHOLE_ANSWER, _OPENING, _LONGEST = 400, 4, 200, 40, 2
_AGREEMENT = re.compile(r"(?:协议书?|合同书?|备忘录|意向书)")
_QUESTION_LINE = re.compile(r"(?:问|问题|提问|q)\d*[:：]", re.IGNORECASE)
_ANSWER_LINE = re.compile(r"(?:答|回答|答复|a)\d*[:：]", re.IGNORECASE)
_RUNNING = re.compile(r"^第[\d一二三四五六七八九十百]+条.*。$|[,，].*。$")
_FIGURED = re.compile(r"[(（].*?(?:\d|[一二三四五六七八九十两]式?[一二三四五六七八九十两]*[份名个万年月天]).*?[)）]")
_ASKS = re.compile(r"[?？]\s*$")
_RESPONSIBLE = re.compile(r"[(（]?(?:责任|牵头|配合|协办|承办)(?:单位|部门)[:：][^)）\n]*[)）]?")
_RULES = re.compile(r"须(?!知)|不得|不予|不能|应当|必须|须经|方可|可以|可由|禁止|负责|由[^,，]{2,12}(?:承担|组织|决定)")
_CONTINUES = re.compile(r"收到(?:材料|申请|报告)|前[款条项]|上[述条款]|[核审收示议]后|通过后|合格后|符合条件的")
_CLAUSE = re.compile(r"\s*(?:第[\d一二三四五六七八九十百]+条|\d+\.\d+|\([一二三四五六七八九十]+\))")
_SIGNED = re.compile(r"第[\d一二三四五六七八九十百]+条|[(（]?[一二三四五六七八九十\d]{1,3}[)）、.．]")


@dataclass(frozen=True)
class Page:
    """A found passage in matching form: what it stands under, and its text behind the text before it."""

    hit: Hit
    heading: str
    titles: str
    led: str
    text: str
    begin: int
    overs: dict[str, float] = field(default_factory=dict)

    @classmethod
    def of(cls, hit: Hit, above: str) -> Page:
        """Fold the passage once for all of its sentences; folding keeps every offset."""
        led = fold(hit.path[-1]) if hit.path and _ASKS.search(hit.path[-1]) else ""
        text = fold(f"{above}\n{hit.text}")
        titles = fold(hit.heading)
        heading = f"{titles}\n{fold(hit.about)}"
        titles = heading if _AGREEMENT.search(hit.title) else titles  # it is about its parties
        return cls(hit, heading, titles, led, text, len(text) - len(hit.text))

    def over(self, word: str, aliases: Aliases) -> float:
        """How surely the passage stands under ``word``; looked up once for all of its sentences.

        Who issued a document (教育局) is not what it is about (教育经费): only places and names may stand there.
        """
        if word not in self.overs:
            named = self.heading if places_in(word) or len(word) > _LONGEST else self.titles
            self.overs[word] = holds_word(word, named, aliases)
        return self.overs[word]

    def before(self, start: int) -> str:
        """The folded words before offset ``start`` of the passage, without those who answer for other items."""
        return _RESPONSIBLE.sub("", self.text[: self.begin + start][-_BEFORE_CHARS:])

    @property
    def own(self) -> str:
        """The folded words of the passage alone."""
        return self.text[self.begin :]


@dataclass(frozen=True)
class Line:
    """One sentence of a page.

    Attributes:
        page: Where it stands.
        start: Its offset in the passage.
        end: Its end in the passage.
        folded: Its words in matching form; a table's row with its heads.
        row: Whether it is a table's row.
        led: The folded question that it answers, or empty.
        before: The folded words before it.
    """

    page: Page
    start: int
    end: int
    folded: str
    row: bool
    led: str
    before: str

    @property
    def text(self) -> str:
        """The sentence's original words."""
        return self.page.hit.text[self.start : self.end]

    @property
    def is_title(self) -> bool:
        """Whether it is a heading, or a table's heads."""
        return is_heading(self.page.hit, self.text) or is_head_row(self.page.hit.text, self.start, self.end)


def lines_of(hits: Sequence[Hit]) -> Iterator[Line]:
    """Yield the sentences of the found passages."""
    ends = {(hit.document_id, hit.part, hit.start + len(hit.text)): hit for hit in hits}
    for hit in hits:
        page = Page.of(hit, _text_before(hit, ends))
        yield from (_line(page, *span) for span in _spans(hit.text) if span[1] - span[0] >= _SHORTEST)


def _line(page: Page, start: int, end: int) -> Line:
    cells, before = page.hit.cells(start, end), page.before(start)
    folded = fold(row_words(cells, before)) if cells else page.text[page.begin + start : page.begin + end]
    led = _asked_above(page.hit.text, start) or page.led
    return Line(page, start, end, joined_label(folded), bool(cells), led, before)


def _spans(text: str) -> Iterator[tuple[int, int]]:
    """The sentences of a passage; a short answer after 答： stays whole, as a part of it may mislead."""
    stop = 0
    for start, end in sentences_of(text):
        if start < stop:
            continue
        if _ANSWER_LINE.match(text, start) and 0 < (line := line_end(text, start)) - start <= _WHOLE_ANSWER:
            stop = line
            yield start, line
        else:
            yield start, end


def _asked_above(text: str, start: int) -> str:
    """The folded question that the answer at ``start`` was given to, or empty: what it asks about is the answer's."""
    line = text.rfind("\n", 0, start) + 1
    if not _ANSWER_LINE.match(text, line):
        return ""
    above = text[:line].rstrip().rsplit("\n", 1)[-1]
    return fold(above) if _QUESTION_LINE.match(above) else ""


def _text_before(hit: Hit, ends: dict[tuple[str, str | None, int], Hit]) -> str:
    """The found passage that ends where this one begins, one line end apart, or empty; a clause begins anew."""
    before = next((one for gap in (1, 2) if (one := ends.get((hit.document_id, hit.part, hit.start - gap)))), None)
    if before is None:
        return ""
    own = fold(hit.text)
    is_new = bool(_CLAUSE.match(own)) and before.path != hit.path and not _CONTINUES.search(own[:_OPENING])
    return "" if is_new else before.text


def is_heading(hit: Hit, text: str) -> bool:
    """Whether ``text`` is nothing but a heading of its passage, or the question of a question and answer."""
    plain = _plain(text)
    if text.lstrip().startswith("#") or plain.rstrip("。") == _plain(hit.title):
        return True
    if text.rstrip().endswith((":", "：")) and len(hit.text.strip()) > len(text.strip()) and _SIGNED.match(plain):
        return False  # it leads into what stands under it
    if _RUNNING.search(plain):
        return False
    if _QUESTION_LINE.match(plain):
        return True
    if plain.endswith(("。", ";", "；")) and (_plain(hit.text) == plain or re.search(r"\D\d", plain)):
        return False  # nothing stands under it, or it states a figure
    if plain.endswith("。") and _RULES.search(plain):
        return False  # (三)已获得称号的人员不得参赛。
    if _FIGURED.search(plain):
        return False  # (一)申报书(一式五份);
    return plain.rstrip("。") in {_plain(one).rstrip("。") for one in (*hit.path, hit.title, hit.part or "")}


def _plain(text: str) -> str:
    return re.sub(r"\s+", "", re.sub(r"^[●■◆★▲◎#\s]+|\*\*", "", text)).rstrip(":：")

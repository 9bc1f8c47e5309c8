"""What the library is made of: a read document, its official particulars, and its citeable passages."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True)
class Metadata:
    """The official particulars, as far as the text itself states them; nothing here is guessed.

    Attributes:
        title: The document's title line.
        issuer: 发文机构.
        number: 发文字号, for example ``X教发〔2024〕5号``.
        issued_on: 成文日期.
        published_on: 公开日期 or 发布时间.
        validity: 有效性 in the document's words (``有效``, ``失效``, ``废止``).
        repealed_on: 废止日期.
        source: 信息来源, the site or unit that published it.
        dated_text: A vague date, only when the text states it in words.
    """

    title: str = ""
    issuer: str | None = None
    number: str | None = None
    issued_on: date | None = None
    published_on: date | None = None
    validity: str | None = None
    repealed_on: date | None = None
    source: str | None = None
    dated_text: str | None = None

    @property
    def dated_on(self) -> date | None:
        """The date that relative words (去年, 今年) in the text are counted from."""
        return self.issued_on or self.published_on


@dataclass(frozen=True)
class Passage:
    """A piece that is found, shown and cited as a whole.

    Attributes:
        ordinal: Its place in the document, from 0.
        text: The original words: ``document.text[start:end]`` exactly.
        path: The headings above it, outermost first.
        clause: A short place to cite, for example ``四、重点任务(一)2.``; empty when the text has none.
        start: Offset of the first character in the document's text.
        end: Offset after the last character.
        part: The sub-source of a collection (its ● heading), or None.
    """

    ordinal: int
    text: str
    path: tuple[str, ...]
    clause: str
    start: int
    end: int
    part: str | None = None


@dataclass(frozen=True)
class ReadDocument:
    """A document ready to be stored and indexed.

    Attributes:
        name: The file's name.
        text: The words that are kept, without the page's furniture.
        metadata: See `Metadata`.
        passages: In reading order; they do not overlap.
        warnings: Machine ids: ``damaged:<the damaged words>``, ``undated``, ``collection``,
            ``media_report``, ``orders_machine``.
    """

    name: str
    text: str
    metadata: Metadata
    passages: tuple[Passage, ...]
    warnings: tuple[str, ...] = field(default=())

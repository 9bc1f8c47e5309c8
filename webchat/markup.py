"""HTML as the Bot API reads it: text, entities with UTF-16 offsets, or "can't parse entities".

Tags and error texts follow https://core.telegram.org/bots/api#html-style and the published server's `parse_html`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from webchat.errors import ApiError, bad_request

TYPES = {
    "b": "bold", "strong": "bold", "i": "italic", "em": "italic", "u": "underline", "ins": "underline",
    "s": "strikethrough", "strike": "strikethrough", "del": "strikethrough", "tg-spoiler": "spoiler",
    "span": "spoiler", "code": "code", "pre": "pre", "blockquote": "blockquote", "a": "text_link",
    "tg-emoji": "custom_emoji",
}  # fmt: skip
NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
REFERENCE = re.compile(r"&(?:#(\d{1,7})|#x([0-9a-fA-F]{1,6})|([a-z]+));?")
START = re.compile(r"<([^\s>/]*)")
ATTRIBUTE = re.compile(r"""\s+([a-zA-Z_:.\-]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+)))?""")
END = re.compile(r"</([^>]*)>")


def utf16_len(text: str) -> int:
    """Length as Telegram counts it: characters beyond the basic plane count two."""
    return len(text) + sum(1 for character in text if ord(character) > 0xFFFF)


@dataclass
class _Open:
    tag: str
    attributes: dict[str, str]
    offset: int
    piece: int


@dataclass
class _Parser:
    source: str
    out: list[str] = field(default_factory=list)
    length: int = 0
    stack: list[_Open] = field(default_factory=list)
    entities: list[dict[str, Any]] = field(default_factory=list)

    def run(self) -> tuple[str, list[dict[str, Any]]]:
        position = 0
        while position < len(self.source):
            character = self.source[position]
            if character == "&":
                position = self._reference(position)
            elif character == "<":
                closing = self.source.startswith("</", position)
                position = self._end(position) if closing else self._start(position)
            else:
                stop = min((p for p in map(self._next, "<&", (position, position)) if p >= 0), default=len(self.source))
                self._emit(self.source[position:stop])
                position = stop
        if self.stack:
            raise unparsable(f'Can\'t find end tag corresponding to start tag "{self.stack[-1].tag}"')
        order = sorted(self.entities, key=lambda entity: (entity["offset"], -entity["length"]))
        return "".join(self.out), order

    def _next(self, what: str, position: int) -> int:
        return self.source.find(what, position)

    def _emit(self, text: str) -> None:
        self.out.append(text)
        self.length += utf16_len(text)

    def _bytes(self, position: int) -> int:
        return len(self.source[:position].encode())

    def _reference(self, position: int) -> int:
        match = REFERENCE.match(self.source, position)
        code = int(match[1]) if match and match[1] else int(match[2], 16) if match and match[2] else 0
        known = chr(code) if 0 < code <= 0x10FFFF and not 0xD800 <= code < 0xE000 else ""
        known = known or (NAMED.get(match[3] or "", "") if match else "")
        if not match or not known:
            self._emit("&")
            return position + 1
        self._emit(known)
        return match.end()

    def _start(self, position: int) -> int:
        match = START.match(self.source, position)
        tag = match[1].lower() if match else ""
        if match is None or match.end() == len(self.source):
            raise unparsable(f"Unclosed start tag at byte offset {self._bytes(position)}")
        if tag not in TYPES:
            raise unparsable(f'Unsupported start tag "{tag}" at byte offset {self._bytes(position)}')
        cursor, attributes = match.end(), dict[str, str]()
        while attribute := ATTRIBUTE.match(self.source, cursor):
            attributes[attribute[1].lower()] = _unescape(attribute[2] or attribute[3] or attribute[4] or "")
            cursor = attribute.end()
        close = re.compile(r"\s*>").match(self.source, cursor)
        if close is None:
            raise unparsable(f"Unclosed start tag at byte offset {self._bytes(position)}")
        if tag == "span" and attributes.get("class") != "tg-spoiler":
            raise unparsable(f'Tag "span" must have class "tg-spoiler" at byte offset {self._bytes(position)}')
        self.stack.append(_Open(tag, attributes, self.length, len(self.out)))
        return close.end()

    def _end(self, position: int) -> int:
        match = END.match(self.source, position)
        if match is None:
            raise unparsable(f"Unclosed end tag at byte offset {self._bytes(position)}")
        if not self.stack:
            raise unparsable(f"Unexpected end tag at byte offset {self._bytes(position)}")
        opened, found = self.stack.pop(), match[1].strip().lower()
        if found and found != opened.tag:
            at = self._bytes(position)
            raise unparsable(f'Unmatched end tag at byte offset {at}, expected "</{opened.tag}>", found "</{found}>"')
        self._close(opened)
        return match.end()

    def _close(self, opened: _Open) -> None:
        length = self.length - opened.offset
        if length == 0:
            return
        entity: dict[str, Any] = {"type": TYPES[opened.tag], "offset": opened.offset, "length": length}
        language = opened.attributes.get("class", "")
        if opened.tag == "code" and self.stack and self.stack[-1].tag == "pre":
            if language.startswith("language-"):
                self.stack[-1].attributes["language"] = language.removeprefix("language-")
            return
        if opened.tag == "pre" and opened.attributes.get("language"):
            entity["language"] = opened.attributes["language"]
        if opened.tag == "blockquote" and "expandable" in opened.attributes:
            entity["type"] = "expandable_blockquote"
        if opened.tag == "tg-emoji":
            entity["custom_emoji_id"] = opened.attributes.get("emoji-id", "")
        if opened.tag == "a" and not _link(entity, opened.attributes.get("href") or "".join(self.out[opened.piece :])):
            return
        self.entities.append(entity)


def _link(entity: dict[str, Any], href: str) -> bool:
    """Complete a link entity; Telegram drops links to nowhere instead of refusing them."""
    person = re.fullmatch(r"tg://user\?id=(\d+)", href)
    if person:
        entity |= {"type": "text_mention", "user": {"id": int(person[1])}}
        return True
    if re.match(r"(?:https?|tg)://\S+$", href, re.I):
        entity["url"] = href
        return True
    if re.match(r"[\w-]+(?:\.[\w-]+)+(?:[/?#]\S*)?$", href):
        entity["url"] = f"http://{href}"
        return True
    return False


def _unescape(value: str) -> str:
    return REFERENCE.sub(lambda match: NAMED.get(match[3] or "", match[0]), value)


def unparsable(reason: str) -> ApiError:
    """The refusal of text that does not parse."""
    return bad_request(f"can't parse entities: {reason}")


def parse_html(source: str) -> tuple[str, list[dict[str, Any]]]:
    """Text and entities of an HTML message, in order of offset; raises `ApiError` 400 when it does not parse."""
    return _Parser(source).run()


def trim(text: str, entities: list[dict[str, Any]]) -> tuple[str, list[dict[str, Any]]]:
    """Cut white space at both ends as Telegram does, and move the entities along."""
    stripped = text.strip()
    if stripped == text:
        return text, entities
    lead, length = utf16_len(text) - utf16_len(text.lstrip()), utf16_len(stripped)
    moved = []
    for entity in entities:
        start = max(0, entity["offset"] - lead)
        stop = min(length, entity["offset"] + entity["length"] - lead)
        if stop > start:
            moved.append(entity | {"offset": start, "length": stop - start})
    return stripped, moved

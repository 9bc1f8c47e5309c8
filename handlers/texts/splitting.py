"""Cutting a long HTML text into messages of Telegram's length, at line ends, with every tag closed."""

import re
from html import unescape

LIMIT = 4096
TAG = re.compile(r"<(/?)([a-z-]+)([^>]*)>")


def visible_length(html: str) -> int:
    """Length as Telegram counts it: UTF-16 units after the markup is taken out (Bot API, MessageEntity)."""
    return len(unescape(TAG.sub("", html)).encode("utf-16-le")) // 2


def split(html: str, limit: int = LIMIT) -> list[str]:
    """Parts of at most `limit` visible units. Cuts at lines, else sentences, else anywhere but in a tag."""
    if visible_length(html) <= limit:
        return [html]
    parts: list[str] = []
    current = ""
    open_tags: list[tuple[str, str]] = []
    for piece in _pieces(html, limit // 2):
        if current and visible_length(current + piece) > limit:
            parts.append(_close(current, open_tags))
            current = "".join(tag for _, tag in open_tags)
            piece = piece.lstrip("\n")
        current += piece
        open_tags = _open_after(piece, open_tags)
    if visible_length(current):
        parts.append(_close(current, open_tags))
    return [part.strip("\n") for part in parts if visible_length(part)]


def _pieces(html: str, limit: int) -> list[str]:
    pieces = []
    for line in re.split(r"(?<=\n)", html):
        if visible_length(line) <= limit:
            pieces.append(line)
            continue
        for sentence in re.split(r"(?<=[。！？；])", line):
            pieces += [sentence] if visible_length(sentence) <= limit else _atoms(sentence)
    return pieces


def _atoms(text: str) -> list[str]:
    return re.findall(r"<[^>]*>|&[a-z0-9#]+;|.", text, flags=re.DOTALL)


def _open_after(piece: str, open_tags: list[tuple[str, str]]) -> list[tuple[str, str]]:
    after = list(open_tags)
    for match in TAG.finditer(piece):
        closing, name = match.group(1), match.group(2)
        if not closing:
            after.append((name, match.group(0)))
        elif after and after[-1][0] == name:
            after.pop()
    return after


def _close(text: str, open_tags: list[tuple[str, str]]) -> str:
    return text + "".join(f"</{name}>" for name, _ in reversed(open_tags))

"""Entities that Telegram finds by itself in plain text: commands, mentions, links, tags, mail addresses."""

from __future__ import annotations

import re
from typing import Any

from webchat.markup import utf16_len

# With a scheme, or a bare name under one of the domains that our users meet.
URL = re.compile(
    r"(?:https?://[^\s<>\"'，。；：！？、（）《》【】“”]+[\w/=&%#-]"
    r"|(?<![\w@./-])(?:[a-z0-9-]+\.)+(?:cn|com|edu|gov|me|net|org)(?![\w.-]*\w)(?:[/?#][^\s<>\"'，。；：！？、（）《》【】“”]*[\w/=&%#-])?)",
    re.I,
)
# As in Telegram, a word character on either side (Chinese ones too) keeps a command or a mention from being one.
PATTERNS = (
    ("bot_command", re.compile(r"(?<![\w/<>])/[A-Za-z0-9_]{1,64}(?:@[A-Za-z0-9_]{3,32})?(?![\w/<>])")),
    ("url", URL),
    ("email", re.compile(r"(?<![\w.@])[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*\.[A-Za-z]{2,}(?!\w)")),
    ("mention", re.compile(r"(?<![\w@/])@[A-Za-z][A-Za-z0-9_]{2,31}(?!\w)")),
    ("hashtag", re.compile(r"(?<![\w#])#(?!\d+\b)\w{1,64}")),
)
LITERAL = {"code", "pre", "text_link", "text_mention"}


def detect(text: str, given: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """All entities of a text: the given ones and those found outside code and links."""
    if not any(mark in text for mark in "/@#."):
        return given
    taken = [(e["offset"], e["offset"] + e["length"]) for e in given if e["type"] in LITERAL]
    found = list(given)
    for kind, pattern in PATTERNS:
        for match in pattern.finditer(text):
            start = utf16_len(text[: match.start()])
            stop = start + utf16_len(match[0])
            if all(stop <= left or start >= right for left, right in taken):
                taken.append((start, stop))
                found.append({"type": kind, "offset": start, "length": stop - start})
    return sorted(found, key=lambda entity: (entity["offset"], -entity["length"]))


def spans(message: dict[str, Any], kind: str) -> list[str]:
    """The pieces of a message's text or caption that carry an entity of one kind."""
    text = message.get("text") or message.get("caption") or ""
    units = text.encode("utf-16-le")
    entities = message.get("entities") or message.get("caption_entities") or []
    return [
        units[2 * e["offset"] : 2 * (e["offset"] + e["length"])].decode("utf-16-le")
        for e in entities
        if e["type"] == kind
    ]

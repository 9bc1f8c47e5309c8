"""From an outbox row to what Telegram is sent."""

from dataclasses import dataclass
from typing import Any

from handlers import texts
from handlers.texts.splitting import split
from services.models import OutboxMessage

CAPTION_LIMIT = 1024


@dataclass(frozen=True)
class Rendered:
    """Message parts in HTML, the last one with the keyboard (rows of label and callback data or url)."""

    parts: tuple[str, ...]
    keyboard: tuple[tuple[tuple[str, str, str], ...], ...]
    attachment: dict[str, Any] | None


def render(row: OutboxMessage) -> Rendered:
    """The row's wording in the language of the house. A caption that is too long follows the file as a message."""
    return Rendered(tuple(split(texts.html(row.text_key, row.values))), _keyboard(row), row.attachment)


def _keyboard(row: OutboxMessage) -> tuple[tuple[tuple[str, str, str], ...], ...]:
    rows, index = [], 0
    for line in row.buttons:
        cells = []
        for button in line:
            label = texts.plain(button["label"], button["values"])
            cells.append((label, "" if button["url"] else f"{row.token}:{index}", button["url"]))
            index += 1
        rows.append(tuple(cells))
    return tuple(rows)

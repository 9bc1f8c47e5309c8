"""The three things a message channel must do. Replies leave through aiogram, pushes through python-telegram-bot."""

from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

Keyboard = tuple[tuple[tuple[str, str, str], ...], ...]


@dataclass(frozen=True)
class Target:
    """Where a message goes."""

    chat_id: int
    thread_id: int | None = None
    reply_to: int | None = None


class Channel(Protocol):
    """Sends one message; raises SendFailure, nothing else, when it did not certainly arrive."""

    async def send_text(self, to: Target, text: str, keyboard: Keyboard, *, is_html: bool = True) -> int:
        """Send and return the Telegram message id."""

    async def edit_text(
        self, to: Target, message_id: int, text: str, keyboard: Keyboard, *, is_html: bool = True
    ) -> int:
        """Replace a message's text and keyboard."""

    async def send_file(self, to: Target, path: Path, name: str, kind: str, caption: str) -> int:
        """Send a document or photo."""

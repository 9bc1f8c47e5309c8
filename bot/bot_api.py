"""What both libraries' bots call alike, as the Bot API does: texts sent and edited, keyboards, replies."""

from abc import ABC, abstractmethod
from types import ModuleType
from typing import Any

from bot.channels import Keyboard, Target


class BotApiChannel(ABC):
    """The shared part of a `Channel`: the library's bot, and the module that holds its types of the Bot API."""

    def __init__(self, bot: Any, types: ModuleType) -> None:
        self._bot, self._types = bot, types

    async def send_text(self, to: Target, text: str, keyboard: Keyboard, *, is_html: bool = True) -> int:
        """Send a message."""
        sent = self._bot.send_message(
            chat_id=to.chat_id,
            message_thread_id=to.thread_id,
            reply_parameters=self._reply(to),
            **self._content(text, keyboard, is_html=is_html),
        )
        return int((await self._call(sent)).message_id)

    async def edit_text(
        self, to: Target, message_id: int, text: str, keyboard: Keyboard, *, is_html: bool = True
    ) -> int:
        """Edit a message in place."""
        content = self._content(text, keyboard, is_html=is_html)
        await self._call(self._bot.edit_message_text(chat_id=to.chat_id, message_id=message_id, **content))
        return message_id

    @abstractmethod
    async def _call(self, request: Any) -> Any:
        """The request's result; raises SendFailure, nothing else."""

    def _content(self, text: str, keyboard: Keyboard, *, is_html: bool) -> dict[str, Any]:
        """Link previews are off: an answer is not an advertisement."""
        return {
            "text": text,
            "parse_mode": "HTML" if is_html else None,
            "reply_markup": self._markup(keyboard),
            "link_preview_options": self._types.LinkPreviewOptions(is_disabled=True),
        }

    def _captioned(self, to: Target, caption: str) -> dict[str, Any]:
        return {
            "message_thread_id": to.thread_id,
            "caption": caption or None,
            "parse_mode": "HTML",
            "reply_parameters": self._reply(to),
        }

    def _reply(self, to: Target) -> Any:
        if to.reply_to is None:
            return None
        return self._types.ReplyParameters(message_id=to.reply_to, allow_sending_without_reply=True)

    def _markup(self, keyboard: Keyboard) -> Any:
        if not keyboard:
            return None
        button = self._types.InlineKeyboardButton
        rows = [
            [button(text=label, callback_data=data or None, url=url or None) for label, data, url in row]
            for row in keyboard
        ]
        return self._types.InlineKeyboardMarkup(inline_keyboard=rows)

"""The reply channel: aiogram's bot, which also answers button presses and fetches files."""

from pathlib import Path
from typing import Any

from aiogram import Bot
from aiogram.exceptions import (
    ClientDecodeError,
    TelegramAPIError,
    TelegramBadRequest,
    TelegramForbiddenError,
    TelegramMigrateToChat,
    TelegramNetworkError,
    TelegramRetryAfter,
    TelegramUnauthorizedError,
)
from aiogram.methods.base import Response
from aiogram.types import (
    FSInputFile,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    LinkPreviewOptions,
    Message,
    ReplyParameters,
)

from bot.channels import Keyboard, Target
from bot.failures import SendFailure, from_description

# aiogram makes this generic model for each answer, and pydantic forgets it in between: a quarter of a reply's time.
KEPT = (Response[Message], Response[bool], Response[Message | bool])
NOT_SENT = ("ConnectionRefused", "ClientConnectorError", "ConnectionTimeout", "gaierror")


class ReplyChannel:
    """Sends through aiogram. Implements `Channel`."""

    def __init__(self, bot: Bot) -> None:
        self._bot = bot

    async def send_text(self, to: Target, text: str, keyboard: Keyboard, *, is_html: bool = True) -> int:
        """Send a message; link previews are off, an answer is not an advertisement."""
        message = await self._call(
            self._bot.send_message(
                to.chat_id,
                text,
                message_thread_id=to.thread_id,
                parse_mode="HTML" if is_html else None,
                reply_parameters=_reply(to),
                reply_markup=_markup(keyboard),
                link_preview_options=LinkPreviewOptions(is_disabled=True),
            )
        )
        return int(message.message_id)

    async def edit_text(
        self, to: Target, message_id: int, text: str, keyboard: Keyboard, *, is_html: bool = True
    ) -> int:
        """Edit a message in place."""
        await self._call(
            self._bot.edit_message_text(
                text=text,
                chat_id=to.chat_id,
                message_id=message_id,
                parse_mode="HTML" if is_html else None,
                reply_markup=_markup(keyboard),
                link_preview_options=LinkPreviewOptions(is_disabled=True),
            )
        )
        return message_id

    async def send_file(self, to: Target, path: Path, name: str, kind: str, caption: str) -> int:
        """Upload a file from this machine."""
        file = FSInputFile(path, filename=name)
        common: dict[str, Any] = {
            "message_thread_id": to.thread_id,
            "caption": caption or None,
            "parse_mode": "HTML",
            "reply_parameters": _reply(to),
        }
        if kind == "photo":
            message = await self._call(self._bot.send_photo(to.chat_id, file, **common))
        else:
            message = await self._call(self._bot.send_document(to.chat_id, file, **common))
        return int(message.message_id)

    async def _call(self, request: Any) -> Any:
        try:
            return await request
        except TelegramRetryAfter as error:
            raise SendFailure("flood", "flood", retry_after_s=error.retry_after) from None
        except TelegramMigrateToChat as error:
            raise SendFailure("migrated", "migrated", moved_to=error.migrate_to_chat_id) from None
        except (TelegramBadRequest, TelegramForbiddenError) as error:
            raise from_description(error.message) from None
        except TelegramNetworkError as error:
            raise _network(error) from None
        except TelegramUnauthorizedError:
            raise SendFailure("retry", "unauthorized") from None
        except ClientDecodeError:  # a proxy's page or half an answer: the message may be there
            raise SendFailure("uncertain", "answer_unreadable") from None
        except TelegramAPIError as error:
            raise SendFailure("retry", type(error).__name__) from None
        except OSError as error:
            raise SendFailure("final", f"file:{error.strerror}") from None


def _network(error: TelegramNetworkError) -> SendFailure:
    """Certain that it did not leave only where no connection was made; anything later may have arrived."""
    names = [type(error.__cause__).__name__ if error.__cause__ else "", error.message]
    if any(name in text for name in NOT_SENT for text in names):
        return SendFailure("retry", "no_connection")
    return SendFailure("uncertain", "connection_lost")


def _reply(to: Target) -> ReplyParameters | None:
    if to.reply_to is None:
        return None
    return ReplyParameters(message_id=to.reply_to, allow_sending_without_reply=True)


def _markup(keyboard: Keyboard) -> InlineKeyboardMarkup | None:
    if not keyboard:
        return None
    rows = [
        [InlineKeyboardButton(text=label, callback_data=data or None, url=url or None) for label, data, url in row]
        for row in keyboard
    ]
    return InlineKeyboardMarkup(inline_keyboard=rows)

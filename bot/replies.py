"""The reply channel: aiogram's bot, which also answers button presses and fetches files."""

from pathlib import Path
from typing import Any

from aiogram import Bot, types
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
from aiogram.types import FSInputFile, Message

from bot.bot_api import BotApiChannel
from bot.channels import Target
from bot.failures import SendFailure, from_description

# aiogram makes this generic model for each answer, and pydantic forgets it in between: a quarter of a reply's time.
KEPT = (Response[Message], Response[bool], Response[Message | bool])
NOT_SENT = ("ConnectionRefused", "ClientConnectorError", "ConnectionTimeout", "gaierror")


class ReplyChannel(BotApiChannel):
    """Sends through aiogram. Implements `Channel`."""

    def __init__(self, bot: Bot) -> None:
        super().__init__(bot, types)

    async def send_file(self, to: Target, path: Path, name: str, kind: str, caption: str) -> int:
        """Upload a file from this machine."""
        file = FSInputFile(path, filename=name)
        common = self._captioned(to, caption)
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

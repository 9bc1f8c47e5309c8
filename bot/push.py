"""The push channel: python-telegram-bot's ExtBot with its rate limiter, for everything nobody is waiting for.

aiogram has no outbound limiter. The limiter here is the second belt only (`max_retries=0`): the outbox row owns the
"not before" instant, because the limiter lets a paused chat go too early when another request finishes (22.8).
"""

from pathlib import Path
from typing import Any

import telegram
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
    TimedOut,
)
from telegram.ext import AIORateLimiter, ExtBot
from telegram.request import HTTPXRequest

from bot.bot_api import BotApiChannel
from bot.channels import Target
from bot.failures import SendFailure, from_description

NOT_SENT = ("ConnectTimeout", "ConnectError", "PoolTimeout")


class PushChannel(BotApiChannel):
    """Sends through python-telegram-bot. Implements `Channel`."""

    def __init__(self, token: str, api_base: str) -> None:
        limited: ExtBot[Any] = ExtBot(
            token,
            base_url=f"{api_base}/bot",
            base_file_url=f"{api_base}/file/bot",
            request=HTTPXRequest(connection_pool_size=16, httpx_kwargs={"trust_env": False}),
            rate_limiter=AIORateLimiter(max_retries=0),
        )
        super().__init__(limited, telegram)

    async def start(self) -> None:
        """Open the connection pool.

        Raises:
            SendFailure: the server does not answer or does not know the token.
        """
        await self._call(self._bot.initialize())

    async def stop(self) -> None:
        """Close the connection pool."""
        await self._bot.shutdown()

    async def send_file(self, to: Target, path: Path, name: str, kind: str, caption: str) -> int:
        """Upload a file from this machine."""
        try:
            content = path.read_bytes()
        except OSError as error:
            raise SendFailure("final", f"file:{error.strerror}") from None
        send = self._bot.send_photo if kind == "photo" else self._bot.send_document
        message = await self._call(send(to.chat_id, content, filename=name, **self._captioned(to, caption)))
        return int(message.message_id)

    async def _call(self, request: Any) -> Any:
        try:
            return await request
        except RetryAfter as error:
            after = error.retry_after
            raise SendFailure(
                "flood", "flood", retry_after_s=after if isinstance(after, int | float) else after.total_seconds()
            ) from None
        except ChatMigrated as error:
            raise SendFailure("migrated", "migrated", moved_to=error.new_chat_id) from None
        except (BadRequest, Forbidden) as error:
            raise from_description(error.message) from None
        except (TimedOut, NetworkError) as error:
            raise _network(error) from None
        except InvalidToken:
            raise SendFailure("retry", "unauthorized") from None
        except TelegramError as error:  # "Invalid server response": the message may be there
            raise SendFailure("uncertain", type(error).__name__) from None


def _network(error: TelegramError) -> SendFailure:
    cause = type(error.__cause__).__name__ if error.__cause__ else ""
    if not cause and not isinstance(error, TimedOut):  # the server itself said 5xx
        return SendFailure("retry", "server_error")
    if cause in NOT_SENT or any(name in error.message for name in (*NOT_SENT, "Pool timeout")):
        return SendFailure("retry", "no_connection")
    return SendFailure("uncertain", "connection_lost")

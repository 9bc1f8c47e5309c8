"""`lianluo run`."""

import asyncio
import signal

import structlog

from bot import logs
from bot.commands.database import prepare
from bot.commands.refusals import Refused
from bot.settings import Settings

log = structlog.get_logger(__name__)


async def serve(settings: Settings, parts: str) -> None:
    """Serve until SIGTERM or SIGINT.

    Raises:
        Refused: no token, a token that the server does not know, a busy index, a database that is not ready.
    """
    token = settings.telegram.token.get_secret_value()
    if not token:
        raise Refused(
            "telegram.token is missing: get one from @BotFather and set LIANLUO_TELEGRAM__TOKEN; or `lianluo demo`"
        )
    logs.set_up(token, settings.llm.api_key.get_secret_value(), settings.embedding.api_key.get_secret_value())
    await prepare(settings)
    stopping = asyncio.Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(name, stopping.set)
    await run_app(settings, parts, stopping)


async def run_app(settings: Settings, parts: str, stopping: asyncio.Event) -> None:
    """Start, serve, stop; faults that no waiting mends become a refusal."""
    from aiogram.exceptions import TelegramNetworkError, TelegramUnauthorizedError
    from aiogram.utils.token import TokenValidationError

    from bot.composition import App
    from bot.receiving import TokenRefused
    from knowledge.errors import IndexBusy

    try:
        app = App(settings, parts=parts)
    except TokenValidationError:
        raise Refused("telegram.token is not a bot token: it looks like 123456789:AA…, from @BotFather") from None
    try:
        await app.start()
    except (TokenRefused, TelegramUnauthorizedError):
        await app.stop()
        raise Refused("The Bot API server does not know telegram.token; get the right one from @BotFather.") from None
    except TelegramNetworkError:
        await app.stop()
        raise Refused(f"No Bot API server answers at telegram.api_base = {settings.telegram.api_base}") from None
    except IndexBusy as busy:
        await app.stop()
        raise Refused(f"Another process uses knowledge.dir = {busy.directory} ({busy.owner}).") from None
    log.info("started", bot=app.username, mode=settings.telegram.mode, parts=parts)
    await app.run_until(stopping)
    if app.fault:
        raise Refused(f"stopped: {type(app.fault).__name__}: {logs.redact(str(app.fault))}")
    log.info("stopped")

"""`lianluo run`."""

import asyncio
import signal
import sys
from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import TYPE_CHECKING

import structlog

from bot import logs
from bot.commands.database import prepare
from bot.commands.refusals import Refused
from bot.settings import Settings

if TYPE_CHECKING:
    from bot.composition import App

NO_TOKEN = "telegram.token is missing: get one from @BotFather and set LIANLUO_TELEGRAM__TOKEN; or `lianluo demo`"  # noqa: S105
log = structlog.get_logger(__name__)


async def serve(settings: Settings, parts: str) -> None:
    """Serve until SIGTERM or SIGINT.

    Raises:
        Refused: no token, a token that the server does not know, a busy index, a database that is not ready.
    """
    token = settings.telegram.token.get_secret_value()
    if not token:
        raise Refused(NO_TOKEN)
    logs.set_up(token, settings.llm.api_key.get_secret_value(), settings.embedding.api_key.get_secret_value())
    # Each SQLite statement crosses into a thread and back; with the default of 5 ms a busy loop makes each wait long.
    sys.setswitchinterval(0.0005)
    await prepare(settings)
    stopping = asyncio.Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(name, stopping.set)
    await run_app(settings, parts, stopping)


async def run_app(
    settings: Settings,
    parts: str,
    stopping: asyncio.Event,
    *,
    ready: Callable[["App"], Awaitable[None]] | None = None,
    clock: Callable[[], datetime] | None = None,
) -> None:
    """Start, serve, stop; faults that no waiting mends become a refusal. `ready` is called once at work.

    `clock` is the demo's; a service runs by the clock of its machine.
    """
    from bot.composition import App, utc_now

    app = App(settings, clock=clock or utc_now, parts=parts)
    await start_or_refuse(app, settings)
    if ready:
        await ready(app)
    log.info("started", bot=app.username, mode=settings.telegram.mode, parts=parts)
    await app.run_until(stopping)
    if app.fault:
        told = explain_fault(app.fault, settings)
        raise Refused(told or f"stopped: {type(app.fault).__name__}: {logs.redact(str(app.fault))}")
    log.info("stopped")


async def start_or_refuse(app: "App", settings: Settings) -> None:
    """Start the bot; what fails is stopped again.

    Raises:
        Refused: a fault with a known remedy; any other is raised as it is.
    """
    try:
        await app.start()
    except BaseException as fault:
        await app.stop()
        told = explain_fault(fault, settings)
        if told is None:
            raise
        raise Refused(told) from None


def explain_fault(fault: BaseException, settings: Settings) -> str | None:
    """What went wrong at the start, with the setting to look at; None for what nobody foresaw."""
    from aiogram.exceptions import ClientDecodeError, TelegramAPIError, TelegramNetworkError, TelegramUnauthorizedError

    from bot.failures import SendFailure
    from bot.listening import CannotListen
    from bot.receiving import TokenRefused
    from knowledge.errors import IndexBusy

    api_base = settings.telegram.api_base
    if isinstance(fault, TokenRefused | TelegramUnauthorizedError):
        return "The Bot API server does not know telegram.token; get the right one from @BotFather."
    if isinstance(fault, TelegramNetworkError | SendFailure):
        return f"No Bot API server answers at telegram.api_base = {api_base}; check the address and the network."
    if isinstance(fault, ClientDecodeError):
        return f"What answers at telegram.api_base = {api_base} is no Bot API server."
    if isinstance(fault, TelegramAPIError):
        return f"The Bot API server at {api_base} refused: {logs.redact(fault.message)}"
    if isinstance(fault, IndexBusy):
        return f"Another process uses knowledge.dir = {fault.directory} ({fault.owner}); stop it first."
    if isinstance(fault, CannotListen):
        return f"{fault.key}: cannot listen on {fault.address} ({fault.reason}); choose another, or 0 for none."
    return None

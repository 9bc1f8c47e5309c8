"""The pages and the webhook on their ports."""

from collections.abc import Sequence
from contextlib import AsyncExitStack

from aiohttp import web

from bot.opening import Opened
from bot.pages import Board
from bot.receiving import ALLOWED_UPDATES, Intake, webhook_handler

_MOST_BYTES = 2_000_000


class CannotListen(Exception):
    """A port is taken or an address is not ours. `key` names the setting."""

    def __init__(self, key: str, address: str, reason: str) -> None:
        super().__init__(f"{key}: {address}: {reason}")
        self.key, self.address, self.reason = key, address, reason


async def listen(app: Opened, intake: Intake, status: Sequence[web.RouteDef]) -> AsyncExitStack:
    """Open what the settings ask for, with the `status` pages; the caller closes it.

    The webhook's port is reached from outside, so nothing but the webhook answers there.

    Raises:
        CannotListen: a port is not to be had.
    """
    http, telegram = app.settings.http, app.settings.telegram
    hook = telegram.webhook
    async with AsyncExitStack() as opened:
        if http.port:
            pages = web.Application(client_max_size=_MOST_BYTES)
            pages.add_routes(status)
            pages.add_routes(Board(app.press, clock=app.clock).routes())
            await _open_site(opened, pages, "http", (http.listen, http.port))
        if telegram.mode == "webhook" and app.parts in ("all", "bot"):
            outside = web.Application(client_max_size=_MOST_BYTES)
            outside.router.add_post(hook.path, webhook_handler(intake, hook.secret.get_secret_value()))
            await _open_site(opened, outside, "telegram.webhook", (hook.listen, hook.port))
            await app.bot.set_webhook(
                hook.url.rstrip("/") + hook.path,
                secret_token=hook.secret.get_secret_value(),
                allowed_updates=ALLOWED_UPDATES,
            )
        return opened.pop_all()


async def _open_site(opened: AsyncExitStack, application: web.Application, section: str, at: tuple[str, int]) -> None:
    runner = web.AppRunner(application, access_log=None)
    await runner.setup()
    opened.push_async_callback(runner.cleanup)
    address, port = at
    try:
        await web.TCPSite(runner, address, port).start()
    except OSError as error:
        raise CannotListen(f"{section}.port", f"{address}:{port}", error.strerror or str(error)) from None

"""The pages and the webhook on their ports."""

from collections.abc import Sequence

from aiohttp import web

from bot.opening import Opened
from bot.pages import Board
from bot.receiving import ALLOWED_UPDATES, Intake, webhook_handler


class CannotListen(Exception):
    """A port is taken or an address is not ours. `key` names the setting."""

    def __init__(self, key: str, address: str, reason: str) -> None:
        super().__init__(f"{key}: {address}: {reason}")
        self.key, self.address, self.reason = key, address, reason


async def listen(app: Opened, intake: Intake, status: Sequence[web.RouteDef]) -> web.AppRunner:
    """Open what the settings ask for, with the `status` pages; the caller cleans the runner up.

    Raises:
        CannotListen: a port is not to be had.
    """
    application = web.Application(client_max_size=2_000_000)
    application.add_routes(status)
    application.add_routes(Board(app.press, clock=app.clock).routes())
    http, telegram = app.settings.http, app.settings.telegram
    hook = telegram.webhook
    webhook = telegram.mode == "webhook" and app.parts in ("all", "bot")
    if webhook:
        application.router.add_post(hook.path, webhook_handler(intake, hook.secret.get_secret_value()))
    runner = web.AppRunner(application, access_log=None)
    await runner.setup()
    try:
        if http.port:
            await _open_site(runner, "http", http.listen, http.port)
        if webhook:
            await _open_site(runner, "telegram.webhook", hook.listen, hook.port)
            await app.bot.set_webhook(
                hook.url.rstrip("/") + hook.path,
                secret_token=hook.secret.get_secret_value(),
                allowed_updates=ALLOWED_UPDATES,
            )
    except BaseException:
        await runner.cleanup()
        raise
    return runner


async def _open_site(runner: web.AppRunner, section: str, address: str, port: int) -> None:
    try:
        await web.TCPSite(runner, address, port).start()
    except OSError as error:
        raise CannotListen(f"{section}.port", f"{address}:{port}", error.strerror or str(error)) from None

"""Putting the process together."""

import asyncio
import importlib
from collections.abc import Callable
from contextlib import AsyncExitStack
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import structlog
from aiogram.exceptions import TelegramAPIError

from bot.apologies import apologise
from bot.channels import Channel
from bot.conversations import all_routers
from bot.errand_workers import errand_workers
from bot.errands import ErrandRunner
from bot.failures import SendFailure
from bot.listening import listen
from bot.opening import Opened
from bot.receiving import Intake, Poller
from bot.replies import ReplyChannel
from bot.sending import Sender
from bot.settings import Settings
from bot.status import status_routes
from bot.working import LaneWorkers
from handlers.dispatching import build_dispatcher
from handlers.menus import publish_menus
from jobs.retention import forgetting
from jobs.schedule import all_duties
from jobs.timetable import Timetable
from services.chats import bind_configured
from services.db import Session
from services.library.originals import sweep
from services.library.removing import resume_removals
from services.models import Errand
from services.outbox import Pacing

if TYPE_CHECKING:
    from bot.push import PushChannel

log = structlog.get_logger(__name__)
PUSH_PAUSE_S = 5.0
NEED_INDEX = frozenset({"answer", "sync_index"})


def utc_now() -> datetime:
    """The clock of the process."""
    return datetime.now(UTC)


class App(Opened):
    """The running assistant: receiver, conversations, errands, outbox, timetable, pages."""

    def __init__(self, settings: Settings, *, clock: Callable[[], datetime] = utc_now, parts: str = "all") -> None:
        super().__init__(settings, clock=clock, parts=parts)
        self._tasks: list[asyncio.Task[None]] = []
        self._web: AsyncExitStack | None = None
        self._push: PushChannel | None = None
        self._begun = False
        self.fault: BaseException | None = None

    async def start(self) -> None:
        """Open everything and begin; returns when the bot is at work.

        Raises:
            TokenRefused: the token is not known to the Bot API server.
        """
        settings = self.settings
        telegram = settings.telegram
        await self._know_myself()
        pacing = Pacing(telegram.messages_per_second, telegram.group_interval_s)
        self._channels: dict[str, Channel] = {"reply": ReplyChannel(self.bot)}
        self.sender = Sender(self.database, self._channels, owner=self.owner, pacing=pacing, clock=self.clock)
        workers = errand_workers(self, self.sender, lambda: self.errands.wake())
        if self.parts == "tick":  # the index belongs to the running service, and so does what needs it
            workers = {kind: worker for kind, worker in workers.items() if kind not in NEED_INDEX}
        self.errands = ErrandRunner(
            self.database,
            workers,
            owner=self.owner,
            clock=self.clock,
            give_up=self._give_up,
        )
        dispatcher = build_dispatcher(
            all_routers(settings),
            secretaries=self.secretaries,
            settings=settings,
            username=self.username,
            office=self.office,
            desk=self.desk,
            meeting_office=self.meeting_office,
            press=self.press,
            supply=self.supply_desk,
        )
        self.workers = LaneWorkers(self.database, dispatcher, self.bot, self.sender, self.errands, self.clock)
        duties = [
            *all_duties(self.office, self.meeting_office, self.desk, self.digest_office, self.supply_desk),
            forgetting(self.settings.privacy),
        ]
        self.timetable = Timetable(self.database, duties, clock=self.clock, wake=self.sender.wake)
        self._begun = True
        self.intake = Intake(self.database, self.clock, self.workers.wake)
        async with self.database.transaction() as session:
            await bind_configured(session, settings.consortium.group_chats, now=self.clock())
        if self.parts == "tick":
            await self._open_push()
            return
        self._web = await listen(self, self.intake, status_routes(self))
        self._run_all()
        if self.parts in ("all", "worker"):
            self.timetable.start()

    async def stop(self) -> None:
        """Finish what is in hand, leave the rest in the database, close everything."""
        for task in self._tasks:
            if task.get_name() == "poller":
                task.cancel()
        if self._begun:
            self.timetable.stop()
            await self.workers.stop()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        if self._begun:
            await self.sender.stop()
        if self._web:
            await self._web.aclose()
        await self.keeper.close()
        if self._push is not None:
            await self._push.stop()
        await self.bot.session.close()
        await self.database.dispose()

    async def run_until(self, stopping: asyncio.Event) -> None:
        """Serve until asked to stop or until a part of the process fails for good."""
        watched = [asyncio.create_task(stopping.wait()), *self._tasks]
        await asyncio.wait(watched, return_when=asyncio.FIRST_COMPLETED)
        for task in self._tasks:
            if task.done() and not task.cancelled() and task.exception():
                self.fault = task.exception()
        watched[0].cancel()
        await self.stop()

    # inside

    async def _know_myself(self) -> None:
        me = await self.bot.me()
        self.username = me.username or ""

    async def _do_errands(self) -> None:
        """The index is opened here and not at the start: updates are received and commands answered meanwhile.

        One process owns the index: with `--only bot` the worker process does.
        """
        await self.keeper.open()
        await self.keeper.sync()
        async with self.database.transaction() as session:
            await resume_removals(session, now=self.clock())
        await sweep(self.database, self.originals, now=self.clock())
        await self.errands.run()

    async def _send(self) -> None:
        while True:
            try:
                await self._open_push()
                break
            except SendFailure as failure:
                log.warning("push_not_started", reason=failure.reason)
                await asyncio.sleep(PUSH_PAUSE_S)
        await self.sender.run()

    async def _give_up(self, session: Session, errand: Errand) -> None:
        await apologise(session, errand, now=self.clock())

    async def _open_push(self) -> None:
        """The push library takes a second to load, which replies and updates do not wait for."""
        await asyncio.to_thread(importlib.import_module, "bot.push")
        from bot.push import PushChannel

        telegram = self.settings.telegram
        if self._push is None:
            self._push = PushChannel(telegram.token.get_secret_value(), telegram.api_base)
        await self._push.start()
        self._channels["push"] = self._push

    def _run_all(self) -> None:
        def run(name: str, coroutine: object) -> None:
            self._tasks.append(asyncio.create_task(coroutine, name=name))  # type: ignore[arg-type]

        if self.parts in ("all", "bot"):
            run("workers", self.workers.run())
            run("menus", self._publish_menus())
            if self.settings.telegram.mode == "polling":
                run("poller", self._poll())
        if self.parts in ("all", "worker"):
            run("sender", self._send())
            run("errands", self._do_errands())

    async def _poll(self) -> None:
        telegram = self.settings.telegram
        self.poller = Poller(f"{telegram.api_base}/bot{telegram.token.get_secret_value()}", self.intake)
        await self.poller.run()

    async def _publish_menus(self) -> None:
        try:
            await publish_menus(self.bot, self.secretaries)
        except TelegramAPIError as error:
            log.warning("menus_not_published", reason=str(error)[:120])
        await asyncio.Event().wait()

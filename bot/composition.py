"""Putting the process together."""

import asyncio
import contextlib
import importlib
import os
import secrets
import socket
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import structlog
from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.exceptions import TelegramAPIError
from aiohttp import web

from bot.answering import Answering
from bot.channels import Channel
from bot.checkin_files import CheckinFiles
from bot.conversations import all_routers
from bot.digesting import Digesting, DigestPlace, apologise_digest, chat_model
from bot.errands import ErrandRunner
from bot.failures import SendFailure
from bot.importing import BotFetch, Importing, IndexSync, apologise_import
from bot.keeping import IndexKeeper, read_limits
from bot.materials import MaterialFetch
from bot.meeting_office import meeting_office_of
from bot.pages import Board
from bot.proposing import Proposing
from bot.receiving import ALLOWED_UPDATES, Intake, Poller, webhook_handler
from bot.registering import Registering
from bot.removing import Removing, apologise_removal
from bot.replies import ReplyChannel
from bot.sending import Sender
from bot.settings import Settings
from bot.status import status_routes
from bot.supply_tables import SupplyTables
from bot.trying import Trying
from bot.working import LaneWorkers
from handlers.dispatching import build_dispatcher
from handlers.menus import publish_menus
from jobs.retention import forgetting
from jobs.schedule import all_duties
from jobs.timetable import Timetable
from services.chats import bind_configured
from services.checkins.office import open_office
from services.db import Database
from services.digests.press import Press, open_digest_office
from services.errands import finish
from services.library.removing import KIND as REMOVAL
from services.library.removing import resume_removals
from services.models import Errand, Question
from services.outbox import Address, Note, Pacing, post
from services.supply.desk import open_supply_desk
from services.tickets.desk import open_desk
from services.trials.promising import KIND as TRIALS

if TYPE_CHECKING:
    from bot.push import PushChannel

log = structlog.get_logger(__name__)
PUSH_PAUSE_S = 5.0
NEED_INDEX = frozenset({"answer", "sync_index"})
REQUEST_TIMEOUT_S = 30  # shorter than an outbox lease: what hangs longer counts as uncertain


def utc_now() -> datetime:
    """The clock of the process."""
    return datetime.now(UTC)


class CannotListen(Exception):
    """A port is taken or an address is not ours. `key` names the setting."""

    def __init__(self, key: str, address: str, reason: str) -> None:
        super().__init__(f"{key}: {address}: {reason}")
        self.key, self.address, self.reason = key, address, reason


class App:
    """The running assistant: receiver, conversations, errands, outbox, timetable, pages."""

    def __init__(self, settings: Settings, *, clock: Callable[[], datetime] = utc_now, parts: str = "all") -> None:
        self.settings, self.clock, self.parts = settings, clock, parts
        self.secretaries = frozenset(settings.consortium.secretaries)
        self.database = Database(settings.database.url)
        self.keeper = IndexKeeper(self.database, settings.knowledge, settings.llm, settings.embedding)
        self.owner = f"{socket.gethostname()[:20]}-{os.getpid()}-{secrets.token_hex(3)}"
        telegram = settings.telegram
        server = TelegramAPIServer.from_base(telegram.api_base)
        self.bot = Bot(
            telegram.token.get_secret_value(), session=AiohttpSession(api=server, limit=100, timeout=REQUEST_TIMEOUT_S)
        )
        office = open_office(settings.consortium.timezone, settings.checkins, settings.quiet_hours, settings.holidays)
        self.office = replace(office, has_proposer=chat_model(settings.llm) is not None)
        self.meeting_office = meeting_office_of(settings)
        self.digest_office = open_digest_office(settings.consortium, settings.digests, settings.tasks, self.office)
        self.press = Press(self.database, self.digest_office)
        self.desk = open_desk(
            settings.consortium,
            settings.tickets,
            settings.library,
            self.office.quiet_hours,
            settings.knowledge.max_file_mb,
        )
        self.supply_desk = open_supply_desk(settings.consortium, settings.supply, self.office.quiet_hours)
        self._tasks: list[asyncio.Task[None]] = []
        self._web: web.AppRunner | None = None
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
        workers = self._workers()
        if self.parts == "tick":  # the index belongs to the running service, and so does what needs it
            workers = {kind: worker for kind, worker in workers.items() if kind not in NEED_INDEX}
        self.errands = ErrandRunner(
            self.database,
            workers,
            owner=self.owner,
            clock=self.clock,
            give_up=self._apologise,
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
        await self._listen()
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
            await self._web.cleanup()
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

    async def _open_push(self) -> None:
        """The push library takes a second to load, which replies and updates do not wait for."""
        await asyncio.to_thread(importlib.import_module, "bot.push")
        from bot.push import PushChannel

        telegram = self.settings.telegram
        if self._push is None:
            self._push = PushChannel(telegram.token.get_secret_value(), telegram.api_base)
        await self._push.start()
        self._channels["push"] = self._push

    def _workers(self) -> dict[str, Callable[[Errand], Awaitable[None]]]:
        zone = ZoneInfo(self.settings.consortium.timezone)
        answering = Answering(
            self.database,
            self.keeper,
            clock=self.clock,
            zone=zone,
            secretaries=self.secretaries,
            typing=self._show_typing,
        )
        importing = Importing(
            self.database,
            BotFetch(self.bot),
            read_limits(self.settings.knowledge),
            desk=self.desk,
            clock=self.clock,
            wake=self._wake_all,
        )
        checkin_files = CheckinFiles(
            self.database,
            self.office,
            BotFetch(self.bot),
            folder=self.settings.knowledge.dir.parent / "files",
            secretaries=self.secretaries,
            clock=self.clock,
        )
        digesting = Digesting(
            self.press,
            DigestPlace(self.settings.knowledge.dir.parent / "digests", self.settings.http),
            chat_model(self.settings.llm),
            clock=self.clock,
            wake=self._wake_all,
        )
        proposing = Proposing(
            self.database,
            self.office,
            chat_model(self.settings.llm),
            secretaries=self.secretaries,
            clock=self.clock,
        )
        syncing = IndexSync(self.database, self.keeper, clock=self.clock)
        return {
            "answer": self._and_send(answering),
            "import_document": self._and_send(importing),
            "checkin_template": self._and_send(checkin_files.send_template),
            "checkin_sheet": self._and_send(checkin_files.take_sheet),
            "checkin_evidence": self._and_send(checkin_files.take_evidence),
            "checkin_propose": self._and_send(proposing),
            "digest": self._and_send(digesting.make),
            "digest_issue": self._and_send(digesting.issue),
            "digest_figure": self._and_send(digesting.tell_figure),
            "digest_units": self._and_send(digesting.open_figure),
            "sync_index": self._and_send(syncing),
            REMOVAL: self._and_send(Removing(self.database, clock=self.clock)),
            TRIALS: self._and_send(Trying(self.database, self.keeper, self.desk, clock=self.clock, zone=zone)),
            "meeting_pack": self._and_send(self._make_papers),
            "meeting_minutes": self._and_send(self._make_papers),
            "meeting_material": self._and_send(
                MaterialFetch(self.database, BotFetch(self.bot), self.settings.meetings, clock=self.clock)
            ),
            "leave_chat": self._leave_chat,
            "supply_table": self._and_send(
                SupplyTables(self.database, BotFetch(self.bot), secretaries=self.secretaries, clock=self.clock)
            ),
            "import_register": self._and_send(Registering(self.database, BotFetch(self.bot), clock=self.clock)),
        }

    async def _make_papers(self, errand: Errand) -> None:
        """Documents are written rarely; what writes them is loaded when it is first needed."""
        papers = await asyncio.to_thread(importlib.import_module, "bot.papers")
        await papers.PackMaker(self.database, self.settings, self.clock).do(errand)

    def _wake_all(self) -> None:
        self.sender.wake()
        self.errands.wake()

    async def _leave_chat(self, errand: Errand) -> None:
        with contextlib.suppress(TelegramAPIError):  # gone already is as good as left
            await self.bot.leave_chat(int(errand.payload["chat_id"]))
        async with self.database.transaction() as session:
            await finish(session, errand.id, now=self.clock())

    def _and_send(self, worker: Callable[[Errand], Awaitable[None]]) -> Callable[[Errand], Awaitable[None]]:
        async def work(errand: Errand) -> None:
            await worker(errand)
            self.sender.wake()

        return work

    async def _show_typing(self, chat_id: int, thread_id: int | None) -> None:
        with contextlib.suppress(TelegramAPIError):
            await self.bot.send_chat_action(chat_id, "typing", message_thread_id=thread_id)

    async def _apologise(self, errand: Errand) -> None:
        if errand.kind == "import_document":
            async with self.database.transaction() as session:
                await apologise_import(session, errand, now=self.clock())
        if errand.kind == REMOVAL and errand.chat_id is not None:
            async with self.database.transaction() as session:
                await apologise_removal(session, errand, now=self.clock())
        if errand.kind.startswith("digest"):
            async with self.database.transaction() as session:
                await apologise_digest(session, errand, now=self.clock())
        if errand.kind != "answer" or errand.chat_id is None:
            return
        now = self.clock()
        async with self.database.transaction() as session:
            question = await session.get(Question, int(errand.payload["question_id"]))
            if question is not None:
                note = Note("ask.failed", {"question": question.text})
                await post(
                    session,
                    note,
                    Address(errand.chat_id, errand.thread_id),
                    now=now,
                    business_key=f"failed:{errand.id}",
                )
        self.sender.wake()

    async def _listen(self) -> None:
        application = web.Application(client_max_size=2_000_000)
        application.add_routes(status_routes(self))
        application.add_routes(Board(self.press, clock=self.clock).routes())
        await self._start_site(application)

    async def _start_site(self, application: web.Application) -> None:
        http, telegram = self.settings.http, self.settings.telegram
        hook = telegram.webhook
        webhook = telegram.mode == "webhook" and self.parts in ("all", "bot")
        if webhook:
            application.router.add_post(hook.path, webhook_handler(self.intake, hook.secret.get_secret_value()))
        self._web = web.AppRunner(application, access_log=None)
        await self._web.setup()
        if http.port:
            await self._open_site("http", http.listen, http.port)
        if webhook:
            await self._open_site("telegram.webhook", hook.listen, hook.port)
            await self.bot.set_webhook(
                hook.url.rstrip("/") + hook.path,
                secret_token=hook.secret.get_secret_value(),
                allowed_updates=ALLOWED_UPDATES,
            )

    async def _open_site(self, section: str, listen: str, port: int) -> None:
        assert self._web is not None
        try:
            await web.TCPSite(self._web, listen, port).start()
        except OSError as error:
            raise CannotListen(f"{section}.port", f"{listen}:{port}", error.strerror or str(error)) from None

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

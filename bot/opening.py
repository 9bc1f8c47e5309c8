"""What the process opens from its settings before it begins; its parts are made of this, and know no more of it."""

import os
import secrets
import socket
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer

from bot.digesting import chat_model
from bot.handing import originals_of
from bot.keeping import IndexKeeper
from bot.meeting_office import meeting_office_of
from bot.settings import Settings
from services.checkins.office import open_office
from services.db import Database
from services.digests.issuing.press import Press, open_digest_office
from services.supply.desk import open_supply_desk
from services.tickets.desk import open_desk

REQUEST_TIMEOUT_S = 30  # shorter than an outbox lease: what hangs longer counts as uncertain


class Opened:
    """The database, the index, the bot's own connection, and the offices with their calendars and limits."""

    def __init__(self, settings: Settings, *, clock: Callable[[], datetime], parts: str) -> None:
        self.settings, self.clock, self.parts = settings, clock, parts
        self.secretaries = frozenset(settings.consortium.secretaries)
        self.database = Database(settings.database.url)
        self.keeper = IndexKeeper(self.database, settings.knowledge, settings.llm, settings.embedding)
        self.originals = originals_of(settings)
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

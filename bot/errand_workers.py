"""Who does which errand."""

import asyncio
import contextlib
import importlib
from collections.abc import Callable
from functools import partial
from zoneinfo import ZoneInfo

from aiogram import Bot
from aiogram.exceptions import TelegramAPIError

from bot.answering import Answering
from bot.checkin_files import CheckinFiles
from bot.digest_figures import DigestFigures
from bot.digesting import Digesting, DigestPlace, chat_model
from bot.errands import Worker
from bot.handing import Handing
from bot.importing import BotFetch, Importing, IndexSync
from bot.keeping import read_limits
from bot.materials import MaterialFetch
from bot.opening import Opened
from bot.proposing import Proposing
from bot.registering import Registering
from bot.removing import Removing
from bot.sending import Sender
from bot.supply_tables import SupplyTables
from bot.trying import Trying
from services.errands import finish
from services.library.handing import KIND as HANDING
from services.library.removing import KIND as REMOVAL
from services.models import Errand
from services.trials.promising import KIND as TRIALS


def errand_workers(app: Opened, sender: Sender, wake_errands: Callable[[], None]) -> dict[str, Worker]:
    """The worker for each kind; what most of them say is sent at once."""

    def wake() -> None:
        sender.wake()
        wake_errands()

    def send(worker: Worker) -> Worker:
        async def work(errand: Errand) -> None:
            await worker(errand)
            sender.wake()

        return work

    consortium = app.settings.consortium
    zone = ZoneInfo(consortium.timezone)
    answering = Answering(
        app.database,
        app.keeper,
        clock=app.clock,
        zone=zone,
        secretaries=app.secretaries,
        typing=partial(_show_typing, app.bot),
        ours=consortium.name,
    )
    importing = Importing(
        app.database,
        BotFetch(app.bot),
        read_limits(app.settings.knowledge),
        desk=app.desk,
        clock=app.clock,
        wake=wake,
        originals=app.originals,
    )
    handing = Handing(app.database, app.originals, secretaries=app.secretaries, clock=app.clock)
    checkin_files = CheckinFiles(
        app.database,
        app.office,
        BotFetch(app.bot),
        folder=app.settings.files_dir,
        secretaries=app.secretaries,
        clock=app.clock,
    )
    digesting = Digesting(
        app.press,
        DigestPlace(app.settings.digests_dir, app.settings.http),
        chat_model(app.settings.llm),
        clock=app.clock,
        wake=wake,
    )
    figures = DigestFigures(app.press, clock=app.clock)
    proposing = Proposing(
        app.database,
        app.office,
        chat_model(app.settings.llm),
        secretaries=app.secretaries,
        clock=app.clock,
    )
    syncing = IndexSync(app.database, app.keeper, clock=app.clock)
    return {
        "answer": send(answering),
        "import_document": send(importing),
        "checkin_template": send(checkin_files.send_template),
        "checkin_sheet": send(checkin_files.take_sheet),
        "checkin_evidence": send(checkin_files.take_evidence),
        "checkin_propose": send(proposing),
        "digest": send(digesting.make),
        "digest_issue": send(digesting.issue),
        "digest_figure": send(figures.tell_figure),
        "digest_units": send(figures.open_figure),
        "sync_index": send(syncing),
        HANDING: send(handing),
        REMOVAL: send(Removing(app.database, clock=app.clock, originals=app.originals)),
        TRIALS: send(Trying(app.database, app.keeper, app.desk, clock=app.clock, zone=zone, ours=consortium.name)),
        "meeting_pack": send(partial(_make_papers, app)),
        "meeting_minutes": send(partial(_make_papers, app)),
        "meeting_material": send(
            MaterialFetch(app.database, BotFetch(app.bot), app.settings.meetings, clock=app.clock)
        ),
        "leave_chat": partial(_leave_chat, app),
        "supply_table": send(
            SupplyTables(app.database, BotFetch(app.bot), secretaries=app.secretaries, clock=app.clock)
        ),
        "import_register": send(Registering(app.database, BotFetch(app.bot), clock=app.clock)),
    }


async def _make_papers(app: Opened, errand: Errand) -> None:
    """Documents are written rarely; what writes them is loaded when it is first needed."""
    papers = await asyncio.to_thread(importlib.import_module, "bot.papers")
    await papers.PackMaker(app.database, app.settings, app.clock).do(errand)


async def _leave_chat(app: Opened, errand: Errand) -> None:
    with contextlib.suppress(TelegramAPIError):  # gone already is as good as left
        await app.bot.leave_chat(int(errand.payload["chat_id"]))
    async with app.database.transaction() as session:
        await finish(session, errand.id, now=app.clock())


async def _show_typing(bot: Bot, chat_id: int, thread_id: int | None) -> None:
    with contextlib.suppress(TelegramAPIError):
        await bot.send_chat_action(chat_id, "typing", message_thread_id=thread_id)

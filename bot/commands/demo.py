"""`lianluo demo`: the chat room in the browser, the real bot, a sample consortium."""

import asyncio
import shutil
import signal
import socket
import webbrowser
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from bot import logs, sample
from bot.commands.database import prepare
from bot.commands.demo_clock import DemoClock, Journey
from bot.commands.refusals import Refused
from bot.commands.serve import run_app
from bot.handing import originals_of
from bot.sample.history import file_history
from bot.sample.offers import publish_offers
from bot.settings import Settings, load_settings
from services.checkins.office import open_office
from services.db import Database
from services.library.shelving import Shelf, list_documents, shelve
from services.members.actors import Account, Actor, meet
from services.members.importing import import_register
from services.members.register import read_register
from services.members.units import get_unit
from services.models import Person, Seat
from services.models.documents import ACCESS_LEVELS
from services.supply.desk import open_supply_desk
from services.tasks.plan import import_plan, read_plan
from webchat.server import ChatRoom
from webchat.server import Person as Player

if TYPE_CHECKING:
    from bot.composition import App


async def run_demo(data: Path, *, port: int, fresh: bool, browser: bool) -> None:
    """Open the room, set the sample up on the first start, serve until stopped.

    Raises:
        Refused: the port is taken.
    """
    if fresh:
        shutil.rmtree(data, ignore_errors=True)
    logs.set_up(sample.TOKEN, level="WARNING")
    clock = DemoClock(data / "clock", lambda: datetime.now(UTC))
    journey = Journey(clock)
    room = ChatRoom(token=sample.TOKEN, data_dir=data / "room", port=port, bot_name="联络", clock=clock, travel=journey)
    try:
        await room.start()
    except OSError as error:
        raise Refused(f"port {port} is taken ({error.strerror}); choose another with --port") from None
    try:
        settings = demo_settings(data, room.api_base)
        room.show_times_in(settings.consortium.timezone)
        await set_up(settings, clock())
        await _settle_room(room)
        await _serve(settings, room, journey, browser)
    finally:
        await room.stop()


def demo_settings(data: Path, api_base: str) -> Settings:
    """Embedded everything, under one folder; the environment may still change the rest."""
    return load_settings(
        None,
        consortium={
            "name": sample.NAME,
            "secretaries": sample.SECRETARIES,
            "group_chats": (sample.GROUP_ID,),
        },
        telegram={"token": sample.TOKEN, "api_base": api_base},
        database={"url": f"sqlite+aiosqlite:///{data / 'lianluo.db'}"},
        knowledge={"dir": data / "knowledge"},
        meetings={"files_dir": data / "meetings"},
        tasks={"plan_starts_on": sample.PLAN_STARTS_ON},
        http={"port": _free_port()},
    )


def _free_port() -> int:
    """A port for the secretariat's page, taken by nobody at this moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


async def set_up(settings: Settings, now: datetime) -> None:
    """Make database, register, seats and library; what is there already stays as it is."""
    await prepare(settings, forward=True)  # nobody else looks after the demo's own data
    database = Database(settings.database.url)
    try:
        sheet = await asyncio.to_thread(read_register, sample.REGISTER)
        plan = await asyncio.to_thread(read_plan, sample.PLAN)
        reads, originals = await asyncio.to_thread(_read_documents), originals_of(settings)
        async with database.transaction() as session:
            if await list_documents(session, ACCESS_LEVELS, limit=1):
                return
            await import_register(session, sheet, by=None, now=now)
            await import_plan(session, plan, settings.tasks, by=None, now=now)
            for player in sample.PLAYERS:
                await _seat(session, player, settings, now)
            secretary = await _actor(session, settings, now)
            office = open_office(
                settings.consortium.timezone, settings.checkins, settings.quiet_hours, settings.holidays
            )
            await file_history(session, office, secretary, now=now)
            desk = open_supply_desk(settings.consortium, settings.supply, office.quiet_hours)
            await publish_offers(session, secretary, desk, now=now)
            for read in reads:
                kept = await asyncio.to_thread(originals.keep, sample.DOCUMENTS / read.name, read.name)
                await shelve(session, read, Shelf(_access(read.name), "示例资料", original=kept), now=now)
    finally:
        await database.dispose()


async def _serve(settings: Settings, room: ChatRoom, journey: Journey, browser: bool) -> None:
    stopping = asyncio.Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(name, stopping.set)
    typer.echo(f"正在启动，聊天页面：{room.url}")

    async def ready(app: "App") -> None:
        journey.app = app
        typer.echo("联络 Lianluo 演示已就绪。左侧切换不同的人；Ctrl+C 结束，对话会保留（--fresh 重新开始）。")
        if browser:
            await asyncio.to_thread(webbrowser.open, room.url)

    await run_app(settings, "all", stopping, ready=ready, clock=journey.clock)


async def _settle_room(room: ChatRoom) -> None:
    for player in sample.PLAYERS:
        room.add_person(Player(player.telegram_id, player.name, "", player.username, player.note))
    members = [player.telegram_id for player in sample.PLAYERS if player.in_group]
    room.add_group(sample.GROUP_ID, sample.GROUP_TITLE, members, topics=sample.TOPICS)
    if not any(message.get("text") == sample.WELCOME for message in room.messages(sample.GROUP_ID)):
        await room.say(sample.SECRETARY, sample.WELCOME, sample.GROUP_ID)


async def _actor(session: Any, settings: Settings, now: datetime) -> Actor:
    account = Account(sample.SECRETARY, "", "")
    secretaries = frozenset(settings.consortium.secretaries)
    return await meet(session, account, secretaries=secretaries, privately=False, now=now)


async def _seat(session: Any, player: sample.Player, settings: Settings, now: datetime) -> None:
    account = Account(player.telegram_id, player.name, player.username)
    secretaries = frozenset(settings.consortium.secretaries)
    actor = await meet(session, account, secretaries=secretaries, privately=False, now=now)
    if not player.seats and player.telegram_id not in sample.SECRETARIES:
        return
    person = await session.get(Person, actor.person_id)
    person.name = player.name
    person.consent_version, person.consented_at = settings.privacy.version, now
    for unit_name, role in player.seats:
        unit = await get_unit(session, unit_name)
        session.add(Seat(person_id=person.id, unit_id=unit.id, role=role, since=now))


def _read_documents() -> list[Any]:
    from knowledge.documents.reading import read_file

    return [read_file(path) for path in sorted(sample.DOCUMENTS.iterdir()) if path.is_file()]


def _access(name: str) -> str:
    if name in sample.PUBLIC:
        return "public"
    return "secretariat" if name in sample.SECRETARIAT else "members"

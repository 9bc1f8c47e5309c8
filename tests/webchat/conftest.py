"""A chat room with a few of the cast, and the bot's side of it over HTTP."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any

import aiohttp
import pytest

from tests.cast import CHEN, GROUP_ID, GUEST, LIN, ZHOU, Account
from webchat.server import ChatRoom, Limits, Person

TOKEN = "777000:test-token"
TOPICS = ("月报填报", "供需对接")


def person(account: Account, note: str = "") -> Person:
    return Person(account.telegram_id, account.name, username=account.username, note=note)


def settle(room: ChatRoom) -> ChatRoom:
    """Add the cast; twice does no harm."""
    for account, note in ((ZHOU, "学校 联络员"), (LIN, "秘书处"), (CHEN, "企业 联络员"), (GUEST, "访客")):
        room.add_person(person(account, note))
    room.add_group(GROUP_ID, "联合体工作群", [LIN.telegram_id, ZHOU.telegram_id, CHEN.telegram_id], topics=TOPICS)
    return room


@dataclass
class Api:
    """Calls methods as a bot does."""

    room: ChatRoom
    session: aiohttp.ClientSession

    async def raw(self, method: str, **parameters: Any) -> dict[str, Any]:
        address = f"{self.room.url}/bot{TOKEN}/{method}"
        async with self.session.post(address, json=parameters) as response:
            body: dict[str, Any] = await response.json()
            assert response.status == body.get("error_code", 200)
            return body

    async def __call__(self, method: str, **parameters: Any) -> Any:
        body = await self.raw(method, **parameters)
        assert body["ok"], body
        return body["result"]

    async def refused(self, method: str, **parameters: Any) -> tuple[int, str]:
        body = await self.raw(method, **parameters)
        assert not body["ok"], body
        return body["error_code"], body["description"]

    async def updates(self, **parameters: Any) -> list[dict[str, Any]]:
        """All pending updates, confirmed."""
        found: list[dict[str, Any]] = await self("getUpdates", **parameters)
        if found:
            await self("getUpdates", offset=found[-1]["update_id"] + 1)
        return found


@pytest.fixture
async def room() -> AsyncIterator[ChatRoom]:
    async with ChatRoom(token=TOKEN, limits=Limits.without_flood_control()) as room:
        yield settle(room)


@pytest.fixture
async def session() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession() as session:
        yield session


@pytest.fixture
async def api(room: ChatRoom, session: aiohttp.ClientSession) -> Api:
    api = Api(room, session)
    await api.updates()  # the bot's joining of the group is not what the tests are about
    return api

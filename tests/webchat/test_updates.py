"""How updates reach the bot: polling, privacy, webhook, restart."""

import asyncio
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web

from tests.cast import CHEN, GROUP_ID, GUEST, LIN, ZHOU
from tests.webchat.conftest import TOKEN, Api, settle
from webchat.server import ChatRoom, Limits

ME = ZHOU.telegram_id


def texts(updates: list[dict[str, Any]]) -> list[str]:
    return [update["message"]["text"] for update in updates if "text" in update.get("message", {})]


async def test_updates_stay_until_confirmed(room: ChatRoom, api: Api) -> None:
    for text in ("一", "二", "三"):
        await room.say(ME, text)
    first = await api("getUpdates", limit=2)
    assert texts(first) == ["一", "二"]
    assert texts(await api("getUpdates")) == ["一", "二", "三"]
    assert texts(await api("getUpdates", offset=first[1]["update_id"] + 1)) == ["三"]
    assert texts(await api("getUpdates", offset=-1)) == ["三"]
    assert room.pending_updates() == 1


async def test_long_poll_returns_as_soon_as_somebody_writes(room: ChatRoom, api: Api) -> None:
    poll = asyncio.create_task(api("getUpdates", timeout=30))
    await asyncio.sleep(0)
    await room.say(ME, "来了")
    assert texts(await asyncio.wait_for(poll, 5)) == ["来了"]


async def test_second_poller_ends_the_first_with_409(room: ChatRoom, api: Api) -> None:
    first = asyncio.create_task(api.raw("getUpdates", timeout=30))
    while not room.room.updates.is_polled:
        await asyncio.sleep(0)
    second = asyncio.create_task(api.raw("getUpdates", timeout=30))
    body = await asyncio.wait_for(first, 5)
    assert (body["error_code"], body["description"].split(";")[0]) == (
        409,
        "Conflict: terminated by other getUpdates request",
    )
    await room.say(ME, "x")
    assert (await asyncio.wait_for(second, 5))["ok"]


async def test_allowed_updates_are_remembered(room: ChatRoom, api: Api) -> None:
    chat = room.room.world.chats[GROUP_ID]
    room.people.set_membership(LIN.telegram_id, chat, GUEST.telegram_id, "member")
    kinds = [next(k for k in u if k != "update_id") for u in await api.updates()]
    assert kinds == ["message"]  # chat_member only for those who ask
    await api("getUpdates", allowed_updates=["chat_member"])
    room.people.set_membership(LIN.telegram_id, chat, GUEST.telegram_id, "kicked")
    (update,) = await api.updates()
    assert update["chat_member"]["new_chat_member"]["status"] == "kicked"


async def test_in_a_group_the_bot_hears_only_what_is_meant_for_it(room: ChatRoom, api: Api) -> None:
    said = await api("sendMessage", chat_id=GROUP_ID, text="我是机器人")
    await room.say(ME, "大家好", GROUP_ID)
    await room.say(ME, "/ask 章程", GROUP_ID)
    await room.say(ME, "/ask@lianluo_bot 章程", GROUP_ID)
    await room.say(ME, "/ask@other_bot 章程", GROUP_ID)
    await room.say(ME, "请 @lianluo_bot 看看", GROUP_ID)
    await room.say(ME, "@lin_secretary 看看", GROUP_ID)
    await room.say(ME, "谢谢", GROUP_ID, reply_to=said["message_id"])
    heard = ["/ask 章程", "/ask@lianluo_bot 章程", "请 @lianluo_bot 看看", "谢谢"]
    assert texts(await api.updates()) == heard


async def test_an_administrator_bot_hears_everything(room: ChatRoom, api: Api) -> None:
    chat = room.room.world.chats[GROUP_ID]
    room.people.set_membership(LIN.telegram_id, chat, room.bot_id, "administrator")
    await room.say(ME, "大家好", GROUP_ID)
    assert texts(await api.updates()) == ["大家好"]


async def test_message_in_a_topic_answers_the_topic_itself(room: ChatRoom, api: Api) -> None:
    """As on Telegram: a plain message in a topic carries its root as reply_to_message."""
    topic = next(iter(room.room.world.chats[GROUP_ID].topics))
    await room.say(ME, "/todo", GROUP_ID, topic=topic)
    (update,) = await api.updates()
    message = update["message"]
    assert (message["message_thread_id"], message["is_topic_message"]) == (topic, True)
    assert message["reply_to_message"]["forum_topic_created"]["name"] == "月报填报"
    assert message["chat"]["is_forum"]


async def test_edited_text_reaches_the_bot_as_such(room: ChatRoom, api: Api) -> None:
    said = await room.say(ME, "25 人")
    room.people.edit(ME, room.people.chat(ME, None), said["message_id"], "26 人")
    assert [u["edited_message"]["text"] for u in await api.updates() if "edited_message" in u] == ["26 人"]


class Hook:
    """The bot's web server; answers with the given statuses in turn, then 200."""

    def __init__(self, *statuses: int) -> None:
        self.statuses = list(statuses)
        self.seen: list[tuple[str, dict[str, Any]]] = []

    async def handle(self, request: web.Request) -> web.Response:
        self.seen.append((request.headers.get("X-Telegram-Bot-Api-Secret-Token", ""), await request.json()))
        if self.statuses:
            return web.Response(status=self.statuses.pop(0))
        chat_id = self.seen[-1][1].get("message", {}).get("chat", {}).get("id")
        return web.json_response({"method": "sendMessage", "chat_id": chat_id, "text": "收到"})

    async def listen(self) -> tuple[web.AppRunner, str]:
        app = web.Application()
        app.router.add_post("/hook", self.handle)
        runner = web.AppRunner(app)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        return runner, f"http://127.0.0.1:{runner.addresses[0][1]}/hook"


async def test_webhook_delivers_with_secret_retries_and_runs_the_answer(api: Api) -> None:
    hook = Hook(500)
    runner, url = await hook.listen()
    quick = Limits(flood=False, webhook_retry_s=0.01)
    async with ChatRoom(token=TOKEN, limits=quick) as room:
        settle(room)
        bot = Api(room, api.session)
        await bot.updates()
        await bot("setWebhook", url=url, secret_token="s3cret")
        assert (await bot.refused("getUpdates"))[0] == 409
        await room.say(ME, "一")
        await room.say(ME, "二")
        await room.wait_for(lambda: [m["text"] for m in room.messages(ME)].count("收到") == 2)
        assert {secret for secret, _ in hook.seen} == {"s3cret"}
        assert texts([update for _, update in hook.seen]) == ["一", "一", "二"]
        info = await bot("getWebhookInfo")
        assert (info["url"], info["pending_update_count"]) == (url, 0)
        assert info["last_error_message"] == "Wrong response from the webhook: 500 Internal Server Error"
        await bot("deleteWebhook")
        assert await bot.updates() == []
    await runner.cleanup()


@pytest.mark.parametrize(
    ("given", "reason"),
    [
        ({"url": "http://bot.example.org/"}, "bad webhook: An HTTPS URL must be provided for webhook"),
        ({"url": "https://e.org/", "secret_token": "中"}, "secret token contains unallowed characters"),
    ],
)
async def test_unsafe_webhook_is_refused(api: Api, given: dict[str, str], reason: str) -> None:
    assert await api.refused("setWebhook", **given) == (400, f"Bad Request: {reason}")


async def test_restart_keeps_conversation_files_and_undelivered_updates(api: Api, tmp_path: Path) -> None:
    async with ChatRoom(token=TOKEN, data_dir=tmp_path) as room:
        settle(room)
        bot = Api(room, api.session)
        await bot.updates()
        await room.say(ME, "/start")
        await bot("sendMessage", chat_id=ME, text="选", reply_markup={"keyboard": [["好"]]})
        await bot("setMyCommands", commands=[{"command": "ask", "description": "提问"}])
        file = await room.upload(CHEN.telegram_id, None, "表.csv", b"a,b", "说明")
        before = {chat: room.messages(chat) for chat in (ME, GROUP_ID, CHEN.telegram_id)}
    async with ChatRoom(token=TOKEN, data_dir=tmp_path) as room:
        settle(room)
        bot = Api(room, api.session)
        assert {chat: room.messages(chat) for chat in before} == before
        assert room.room.world.chats[ME].keyboards[ME]["keyboard"] == [[{"text": "好"}]]
        assert await bot("getMyCommands") == [{"command": "ask", "description": "提问"}]
        updates = await bot.updates()
        assert [update["message"]["message_id"] for update in updates] == [1, 1]
        path = (await bot("getFile", file_id=file["document"]["file_id"]))["file_path"]
        async with api.session.get(f"{room.url}/file/bot{TOKEN}/{path}") as response:
            assert await response.read() == b"a,b"
        later = await room.say(ME, "再问")
        assert later["message_id"] == 3
        assert (await bot.updates())[0]["update_id"] > updates[-1]["update_id"]


async def test_a_killed_room_has_kept_everything(tmp_path: Path) -> None:
    async with ChatRoom(token=TOKEN, data_dir=tmp_path) as room:
        settle(room)
        await room.say(ME, "/start")
        await room.upload(ME, None, "表.csv", b"a,b")
        # What another process finds on the disk at this moment, with nothing closed.
        found = ChatRoom(token=TOKEN, data_dir=tmp_path)
        assert found.messages(ME) == room.messages(ME)
        assert found.pending_updates() == room.pending_updates() == 5
        await found.stop()


async def test_numbers_of_deleted_messages_are_not_used_again(api: Api, tmp_path: Path) -> None:
    async with ChatRoom(token=TOKEN, data_dir=tmp_path) as room:
        settle(room)
        await room.say(ME, "/start")
        await Api(room, api.session)("deleteMessage", chat_id=ME, message_id=1)
    async with ChatRoom(token=TOKEN, data_dir=tmp_path) as room:
        assert (await room.say(ME, "再来"))["message_id"] == 2

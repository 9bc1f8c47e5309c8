"""Other web sites cannot drive the page's interface."""

import aiohttp
import pytest

from tests.cast import CHEN, GROUP_ID, GUEST, ZHOU
from tests.webchat.conftest import Api
from webchat.server import ChatRoom

ME = ZHOU.telegram_id
OWN = {"X-Webchat": "1"}


@pytest.mark.parametrize("host", ["evil.example", "evil.example:8090", "127.0.0.1.evil.example"])
async def test_foreign_host_names_are_refused(room: ChatRoom, api: Api, host: str) -> None:
    for path in ("/", "/page/state"):
        async with api.session.get(room.url + path, headers={"Host": host}) as response:
            assert response.status == 403


@pytest.mark.parametrize(
    "headers",
    [
        {},
        OWN | {"Origin": "https://evil.example"},
        OWN | {"Origin": "null"},
        OWN | {"Sec-Fetch-Site": "cross-site"},
    ],
)
async def test_foreign_pages_cannot_write(room: ChatRoom, api: Api, headers: dict[str, str]) -> None:
    given = {"person": ME, "text": "伪造"}
    async with api.session.post(f"{room.url}/page/say", json=given, headers=headers) as response:
        assert response.status == 403
    assert room.messages(ME) == []


async def test_own_page_can_write(room: ChatRoom, api: Api) -> None:
    headers = OWN | {"Origin": room.url, "Sec-Fetch-Site": "same-origin"}
    async with api.session.post(f"{room.url}/page/say", json={"person": ME, "text": "好"}, headers=headers) as response:
        assert response.status == 200
    assert [message["text"] for message in room.messages(ME)] == ["好"]


async def test_page_forbids_foreign_scripts_and_frames(room: ChatRoom, api: Api) -> None:
    async with api.session.get(room.url) as response:
        policy = response.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "script-src 'self';" in policy
    assert "frame-ancestors 'none'" in policy


async def test_people_see_only_their_chats(room: ChatRoom, api: Api) -> None:
    await room.say(ME, "悄悄话")
    for person, chat in ((CHEN.telegram_id, ME), (GUEST.telegram_id, GROUP_ID)):
        query = {"person": str(person), "chat": str(chat)}
        async with api.session.get(f"{room.url}/page/messages", params=query) as response:
            assert (response.status, await response.json()) == (400, {"error": "您不在这个聊天中"})


@pytest.mark.parametrize("name", ["x.html", "x.svg", "x.js"])
async def test_uploaded_pages_are_downloaded_never_shown(room: ChatRoom, api: Api, name: str) -> None:
    sent = await room.upload(ME, None, name, b"<svg onload=alert(1)>")
    address = f"{room.url}/page/file/{sent['document']['file_unique_id']}"
    async with api.session.get(address) as response:
        assert response.content_type == "application/octet-stream"
        assert response.headers["Content-Disposition"].startswith("attachment")
        assert response.headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("say", b"[]"),
        ("say", b"{"),
        ("say", b'{"person": "x", "text": "y"}'),
        ("say", b'{"person": 2001, "text": ""}'),
        ("say", b'{"person": 2001, "text": "y", "topic": 77}'),
        ("press", b'{"person": 2001, "message_id": 1, "data": "x"}'),
        ("follow", b'{"person": 2001, "url": "https://t.me/other_bot?start=x"}'),
        ("follow", b'{"person": 2001, "url": "https://t.me/lianluo_bot?start=a%20b"}'),
        ("person", b'{"name": "  "}'),
        ("read", b'{"person": 2001}'),
    ],
)
async def test_nonsense_is_refused_in_words(room: ChatRoom, api: Api, path: str, body: bytes) -> None:
    async with api.session.post(f"{room.url}/page/{path}", data=body, headers=OWN) as response:
        assert response.status == 400
        assert (await response.json())["error"]


async def test_too_big_an_upload_is_refused_in_words(room: ChatRoom, api: Api) -> None:
    form = aiohttp.FormData({"person": str(ME)})
    form.add_field("file", bytes(51 * 1024 * 1024), filename="大.zip")
    async with api.session.post(f"{room.url}/page/upload", data=form, headers=OWN) as response:
        assert (response.status, await response.json()) == (400, {"error": "文件超过 50 MB，无法发送"})

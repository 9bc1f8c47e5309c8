"""The page's own interface: state, messages, acts of the person shown, events."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path
from typing import Any
from urllib.parse import quote

from aiohttp import BodyPartReader, web

from webchat import view
from webchat.errors import NotAllowed
from webchat.files import PICTURES
from webchat.guard import HEADERS
from webchat.people import People
from webchat.room import Room
from webchat.world import Chat, Json, Person

PAGE = Path(__file__).parent / "page"
HEARTBEAT_S = 15
NAME_CHARS = 64


class PageApi:
    """Handlers under /page, each acting as the person named in the request."""

    def __init__(self, room: Room, people: People) -> None:
        self._room = room
        self._people = people
        self._streams: set[asyncio.Queue[str | None]] = set()

    def routes(self) -> list[web.RouteDef]:
        """All routes of the page."""
        acts = {
            "say": self._say, "upload": self._upload, "press": self._press, "read": self._read, "edit": self._edit,
            "follow": self._follow, "block": self._block, "person": self._add_person,
        }  # fmt: skip
        return [
            web.get("/", self._index),
            web.get("/page/state", self._state),
            web.get("/page/messages", self._messages),
            web.get("/page/events", self._events),
            web.get("/page/file/{unique_id}", self._file),
            web.get("/page/{name:[a-z]+\\.(?:js|css|svg)}", self._asset),
            *(web.post(f"/page/{name}", act) for name, act in acts.items()),
        ]

    def close(self) -> None:
        """End all event streams, so that the server can stop."""
        for stream in self._streams:
            stream.put_nowait(None)

    async def _index(self, request: web.Request) -> web.StreamResponse:
        return web.FileResponse(PAGE / "index.html", headers=HEADERS | {"Cache-Control": "no-cache"})

    async def _asset(self, request: web.Request) -> web.StreamResponse:
        path = PAGE / request.match_info["name"]
        if not path.is_file():
            raise web.HTTPNotFound
        return web.FileResponse(path, headers=HEADERS | {"Cache-Control": "no-cache"})

    def _who(self, given: Any) -> Person:
        return self._people.person(number_in(given, "person"))

    def _where(self, given: Any) -> tuple[Person, Chat]:
        person = self._who(given)
        return person, self._people.chat(person.id, number_in(given, "chat") or person.id)

    async def _state(self, request: web.Request) -> web.Response:
        people = self._room.world.people
        wanted = request.query.get("person", "")
        person = people.get(int(wanted)) if wanted.isdigit() else None
        person = person or next(iter(people.values()), None)
        if person is None:
            raise NotAllowed("这里还没有人")
        return respond(view.state(self._room, person))

    async def _messages(self, request: web.Request) -> web.Response:
        _, chat = self._where(request.query)
        topic, before = number_in(request.query, "topic"), number_in(request.query, "before")
        return respond(view.messages(self._room, chat, topic, before))

    async def _say(self, request: web.Request) -> web.Response:
        given = await read_json(request)
        person, chat = self._where(given)
        place = self._people.place(chat, number_in(given, "topic"), number_in(given, "reply_to"))
        self._use_up_keyboard(person, chat, str(given.get("text", "")))
        return respond(self._people.say(person.id, str(given.get("text", "")), chat, place))

    def _use_up_keyboard(self, person: Person, chat: Chat, text: str) -> None:
        keyboard = chat.keyboards.get(person.id, {})
        if keyboard.get("force_reply") or (
            keyboard.get("one_time_keyboard")
            and any(button["text"] == text for row in keyboard["keyboard"] for button in row)
        ):
            del chat.keyboards[person.id]
            self._room.world.keep_chat(chat)

    async def _upload(self, request: web.Request) -> web.Response:
        given, file = await self._read_upload(request)
        person, chat = self._where(given)
        place = self._people.place(chat, number_in(given, "topic"), number_in(given, "reply_to"))
        return respond(await self._people.upload(person.id, chat, file, given.get("caption", ""), place))

    async def _read_upload(self, request: web.Request) -> tuple[dict[str, str], tuple[str, bytes]]:
        """Fields and file of a form, read piece by piece so that too big a file is refused in words."""
        most = self._room.limits.upload_bytes
        given: dict[str, str] = {}
        name, data = "", bytearray()
        if request.content_type != "multipart/form-data":
            raise NotAllowed("请求无法识别")
        async for part in await request.multipart():
            if not isinstance(part, BodyPartReader):
                continue
            if part.filename is None:
                given[part.name or ""] = await part.text()
                continue
            name = part.filename
            while chunk := await part.read_chunk(1 << 18):
                if len(data) <= most:
                    data += chunk
        return given, (name, bytes(data))

    async def _press(self, request: web.Request) -> web.Response:
        given = await read_json(request)
        person, chat = self._where(given)
        query = self._people.press(person.id, chat, number_in(given, "message_id"), str(given.get("data", "")))
        return respond({"query_id": query["id"], "ttl_s": self._room.limits.callback_ttl_s})

    async def _read(self, request: web.Request) -> web.Response:
        given = await read_json(request)
        person, chat = self._where(given)
        message = self._people.message(chat, number_in(given, "message_id"))
        self._room.world.mark_read(person.id, chat.id, number_in(given, "topic"), message["message_id"])
        return respond({})

    async def _edit(self, request: web.Request) -> web.Response:
        given = await read_json(request)
        person, chat = self._where(given)
        text = str(given.get("text", ""))
        return respond(self._people.edit(person.id, chat, number_in(given, "message_id"), text))

    async def _follow(self, request: web.Request) -> web.Response:
        given = await read_json(request)
        return respond(self._people.follow(self._who(given).id, str(given.get("url", ""))))

    async def _block(self, request: web.Request) -> web.Response:
        given = await read_json(request)
        self._people.set_blocked(self._who(given).id, bool(given.get("blocked")))
        return respond({})

    async def _add_person(self, request: web.Request) -> web.Response:
        given = await read_json(request)
        name = str(given.get("name", "")).strip()[:NAME_CHARS]
        if not name:
            raise NotAllowed("请写上名字")
        people = self._room.world.people
        note = str(given.get("note", "")).strip()[:NAME_CHARS] or "访客"
        person = Person(id=max([*people, 700_000_000]) + 1, first_name=name, note=note)
        self._room.world.keep_person(person)
        return respond({"id": person.id})

    async def _file(self, request: web.Request) -> web.Response:
        """A file for whoever knows its id: that cannot be guessed, only seen in a chat."""
        file = self._room.files.find_unique(request.match_info["unique_id"])
        if file is None:
            raise web.HTTPNotFound
        inline = file.mime in PICTURES
        disposition = "inline" if inline else "attachment"
        headers = {
            "Content-Disposition": f"{disposition}; filename*=UTF-8''{quote(file.name)}",
            "Cache-Control": "private, max-age=86400",
        }
        mime = file.mime if inline else "application/octet-stream"
        return web.Response(body=await self._room.files.read(file), content_type=mime, headers=headers)

    async def _events(self, request: web.Request) -> web.StreamResponse:
        """Server-sent events for one person; a page that comes back reads state and messages anew."""
        person = self._who(request.query)
        stream: asyncio.Queue[str | None] = asyncio.Queue()

        def listen(event: Json, chat: Chat | None) -> None:
            seen = view.event_for(self._room, person.id, event, chat)
            if seen is not None:
                stream.put_nowait(json.dumps(seen, ensure_ascii=False))

        response = web.StreamResponse(
            headers={"Content-Type": "text/event-stream", "Cache-Control": "no-store", **HEADERS}
        )
        self._streams.add(stream)
        self._room.world.listeners.add(listen)
        try:
            await response.prepare(request)
            await response.write(b"retry: 800\n\n")
            await _pump(stream, response)
        except (ConnectionError, asyncio.CancelledError):
            pass  # the page went away
        finally:
            self._room.world.listeners.discard(listen)
            self._streams.discard(stream)
        return response


async def _pump(stream: asyncio.Queue[str | None], response: web.StreamResponse) -> None:
    while True:
        try:
            text = await asyncio.wait_for(stream.get(), HEARTBEAT_S)
        except TimeoutError:
            await response.write(b": still here\n\n")
            continue
        if text is None:
            return
        await response.write(f"data: {text}\n\n".encode())


def respond(body: Json) -> web.Response:
    """The body as JSON, Chinese as it is."""
    return web.json_response(text=json.dumps(body, ensure_ascii=False))


def number_in(given: Any, key: str) -> int:
    """A number that may be absent; raises NotAllowed when it is something else."""
    try:
        return int(given.get(key) or 0)
    except (TypeError, ValueError):
        raise NotAllowed("请求无法识别") from None


async def read_json(request: web.Request) -> Any:
    """The request's object; raises NotAllowed when it is something else."""
    try:
        given = await request.json()
    except ValueError:
        given = None
    if not isinstance(given, dict):
        raise NotAllowed("请求无法识别")
    return given

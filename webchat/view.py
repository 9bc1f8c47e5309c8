"""What the page shows one person: people, chats, unread marks, messages."""

from __future__ import annotations

from typing import Any

from webchat.botapi.profile import commands_for, described
from webchat.room import Room
from webchat.world import PRESENT, Chat, Json, Person, topic_of

SHOWN = 80


def full_name(person: Person) -> str:
    """A Chinese name is written together, any other with a space."""
    chinese = not (person.first_name + person.last_name).isascii()
    parts = (person.last_name, person.first_name) if chinese else (person.first_name, person.last_name)
    return ("" if chinese else " ").join(part for part in parts if part)


def state(room: Room, person: Person) -> Json:
    """Everything but the messages, for one person."""
    return {
        "me": person.id,
        "upload_bytes": room.limits.upload_bytes,
        "clock": room.now() if room.can_travel else None,
        "zone": room.zone,
        "bot": {
            "id": room.bot["id"],
            "username": room.bot["username"],
            "name": described(room, "name", "zh"),
            "description": described(room, "description", "zh"),
        },
        "people": [_person(room, one) for one in room.world.people.values()],
        "chats": [_chat(room, chat, person) for chat in chats_of(room, person)],
    }


def chats_of(room: Room, person: Person) -> list[Chat]:
    """Groups first, then the private chat with the bot (shown before it is begun, so that one can begin)."""
    groups = [chat for chat in room.world.chats.values() if not chat.is_private and chat.holds(person.id)]
    private = room.world.chats.get(person.id) or Chat(person.id, person.first_name, user=person.as_user())
    return [*groups, private]


def _person(room: Room, person: Person) -> Json:
    unread = sum(
        room.world.unread(person.id, chat, topic) for chat in chats_of(room, person) for topic in (0, *chat.topics)
    )
    return {
        "id": person.id, "name": full_name(person), "username": person.username, "note": person.note,
        "unread": unread,
    }  # fmt: skip


def _chat(room: Room, chat: Chat, person: Person) -> Json:
    topics = {0: "综合"} | chat.topics
    people = room.world.people
    pinned = [room.world.log[chat.id][number] for number in chat.pinned if number in room.world.log[chat.id]]
    return {
        "id": chat.id,
        "private": chat.is_private,
        "title": chat.title,
        "forum": bool(chat.topics),
        "started": chat.is_started,
        "bot_in": chat.has_bot,
        "topics": [{"id": key, "name": name} | _summary(room, chat, person, key) for key, name in topics.items()],
        "members": [
            {"id": key, "name": full_name(people[key]), "username": people[key].username}
            for key, status in chat.members.items()
            if status in PRESENT and key in people
        ],
        "keyboard": chat.keyboards.get(person.id),
        "commands": commands_for(room, chat, person.id) if chat.has_bot else [],
        "pinned": pinned[-1] if pinned else None,
    }


def _summary(room: Room, chat: Chat, person: Person, topic: int) -> Json:
    last = next((m for m in room.world.latest(chat, topic) if m["message_id"] != topic), None)
    return {"unread": room.world.unread(person.id, chat, topic), "last": last}


def shown(room: Room, message: Json) -> Json:
    """A message with the bot's reaction."""
    emoji = room.world.reactions.get(f"{message['chat']['id']}:{message['message_id']}")
    return message | ({"reaction": emoji} if emoji else {})


def messages(room: Room, chat: Chat, topic: int, before: int = 0) -> Json:
    """The latest messages of a topic, or those before one; `more` says whether there are older ones."""
    said = [m for m in room.world.in_topic(chat, topic) if not before or m["message_id"] < before]
    return {"messages": [shown(room, message) for message in said[-SHOWN:]], "more": len(said) > SHOWN}


def event_for(room: Room, person_id: int, event: Json, chat: Chat | None) -> Json | None:
    """What a page that shows one person is told of an event; others' chats only move the unread marks."""
    if event["type"] == "answer":
        return event if event["person_id"] == person_id else None
    if event["type"] == "state" or chat is None:
        return {"type": "state"}
    if not chat.holds(person_id):
        return None if event["type"] == "typing" else {"type": "state"}
    if "message" in event:
        body: dict[str, Any] = event["message"]
        return event | {"message": shown(room, body), "chat_id": chat.id, "topic": topic_of(body)}
    return event

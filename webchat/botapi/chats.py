"""What a bot can learn about chats and their members, and forum topics."""

from __future__ import annotations

from webchat.botapi.call import Call, Method
from webchat.errors import bad_request
from webchat.room import member_of
from webchat.world import PRESENT, Chat, Json


async def get_chat(call: Call) -> Json:
    """A Bot API ChatFullInfo."""
    chat = call.chat()
    full: Json = chat.as_chat() | {
        "accent_color_id": 0,
        "max_reaction_count": 1,
        "accepted_gift_types": dict.fromkeys(
            ("unlimited_gifts", "limited_gifts", "unique_gifts", "premium_subscription", "gifts_from_channels"), False
        ),
    }
    pinned = [number for number in chat.pinned if number in call.room.world.log[chat.id]]
    return full | ({"pinned_message": call.room.world.log[chat.id][pinned[-1]]} if pinned else {})


async def get_chat_member(call: Call) -> Json:
    """What somebody is in a chat."""
    chat, user_id = call.open_chat(), call.integer("user_id")
    person = call.room.world.people.get(user_id)
    if user_id == call.room.bot["id"]:
        return member_of(call.room.bot, chat.bot_status)
    if person is None:
        raise bad_request("user not found")
    status = "member" if chat.id == user_id else chat.members.get(user_id, "left")
    return member_of(person.as_user(), status)


async def get_chat_administrators(call: Call) -> list[Json]:
    """Creator and administrators."""
    chat = _group(call)
    leading = ("creator", "administrator")
    people = call.room.world.people
    found = [member_of(people[key].as_user(), status) for key, status in chat.members.items() if status in leading]
    return found + ([member_of(call.room.bot, chat.bot_status)] if chat.bot_status in leading else [])


async def get_chat_member_count(call: Call) -> int:
    """Members, the bot included."""
    chat = call.open_chat()
    return 2 if chat.is_private else sum(status in PRESENT for status in chat.members.values()) + 1


async def create_forum_topic(call: Call) -> Json:
    """Open a topic."""
    chat = call.open_chat()
    name = call.text("name").strip()
    if not chat.topics:
        raise bad_request("the chat is not a forum")
    if chat.bot_status != "administrator":
        raise bad_request("not enough rights to create a topic")
    if not 1 <= len(name) <= 128:
        raise bad_request("topic name must be non-empty")
    root = call.room.new_topic(chat, call.room.bot, name)
    return {"message_thread_id": root["message_id"], "name": name, "icon_color": 7322096}


def _group(call: Call) -> Chat:
    chat = call.open_chat()
    if chat.is_private:
        raise bad_request("there are no administrators in the private chat")
    return chat


METHODS: dict[str, Method] = {
    "getChat": get_chat,
    "getChatMember": get_chat_member,
    "getChatAdministrators": get_chat_administrators,
    "getChatMemberCount": get_chat_member_count,
    "createForumTopic": create_forum_topic,
}

"""What the bot says of itself: commands by scope and language, name, descriptions."""

from __future__ import annotations

import re
from typing import Any

from webchat.botapi.call import Call, Method
from webchat.errors import bad_request
from webchat.room import Room
from webchat.world import Chat, Json

COMMAND = re.compile(r"/?[a-z0-9_]{1,32}")
SCOPES = {
    "default", "all_private_chats", "all_group_chats", "all_chat_administrators", "chat", "chat_administrators",
    "chat_member",
}  # fmt: skip
LENGTHS = {"name": 64, "description": 512, "short_description": 120}


def _scope(call: Call) -> str:
    scope = call.mapping("scope") or {"type": "default"}
    if scope.get("type") not in SCOPES:
        raise bad_request("unsupported scope type")
    parts = [scope["type"], scope.get("chat_id", ""), scope.get("user_id", "")]
    return ":".join(str(part) for part in parts).rstrip(":") + "/" + call.text("language_code")


async def set_my_commands(call: Call) -> bool:
    """Set the commands of one scope and language."""
    given = call.objects("commands")
    if len(given) > 100:
        raise bad_request("BOT_COMMANDS_TOO_MUCH")
    for command in given:
        if not COMMAND.fullmatch(str(command.get("command"))):
            raise bad_request("BOT_COMMAND_INVALID")
        if not 1 <= len(str(command.get("description", ""))) <= 256:
            raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID")
    shaped = [{"command": c["command"].lstrip("/"), "description": c["description"]} for c in given]
    _keep(call, shaped)
    return True


async def delete_my_commands(call: Call) -> bool:
    """Forget them."""
    _keep(call, None)
    return True


def _keep(call: Call, commands: list[Json] | None) -> None:
    kept = dict(call.room.settings.get("commands", {}))
    kept.pop(_scope(call), None)
    call.room.set("commands", kept | ({_scope(call): commands} if commands else {}))


async def get_my_commands(call: Call) -> list[Json]:
    """The commands of one scope and language."""
    return list(call.room.settings.get("commands", {}).get(_scope(call), []))


def commands_for(room: Room, chat: Chat, person_id: int) -> list[Json]:
    """The commands a person is offered in a chat: the narrowest scope that has any, Chinese before no language.

    Order: https://core.telegram.org/bots/api#determining-list-of-commands
    """
    leads = chat.members.get(person_id) in ("creator", "administrator")
    if chat.is_private:
        scopes = [f"chat:{chat.id}", "all_private_chats", "default"]
    else:
        scopes = [f"chat_member:{chat.id}:{person_id}"]
        scopes += [f"chat_administrators:{chat.id}"] if leads else []
        scopes += [f"chat:{chat.id}"] + (["all_chat_administrators"] if leads else [])
        scopes += ["all_group_chats", "default"]
    kept = room.settings.get("commands", {})
    lists = (kept.get(f"{scope}/{language}") for scope in scopes for language in ("zh", ""))
    return next((list(commands) for commands in lists if commands), [])


def _setter(field: str) -> Method:
    async def set_field(call: Call) -> bool:
        if len(call.text(field)) > LENGTHS[field]:
            raise bad_request(f"{field} is too long".replace("_", " "))
        call.room.set(f"{field}/{call.text('language_code')}", call.text(field))
        return True

    return set_field


def _getter(field: str) -> Method:
    async def get_field(call: Call) -> Json:
        return {field: described(call.room, field, call.text("language_code"))}

    return get_field


def described(room: Room, field: str, language: str = "") -> str:
    """Name or description in a language, else in none; the name falls back to the bot's first name."""
    settings: dict[str, Any] = room.settings
    found = settings.get(f"{field}/{language}") or settings.get(f"{field}/")
    return str(found or (room.bot["first_name"] if field == "name" else ""))


METHODS: dict[str, Method] = {
    "setMyCommands": set_my_commands,
    "getMyCommands": get_my_commands,
    "deleteMyCommands": delete_my_commands,
    "setMyName": _setter("name"),
    "getMyName": _getter("name"),
    "setMyDescription": _setter("description"),
    "getMyDescription": _getter("description"),
    "setMyShortDescription": _setter("short_description"),
    "getMyShortDescription": _getter("short_description"),
}

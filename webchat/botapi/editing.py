"""Everything that changes or answers what is there: edits, deletions, pins, reactions, callback answers."""

from __future__ import annotations

import asyncio

from webchat.botapi.call import Call, Method
from webchat.errors import bad_request, forbidden
from webchat.world import Chat, Json

NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the same as a current "
    "content and reply markup of the message"
)
OLDEST_DELETED_S = 48 * 3600


def _own(call: Call) -> tuple[Chat, Json]:
    chat = call.open_chat()
    message = call.message(chat, "message to edit not found")
    if message["from"]["id"] != call.room.bot["id"] or "forward_origin" in message:
        raise bad_request("message can't be edited")
    return chat, message


def _replace(call: Call, chat: Chat, message: Json, content: Json, fields: tuple[str, ...]) -> Json:
    markup = call.markup()
    if markup and "inline_keyboard" not in markup:
        raise bad_request("inline keyboard expected")
    buttons = {"reply_markup": markup} if markup and markup["inline_keyboard"] else {}
    kept = {key: value for key, value in message.items() if key not in (*fields, "reply_markup", "edit_date")}
    edited = kept | content | buttons
    if edited == {key: value for key, value in message.items() if key != "edit_date"}:
        raise bad_request(NOT_MODIFIED)
    dated = {"edit_date": call.room.now()} if content or fields else {}
    return call.room.world.change_message(chat, edited | dated)


async def edit_message_text(call: Call) -> Json:
    """New text."""
    chat, message = _own(call)
    if "text" not in message:
        raise bad_request("there is no text in the message to edit")
    content = call.formatted("text", call.room.limits.text_chars)
    if not content:
        raise bad_request("text must be non-empty" if call.text("text") else "message text is empty")
    options = call.mapping("link_preview_options")
    content |= {"link_preview_options": options} if options else {}
    return _replace(call, chat, message, content, ("text", "entities", "link_preview_options"))


async def edit_message_caption(call: Call) -> Json:
    """New caption."""
    chat, message = _own(call)
    if "text" in message:
        raise bad_request("there is no caption in the message to edit")
    content = call.formatted("caption", call.room.limits.caption_chars)
    return _replace(call, chat, message, content, ("caption", "caption_entities"))


async def edit_message_reply_markup(call: Call) -> Json:
    """New buttons, or none."""
    chat, message = _own(call)
    return _replace(call, chat, message, {}, ())


async def delete_message(call: Call) -> bool:
    """Delete one message."""
    chat = call.open_chat()
    message = call.message(chat, "message to delete not found")
    if not _deletable(call, chat, message):
        raise bad_request("message can't be deleted")
    call.room.world.remove_messages(chat, [message["message_id"]])
    return True


async def delete_messages(call: Call) -> bool:
    """Delete up to 100; those that cannot be are passed over."""
    chat, log = call.open_chat(), call.room.world.log
    wanted = [int(number) for number in call.structure("message_ids") or []]
    if not 1 <= len(wanted) <= 100:
        raise bad_request("wrong number of message identifiers specified")
    found = [number for number in wanted if number in log[chat.id] and _deletable(call, chat, log[chat.id][number])]
    call.room.world.remove_messages(chat, found)
    return True


def _deletable(call: Call, chat: Chat, message: Json) -> bool:
    own = message["from"]["id"] == call.room.bot["id"]
    if chat.bot_status == "administrator":
        return True
    fresh = call.room.now() - int(message["date"]) < OLDEST_DELETED_S
    return fresh and (own or chat.is_private) and "forum_topic_created" not in message


async def answer_callback_query(call: Call) -> bool:
    """End the button's waiting, with a toast or an alert if there is a text."""
    answer: Json = {"text": call.text("text"), "alert": call.flag("show_alert"), "url": call.text("url")}
    if len(answer["text"]) > 200:
        raise bad_request("MESSAGE_TOO_LONG")
    call.room.answer_query(call.text("callback_query_id"), answer, asyncio.get_running_loop().time())
    return True


async def set_message_reaction(call: Call) -> bool:
    """One emoji on a message, or none."""
    chat = call.open_chat()
    message = call.message(chat, "message to react not found")
    given = call.objects("reaction")
    call.room.world.react(chat, message["message_id"], str(given[0].get("emoji", "")) if given else "")
    return True


async def pin_chat_message(call: Call) -> bool:
    """Pin."""
    chat = _pinnable(call)
    message = call.message(chat, "message to pin not found")
    if message["message_id"] not in chat.pinned:
        chat.pinned.append(message["message_id"])
        call.room.world.keep_chat(chat)
    return True


async def unpin_chat_message(call: Call) -> bool:
    """Unpin one, or the latest."""
    chat = _pinnable(call)
    wanted = call.integer("message_id") or (chat.pinned[-1] if chat.pinned else 0)
    if wanted not in chat.pinned:
        raise bad_request("message to unpin not found")
    chat.pinned.remove(wanted)
    call.room.world.keep_chat(chat)
    return True


async def unpin_all_chat_messages(call: Call) -> bool:
    """Unpin all."""
    chat = _pinnable(call)
    chat.pinned.clear()
    call.room.world.keep_chat(chat)
    return True


def _pinnable(call: Call) -> Chat:
    chat = call.open_chat()
    if not chat.is_private and chat.bot_status != "administrator":
        raise bad_request("not enough rights to manage pinned messages in the chat")
    return chat


async def leave_chat(call: Call) -> bool:
    """Go."""
    chat = call.open_chat()
    if chat.is_private:
        raise forbidden("bot can't leave a private chat")
    call.room.change_bot_status(chat, call.room.bot, "left")
    return True


METHODS: dict[str, Method] = {
    "editMessageText": edit_message_text,
    "editMessageCaption": edit_message_caption,
    "editMessageReplyMarkup": edit_message_reply_markup,
    "deleteMessage": delete_message,
    "deleteMessages": delete_messages,
    "answerCallbackQuery": answer_callback_query,
    "setMessageReaction": set_message_reaction,
    "pinChatMessage": pin_chat_message,
    "unpinChatMessage": unpin_chat_message,
    "unpinAllChatMessages": unpin_all_chat_messages,
    "leaveChat": leave_chat,
}

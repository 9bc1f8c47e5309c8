"""Messages of the bot: sent, edited, deleted, answered."""

import json

import aiohttp
import pytest

from tests.cast import CHEN, GROUP_ID, GUEST, LIN, ZHOU
from tests.webchat.conftest import TOKEN, Api
from webchat.errors import NotAllowed
from webchat.server import ChatRoom

ME = ZHOU.telegram_id
BUTTON = {
    "inline_keyboard": [[{"text": "原文", "callback_data": "p1"}, {"text": "网址", "url": "https://example.org"}]]
}


async def test_get_query_form_and_json_are_the_same(room: ChatRoom, api: Api) -> None:
    await room.say(ME, "/start")
    address = f"{room.url}/bot{TOKEN}"
    given = {"chat_id": str(ME), "text": "问", "reply_markup": json.dumps(BUTTON)}
    for request in (
        api.session.get(f"{address}/sendMessage", params=given),
        api.session.post(f"{address}/SENDMESSAGE", data=given),
        api.session.post(f"{address}/sendmessage", json=given | {"chat_id": ME, "reply_markup": BUTTON}),
    ):
        async with request as response:
            sent = (await response.json())["result"]
            assert (sent["text"], sent["reply_markup"]) == ("问", BUTTON)


async def test_wrong_token_and_unknown_method(room: ChatRoom, api: Api) -> None:
    async with api.session.get(f"{room.url}/bot777000:other/getMe") as response:
        assert (response.status, (await response.json())["description"]) == (401, "Unauthorized")
    assert await api.refused("sendCow") == (404, "Not Found")


@pytest.mark.parametrize(
    ("given", "refusal"),
    [
        ({"text": "x"}, (400, "Bad Request: chat_id is empty")),
        ({"chat_id": 5, "text": "x"}, (400, "Bad Request: chat not found")),
        ({"chat_id": ME}, (400, "Bad Request: message text is empty")),
        ({"chat_id": ME, "text": " \n "}, (400, "Bad Request: text must be non-empty")),
        (
            {"chat_id": ME, "text": "x", "reply_parameters": {"message_id": 99}},
            (400, "Bad Request: message to be replied not found"),
        ),
        (
            {"chat_id": ME, "text": "x", "reply_parameters": [1]},
            (400, "Bad Request: can't parse reply parameters: expected an Object"),
        ),
        ({"chat_id": GROUP_ID, "text": "x", "message_thread_id": 99}, (400, "Bad Request: message thread not found")),
        ({"chat_id": GUEST.telegram_id, "text": "x"}, (403, "Forbidden: bot can't initiate conversation with a user")),
        ({"chat_id": ME, "text": "x", "parse_mode": "Markdown"}, (400, "Bad Request: unsupported parse_mode")),
    ],
)  # fmt: skip
async def test_what_cannot_be_sent(
    room: ChatRoom, api: Api, given: dict[str, object], refusal: tuple[int, str]
) -> None:
    await room.say(ME, "/start")
    assert await api.refused("sendMessage", **given) == refusal


async def test_reply_to_a_deleted_message_may_be_sent_without(room: ChatRoom, api: Api) -> None:
    reply = {"message_id": 99, "allow_sending_without_reply": True}
    sent = await api("sendMessage", chat_id=GROUP_ID, text="x", reply_parameters=reply)
    assert "reply_to_message" not in sent


async def test_reply_goes_to_the_topic_of_what_it_answers(room: ChatRoom, api: Api) -> None:
    topic = next(iter(room.room.world.chats[GROUP_ID].topics))
    asked = await room.say(ME, "/ask 章程", GROUP_ID, topic=topic)
    sent = await api("sendMessage", chat_id=GROUP_ID, text="答", reply_parameters={"message_id": asked["message_id"]})
    assert (sent["message_thread_id"], sent["is_topic_message"]) == (topic, True)
    assert sent["reply_to_message"]["text"] == "/ask 章程"


async def test_blocked_bot_is_told_so_and_comes_back(room: ChatRoom, api: Api) -> None:
    await room.say(ME, "/start")
    room.people.set_blocked(ME, True)
    assert await api.refused("sendMessage", chat_id=ME, text="x") == (403, "Forbidden: bot was blocked by the user")
    await room.say(ME, "又来了")
    await api("sendMessage", chat_id=ME, text="欢迎")
    kinds = [(next(k for k in u if k != "update_id")) for u in await api.updates()]
    assert kinds == ["message", "my_chat_member", "my_chat_member", "message"]


async def test_bot_that_left_a_group_cannot_write_there(room: ChatRoom, api: Api) -> None:
    await api("leaveChat", chat_id=GROUP_ID)
    refusal = await api.refused("sendMessage", chat_id=GROUP_ID, text="x")
    assert refusal == (403, "Forbidden: bot is not a member of the supergroup chat")


async def test_edit_replaces_text_and_buttons_and_refuses_no_change(room: ChatRoom, api: Api) -> None:
    await room.say(ME, "/start")
    sent = await api("sendMessage", chat_id=ME, text="旧", reply_markup=BUTTON)
    place = {"chat_id": ME, "message_id": sent["message_id"]}
    edited = await api("editMessageText", **place, text="<b>新</b>", parse_mode="HTML")
    assert (edited["text"], edited["entities"][0]["type"]) == ("新", "bold")
    assert "reply_markup" not in edited
    assert edited["edit_date"]
    code, reason = await api.refused("editMessageText", **place, text="<b>新</b>", parse_mode="HTML")
    assert (code, reason.split(":")[1]) == (400, " message is not modified")
    assert (await api("editMessageReplyMarkup", **place, reply_markup=BUTTON))["reply_markup"] == BUTTON
    assert (await api.refused("editMessageReplyMarkup", **place, reply_markup=BUTTON))[0] == 400


async def test_only_own_messages_are_edited(room: ChatRoom, api: Api) -> None:
    said = await room.say(ME, "/start")
    refusal = await api.refused("editMessageText", chat_id=ME, message_id=said["message_id"], text="x")
    assert refusal == (400, "Bad Request: message can't be edited")
    refusal = await api.refused("editMessageText", chat_id=ME, message_id=99, text="x")
    assert refusal == (400, "Bad Request: message to edit not found")


async def test_deleting_others_messages_in_a_group_needs_rights(room: ChatRoom, api: Api) -> None:
    said = await room.say(ME, "x", GROUP_ID)
    place = {"chat_id": GROUP_ID, "message_id": said["message_id"]}
    assert await api.refused("deleteMessage", **place) == (400, "Bad Request: message can't be deleted")
    room.people.set_membership(LIN.telegram_id, room.room.world.chats[GROUP_ID], room.bot_id, "administrator")
    await api("deleteMessage", **place)
    assert await api.refused("deleteMessage", **place) == (400, "Bad Request: message to delete not found")


async def test_pressed_button_waits_for_one_answer(room: ChatRoom, api: Api) -> None:
    sent = await api("sendMessage", chat_id=GROUP_ID, text="答", reply_markup=BUTTON)
    pressed = await room.press(CHEN.telegram_id, GROUP_ID, sent["message_id"], "原文")
    (update,) = await api.updates()
    query = update["callback_query"]
    assert (query["data"], query["from"]["id"], query["message"]["text"]) == ("p1", CHEN.telegram_id, "答")
    answer = {"callback_query_id": query["id"], "text": "好", "show_alert": True}
    await api("answerCallbackQuery", **answer)
    assert room.callback_answer(pressed["id"]) == {"text": "好", "alert": True, "url": ""}
    code, reason = await api.refused("answerCallbackQuery", **answer)
    assert (code, reason[:32]) == (400, "Bad Request: query is too old an")


async def test_vanished_or_foreign_button_cannot_be_pressed(room: ChatRoom, api: Api) -> None:
    sent = await api("sendMessage", chat_id=GROUP_ID, text="答", reply_markup=BUTTON)
    with pytest.raises(NotAllowed):
        await room.press(CHEN.telegram_id, GROUP_ID, sent["message_id"], "没有")
    with pytest.raises(NotAllowed):
        await room.press(GUEST.telegram_id, GROUP_ID, sent["message_id"], "原文")


async def test_document_photo_and_album_by_upload_and_by_id(room: ChatRoom, api: Api) -> None:
    await room.say(ME, "/start")
    fields = {"chat_id": str(ME), "document": "attach://f", "caption": "<i>台账</i>", "parse_mode": "HTML"}
    form = aiohttp.FormData(fields, quote_fields=False)
    form.add_field("f", b"PK-data", filename="../../台账.xlsx")
    async with api.session.post(f"{room.url}/bot{TOKEN}/sendDocument", data=form) as response:
        sent = (await response.json())["result"]
    document = sent["document"]
    assert (document["file_name"], document["file_size"], sent["caption"]) == ("台账.xlsx", 7, "台账")
    album = [{"type": "document", "media": document["file_id"], "caption": str(n)} for n in range(2)]
    both = await api("sendMediaGroup", chat_id=ME, media=album)
    assert [message["caption"] for message in both] == ["0", "1"]
    assert both[0]["media_group_id"] == both[1]["media_group_id"]
    path = (await api("getFile", file_id=document["file_id"]))["file_path"]
    async with api.session.get(f"{room.url}/file/bot{TOKEN}/{path}") as response:
        assert await response.read() == b"PK-data"
    assert await api.refused("sendPhoto", chat_id=ME, photo=document["file_id"]) == (
        400,
        "Bad Request: IMAGE_PROCESS_FAILED",
    )


async def test_file_names_do_not_reach_outside_the_room(room: ChatRoom, api: Api) -> None:
    for path in ("../room.db", "documents/../../room.db", "documents/file_99"):
        async with api.session.get(f"{room.url}/file/bot{TOKEN}/{path}") as response:
            assert response.status == 404


async def test_too_big_a_file_can_be_sent_but_not_fetched_by_the_bot(room: ChatRoom, api: Api) -> None:
    sent = await room.upload(ME, None, "大.zip", bytes(20 * 1024 * 1024 + 1))
    refusal = await api.refused("getFile", file_id=sent["document"]["file_id"])
    assert refusal == (400, "Bad Request: file is too big")
    with pytest.raises(NotAllowed, match="50 MB"):
        await room.upload(ME, None, "更大.zip", bytes(50 * 1024 * 1024 + 1))


async def test_forward_and_copy(room: ChatRoom, api: Api) -> None:
    said = await room.say(ME, "原话")
    place = {"chat_id": GROUP_ID, "from_chat_id": ME, "message_id": said["message_id"]}
    forwarded = await api("forwardMessage", **place)
    assert forwarded["forward_origin"]["sender_user"]["id"] == ME
    copied = await api("copyMessage", **place)
    last = room.messages(GROUP_ID)[-1]
    assert (last["message_id"], last["text"], "forward_origin" in last) == (copied["message_id"], "原话", False)


async def test_selective_keyboard_is_shown_only_to_whom_it_answers(room: ChatRoom, api: Api) -> None:
    asked = await room.say(ME, "/report", GROUP_ID)
    markup = {"keyboard": [["好"]], "selective": True, "one_time_keyboard": True}
    reply = {"message_id": asked["message_id"]}
    await api("sendMessage", chat_id=GROUP_ID, text="选", reply_markup=markup, reply_parameters=reply)
    assert set(room.room.world.chats[GROUP_ID].keyboards) == {ME}
    await api("sendMessage", chat_id=GROUP_ID, text="完", reply_markup={"remove_keyboard": True})
    assert room.room.world.chats[GROUP_ID].keyboards == {}

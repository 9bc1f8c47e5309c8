"""What the bot learns of chats, and its commands."""

from tests.cast import CHEN, GROUP_ID, GUEST, LIN, ZHOU
from tests.webchat.conftest import Api
from webchat import view
from webchat.server import ChatRoom

ME = ZHOU.telegram_id


def commands(*names: str) -> list[dict[str, str]]:
    return [{"command": name, "description": f"说明{name}"} for name in names]


def offered(room: ChatRoom, person_id: int, chat_id: int) -> list[str]:
    state = view.state(room.room, room.people.person(person_id))
    (chat,) = [chat for chat in state["chats"] if chat["id"] == chat_id]
    return [command["command"] for command in chat["commands"]]


async def test_narrowest_scope_wins(room: ChatRoom, api: Api) -> None:
    await room.say(ME, "/start")
    scopes: list[tuple[dict[str, object], str]] = [
        ({"type": "default"}, "help"),
        ({"type": "all_private_chats"}, "todo"),
        ({"type": "all_group_chats"}, "ask"),
        ({"type": "chat_member", "chat_id": GROUP_ID, "user_id": LIN.telegram_id}, "remind"),
        ({"type": "chat", "chat_id": ME}, "report"),
    ]
    for scope, name in scopes:
        await api("setMyCommands", scope=scope, commands=commands(name))
    assert offered(room, ME, ME) == ["report"]
    assert offered(room, ME, GROUP_ID) == ["ask"]
    assert offered(room, LIN.telegram_id, GROUP_ID) == ["remind"]
    await api("deleteMyCommands", scope={"type": "chat", "chat_id": ME})
    assert offered(room, ME, ME) == ["todo"]
    refusal = await api.refused("setMyCommands", commands=commands("Ask-Me"))
    assert refusal == (400, "Bad Request: BOT_COMMAND_INVALID")


async def test_members_and_administrators(room: ChatRoom, api: Api) -> None:
    (admin,) = await api("getChatAdministrators", chat_id=GROUP_ID)
    assert (admin["status"], admin["user"]["id"]) == ("creator", LIN.telegram_id)
    status = {
        person: (await api("getChatMember", chat_id=GROUP_ID, user_id=person))["status"]
        for person in (LIN.telegram_id, CHEN.telegram_id, GUEST.telegram_id, room.bot_id)
    }
    assert list(status.values()) == ["creator", "member", "left", "member"]
    assert await api("getChatMemberCount", chat_id=GROUP_ID) == 4
    refusal = await api.refused("getChatMember", chat_id=GROUP_ID, user_id=5)
    assert refusal == (400, "Bad Request: user not found")


async def test_topics_need_rights_and_a_forum(room: ChatRoom, api: Api) -> None:
    refusal = await api.refused("createForumTopic", chat_id=GROUP_ID, name="会议")
    assert refusal == (400, "Bad Request: not enough rights to create a topic")
    room.people.set_membership(LIN.telegram_id, room.room.world.chats[GROUP_ID], room.bot_id, "administrator")
    topic = await api("createForumTopic", chat_id=GROUP_ID, name="会议")
    sent = await api("sendMessage", chat_id=GROUP_ID, message_thread_id=topic["message_thread_id"], text="议题")
    assert sent["is_topic_message"]


async def test_name_and_descriptions_are_kept(api: Api) -> None:
    await api("setMyDescription", description="联合体的助手")
    assert await api("getMyDescription", language_code="zh") == {"description": "联合体的助手"}
    assert await api("getMyName") == {"name": "联络"}


async def test_pin_is_shown_and_in_getchat(room: ChatRoom, api: Api) -> None:
    said = await room.say(ME, "/start")
    await api("pinChatMessage", chat_id=ME, message_id=said["message_id"])
    assert (await api("getChat", chat_id=ME))["pinned_message"]["text"] == "/start"
    await api("unpinChatMessage", chat_id=ME)
    assert "pinned_message" not in await api("getChat", chat_id=ME)
    refusal = await api.refused("pinChatMessage", chat_id=GROUP_ID, message_id=2)
    assert refusal == (400, "Bad Request: not enough rights to manage pinned messages in the chat")


async def test_seeded_history_can_be_marked_read(room: ChatRoom, api: Api) -> None:
    await room.say(ME, "早上好", GROUP_ID)
    await room.say(ME, "/start")
    sent = await room.as_bot("sendMessage", chat_id=ME, text="<b>欢迎</b>", parse_mode="HTML")
    assert room.messages(ME)[-1] == sent

    def unread() -> list[int]:
        return [one["unread"] for one in view.state(room.room, room.people.person(ME))["people"]]

    assert unread() == [1, 1, 1, 0]  # 周老师 from the bot, 林秘书 and 陈工 from 周老师, the visitor nothing
    room.mark_all_read()
    assert unread() == [0, 0, 0, 0]


async def test_adding_the_cast_twice_changes_nothing(room: ChatRoom, api: Api) -> None:
    before = room.messages(GROUP_ID)
    room.add_group(GROUP_ID, "联合体工作群", [LIN.telegram_id], topics=["月报填报"])
    assert room.messages(GROUP_ID) == before
    assert await api.updates() == []
    assert await api("getChatMemberCount", chat_id=GROUP_ID) == 4

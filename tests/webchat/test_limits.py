"""The pace, and lengths."""

import pytest

from tests.cast import GROUP_ID, ZHOU
from tests.webchat.conftest import TOKEN, Api, settle
from webchat.errors import ApiError
from webchat.limits import Limits, Pace
from webchat.server import ChatRoom

ME = ZHOU.telegram_id


class Clock:
    now = 1000.0

    def __call__(self) -> float:
        return self.now


def sends_until_refused(pace: Pace, chat_ids: list[int]) -> tuple[int, int]:
    """How many passed, and the retry_after of the refusal."""
    for sent, chat_id in enumerate(chat_ids):
        try:
            pace.spend(chat_id)
        except ApiError as refusal:
            return sent, (refusal.parameters or {})["retry_after"]
    raise AssertionError("nothing was refused")


def test_thirty_messages_a_second_in_all() -> None:
    pace = Pace(Limits(), Clock())
    assert sends_until_refused(pace, list(range(1, 50))) == (30, 1)


def test_twenty_messages_a_minute_in_a_group() -> None:
    pace, clock = Pace(Limits(chat_burst=100), clock := Clock()), clock
    assert sends_until_refused(pace, [-5] * 30) == (20, 60)
    clock.now += 59.5
    assert sends_until_refused(pace, [-5]) == (0, 1)
    clock.now += 0.5
    pace.spend(-5)


def test_a_chat_may_burst_then_one_a_second() -> None:
    pace = Pace(Limits(), clock := Clock())
    assert sends_until_refused(pace, [1] * 10) == (5, 1)
    clock.now += 1
    assert sends_until_refused(pace, [1] * 2) == (1, 1)


def test_a_refused_send_costs_nothing() -> None:
    pace = Pace(Limits(), clock := Clock())
    sends_until_refused(pace, [1] * 6)
    sends_until_refused(pace, [1])
    clock.now += 1
    pace.spend(1)


async def test_flood_is_answered_429_and_sends_nothing(api: Api) -> None:
    async with ChatRoom(token=TOKEN, limits=Limits(chat_burst=1)) as strict:
        settle(strict)
        bot = Api(strict, api.session)
        await strict.say(ME, "/start")
        await bot("sendMessage", chat_id=ME, text="一")
        body = await bot.raw("sendMessage", chat_id=ME, text="二")
        assert body["error_code"] == 429
        assert body["parameters"] == {"retry_after": 1}
        assert body["description"] == "Too Many Requests: retry after 1"
        assert [message["text"] for message in strict.messages(ME)] == ["/start", "一"]


async def test_text_is_measured_after_parsing(room: ChatRoom, api: Api) -> None:
    await room.say(ME, "/start")
    sent = await api("sendMessage", chat_id=ME, text="<b>" + "字" * 4096 + "</b>", parse_mode="HTML")
    assert len(sent["text"]) == 4096
    assert await api.refused("sendMessage", chat_id=ME, text="字" * 4097) == (400, "Bad Request: message is too long")
    emoji = await api.refused("sendMessage", chat_id=ME, text="😀" * 2049)
    assert emoji == (400, "Bad Request: message is too long")


@pytest.mark.parametrize(
    ("keyboard", "reason"),
    [
        ([[{"text": "x", "callback_data": "字" * 22}]], "BUTTON_DATA_INVALID"),
        ([[{"text": "x", "callback_data": ""}]], "BUTTON_DATA_INVALID"),
        ([[{"text": "x", "callback_data": "a"}] * 101], "reply markup is too long"),
        (
            [[{"text": "x"}]],
            "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard",
        ),
        (
            [[{"text": "x", "callback_data": "a", "url": "https://example.org"}]],
            "can't parse inline keyboard button: exactly one optional field must be used",
        ),
        ([{"text": "x"}], "can't parse inline keyboard: Field must be an Array of Arrays"),
        (
            [[{"text": "x", "url": "javascript:alert(1)"}]],
            "inline keyboard button URL 'javascript:alert(1)' is invalid: Unsupported URL protocol",
        ),
    ],
)
async def test_keyboards_outside_the_limits_are_refused(
    room: ChatRoom, api: Api, keyboard: object, reason: str
) -> None:
    await room.say(ME, "/start")
    markup = {"inline_keyboard": keyboard}
    refusal = await api.refused("sendMessage", chat_id=ME, text="x", reply_markup=markup)
    assert refusal == (400, f"Bad Request: {reason}")


async def test_hundred_buttons_of_64_bytes_pass(room: ChatRoom, api: Api) -> None:
    rows = [[{"text": "x", "callback_data": "a" * 64}] * 5] * 20
    sent = await api("sendMessage", chat_id=GROUP_ID, text="x", reply_markup={"inline_keyboard": rows})
    assert sent["reply_markup"]["inline_keyboard"] == rows

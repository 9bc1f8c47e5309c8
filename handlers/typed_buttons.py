"""A button's own words, typed: they do what the button of the newest card does."""

import re
from dataclasses import dataclass
from typing import Any

from aiogram import Router
from aiogram.dispatcher.event.bases import UNHANDLED, SkipHandler
from aiogram.filters import Filter
from aiogram.types import CallbackQuery, Message

from handlers import texts
from handlers.checkins.words import SUBMIT, meant
from handlers.turn import Turn
from services.models import OutboxMessage
from services.outbox import list_last_said

LOOK_BACK = 4
ASIDE = ("ask.", "basics.", "tickets.")  # an answer in between takes no card away
LONGEST, MOST_NUMBERS = 40, 2
_PAUSE = re.compile(r"[,，。;；!！]+")
_AROUND = re.compile(
    r"^(?>(?:(?:那就?|就|请|麻烦|帮我|给我|我[要选点]|[选点按](?!台账)|好的?|行|嗯|可以)[,， ]*+)*)"
    r"|(?>(?:[吧呗啊呀哈了]|就行|就好|谢谢)*)[。.!！~ ]*$"
)
_NUMBER = re.compile(r"\d[\d,.]*")
_NOT_WORDS = re.compile(r"[^\w\u4e00-\u9fff.%／/-]+|(?<=\d),(?=\d)")


@dataclass(frozen=True)
class Typed:
    """A button that was meant, its callback data, and the words that follow it: 没错，提交."""

    data: str
    rest: str = ""


class TypesButton(Filter):
    """The label of a button of the newest card in a private chat, alone or with 提交 behind it. Gives `typed`."""

    async def __call__(self, message: Message, turn: Turn) -> bool | dict[str, Any]:
        """Labels are compared as they were shown; a number may be left away, or be the one that the card shows."""
        words = (message.text or "").strip()
        if not turn.is_private or not words or len(words) > LONGEST or words.startswith("/"):
            return False
        if len(_NUMBER.findall(words)) > MOST_NUMBERS:
            return False  # a report, on which no look at the newest card is spent
        typed = _meant(words, await list_last_said(turn.session, turn.chat_id, LOOK_BACK))
        return {"typed": typed} if typed else False


def router() -> Router:
    """Before the conversations: what stands on a button is never a question nor a figure."""
    made = Router(name="typed_buttons")
    made.message.register(press_typed, TypesButton())
    return made


async def press_typed(message: Message, turn: Turn, typed: Typed, event_router: Router, **data: Any) -> None:
    """The same as a press, answered by a message of its own."""
    root = event_router
    while root.parent_router is not None:
        root = root.parent_router
    for name in ("handler", "pressed"):
        data.pop(name, None)
    turn.is_typed = True
    await _press(root, message, turn, typed.data, data)
    if not typed.rest:
        return
    fresh = await list_last_said(turn.session, turn.chat_id, LOOK_BACK, posted=turn.posted)
    following = _meant(typed.rest, fresh[:1]) or _submit_of(fresh[:1])
    if following is not None:
        await _press(root, message, turn, following.data, data)


async def _press(root: Router, message: Message, turn: Turn, button: str, data: dict[str, Any]) -> None:
    assert message.from_user is not None
    said = len(turn.posted)
    query = CallbackQuery(id="typed", from_user=message.from_user, chat_instance="typed", data=button)
    result = await root.propagate_event("callback_query", query.as_(message.bot), **{**data, "turn": turn})
    if result is UNHANDLED:
        raise SkipHandler
    toast, turn.toast = turn.toast, None
    if toast is not None and toast.text_key and len(turn.posted) == said:
        await turn.say(toast.text_key, **toast.values)


def _meant(words: str, said: list[OutboxMessage]) -> Typed | None:
    for behind, one in enumerate(said):
        if behind and one.text_key.startswith(ASIDE):
            continue  # 转秘书处 under an older answer would pass on an older question
        whole = _button(words, one)
        if whole:
            return Typed(whole)
        first, *rest = [part for part in _PAUSE.split(words) if part.strip()] or [""]
        if len(rest) == 1 and meant(rest[0], SUBMIT) and (button := _button(first, one)):
            return Typed(button, rest[0])
        if not one.text_key.startswith(ASIDE):
            return None
    return None


def _submit_of(said: list[OutboxMessage]) -> Typed | None:
    """Whatever the card calls it: the button that files what it shows."""
    buttons = [(one, n, button) for one in said for n, button in enumerate(_flat(one))]
    found = [f"{one.token}:{n}" for one, n, button in buttons if button["action"] == "checkin_submit"]
    return Typed(found[0]) if found else None


def _flat(said: OutboxMessage) -> list[dict[str, Any]]:
    return [button for row in said.buttons for button in row]


def _button(words: str, said: OutboxMessage) -> str:
    """The data of the only button that the words name; empty for none, or for more than one."""
    if said.closed_at is not None:
        return ""
    plain, bare = _folded(words), _folded(_AROUND.sub("", words))
    labels = {n: texts.plain(one["label"], one["values"]) for n, one in enumerate(_flat(said)) if not one["url"]}
    ways = (
        [n for n, label in labels.items() if _folded(label) == plain],
        [n for n, label in labels.items() if _folded(label) == bare],
        [n for n, label in labels.items() if len(bare) > 1 and _folded(_NUMBER.sub("", label)) == bare],
        [n for n, label in labels.items() if _shows(words, label, said) and _NUMBER.sub("", bare) == _folded(label)],
    )
    found = next((way for way in ways if way), []) if plain and bare else []
    return f"{said.token}:{found[0]}" if len(found) == 1 else ""


def _shows(words: str, label: str, said: OutboxMessage) -> bool:
    """岗位缺口40没错, where the card says 岗位缺口 40: the only number is the one shown with that name."""
    numbers = _NUMBER.findall(words)
    if len(numbers) != 1:
        return False
    name = words[: words.find(numbers[0])].strip()
    shown = re.sub(r"<[^>]*>|(?<=\d),(?=\d)", "", texts.html(said.text_key, said.values))
    number = re.escape(numbers[0].replace(",", ""))
    return len(name) > 1 and name in label and re.search(rf"{re.escape(name)}\s*{number}(?![\d.])", shown) is not None


def _folded(words: str) -> str:
    return _NOT_WORDS.sub("", words).lower()

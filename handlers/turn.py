"""One update being handled: its transaction, its moment, its speaker, and what will be said about it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from services.dialogues import Standing
from services.errands import Work, promise
from services.members.actors import Actor
from services.outbox import Address, Attachment, Button, Note, Pressed, post

Rows = tuple[tuple[Button, ...], ...]


def in_rows(buttons: Sequence[Button], width: int = 2) -> Rows:
    """Buttons side by side, so many in a row."""
    return tuple(tuple(buttons[at : at + width]) for at in range(0, len(buttons), width))


@dataclass(frozen=True)
class Toast:
    """The answer to a button press, shown over the chat; plain text key."""

    callback_id: str
    text_key: str = ""
    values: dict[str, Any] = field(default_factory=dict)
    alert: bool = False


@dataclass
class Turn:
    """Everything a handler may use. What it says is written with its effects and leaves after the commit."""

    session: Any  # AsyncSession: handlers pass it on, they do not look inside
    now: datetime
    update_id: int
    chat_id: int = 0
    thread_id: int | None = None
    message_id: int | None = None
    is_private: bool = True
    callback_id: str = ""
    actor: Actor | None = None
    pressed: Pressed | None = None
    posted: list[int] = field(default_factory=list)
    toast: Toast | None = None
    is_typed: bool = False  # a button's words were typed: what a press would change is said anew
    has_work: bool = False
    dialogues: dict[str, Standing] = field(default_factory=dict)  # as this turn leaves them
    dialogues_before: dict[str, Standing] = field(default_factory=dict)

    @property
    def who(self) -> Actor:
        """The speaker; every update that reaches a handler has one."""
        assert self.actor is not None
        return self.actor

    async def say(
        self, text_key: str, /, buttons: Rows = (), attachment: Attachment | None = None, **values: Any
    ) -> None:
        """Answer in the chat, as a reply in a group."""
        reply_to = None if self.is_private else self.message_id
        to = Address(self.chat_id, self.thread_id, reply_to, person_id=self.who.person_id if buttons else None)
        await self._post(Note(text_key, values, buttons, attachment), to)

    async def change(self, text_key: str, /, buttons: Rows = (), **values: Any) -> None:
        """Replace the message whose button was pressed."""
        if self.is_typed:
            await self.say(text_key, buttons, **values)
            return
        to = Address(self.chat_id, self.thread_id, edits=self.message_id, person_id=self.who.person_id)
        await self._post(Note(text_key, values, buttons), to)

    async def tell(self, telegram_id: int, text_key: str, /, buttons: Rows = (), **values: Any) -> None:
        """Say it to somebody in private."""
        await self._post(Note(text_key, values, buttons), Address(telegram_id), via="push")

    def hint(self, text_key: str, *, alert: bool = False, **values: Any) -> None:
        """Answer the button press with a short line over the chat."""
        if self.callback_id or self.is_typed:
            self.toast = Toast(self.callback_id, text_key, values, alert)

    async def promise(self, kind: str, payload: dict[str, Any], *, business_key: str | None = None) -> None:
        """Queue slow work for after the commit; done at least once, its result exactly once."""
        self.has_work = True
        work = Work(kind, payload, self.chat_id, self.thread_id)
        await promise(self.session, work, now=self.now, business_key=business_key)

    async def _post(self, note: Note, to: Address, via: Any = "reply") -> None:
        key = f"turn:{self.update_id}:{len(self.posted)}"
        posted = await post(self.session, note, to, now=self.now, via=via, business_key=key)
        self.posted.append(posted or 0)

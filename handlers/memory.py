"""aiogram's dialogue state, kept in the transaction of the update it belongs to."""

from collections.abc import Mapping
from contextvars import ContextVar
from dataclasses import replace
from typing import Any

from aiogram.fsm.state import State
from aiogram.fsm.storage.base import BaseStorage, StateType, StorageKey

from handlers.turn import Turn
from services.dialogues import Standing, find_dialogue, put_dialogue

current_turn: ContextVar[Turn] = ContextVar("current_turn")


class SqlStorage(BaseStorage):
    """State of one person in one chat. Reads and writes through the turn's session, so it commits with the effect."""

    async def set_state(self, key: StorageKey, state: StateType = None) -> None:
        """Set or clear the state."""
        name = state.state if isinstance(state, State) else state
        await _save(_name(key), state=name or "")

    async def get_state(self, key: StorageKey) -> str | None:
        """The state, or None at rest."""
        return (await _find(_name(key))).state or None

    async def set_data(self, key: StorageKey, data: Mapping[str, Any]) -> None:
        """Replace the data (JSON types only)."""
        await _save(_name(key), data=dict(data))

    async def get_data(self, key: StorageKey) -> dict[str, Any]:
        """The data, empty at rest."""
        return dict((await _find(_name(key))).data)

    async def close(self) -> None:
        """Nothing is held open."""


async def write_back(turn: Turn) -> None:
    """Store where the conversations of this update stand now; once, however often they moved."""
    for name, standing in turn.dialogues.items():
        if standing != turn.dialogues_before[name]:
            await put_dialogue(turn.session, name, standing, now=turn.now)


async def _find(name: str) -> Standing:
    """Asked several times an update, by the library and by handlers: the turn remembers what it found."""
    turn = current_turn.get()
    if name not in turn.dialogues:
        turn.dialogues[name] = turn.dialogues_before[name] = await find_dialogue(turn.session, name)
    return turn.dialogues[name]


async def _save(name: str, **what: Any) -> None:
    current_turn.get().dialogues[name] = replace(await _find(name), **what)


def _name(key: StorageKey) -> str:
    return f"{key.chat_id}:{key.thread_id or 0}:{key.user_id}"

"""Where a secretary stands who keys a meeting's decisions: other conversations leave such lines alone."""

from aiogram.fsm.state import State, StatesGroup


class Keying(StatesGroup):
    """The secretary keys decisions, or settles one."""

    lines = State()
    owner = State()
    due = State()

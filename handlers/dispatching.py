"""The dispatcher: every conversation in the order in which it may claim a message."""

from collections.abc import Iterable
from typing import Any

from aiogram import Dispatcher, Router
from aiogram.fsm.strategy import FSMStrategy

from handlers.memory import SqlStorage
from handlers.middlewares import ButtonMiddleware, RefusalMiddleware, TurnMiddleware


def build_dispatcher(routers: Iterable[Router], *, secretaries: frozenset[int], **services: Any) -> Dispatcher:
    """A dispatcher whose state lives in SQL. `services` become arguments of the handlers that name them."""
    dispatcher = Dispatcher(storage=SqlStorage(), fsm_strategy=FSMStrategy.USER_IN_TOPIC, **services)
    dispatcher.update.outer_middleware(TurnMiddleware(secretaries))
    for observer in (
        dispatcher.message,
        dispatcher.edited_message,
        dispatcher.callback_query,
        dispatcher.my_chat_member,
    ):
        observer.outer_middleware(RefusalMiddleware())
    dispatcher.callback_query.outer_middleware(ButtonMiddleware())
    for router in routers:
        dispatcher.include_router(router)
    return dispatcher

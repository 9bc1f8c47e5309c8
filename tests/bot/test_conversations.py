"""All conversations together."""

from bot.conversations import all_routers
from bot.settings import Settings


def test_no_filter_costs_a_thread() -> None:
    """A message passes most of them: what aiogram cannot await goes to a thread and back each time."""
    judged = [
        (router.name, handler.callback, one)
        for router in all_routers(Settings())
        for observer in router.observers.values()
        for handler in observer.handlers
        for one in handler.filters or ()
    ]
    assert len(judged) > 100
    assert [(name, handler.__name__) for name, handler, one in judged if not one.awaitable] == []

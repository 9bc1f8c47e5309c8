"""The methods of the Bot API that the room speaks, one module per group."""

from __future__ import annotations

from webchat.botapi import chats, editing, profile, receiving, sending
from webchat.botapi.call import Method

METHODS: dict[str, Method] = {
    name.lower(): method
    for group in (receiving, sending, editing, chats, profile)
    for name, method in group.METHODS.items()
}

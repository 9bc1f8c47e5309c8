"""Telegram's limits as numbers, and the flood control that enforces the pace.

Sources: https://core.telegram.org/bots/api (lengths) and https://core.telegram.org/bots/faq (pace). Telegram's real
flood control adapts; these are the documented figures.
"""

from __future__ import annotations

import math
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass

from webchat.errors import too_many

MEBIBYTE = 1024 * 1024


@dataclass(frozen=True)
class Limits:
    """All limits of one chat room. `without_flood_control` is for measuring."""

    flood: bool = True
    per_second: int = 30
    group_per_minute: int = 20
    chat_burst: int = 5
    chat_per_second: float = 1.0
    text_chars: int = 4096
    caption_chars: int = 1024
    buttons: int = 100
    callback_data_bytes: int = 64
    upload_bytes: int = 50 * MEBIBYTE
    download_bytes: int = 20 * MEBIBYTE
    callback_ttl_s: float = 15.0
    webhook_retry_s: float = 1.0

    @classmethod
    def without_flood_control(cls) -> Limits:
        """Everything but the pace."""
        return cls(flood=False)


class Pace:
    """Flood control: so many messages a second in all, a minute per group, and a burst per chat."""

    def __init__(self, limits: Limits, clock: Callable[[], float] = time.monotonic) -> None:
        self._limits = limits
        self._clock = clock
        self._all: deque[float] = deque()
        self._groups: dict[int, deque[float]] = {}
        self._tokens: dict[int, tuple[float, float]] = {}

    def spend(self, chat_id: int, *, count: int = 1) -> None:
        """Count a send, or raise 429; a refused send costs nothing."""
        if not self._limits.flood:
            return
        now = self._clock()
        group = self._groups.setdefault(chat_id, deque()) if chat_id < 0 else None
        tokens = self._tokens_of(chat_id, now)
        wait_s = max(
            _wait(self._all, now, self._limits.per_second, 1.0, count),
            _wait(group, now, self._limits.group_per_minute, 60.0, count) if group is not None else 0.0,
            (min(count, self._limits.chat_burst) - tokens) / self._limits.chat_per_second,
        )
        if wait_s > 0:
            raise too_many(max(1, math.ceil(wait_s)))
        self._tokens[chat_id] = (tokens - count, now)
        self._all.extend([now] * count)
        if group is not None:
            group.extend([now] * count)

    def _tokens_of(self, chat_id: int, now: float) -> float:
        tokens, at = self._tokens.get(chat_id, (float(self._limits.chat_burst), now))
        return min(float(self._limits.chat_burst), tokens + (now - at) * self._limits.chat_per_second)


def _wait(sent: deque[float], now: float, most: int, window_s: float, count: int) -> float:
    while sent and now - sent[0] >= window_s:
        sent.popleft()
    over = len(sent) + count - most
    return window_s - (now - sent[over - 1]) if 0 < over <= len(sent) else 0.0

"""A language model behind any OpenAI-compatible endpoint: no tools, no memory, a hard limit on time."""

from __future__ import annotations

import threading
import time
from typing import Any, Protocol

from knowledge.errors import ModelFailed

_LIMIT_S, _MAX_TOKENS, _REST_S = 20.0, 800, 60.0


class ChatModel(Protocol):
    """Completes one prompt."""

    def complete(self, system: str, user: str) -> str:
        """Return the model's plain text; raises `ModelFailed` on anything else."""
        ...


class EndpointModel:
    """A model reached through langchain-openai; at most ``limit_s`` in all, with one retry inside.

    After a call that ran into the limit it is left alone for a minute, so that not every question waits for it.
    """

    def __init__(self, base_url: str, api_key: str, model: str, limit_s: float = _LIMIT_S) -> None:
        self._settings = (base_url, api_key, model)
        self._limit_s = limit_s
        self._rests_until = 0.0

    def complete(self, system: str, user: str) -> str:
        """Ask once, again at most once when the endpoint refuses, and give up at the limit."""
        return self.complete_within(self._limit_s, system, user)

    def for_one_answer(self) -> OneAnswer:
        """The same endpoint for all that one answer asks of it: the limit is on all of it together."""
        return OneAnswer(self, self._limit_s)

    def complete_within(self, limit_s: float, system: str, user: str) -> str:
        """Complete in at most ``limit_s``.

        The limit is on the clock, not on a silent socket: an endpoint that drips a byte a second would
        otherwise hold its thread for ever. Closing the connection ends that thread.
        """
        from knowledge.endpoints import open_client

        if time.monotonic() < self._rests_until:
            raise ModelFailed("resting")
        client = open_client(limit_s)
        answers: list[Any] = []
        worker = threading.Thread(target=self._ask, args=(client, system, user, answers), daemon=True)
        worker.start()
        worker.join(limit_s)
        in_time = bool(answers)  # closing the connection makes the thread append its failure
        client.close()
        if not in_time:
            if limit_s > self._limit_s / 2:  # the rest of a limit that another call used up says little
                self._rests_until = time.monotonic() + _REST_S
            raise ModelFailed("timeout")
        if isinstance(answers[0], Exception):
            raise ModelFailed("unreachable", type(answers[0]).__name__) from answers[0]
        return _plain(answers[0])

    def _ask(self, client: Any, system: str, user: str, answers: list[Any]) -> None:
        try:
            from langchain_openai import ChatOpenAI
            from pydantic import SecretStr

            base_url, api_key, model = self._settings
            chat = ChatOpenAI(
                model=model,
                base_url=base_url,
                api_key=SecretStr(api_key or "none"),
                timeout=self._limit_s,
                max_retries=1,
                temperature=0,
                max_completion_tokens=_MAX_TOKENS,
                http_client=client,
            )
            answers.append(chat.invoke([("system", system), ("human", user)]))
        except Exception as error:
            answers.append(error)


class OneAnswer:
    """A model for the making of one answer: its calls share one limit of time, and nothing is asked twice."""

    def __init__(self, endpoint: EndpointModel, limit_s: float) -> None:
        self._endpoint, self._left_s = endpoint, limit_s
        self._said: dict[tuple[str, str], str | ModelFailed] = {}

    def complete(self, system: str, user: str) -> str:
        """Return the model's plain text; raises `ModelFailed`, also when the time is used up."""
        asked = (system, user)
        if asked not in self._said:
            self._said[asked] = self._complete(system, user)
        said = self._said[asked]
        if isinstance(said, ModelFailed):
            raise said
        return said

    def _complete(self, system: str, user: str) -> str | ModelFailed:
        if self._left_s <= 0:
            return ModelFailed("timeout")
        started = time.monotonic()
        try:
            return self._endpoint.complete_within(self._left_s, system, user)
        except ModelFailed as failure:
            return failure
        finally:
            self._left_s -= time.monotonic() - started


def _plain(message: Any) -> str:
    content = getattr(message, "content", None)
    if getattr(message, "tool_calls", None) or not isinstance(content, str) or not content.strip():
        raise ModelFailed("garbage", type(content).__name__)
    return content

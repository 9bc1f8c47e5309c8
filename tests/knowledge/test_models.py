"""The limit of time on a model's endpoint: counted over all that one answer asks, and followed by a rest."""

import threading
import time
from collections.abc import Iterator

import httpx
import pytest

from knowledge import endpoints
from knowledge.errors import ModelFailed
from knowledge.models import EndpointModel
from tests.knowledge.endpoint import Endpoint, running


@pytest.fixture(scope="module")
def endpoint() -> Iterator[Endpoint]:
    import langchain_openai  # noqa: F401  (slow to load, which must not count against a tiny limit)

    with running() as served:
        yield served


def reason(model: object, user: str = "问") -> str:
    with pytest.raises(ModelFailed) as failure:
        model.complete("系统", user)  # type: ignore[attr-defined]
    return failure.value.reason


def test_closing_the_connection_is_no_reply(endpoint: Endpoint, monkeypatch: pytest.MonkeyPatch) -> None:
    class Waiting(httpx.Client):
        def close(self) -> None:
            super().close()
            for one in threading.enumerate():
                if "_ask" in one.name:
                    one.join(10)

    monkeypatch.setattr(endpoints, "open_client", lambda limit_s: Waiting(timeout=60))
    endpoint.temper = "slow"
    model = EndpointModel(endpoint.url, "", "m", limit_s=0.3)
    assert reason(model) == "timeout"
    assert reason(model) == "resting"


def test_what_one_answer_asks_shares_one_limit_and_is_asked_once(endpoint: Endpoint) -> None:
    endpoint.temper, endpoint.reply = "honest", "好"
    endpoint.requests.clear()
    one = EndpointModel(endpoint.url, "", "m", limit_s=5.0).for_one_answer()
    assert [one.complete("系统", "问"), one.complete("系统", "问")] == ["好", "好"]
    assert len(endpoint.requests) == 1
    endpoint.temper = "slow"
    late = EndpointModel(endpoint.url, "", "m", limit_s=0.5).for_one_answer()
    started = time.monotonic()
    assert reason(late) == "timeout"
    assert reason(late) == "timeout"
    assert reason(late, "又问") in ("timeout", "resting")
    assert time.monotonic() - started < 1.0

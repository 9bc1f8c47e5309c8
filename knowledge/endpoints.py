"""The connection to a model's endpoint: as much of a reply is read as an answer can need, and no more."""

from __future__ import annotations

from collections.abc import Iterator

import httpx

MOST_BYTES = 1_000_000


class _Capped(httpx.SyncByteStream):
    """A reply's bytes up to the limit: an endpoint that never stops must not fill the memory."""

    def __init__(self, stream: httpx.SyncByteStream) -> None:
        self._stream = stream

    def __iter__(self) -> Iterator[bytes]:
        left = MOST_BYTES
        for chunk in self._stream:
            left -= len(chunk)
            if left < 0:
                raise httpx.ReadError("the reply is too long")
            yield chunk

    def close(self) -> None:
        """Close the connection's own stream."""
        self._stream.close()


def open_client(limit_s: float) -> httpx.Client:
    """A client that asks for plain bytes and refuses packed ones, which could unpack to anything."""
    return httpx.Client(timeout=limit_s, headers={"Accept-Encoding": "identity"}, event_hooks={"response": [_cap]})


def _cap(response: httpx.Response) -> None:
    if response.headers.get("Content-Encoding", "identity") != "identity":
        raise httpx.DecodingError("a packed reply")
    if isinstance(response.stream, httpx.SyncByteStream):
        response.stream = _Capped(response.stream)

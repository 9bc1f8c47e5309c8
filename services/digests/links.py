"""Links to the secretariat's page: signed, for one person, for some hours. The secret lives in the database alone."""

import base64
import hashlib
import hmac
import json
import secrets
from datetime import datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from services.db import insert_into
from services.digests.errors import LinkInvalid
from services.members.actors import Actor, as_actor
from services.models import PageKey, Person

NAME = "digests"
PATH = "/board/"
SIGN_BYTES = 20


def address_of(base_url: str, listen: str, port: int) -> str:
    """Where the page is reached; without a public address only from this machine, empty when nothing listens there."""
    if base_url:
        return base_url + PATH
    local = listen in ("127.0.0.1", "localhost", "::1", "0.0.0.0")  # noqa: S104  (read, not bound)
    return f"http://127.0.0.1:{port}{PATH}" if port and local else ""


async def sign_link(session: AsyncSession, actor: Actor, *, hours: int, now: datetime) -> str:
    """A token for the address of the page.

    Raises:
        NotAllowed: not of the secretariat.
    """
    actor.require_secretariat()
    until = int((now + timedelta(hours=hours)).timestamp())
    body = _packed(json.dumps([actor.person_id, until]).encode())
    return f"{body}.{_signature(await _secret(session, now), body)}"


async def read_link(session: AsyncSession, token: str, secretaries: frozenset[int], *, now: datetime) -> Actor:
    """Whose link it is, with the rights of this moment.

    Raises:
        LinkInvalid: forged, expired, or its person is no longer of the secretariat.
    """
    key = await session.get(PageKey, NAME)
    body, _, signature = token.partition(".")
    if key is None or not hmac.compare_digest(_signature(key.secret, body).encode(), signature.encode()):
        raise LinkInvalid(reason="forged")
    person_id, until = json.loads(_unpacked(body))
    if now.timestamp() >= until:
        raise LinkInvalid(reason="expired")
    person = await session.get(Person, person_id)
    if person is None or not as_actor(person, secretaries).is_secretariat:
        raise LinkInvalid(reason="rights")
    return as_actor(person, secretaries)


async def _secret(session: AsyncSession, now: datetime) -> str:
    made = insert_into(session, PageKey).values(name=NAME, secret=secrets.token_hex(32), created_at=now)
    await session.execute(made.on_conflict_do_nothing())
    key = await session.get(PageKey, NAME)
    assert key is not None
    return key.secret


def _signature(secret: str, body: str) -> str:
    digest = hmac.new(bytes.fromhex(secret), body.encode(), hashlib.sha256).digest()
    return _packed(digest[:SIGN_BYTES])


def _packed(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")


def _unpacked(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))

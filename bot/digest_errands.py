"""What errands about digests share: whoever asked, judged anew, and what is told them."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Any

from bot.importing import place_of
from handlers.refusals import text_key_of
from services.digests.issuing.press import Press
from services.errands import finish
from services.errors import Refusal
from services.members.actors import Actor, get_actor
from services.models import Errand
from services.outbox import Note, post


class DigestErrands:
    """The base of the workers for errands about digests."""

    def __init__(self, press: Press, *, clock: Callable[[], datetime]) -> None:
        self._press, self._clock = press, clock
        self._database, self._office = press.database, press.office

    async def refuse(self, errand: Errand, refusal: Refusal) -> None:
        """Finish the errand with the words of the refusal."""
        async with self._database.transaction() as session:
            if await finish(session, errand.id, now=self._clock()):
                await self.tell(session, errand, Note(text_key_of(refusal), refusal.facts))

    async def tell(
        self, session: Any, errand: Errand, note: Note, *, step: str = "result", fresh: bool = False
    ) -> None:
        """In the place of the progress message, or as a new one; each step is told once."""
        to = await place_of(session, errand, None if fresh else errand.payload.get("progress"))
        to = replace(to, person_id=int(errand.payload["person_id"]))
        key = f"errand:{errand.id}:{step}"
        await post(session, note, to, now=self._clock(), via="reply", business_key=key)

    async def actor(self, errand: Errand) -> Actor:
        """Who asked, with the rights of now."""
        async with self._database.reading() as session:
            return await get_actor(session, int(errand.payload["person_id"]), self._office.secretaries)

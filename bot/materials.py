"""Bringing the files that units send for a meeting onto this machine, where the secretariat can be handed them."""

from collections.abc import Callable
from datetime import datetime

from bot.importing import Fetch
from services.db import Database
from services.errands import finish
from services.library.uploads import FileRefused
from services.meetings.settings import MeetingSettings
from services.meetings.standing.materials import get_material, material_path
from services.models import Errand
from services.outbox import Address, Note, post


class MaterialFetch:
    """The worker for errands of kind `meeting_material`."""

    def __init__(
        self, database: Database, fetch: Fetch, settings: MeetingSettings, *, clock: Callable[[], datetime]
    ) -> None:
        self._database, self._fetch, self._settings, self._clock = database, fetch, settings, clock

    async def __call__(self, errand: Errand) -> None:
        """Fetch the file; when it can never come, the sender is asked to send it again."""
        async with self._database.reading() as session:
            material = await get_material(session, int(errand.payload["material_id"]))
        path = material_path(self._settings.files_dir, material)
        path.parent.mkdir(parents=True, exist_ok=True)
        refused = False
        try:
            await self._fetch(material.file_id, path)
        except FileRefused:
            refused = True
        async with self._database.transaction() as session:
            if await finish(session, errand.id, now=self._clock()) and refused and errand.chat_id:
                note = Note("meetings.material_gone", {"name": material.name})
                key = f"material:{material.id}:gone"
                await post(session, note, Address(errand.chat_id), now=self._clock(), via="reply", business_key=key)

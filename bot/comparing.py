"""Comparing a new document with the shelf, off the event loop and outside any write transaction."""

import asyncio
from typing import Any

from services.db import Database
from services.library.likeness import Alike, find_alike, load_candidates


async def find_likeness(database: Database, read: Any, marks: list[int]) -> Alike | None:
    """What on the shelf the document resembles; texts are compared in a thread, with no transaction open."""
    async with database.reading() as session:
        candidates = await load_candidates(session, read.name, marks)
    return await asyncio.to_thread(find_alike, read.name, read.text, candidates) if candidates else None

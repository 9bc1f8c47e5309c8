"""The keeper of the search index: one owner of the directory, all slow work in threads."""

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import structlog

from bot.heap import fill_freed_memory
from knowledge.settings import EmbeddingSettings, KnowledgeSettings, ModelSettings
from services.db import Database
from services.library.hearing import Hearing
from services.library.indexing import Readable, document_names, find_readable, load_entries, plan_index

log = structlog.get_logger(__name__)
BATCH = 500


@dataclass(frozen=True)
class Inquiry:
    """A question for the library: its words, what came before in the thread, what may be read, the day."""

    text: str
    earlier: tuple[str, ...]
    readable: frozenset[str] | None
    today: date
    model: Any = None  # knowledge.models.ChatModel, when one may word the answer
    cited: tuple[dict[str, Any], ...] = ()  # what the answer before quoted: {document_id, passage_id, quote}


class IndexKeeper:
    """Opens the index, keeps it in line with SQL, searches and answers off the event loop."""

    def __init__(
        self,
        database: Database,
        knowledge: KnowledgeSettings,
        llm: ModelSettings | None = None,
        embedding: EmbeddingSettings | None = None,
    ) -> None:
        self._database, self._settings = database, knowledge
        self._llm, self._embedding = llm or ModelSettings(), embedding or EmbeddingSettings()
        self._index: Any = None
        self._model: Any = None
        self._aliases: Mapping[str, tuple[str, ...]] = {}
        self._readable: dict[Hearing, Readable] = {}
        self._syncing = asyncio.Lock()

    @property
    def database(self) -> Database:
        """The rows that the index follows."""
        return self._database

    async def open(self, *, warm: bool = True) -> None:
        """Open or rebuild the index. A damaged one is built anew from SQL: it is only a cache.

        Raises:
            IndexBusy: another process owns the directory.
        """
        fill_freed_memory()
        self._index = await asyncio.to_thread(self._open)
        self._model = self._chat_model()
        if warm:
            from knowledge.warming import warm_up

            await asyncio.to_thread(warm_up, True)

    async def close(self) -> None:
        """Give the directory up."""
        if self._index is not None:
            await asyncio.to_thread(self._index.close)

    async def sync(self, progress: Callable[[int], None] | None = None) -> int:
        """Bring the index in line with the shelf; returns how many documents were added or dropped."""
        async with self._syncing:
            async with self._database.reading() as session:
                plan = await plan_index(session, self._index.document_ids())
            if plan.drop:
                await asyncio.to_thread(self._index.remove, plan.drop)
            for start in range(0, len(plan.add), BATCH):
                async with self._database.reading() as session:
                    entries = await load_entries(session, plan.add[start : start + BATCH])
                await asyncio.to_thread(self._index.add, entries)
                if progress:
                    progress(min(len(plan.add), start + BATCH))
            return len(plan.add) + len(plan.drop)

    async def rebuild(self) -> int:
        """Write a new generation from SQL alone; returns its passages."""
        async with self._syncing:
            async with self._database.reading() as session:
                plan = await plan_index(session, ())
                entries = await load_entries(session, plan.add)
            return int(await asyncio.to_thread(self._index.rebuild, entries))

    async def readable(self, hearing: Hearing) -> frozenset[str]:
        """The documents that may be heard there, decided in SQL, remembered until the library changes."""
        async with self._database.reading() as session:
            found = await find_readable(session, hearing, known=self._readable.get(hearing))
        self._readable[hearing] = found
        return found.documents

    async def answer(self, inquiry: Inquiry) -> Any:
        """A `knowledge.answers.answering.Answer`, made in a thread."""
        return await asyncio.to_thread(self.answer_now, inquiry)

    def answer_now(self, inquiry: Inquiry) -> Any:
        """The same, in the caller's thread."""
        from knowledge.answers.conversing import Thread, answer_in_thread
        from knowledge.answers.threads import Cited

        cited = [Cited(str(one["document_id"]), str(one["passage_id"]), one["quote"]) for one in inquiry.cited]
        thread = Thread(inquiry.earlier, cited, inquiry.readable, self._aliases)
        return answer_in_thread(self._index, inquiry.text, thread, today=inquiry.today, model=inquiry.model)

    def model_for_one_answer(self) -> Any:
        """The model endpoint with one limit of time for all that an answer asks of it; None without an endpoint."""
        return self._model.for_one_answer() if self._model is not None else None

    def search_now(self, text: str, readable: frozenset[str] | None, top: int) -> list[Any]:
        """Passages for a text, best first, in the caller's thread."""
        return list(self._index.search(text, documents=readable, top=top))

    async def names(self) -> dict[str, str]:
        """The imported files' names by document id."""
        async with self._database.reading() as session:
            return await document_names(session)

    def stats(self) -> dict[str, Any]:
        """Counts for `doctor` and the metrics."""
        return dict(self._index.stats()) if self._index is not None else {}

    @property
    def may_see(self) -> str:
        """The highest access level that the model endpoint may be shown."""
        return self._llm.may_see

    def _open(self) -> Any:
        from knowledge.errors import IndexDamaged
        from knowledge.search.index import KnowledgeIndex

        folder = Path(self._settings.dir)
        embedder, chroma = self._embedder(), self._settings.chroma_url or None
        try:
            return KnowledgeIndex.open(folder, embedder, chroma)
        except IndexDamaged as damage:
            log.warning("index_damaged", detail=damage.detail)
            return KnowledgeIndex.recreate(folder, embedder, chroma)

    def _embedder(self) -> Any:
        if not (self._embedding.base_url and self._embedding.model):
            return None
        from knowledge.search.embedding import EndpointEmbedder

        key = self._embedding.api_key.get_secret_value()
        return EndpointEmbedder(self._embedding.base_url, key, self._embedding.model)

    def _chat_model(self) -> Any:
        if not (self._llm.base_url and self._llm.model):
            return None
        from knowledge.models import EndpointModel

        key = self._llm.api_key.get_secret_value()
        return EndpointModel(self._llm.base_url, key, self._llm.model, self._llm.limit_s)


def read_limits(settings: KnowledgeSettings) -> Any:
    """The settings as limits for reading one file."""
    from knowledge.documents.limits import ReadLimits

    return ReadLimits(
        file_bytes=settings.max_file_mb * 1_000_000,
        cpu_s=settings.read_seconds,
        wall_s=settings.read_seconds * 1.5,
        memory_bytes=settings.read_memory_mb * 1_000_000,
    )

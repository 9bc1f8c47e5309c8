"""`lianluo kb`: the library from the command line; for `kb import` see `bot.commands.importing`."""

import asyncio
import json
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import typer

from bot.answering import citations_json, conflicts_json
from bot.commands.aligning import bring_in_line
from bot.commands.index import open_database, open_keeper
from bot.commands.refusals import Refused
from bot.handing import originals_of
from bot.keeping import IndexKeeper, Inquiry
from bot.settings import Settings
from services.errors import NotFound
from services.library.removing import erase_now, retire
from services.library.shelving import get_document, list_documents
from services.models import Document
from services.models.documents import ACCESS_LEVELS


async def list_all(settings: Settings, *, as_json: bool) -> None:
    """Print the shelf."""
    async with open_database(settings) as database, database.reading() as session:
        documents = await list_documents(session, ACCESS_LEVELS, limit=100_000)
    if as_json:
        typer.echo(json.dumps([_described(one) for one in documents], ensure_ascii=False))
        return
    for one in documents:
        typer.echo(f"{one.id:>5}  {one.access:<11} {one.state:<10} {one.name}  《{one.title}》")
    typer.echo(f"{len(documents)} documents")


async def show(settings: Settings, given: str) -> None:
    """Print a document's particulars and its passages with their places."""
    async with open_database(settings) as database, database.reading() as session:
        document = await _get(session, given)
        await session.refresh(document, ["passages"])
        typer.echo(json.dumps(_described(document), ensure_ascii=False, indent=1))
        for passage in document.passages:
            typer.echo(f"\n[{passage.id}] {' / '.join(passage.path)}  {passage.clause}\n{passage.text}")


async def remove(settings: Settings, given: str) -> None:
    """Take a document off the shelf and its bytes out of the index."""
    async with open_database(settings) as database:
        async with database.transaction() as session:
            document = await _get(session, given)
            document_id, name, kept = document.id, document.name, document.original
            retire(session, document, by=None, now=_now())
        await asyncio.to_thread(originals_of(settings).erase, kept, document_id)
        removed = await erase_now(database, document_id, _now())
        assert removed is not None  # nobody else removes what was standing a moment ago
        await bring_in_line(settings, database)
        await database.scrub()
    typer.echo(f"removed: {name}; quotations taken out of {removed.answers} answers, {removed.messages} messages")
    for title in removed.standards:
        typer.echo(f"look again at the standard answer 《{title}》: it may rest on the removed document")


async def rebuild(settings: Settings) -> None:
    """Write a new generation of the index."""
    async with open_keeper(settings) as keeper:
        started = time.perf_counter()
        count = await keeper.rebuild()
        typer.echo(f"{count} passages in {time.perf_counter() - started:.1f} s")


async def search(settings: Settings, text: str | None, batch: Path | None, *, top: int, as_json: bool) -> None:
    """Print passages for a text or for each line of a batch."""
    async with open_keeper(settings) as keeper:
        names = await _names(keeper)
        if batch is not None:
            for case in _cases(batch):
                hits, ms = _timed(lambda case=case: keeper.search_now(case["text"], None, top))
                _line({"id": case["id"], "hits": [_hit(one, names) for one in hits], "ms": ms})
            return
        hits, ms = _timed(lambda: keeper.search_now(text or "", None, top))
        if as_json:
            _line({"hits": [_hit(one, names) for one in hits], "ms": ms})
            return
        for rank, one in enumerate(hits, 1):
            typer.echo(f"{rank}. [{one.score:.3f}] {names.get(one.document_id, '')}  {one.clause}\n   {one.text[:200]}")


async def ask(settings: Settings, text: str | None, batch: Path | None, *, as_json: bool) -> None:
    """Print the answer to a text or to each line of a batch."""
    async with open_keeper(settings) as keeper:
        names = await _names(keeper)
        today = datetime.now(UTC).date()

        def answered(words: str) -> dict[str, Any]:
            answer, ms = _timed(
                lambda: keeper.answer_now(Inquiry(words, (), None, today, keeper.model_for_one_answer()))
            )
            return {
                "answered": answer.outcome == "answered",
                "text": answer.text,
                "citations": citations_json(answer, names),
                "conflicts": conflicts_json(answer, names),
                "ms": ms,
            }

        if batch is not None:
            for case in _cases(batch):
                _line({"id": case["id"], **answered(case["text"])})
            return
        found = answered(text or "")
        if as_json:
            _line(found)
            return
        typer.echo(found["text"] if found["answered"] else "资料库里没有找到依据。")
        for one in found["citations"]:
            typer.echo(f"  — {one['document']} {one['clause']}：{one['quote']}")


async def _names(keeper: IndexKeeper) -> dict[str, str]:
    return await keeper.names()


async def _get(session: Any, given: str) -> Document:
    try:
        return await get_document(session, given)
    except NotFound:
        raise Refused(f"no document {given}; `lianluo kb list` shows all") from None


def _cases(batch: Path) -> Iterator[dict[str, Any]]:
    try:
        lines = batch.read_text(encoding="utf-8").splitlines()
    except OSError as error:
        raise Refused(f"{batch}: {error.strerror}") from None
    for number, line in enumerate(lines, 1):
        if line.strip():
            try:
                case = json.loads(line)
                yield {"id": case["id"], "text": case["text"]}
            except (ValueError, KeyError, TypeError):
                raise Refused(f'{batch} line {number} is not {{"id","text"}}') from None


def _timed(act: Any) -> tuple[Any, float]:
    started = time.perf_counter()
    result = act()
    return result, round((time.perf_counter() - started) * 1000, 2)


def _hit(one: Any, names: dict[str, str]) -> dict[str, Any]:
    return {
        "document": names.get(one.document_id, ""),
        "passage_id": one.passage_id,
        "text": one.text,
        "clause": one.clause,
        "score": round(one.score, 4),
    }


def _described(one: Document) -> dict[str, Any]:
    return {
        "id": one.id,
        "name": one.name,
        "title": one.title,
        "access": one.access,
        "state": one.state,
        "collection": one.collection,
        "issuer": one.issuer,
        "number": one.number,
        "issued_on": one.issued_on.isoformat() if one.issued_on else None,
        "published_on": one.published_on.isoformat() if one.published_on else None,
        "warnings": one.warnings,
    }


def _line(value: Any) -> None:
    print(json.dumps(value, ensure_ascii=False), flush=False)


def _now() -> datetime:
    return datetime.now(UTC)

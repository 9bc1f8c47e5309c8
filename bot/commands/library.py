"""`lianluo kb`: the library from the command line."""

import asyncio
import json
import time
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import typer

from bot.answering import citations_json, conflicts_json
from bot.commands.database import prepare
from bot.commands.refusals import Refused, WrongUse
from bot.keeping import IndexKeeper, Inquiry
from bot.settings import Settings
from services.db import Database
from services.errands import Work, promise
from services.errors import NotFound, Refusal
from services.library.removing import erase_now, retire
from services.library.shelving import Shelf, get_document, list_documents, shelve, shelve_many
from services.models import Document
from services.models.documents import ACCESS_LEVELS

PASSAGE_BATCH = 500


async def import_paths(
    settings: Settings, paths: Sequence[Path], *, access: str, collection: str, passages: bool
) -> None:
    """Read files in, tell what became of each, and bring the index in line."""
    files = list(_files(paths, passages))
    if not files:
        raise Refused("nothing to import: no file of a known type at " + ", ".join(str(path) for path in paths))
    try:
        shelf = Shelf(access, collection)
    except Refusal:
        raise WrongUse(f"--access {access}: one of {', '.join(ACCESS_LEVELS)}") from None
    failed = 0
    async with _database(settings) as database:
        with _progress() as progress:
            task = progress.add_task("reading", total=len(files))
            for file in files:
                failed += not await _import_one(database, settings, file, shelf, passages)
                progress.advance(task)
        await _sync(settings, database)
    if failed:
        others = "; the others are in" if failed < len(files) else ""
        raise Refused(f"{failed} of {len(files)} files were not imported{others}")


async def list_all(settings: Settings, *, as_json: bool) -> None:
    """Print the shelf."""
    async with _database(settings) as database, database.reading() as session:
        documents = await list_documents(session, ACCESS_LEVELS, limit=100_000)
    if as_json:
        typer.echo(json.dumps([_described(one) for one in documents], ensure_ascii=False))
        return
    for one in documents:
        typer.echo(f"{one.id:>5}  {one.access:<11} {one.state:<10} {one.name}  《{one.title}》")
    typer.echo(f"{len(documents)} documents")


async def show(settings: Settings, given: str) -> None:
    """Print a document's particulars and its passages with their places."""
    async with _database(settings) as database, database.reading() as session:
        document = await _get(session, given)
        await session.refresh(document, ["passages"])
        typer.echo(json.dumps(_described(document), ensure_ascii=False, indent=1))
        for passage in document.passages:
            typer.echo(f"\n[{passage.id}] {' / '.join(passage.path)}  {passage.clause}\n{passage.text}")


async def remove(settings: Settings, given: str) -> None:
    """Take a document off the shelf and its bytes out of the index."""
    async with _database(settings) as database:
        async with database.transaction() as session:
            document = await _get(session, given)
            document_id, name = document.id, document.name
            retire(session, document, by=None, now=_now())
        removed = await erase_now(database, document_id, _now())
        assert removed is not None  # nobody else removes what was standing a moment ago
        await _sync(settings, database)
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
            answer, ms = _timed(lambda: keeper.answer_now(Inquiry(words, (), None, today)))
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


async def _import_one(database: Database, settings: Settings, file: Path, shelf: Shelf, passages: bool) -> bool:
    from bot.comparing import find_likeness
    from knowledge.errors import KnowledgeError
    from knowledge.shingles import marks_of

    try:
        if passages:
            typer.echo(f"{file}: {await _import_passages(database, file, shelf)} documents")
            return True
        read = await asyncio.to_thread(_read, settings, file)
    except (KnowledgeError, Refused, OSError) as error:
        typer.echo(f"{file}: {_why(error)}", err=True)
        return False
    marks = await asyncio.to_thread(marks_of, read.text)
    alike = await find_likeness(database, read, marks)
    async with database.transaction() as session:
        shelved = await shelve(session, read, shelf, now=_now(), marks=marks)
    typer.echo(f"{file.name}: {shelved.outcome}, {shelved.passages} passages, 《{shelved.title}》")
    if alike and shelved.outcome == "new" and alike.likeness.is_alike:
        share = round(alike.likeness.share * 100)
        typer.echo(
            f"  look: {share} % of its words are those of {alike.document_id} 《{alike.title}》, which stays too"
        )
    return True


async def _import_passages(database: Database, file: Path, shelf: Shelf) -> int:
    from knowledge.reading import read_text

    count, reads = 0, []
    for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
            reads.append(read_text(str(row["id"]), str(row.get("title") or ""), str(row["text"]), True))
        except (ValueError, KeyError, TypeError):
            raise Refused(f'line {number} is not {{"id","title","text"}}') from None
        if len(reads) >= PASSAGE_BATCH:
            count, reads = count + await _shelve_many(database, reads, shelf), []
    return count + await _shelve_many(database, reads, shelf)


async def _shelve_many(database: Database, reads: list[Any], shelf: Shelf) -> int:
    async with database.transaction() as session:
        return await shelve_many(session, reads, shelf, now=_now())


def _read(settings: Settings, file: Path) -> Any:
    from bot.keeping import read_limits
    from knowledge.reading import read_file

    return read_file(file, read_limits(settings.knowledge))


def _why(error: Exception) -> str:
    from knowledge.errors import FileTooLarge, UnreadableFile, UnsupportedType

    if isinstance(error, FileTooLarge):
        return f"larger than {error.limit_bytes // 1_000_000} MB (knowledge.max_file_mb)"
    if isinstance(error, UnsupportedType):
        return f"type {error.suffix or 'without suffix'} is not read; known: {', '.join(error.supported)}"
    if isinstance(error, UnreadableFile):
        return f"cannot be read: {error.reason.replace('_', ' ')}"
    if isinstance(error, OSError):
        return error.strerror or "cannot be opened"
    return str(error)


async def _sync(settings: Settings, database: Database) -> None:
    """Bring the index in line now, or leave it to the process that owns it."""
    from knowledge.errors import IndexBusy

    keeper = IndexKeeper(database, settings.knowledge, settings.llm, settings.embedding)
    try:
        await keeper.open(warm=False)
    except IndexBusy:
        async with database.transaction() as session:
            await promise(session, Work("sync_index", {}), now=_now())
        typer.echo("the running assistant takes the change into its index", err=True)
        return
    try:
        if await keeper.sync():
            from bot.commands.trials import evaluate_after_import

            await evaluate_after_import(settings, keeper, database)
    finally:
        await keeper.close()


@asynccontextmanager
async def _database(settings: Settings) -> AsyncIterator[Database]:
    await prepare(settings)
    database = Database(settings.database.url)
    try:
        yield database
    finally:
        await database.dispose()


@asynccontextmanager
async def open_keeper(settings: Settings) -> AsyncIterator[IndexKeeper]:
    """The index, brought in line; refused while another process owns it."""
    from knowledge.errors import IndexBusy

    async with _database(settings) as database:
        keeper = IndexKeeper(database, settings.knowledge, settings.llm, settings.embedding)
        try:
            await keeper.open()
        except IndexBusy as busy:
            raise Refused(
                f"Another process uses knowledge.dir = {busy.directory}; stop it or ask it in chat."
            ) from None
        try:
            await keeper.sync()
            yield keeper
        finally:
            await keeper.close()


async def _names(keeper: IndexKeeper) -> dict[str, str]:
    return await keeper.names()


async def _get(session: Any, given: str) -> Document:
    try:
        return await get_document(session, given)
    except NotFound:
        raise Refused(f"no document {given}; `lianluo kb list` shows all") from None


def _files(paths: Sequence[Path], passages: bool) -> Iterator[Path]:
    from knowledge.reading import SUPPORTED

    for path in paths:
        if path.is_dir():
            wanted = {".jsonl"} if passages else set(SUPPORTED)
            yield from sorted(one for one in path.rglob("*") if one.is_file() and one.suffix.lower() in wanted)
        else:
            yield path


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


def _progress() -> Any:
    from rich.console import Console
    from rich.progress import Progress

    return Progress(console=Console(stderr=True), transient=True)


def _now() -> datetime:
    return datetime.now(UTC)

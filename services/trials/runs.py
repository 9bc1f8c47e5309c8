"""Runs over the regression set: what is expected today, what came of it, what differs from the run before."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any, get_args

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from knowledge.language.folding import bare
from services.models import Document, TrialCase, TrialRun
from services.trials.judging import Cited, Expected, Verdict, plain_words


@dataclass(frozen=True)
class Trial:
    """A case as a run asks it."""

    case_id: int
    text: str
    earlier: tuple[str, ...]
    access: str
    expects: str
    expected: tuple[Expected, ...]


@dataclass(frozen=True)
class Result:
    """What came of one case. The place is the first one cited."""

    case_id: int
    verdict: Verdict
    outcome: str
    document_id: int | None = None
    clause: str = ""


@dataclass(frozen=True)
class Difference:
    """A case that came out otherwise than in the run before, or wrong in its first; `places` were expected."""

    number: int
    text: str
    expects: str
    places: tuple[str, ...]
    outcome: str
    instead: str


@dataclass(frozen=True)
class Comparison:
    """A run beside the one before it."""

    asked: int
    counts: dict[str, int]
    is_first: bool
    now_wrong: tuple[Difference, ...]
    still_wrong: tuple[Difference, ...]
    now_right: tuple[Difference, ...]
    now_changed: tuple[Difference, ...]
    now_void: tuple[Difference, ...]

    @property
    def is_same(self) -> bool:
        """Nothing that the secretariat would want to hear of."""
        return not (self.now_wrong or self.now_right or self.now_changed or self.now_void)

    def as_values(self) -> dict[str, Any]:
        """JSON for a message."""
        return asdict(self)


async def load_trials(session: AsyncSession) -> list[Trial]:
    """Every kept case with its expectation in today's library: a replaced document stands for its newest version."""
    cases = list(await session.scalars(select(TrialCase).where(TrialCase.state == "kept").order_by(TrialCase.id)))
    return [
        Trial(
            case.id,
            case.text,
            tuple(case.earlier),
            case.access,
            case.expects,
            tuple([await _expected(session, one) for one in case.evidence]),
        )
        for case in cases
    ]


async def record_run(
    session: AsyncSession, results: Sequence[Result], *, cause: str, by: int | None, took_ms: int, now: datetime
) -> TrialRun:
    """Store a run; stored runs are never changed."""
    rows = [asdict(one) for one in results]
    run = TrialRun(cause=cause, asked_by=by, ran_at=now, took_ms=took_ms, results=rows)
    session.add(run)
    await session.flush()
    return run


async def compare_run(session: AsyncSession, run: TrialRun) -> Comparison:
    """The run beside the one before it; a case that the earlier run did not have counts when it is wrong."""
    before = await session.scalar(select(TrialRun).where(TrialRun.id < run.id).order_by(TrialRun.id.desc()).limit(1))
    then = {int(one["case_id"]): str(one["verdict"]) for one in before.results} if before else {}
    ids = [int(one["case_id"]) for one in run.results]
    cases = {one.id: one for one in await session.scalars(select(TrialCase).where(TrialCase.id.in_(ids)))}
    documents = await _documents(session, run, cases.values())
    turned: dict[str, list[Difference]] = {"wrong": [], "right": [], "changed": [], "void": [], "still": []}
    for one in run.results:
        case = cases.get(int(one["case_id"]))
        kind = _turn(str(one["verdict"]), then.get(int(one["case_id"])))
        if case is not None and kind:
            turned[kind].append(_difference(case, one, documents))
    counts = Counter(str(one["verdict"]) for one in run.results)
    return Comparison(
        len(run.results),
        {verdict: counts[verdict] for verdict in get_args(Verdict)},
        before is None,
        tuple(turned["wrong"]),
        tuple(turned["still"]),
        tuple(turned["right"]),
        tuple(turned["changed"]),
        tuple(turned["void"]),
    )


def _turn(verdict: str, was: str | None) -> str:
    """Under which heading a case is told; empty for one that is as good as before."""
    if verdict == was:
        return "still" if verdict == "wrong" else ""
    return "" if verdict == "right" and was in (None, "changed") else verdict


async def last_verdicts(session: AsyncSession) -> dict[int, str]:
    """The newest run's verdict on each case."""
    run = await session.scalar(select(TrialRun).order_by(TrialRun.id.desc()).limit(1))
    return {int(one["case_id"]): str(one["verdict"]) for one in run.results} if run else {}


def place_of(one: Mapping[str, Any], titles: Mapping[int, str]) -> str:
    """《Title》clause of an expected place, by the file's name when the document is gone."""
    return f"《{titles.get(int(one['document_id'])) or one['document']}》{one['clause']}"


async def titles_of(session: AsyncSession, cases: Sequence[TrialCase]) -> dict[int, str]:
    """Titles of the documents that these cases expect."""
    ids = {int(place["document_id"]) for one in cases for place in one.evidence}
    found = await session.execute(select(Document.id, Document.title).where(Document.id.in_(ids)))
    return {row[0]: row[1] for row in found}


def cited_by(answer: Any) -> list[Cited]:
    """What a `knowledge.answers.answering.Answer` rests on."""
    return [Cited(int(one.document_id), one.clause, one.quote) for one in answer.citations]


async def _expected(session: AsyncSession, place: Mapping[str, Any]) -> Expected:
    standing = await _descendants(session, int(place["document_id"]), str(place["document"]))
    quote = plain_words(str(place["quote"]))
    stands = bool(quote) and any(quote in bare(one.text) for one in standing if one.state == "current")
    return Expected(frozenset(one.id for one in standing), str(place["clause"]), str(place["quote"]), stands)


async def _descendants(session: AsyncSession, document_id: int, name: str) -> list[Document]:
    """The document, what followed it, and what stands under its name today; removed ones left out."""
    found: dict[int, Document] = {}
    follows: int | None = document_id
    while follows is not None and follows not in found:
        document = await session.get(Document, follows)
        if document is None:
            break
        found[document.id], follows = document, document.successor_id
    namesakes = await session.scalars(select(Document).where(Document.name == name, Document.state == "current"))
    found |= {one.id: one for one in namesakes}
    return [one for one in found.values() if one.state != "removed"]


async def _documents(session: AsyncSession, run: TrialRun, cases: Any) -> dict[int, str]:
    titles = await titles_of(session, list(cases))
    ids = {int(one["document_id"]) for one in run.results if one["document_id"]}
    found = await session.execute(select(Document.id, Document.title).where(Document.id.in_(ids)))
    return titles | {row[0]: row[1] for row in found}


def _difference(case: TrialCase, result: Mapping[str, Any], titles: Mapping[int, str]) -> Difference:
    places = tuple(dict.fromkeys(place_of(one, titles) for one in case.evidence))
    instead = f"《{titles.get(int(result['document_id']), '')}》{result['clause']}" if result["document_id"] else ""
    return Difference(case.id, case.text, case.expects, places, str(result["outcome"]), instead)

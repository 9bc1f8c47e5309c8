"""The 简报 as Markdown: the same sentences and tables, for reading in a terminal or pasting elsewhere."""

import re
from collections.abc import Iterable, Sequence
from zoneinfo import ZoneInfo

from services.digests.briefing.rows import decision_rows, figure_rows, supply_rows, task_rows
from services.digests.briefing.tables import Cell
from services.digests.figures.digest import Digest
from services.digests.text.figures import figure_paragraphs, headline_figures
from services.digests.text.literal import literal
from services.digests.text.prose import (
    Say,
    decision_counts,
    engagement_sentence,
    filing_sentence,
    light_counts,
    named,
    no_supply,
    problem_counts,
    supply_notes,
    supply_sentence,
    t,
)

_SPECIAL = re.compile(r"([\\`*_\[\]<>#|])")


def as_markdown(say: Say, digest: Digest, zone: ZoneInfo) -> str:
    """The whole digest; what members wrote is escaped, so it stays text."""
    issue, cutoff = digest.issue, digest.cutoff.astimezone(zone)
    day = issue.dated
    dated = say(t("dated"), year=day.year, month=day.month, day=day.day)
    number = say(t("issue_number"), number=issue.number, total=issue.total_number)
    parts = [
        say(t("md_title"), title=_plain(issue.title), period=digest.period.label),
        say(t("md_issue"), issue=number, draft=issue.is_draft, office=_plain(issue.office), dated=dated),
        _head(say, "filing"),
        filing_sentence(say, digest)
        + say(t("cutoff"), year=cutoff.year, month=cutoff.month, day=cutoff.day, time=f"{cutoff:%H:%M}")
        + (engagement_sentence(say, digest) if digest.engagement is not None else ""),
        _head(say, "figures"),
        *("".join(found) for found in figure_paragraphs(say, digest)),
        _table(say, "figures", figure_rows(say, headline_figures(digest), {})),
        _head(say, "tasks"),
        light_counts(say, digest) if digest.tasks else say(t("none_tasks")),
        _table(say, "tasks", task_rows(say, digest.tasks, digest.period)),
        _head(say, "highlights"),
        *_numbered(say, "highlight", digest.highlights),
        _head(say, "problems"),
        *_problems(say, digest),
        *_supply(say, digest),
        _head(say, "decisions"),
        decision_counts(say, digest) if digest.decisions else say(t("none_decisions")),
        _table(say, "decisions", decision_rows(say, digest.decisions)),
        _head(say, "next"),
        *_numbered(say, "step", digest.next_steps),
    ]
    return "\n\n".join(part for part in parts if part) + "\n"


def _head(say: Say, name: str) -> str:
    return "## " + say(t(f"section_{name}"))


def _numbered(say: Say, key: str, sentences: Sequence[object]) -> Iterable[str]:
    if not sentences:
        yield say(t("none_next" if key == "step" else "none_highlights"))
    for number, one in enumerate(sentences, start=1):
        text, drafted = _plain(one.text), one.drafted  # type: ignore[attr-defined]
        yield say(t(key), number=number, unit=_plain(named(one)), text=text, drafted=drafted)  # type: ignore[arg-type]


def _problems(say: Say, digest: Digest) -> Iterable[str]:
    if not digest.problems:
        yield say(t("none_problems"))
        return
    yield problem_counts(say, digest)
    for number, one in enumerate(digest.problems, start=1):
        yield say(
            t("problem"),
            number=number,
            text=_plain(one.sentence.text.rstrip("。；;")),
            unit=_plain(named(one.sentence)),
            flagged=one.flagged,
            owner=_plain(one.proposed_unit or ""),
            drafted=one.sentence.drafted,
        )


def _supply(say: Say, digest: Digest) -> Iterable[str]:
    yield _head(say, "supply")
    if digest.balance is None or not digest.balance.classes:
        yield no_supply(say, digest)
        return
    yield supply_sentence(say, digest)
    yield from supply_notes(say, digest)
    yield _table(say, "supply", supply_rows(say, digest))


def _table(say: Say, name: str, rows: Sequence[Sequence[Cell]]) -> str:
    if not rows:
        return ""
    head = say(t(f"head_{name}")).split("|")
    lines = [" | ".join(head), " | ".join("---" for _ in head)]
    lines += [" | ".join(_plain(cell.text.replace("\n", "")) for cell in row) for row in rows]
    return "\n".join(f"| {line} |" for line in lines)


def _plain(text: str) -> str:
    return _SPECIAL.sub(r"\\\1", " ".join(literal(text).split()))

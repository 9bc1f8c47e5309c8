"""A digest out of facts: pure, made in a thread. Same facts, cut-off and composed sentences: same digest."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from services.checkins.form import Form
from services.digests.figures.cube import cube_of_columns
from services.digests.figures.digest import Audience, Digest, Issue, Problem, Sentence
from services.digests.figures.engagement import engagement
from services.digests.figures.engine import Engine
from services.digests.figures.filing import filing
from services.digests.figures.readers import for_reader
from services.digests.figures.reconciliation import disagreements
from services.digests.figures.replies import TextReply
from services.digests.issuing.around import Around
from services.digests.issuing.collecting import Facts
from services.digests.issuing.targets import targets_for, task_lines
from services.digests.settings import DigestSettings
from services.digests.text.composing import Draft, Model, compose
from services.digests.text.figures import figure_paragraphs
from services.digests.text.problems import problem_rules, problems
from services.digests.text.prose import Say
from services.digests.text.sentences import highlights, next_steps
from services.digests.workbook.register_rows import register_rows
from services.periods import Period
from services.tasks.settings import TaskSettings
from services.tasks.target import Target

OFFER_STATES = {"posts": 12, "supply": 11}  # where the sheets of offers hold a state, as a code until here
COMPOSED = ("highlights", "next")


@dataclass(frozen=True)
class House:
    """What is the same in every digest of one consortium."""

    consortium: str
    settings: DigestSettings
    tasks: TaskSettings
    forms: tuple[Form, ...]
    zone: ZoneInfo


@dataclass(frozen=True)
class Asked:
    """Which digest: the period, whether only accepted reports count, up to when."""

    period: Period
    accepted_only: bool
    cutoff: datetime


@dataclass(frozen=True)
class Numbers:
    """What an issue was given; without, it is a draft."""

    number: int
    total_number: int
    issued_on: date


@dataclass(frozen=True)
class Made:
    """A digest in full, the engine that opens its figures, and the texts behind its sentences."""

    digest: Digest
    engine: Engine
    texts: tuple[TextReply, ...]
    registers: Mapping[str, Sequence[Sequence[object]]] = field(default_factory=dict)


def engine_of(house: House, facts: Facts, asked: Asked, targets: Iterable[Target] = ()) -> Engine:
    """The engine over all replies that count."""
    cube = cube_of_columns(
        facts.columns,
        facts.units,
        facts.obligations,
        cutoff=asked.cutoff,
        accepted_only=asked.accepted_only,
    )
    return Engine(cube, house.forms, targets_for(targets, asked.period), house.tasks, asked.cutoff)


def make_digest(house: House, facts: Facts, around: Around, asked: Asked, say: Say) -> Made:
    """The secretariat's digest, in selected sentences; `composed_by` and `seen_by` go on from here."""
    engine = engine_of(house, facts, asked, around.targets)
    period, office = asked.period, house.settings.office
    figures = engine.figures(period)
    settings, day = house.settings, asked.cutoff.astimezone(house.zone).date()
    issue = Issue(
        title=settings.title,
        office=office or say("digest_document.office_of", consortium=house.consortium),
        number=0,
        total_number=0,
        dated=day,
        report_to=settings.report_to,
        send_to=settings.send_to,
        distribute_to=settings.distribute_to,
        copies=settings.copies,
    )
    months = {str(month) for month in period.months}
    digest = Digest(
        consortium=house.consortium,
        period=period,
        issue=issue,
        cutoff=asked.cutoff,
        day=day,
        audience=Audience.SECRETARIAT,
        filing=filing(facts.obligations, period, cutoff=asked.cutoff),
        figures=figures,
        tasks=task_lines(around, figures, engine.judged_on(period), house.tasks),
        highlights=highlights(around.texts),
        problems=problems(around.texts, problem_rules(), facts.bureaus),
        balance=around.market.balance if around.market else None,
        class_names=around.market.names if around.market else {},
        market=around.market,
        decisions=around.decisions,
        next_steps=next_steps(around.texts),
        corrections=around.corrections,
        disagreements=disagreements(figures),
        engagement=engagement(engine, facts.obligations, period, asked.cutoff),
        accepted_only=asked.accepted_only,
        unreviewed=sum(month in months for _, month in facts.unreviewed),
    )
    registers: dict[str, list[list[Any]]] = {
        **{name: [list(row) for row in rows] for name, rows in around.registers.items()},
        **register_rows(around.kept, day, say),
    }
    registers["needs"] = [*_needs(digest.problems, around.texts, say), *registers["tech_needs"]]
    for name, at in OFFER_STATES.items():
        registers[name] = [_with_state(row, at, say) for row in registers.get(name, ())]
    return Made(digest, engine, around.texts, registers)


def numbered(made: Made, numbers: Numbers) -> Made:
    """The same as an issue: with its numbers, and no longer marked a draft."""
    issue = replace(
        made.digest.issue,
        number=numbers.number,
        total_number=numbers.total_number,
        dated=numbers.issued_on,
        issued_on=numbers.issued_on,
    )
    return replace(made, digest=replace(made.digest, issue=issue))


def seen_by(made: Made, audience: Audience) -> Made:
    """What that reader may have of it."""
    return replace(made, digest=for_reader(made.digest, audience))


def compose_sections(made: Made, facts: Facts, model: Model, say: Say) -> dict[str, list[dict[str, object]]]:
    """Sentences of a model by section, only those that stand on replies; JSON types, to be kept with the draft."""
    names = [unit.name for unit in facts.units]
    quoted = [text for found in figure_paragraphs(say, made.digest) for text in found]
    keys = {"highlights": "highlights", "next": "next_plan"}
    found: dict[str, list[dict[str, object]]] = {}
    for section in COMPOSED:
        texts = [one for one in made.texts if one.key == keys[section]]
        sentences = compose(model, say, Draft(section, texts, quoted, names))
        found[section] = [
            {"text": one.text, "replies": list(one.reply_ids), "units": list(one.units)} for one in sentences
        ]
    return found


def with_composed(made: Made, composed: Mapping[str, Sequence[Mapping[str, object]]]) -> Made:
    """The sentences of a model in the place of the selected ones, where any are left."""
    lead, steps = (_sentences(composed.get(section, ())) for section in COMPOSED)
    digest = made.digest
    return replace(
        made,
        digest=replace(digest, highlights=lead or digest.highlights, next_steps=steps or digest.next_steps),
    )


def _sentences(kept: Sequence[Mapping[str, object]]) -> tuple[Sentence, ...]:
    return tuple(
        Sentence(str(one["text"]), tuple(one["replies"]), tuple(one["units"]), drafted=True)  # type: ignore[arg-type]
        for one in kept
    )


def _with_state(row: Sequence[object], at: int, say: Say) -> list[object]:
    return [say(f"digest_ledger.offer_{value}") if place == at else value for place, value in enumerate(row)]


def _needs(found: Iterable[Problem], texts: Iterable[TextReply], say: Say) -> list[list[object]]:
    """Problems as the ledger's sheet of needs has its columns."""
    months = {one.reply_id: str(one.period) for one in texts}
    rows: list[list[object]] = []
    for one in found:
        unit, reply = "、".join(one.sentence.units), one.sentence.reply_ids[0]
        word = say(f"digest_document.category_{one.category}")
        flagged = say("digest_ledger.flagged") if one.flagged else ""
        rows.append([unit, months.get(reply, ""), word, one.sentence.text, flagged, one.proposed_unit or "", "", ""])
    return rows

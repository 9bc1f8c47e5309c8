"""A digest out of facts: pure, made in a thread. Same facts, cut-off and composed sentences: same digest."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from itertools import groupby
from typing import Any
from zoneinfo import ZoneInfo

from services.checkins.form import Form
from services.digests.around import Around
from services.digests.collecting import Facts
from services.digests.composing import Draft, Model, compose
from services.digests.cube import cube_of_columns
from services.digests.digest import Audience, Digest, Issue, Problem, Sentence, TaskLine
from services.digests.engagement import engagement
from services.digests.engine import Engine
from services.digests.figures import Figure
from services.digests.filing import filing
from services.digests.problems import problem_rules, problems
from services.digests.prose import Say, figure_paragraphs
from services.digests.readers import for_reader
from services.digests.reconciliation import disagreements
from services.digests.register_rows import register_rows
from services.digests.replies import TextReply
from services.digests.sentences import highlights, next_steps
from services.digests.settings import DigestSettings
from services.digests.shown import digits
from services.periods import Period
from services.tasks.settings import TaskSettings
from services.tasks.status import TargetStatus, status_of, task_colour
from services.tasks.target import Operator, Target

SIGNS = {Operator.AT_LEAST: "≥", Operator.AT_MOST: "≤", Operator.EXACTLY: "="}
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
    settings = house.settings
    issue = Issue(
        title=settings.title,
        office=office or say("digest_document.office_of", consortium=house.consortium),
        number=0,
        total_number=0,
        dated=asked.cutoff.astimezone(house.zone).date(),
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
        **register_rows(around.kept, issue.dated, say),
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


def targets_for(targets: Iterable[Target], period: Period) -> dict[str, Target]:
    """The target of each figure that counts in the period: the next one due, else the last one that was."""
    found: dict[str, Target] = {}
    for target in targets:
        if target.operator in (Operator.QUALITATIVE, Operator.PARAMETER):
            continue
        other = found.get(target.key)
        if other is None or _nearness(target, period) < _nearness(other, period):
            found[target.key] = target
    return found


def _nearness(target: Target, period: Period) -> tuple[int, int]:
    """Targets still to be reached before those past due, the nearest of them first; without a date last."""
    if target.due_on is None:
        return (1, 0)
    days = (target.due_on - period.last_day).days
    return (0, days) if days >= 0 else (2, -days)


def task_lines(around: Around, figures: Iterable[Figure], as_of: date, settings: TaskSettings) -> tuple[TaskLine, ...]:
    """The plan's tasks with their lights. A target that replies measure is lit by them, others by what was reported."""
    measured = {one.status.target.id: one.status for one in figures if one.status is not None}
    ordered = sorted((one for one in around.targets if one.task is not None), key=lambda one: one.task or 0)
    found = []
    for number, (task, group) in enumerate(groupby(ordered, key=lambda one: one.task), start=1):
        targets = list(group)
        statuses = [
            measured.get(one.id) or status_of(one, around.reached.get(one.id), as_of, settings) for one in targets
        ]
        found.append(_task_line(number, task or 0, targets, [one for one in statuses if one is not None]))
    return tuple(found)


def _task_line(number: int, task: int, targets: list[Target], statuses: list[TargetStatus]) -> TaskLine:
    known = [one for one in statuses if one.completion is not None]
    worst = min(known, key=lambda one: one.completion or 0, default=None)
    return TaskLine(
        number=str(number),
        task_no=str(task),
        title=next((one.task_title for one in targets if one.task_title), targets[0].label),
        indicator="；".join(dict.fromkeys(one.label for one in targets)),
        target="；".join(told for one in targets if (told := _told(one))),
        due_on=max((one.due_on for one in targets if one.due_on), default=None),
        owners=tuple(dict.fromkeys(unit for one in targets for unit in one.responsible)),
        co_owners=tuple(dict.fromkeys(unit for one in targets for unit in one.co_responsible)),
        completion=_percent(worst.completion if worst else None),
        schedule=_percent(worst.elapsed if worst else None),
        light=task_colour(statuses),
    )


def _told(target: Target) -> str:
    if target.value is None:
        return ""
    return f"{SIGNS.get(target.operator, '')}{digits(target.value, 2)}{target.unit}"


def _percent(share: Fraction | None) -> Decimal | None:
    return None if share is None else Decimal(100 * share.numerator) / share.denominator


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

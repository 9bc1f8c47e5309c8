"""Where a plan contradicts itself. Both places are shown; which one counts is for the secretariat to say."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from services.tasks.target import Target


class ConflictKind(StrEnum):
    """What differs, or that the table itself says so."""

    VALUE = "value"
    DUE = "due"
    DECLARED = "declared"


@dataclass(frozen=True)
class Conflict:
    """Targets of one indicator that cannot all hold, in the plan's order; `undated` say the same without a date."""

    kind: ConflictKind
    key: str
    targets: tuple[Target, ...]
    undated: tuple[Target, ...] = ()


def find_conflicts(targets: Sequence[Target]) -> tuple[Conflict, ...]:
    """All contradictions: one indicator, one date, different figures; or one figure with different dates.

    One figure at two dates is no contradiction when the stages differ (建设打造 by 2024, 建成 by 2025): that is a plan.
    """
    by_key: dict[str, list[Target]] = defaultdict(list)
    for target in targets:
        if target.is_measured:
            by_key[target.key].append(target)
    found = [conflict for key, group in by_key.items() for conflict in _of_key(key, group)]
    return (*found, *_declared(targets, found))


def _of_key(key: str, group: list[Target]) -> Iterable[Conflict]:
    by_due: dict[object, list[Target]] = defaultdict(list)
    by_value: dict[object, list[Target]] = defaultdict(list)
    for target in group:
        if target.due_on:
            by_due[target.due_on, target.cadence].append(target)
        by_value[target.value, target.operator, target.cadence].append(target)
    for same_due in by_due.values():
        if len({(target.value, target.operator) for target in same_due}) > 1:
            yield Conflict(ConflictKind.VALUE, key, tuple(same_due))
    for same_value in by_value.values():
        dated = [target for target in same_value if target.due_on]
        for stage in dict.fromkeys(_stage(target) for target in dated):
            alike = [target for target in dated if _stage(target) == stage]
            if len({target.due_on for target in alike}) > 1:
                undated = tuple(target for target in same_value if not target.due_on)
                yield Conflict(ConflictKind.DUE, key, tuple(alike), undated)


def _stage(target: Target) -> str:
    """Built or being built; what is said of neither counts as built."""
    said = target.stage or target.quote
    building = any(word in said for word in ("打造", "筹建", "启动", "推进"))
    return "building" if building and "建成" not in said else "built"


def _declared(targets: Sequence[Target], found: list[Conflict]) -> Iterable[Conflict]:
    """Contradictions that the table names and that no rule found."""
    by_id = {target.id: target for target in targets}
    known = [{target.id for target in conflict.targets} for conflict in found]
    for target in targets:
        other = by_id.get(target.declared_conflict)
        if other and not any({target.id, other.id} <= ids for ids in known):
            known.append({target.id, other.id})
            yield Conflict(ConflictKind.DECLARED, target.key, (target, other))

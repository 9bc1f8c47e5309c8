"""A digest as one JSON value: every figure with its denominator, cut-off, parts and the replies it stands on."""

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any

from services.digests.figures.digest import Audience, Digest, Problem, Sentence
from services.digests.figures.engine import Engine
from services.digests.figures.figure import Change, Figure


def as_json(digest: Digest, engine: Engine | None = None) -> dict[str, Any]:
    """Plain values only. With the engine, and for the secretariat, each figure lists its reply ids."""
    private = digest.audience is Audience.SECRETARIAT
    opened = engine if private else None
    filing = digest.filing
    return {
        "consortium": digest.consortium,
        "period": str(digest.period),
        "cutoff": digest.cutoff.isoformat(),
        "audience": digest.audience.value,
        "issue": {
            "number": digest.issue.number,
            "total_number": digest.issue.total_number,
            "draft": digest.issue.is_draft,
        },
        "filing": {
            "units": filing.units,
            "due": filing.due,
            "reported": filing.reported,
            "late": filing.late,
            "exempt": filing.exempt,
            "missing": len(filing.missing),
        }
        | ({"missing_units": [[unit.name, str(month)] for unit, month in filing.missing]} if private else {}),
        "figures": [_figure(one, opened, private) for one in digest.figures],
        "lights": {light.value: count for light, count in digest.lights.items()},
        "tasks": [
            {"task": one.task_no, "title": one.title, "light": one.light.value, "completion": _number(one.completion)}
            for one in digest.tasks
        ],
        "highlights": [_sentence(one) for one in digest.highlights],
        "problems": [_problem(one) for one in digest.problems],
        "next_steps": [_sentence(one) for one in digest.next_steps],
        "supply": _supply(digest),
        "decisions": [
            {"number": one.number, "text": one.text, "status": one.status, "overdue": one.is_overdue}
            for one in digest.decisions
        ],
        "corrections": [
            {
                "unit": one.unit.name,
                "period": str(one.period),
                "key": one.key,
                "old": _number(one.old),
                "new": _number(one.new),
                "late": one.is_late,
            }
            for one in digest.corrections
            if private
        ],
        "disagreements": [
            {
                "school": one.school.key,
                "enterprise": one.enterprise.key,
                "gap": _number(one.gap),
                "gap_percent": _number(one.gap_percent),
            }
            for one in digest.disagreements
            if private
        ],
    }


def _figure(one: Figure, engine: Engine | None, private: bool) -> dict[str, Any]:
    status = one.status
    told: dict[str, Any] = {
        "key": one.key,
        "form": one.form,
        "label": one.label,
        "unit": one.unit,
        "value": _number(one.value),
        "ytd": _number(one.ytd),
        "mom": _change(one.mom),
        "yoy": _change(one.yoy),
        "ytd_yoy": _change(one.ytd_yoy),
        "parts": [_number(part) for part in one.parts] if one.parts else None,
        "n_reported": one.n_reported,
        "n_due": one.n_due,
        "as_of": str(one.as_of) if one.as_of else None,
        "approx": one.approx,
        "withheld": one.withheld,
        "states": {state.value: count for state, count in one.states.items()},
        "target": _number(status.target.value) if status else None,
        "completion": _number(status.completion) if status else None,
        "schedule": _number(status.elapsed) if status else None,
        "schedule_from": status.counted_from.isoformat() if status and status.counted_from else None,
        "light": status.colour.value if status else None,
    }
    if private:
        told["missing_units"] = [unit.name for unit in one.missing_units]
        told["partial_units"] = [unit.name for unit in one.partial_units]
    if engine is not None:
        told["replies"] = sorted({cell.reply_id for cell in engine.sources(one.query)})
    return told


def _change(change: Change | None) -> dict[str, Any] | None:
    if change is None:
        return None
    told: dict[str, Any] = {
        "base": _number(change.base),
        "base_as_of": str(change.base_as_of),
        "difference": _number(change.difference),
        "percent": _number(change.percent),
        "in_points": change.in_points,
    }
    if change.comparable:
        told["comparable"] = {"units": change.comparable.units, **(_change(change.comparable) or {})}
    return told


def _sentence(one: Sentence) -> dict[str, Any]:
    return {"text": one.text, "units": list(one.units), "replies": list(one.reply_ids), "drafted": one.drafted}


def _problem(one: Problem) -> dict[str, Any]:
    return {
        **_sentence(one.sentence),
        "category": one.category,
        "proposed_unit": one.proposed_unit,
        "flagged": one.flagged,
    }


def _supply(digest: Digest) -> Mapping[str, Any] | None:
    found = digest.balance
    if found is None:
        return None
    classes = [
        {
            "code": one.code,
            "name": digest.class_names.get(one.code, one.code),
            "demand": one.demand,
            "supply": one.supply,
            "gap": one.gap,
            "deviation": _number(one.deviation),
            "blank": one.is_blank,
        }
        for one in found.classes
    ]
    rates = {"fit": _number(found.fit), "satisfied": _number(found.satisfied), "covered": _number(found.covered)}
    return {"demand": found.demand, "supply": found.supply, **rates, "classes": classes, **_market(digest)}


def _market(digest: Digest) -> Mapping[str, Any]:
    market = digest.market
    if market is None:
        return {}
    return {
        "as_of": market.as_of.isoformat(),
        "coverage": vars(market.coverage),
        "any_major": market.any_major,
        "mapping_version": market.mapping_version,
        "chains": [{**vars(one), "covered": one.is_covered} for one in market.chains],
    }


def _number(value: Decimal | Fraction | None) -> int | float | None:
    if value is None:
        return None
    return int(value) if value == int(value) else round(float(value), 6)

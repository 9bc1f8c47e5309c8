"""The sentences of a digest, as facts put into the templates that the caller's ``say`` holds. No word lives here."""

from collections import Counter
from collections.abc import Callable
from itertools import groupby
from typing import Any

from services.digests.figures.digest import LIGHT_ORDER, Digest, Sentence
from services.digests.text.shown import digits
from services.lights import Colour
from services.meetings.rules.counting import Completion, ItemRecord, completion
from services.meetings.rules.states import ItemState
from services.tasks.settings import TaskLights
from services.tasks.status import legend

Say = Callable[..., str]
BEHIND = (Colour.RED, Colour.ORANGE, Colour.YELLOW)


def t(name: str) -> str:
    """The key of a text of the 简报."""
    return f"digest_document.{name}"


def filing_sentence(say: Say, digest: Digest) -> str:
    """截至11月底，联合体23家成员单位应报23家、实报21家… A period that still runs is told up to the day."""
    filing, period, day = digest.filing, digest.period, digest.day
    running, last = day < period.last_day, period.months[-1]
    return say(
        t("filing"),
        until=say(t("until_day"), month=day.month, day=day.day) if running else say(t("until_month"), month=last.month),
        units=filing.units,
        due=filing.due,
        reported=filing.reported,
        late=filing.late,
        missing=len(filing.missing),
        exempt=filing.exempt,
        pending=filing.pending,
        reports=period.month is None,
    )


def light_counts(say: Say, digest: Digest) -> str:
    """本期列入跟踪的任务17项，其中绿灯9项…"""
    counts = [{"word": say(t(f"light_{light.value}")), "count": n} for light, n in digest.lights.items()]
    return say(t("lights"), total=len(digest.tasks), counts=counts)


def legend_sentence(say: Say, lights: TaskLights) -> str:
    """What each colour means in the scheme in use, one part for each colour."""
    entries = sorted(legend(lights), key=lambda one: LIGHT_ORDER.index(one.colour))
    parts = [
        {
            "word": say(t(f"light_{colour.value}")),
            "told": [say(t(f"condition_{one.condition.value}"), number=one.number) for one in found],
        }
        for colour, found in groupby(entries, key=lambda one: one.colour)
    ]
    return say(t("legend"), parts=parts)


def behind(digest: Digest) -> tuple[str, ...]:
    """Tasks that show yellow or red."""
    return tuple(task.title for task in digest.tasks if task.light in BEHIND)


def problem_counts(say: Say, digest: Digest) -> str:
    """本期共收到问题与诉求5件，其中资金2件…"""
    counted = Counter(one.category for one in digest.problems)
    counts = [{"word": say(t(f"category_{name}")), "count": n} for name, n in counted.items()]
    flagged = sum(one.flagged for one in digest.problems)
    return say(t("problems"), total=len(digest.problems), counts=counts, flagged=flagged)


def supply_sentence(say: Say, digest: Digest) -> str:
    """Demand, supply and the three rates, without percents where numbers are small."""
    found = digest.balance
    assert found is not None
    return say(
        t("supply"),
        demand=found.demand,
        supply=found.supply,
        fit=digits(found.fit, 1),
        satisfied=digits(found.satisfied, 1),
        covered=digits(found.covered, 1),
        matched=_match_rate(digest),
    )


def no_supply(say: Say, digest: Digest) -> str:
    """Nothing was offered, or what was is that of too few units for this reader."""
    withheld = digest.market is not None and digest.market.is_withheld
    return say(t("withheld_supply" if withheld else "none_supply"))


def supply_notes(say: Say, digest: Digest) -> tuple[str, ...]:
    """Who is behind the counts, as of when, by which approved table; and which chains the schools cover."""
    market = digest.market
    if market is None:
        return ()
    day = {"year": market.as_of.year, "month": market.as_of.month, "day": market.as_of.day}
    facts = {**vars(market.coverage), "any_major": market.any_major, "mapping": market.mapping_version}
    facts["left_out"] = market.left_out
    notes = [say(t("supply_note"), **day, **facts)]
    if market.chains:
        covered = sum(one.is_covered for one in market.chains)
        short = [
            {"name": one.name, "college": one.college, "secondary": one.secondary}
            for one in market.chains
            if not one.is_covered
        ]
        notes.append(say(t("supply_chains"), total=len(market.chains), covered=covered, short=short))
    return tuple(notes)


def _match_rate(digest: Digest) -> str:
    """专业布点匹配率, from the schools' reports."""
    figure = digest.figure("major_match_rate")
    return digits(figure.value, 1) if figure is not None and figure.value is not None else ""


def completion_of(digest: Digest) -> Completion:
    """How far the decisions got, counted as in the meeting's pack."""
    items = (ItemRecord(ItemState(one.status), one.due_on, one.closed_on) for one in digest.decisions)
    return completion(items, digest.day)


def decision_counts(say: Say, digest: Digest) -> str:
    """上次会议议定事项n项，已办结n项…"""
    told = completion_of(digest)
    return say(
        t("decisions"),
        total=told.counted,
        closed=told.closed,
        overdue=told.overdue,
        running=told.ongoing,
        rate=digits(100 * told.closed // told.counted) if told.counted else "",
    )


def engagement_sentence(say: Say, digest: Digest) -> str:
    """校热企冷 in figures, without a judgement."""
    found = digest.engagement
    assert found is not None
    sides: dict[str, Any] = {}
    for name, side in (("school", found.schools), ("firm", found.enterprises)):
        sides[f"{name}_due"], sides[f"{name}_reported"] = side.filing.due, side.filing.reported
        sides[f"{name}_response"] = digits(side.response, 1) or "—"
        sides[f"{name}_timely"] = digits(side.timeliness, 1) or "—"
    return say(
        t("engagement"),
        **sides,
        asked=found.asked,
        offering=found.offering,
        posts=digits(found.posts),
        fill=digits(found.fill_percent, 1),
    )


def named(sentence: Sentence) -> str:
    """The units that a sentence comes from."""
    return "、".join(dict.fromkeys(sentence.units))

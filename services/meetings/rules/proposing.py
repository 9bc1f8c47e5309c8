"""Proposed dates for a quarter's meeting, with what speaks for and against each day."""

from dataclasses import dataclass
from datetime import date, timedelta

from services.calendar.workdays import Workdays
from services.meetings.rules.plan import Concern, ConcernCode, concerns_of, stretch
from services.meetings.rules.timetable import MeetingKind
from services.meetings.settings import MeetingSettings, Season
from services.periods import Period


@dataclass(frozen=True)
class Proposal:
    """A day, what speaks against it (nothing: ideal), and the weight of that. `first_step_on` is its T-15."""

    on: date
    first_step_on: date
    concerns: tuple[Concern, ...]
    weight: int


@dataclass(frozen=True)
class Proposals:
    """The best days first, and the days of the season that were ruled out, each with its reason."""

    best: tuple[Proposal, ...]
    ruled_out: tuple[Concern, ...]


def propose_dates(
    quarter: Period, kind: MeetingKind, settings: MeetingSettings, workdays: Workdays, not_before: date
) -> Proposals:
    """Days for the meeting about that quarter, all of whose steps lie on or after `not_before`."""
    if quarter.quarter is None:
        raise ValueError(f"meetings are quarterly, not {quarter}")
    best: list[Proposal] = []
    ruled_out: list[Concern] = []
    for day in _season_days(quarter, settings.proposals.seasons[quarter.quarter]):
        if not workdays.is_workday(day):
            ruled_out.append(Concern(ConcernCode.NOT_WORKED, day))
        elif workdays.is_makeup_day(day):
            ruled_out.append(Concern(ConcernCode.MAKEUP_DAY, day))
        else:
            proposal = _weigh(day, kind, settings, workdays)
            if proposal.first_step_on >= not_before:
                best.append(proposal)
    return Proposals(tuple(sorted(best, key=lambda proposal: (proposal.weight, proposal.on))), tuple(ruled_out))


def _season_days(quarter: Period, season: Season) -> list[date]:
    year = quarter.year + (season.first.month < quarter.first_day.month)
    first = date(year, season.first.month, season.first.day)
    last = date(year + (season.last.month < season.first.month), season.last.month, season.last.day)
    return [first + timedelta(days=offset) for offset in range((last - first).days + 1)]


def _weigh(day: date, kind: MeetingKind, settings: MeetingSettings, workdays: Workdays) -> Proposal:
    weights = settings.proposals
    dates = {key: workdays.shift(day, offset) for key, offset in settings.timetable[kind].items()}
    concerns = list(concerns_of(day, dates, settings, workdays))
    if workdays.is_holiday(day - timedelta(days=1)) or workdays.is_holiday(day + timedelta(days=1)):
        concerns.append(Concern(ConcernCode.BESIDE_HOLIDAY, day))
    if day.isoweekday() not in weights.weekdays:
        concerns.append(Concern(ConcernCode.WEEKDAY, day))
    weight_of = {
        ConcernCode.BESIDE_HOLIDAY: weights.beside_holiday_weight,
        ConcernCode.STEP_ON_MAKEUP_DAY: weights.makeup_step_weight,
        ConcernCode.WEEKDAY: weights.weekday_weight,
        ConcernCode.UNKNOWN_YEAR: weights.unknown_year_weight,
    }
    weight = sum(weight_of.get(concern.code, 0) for concern in concerns)
    weight += max(stretch(day, dates, workdays), 0) * weights.stretch_weight
    return Proposal(day, min(dates.values()), tuple(concerns), weight)

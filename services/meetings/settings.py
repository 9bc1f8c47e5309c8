"""Every number of the joint meeting: the part `meetings` of the settings.

All of it is proposal or local habit, none of it a rule from a document; texts must not call it 文件规定.
"""

from collections.abc import Mapping
from datetime import time
from fractions import Fraction
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, PlainSerializer, field_validator

from services.meetings.rules.lights import ItemLights
from services.meetings.rules.timetable import DEFAULT_OFFSETS, STEPS, MeetingKind

Timetable = Mapping[MeetingKind, Mapping[str, int]]


def _over_defaults(given: Any) -> Any:
    """The default timetable with single steps moved, added or (`false`) left out."""
    if not isinstance(given, Mapping):
        return given
    merged: dict[str, dict[str, Any]] = {kind.value: dict(steps) for kind, steps in DEFAULT_OFFSETS.items()}
    for kind, steps in given.items():
        if kind not in merged or not isinstance(steps, Mapping):
            raise ValueError(f"no kind of meeting {kind!r}; there are {', '.join(merged)}")
        merged[kind].update(steps)
        merged[kind] = {key: offset for key, offset in merged[kind].items() if offset is not False}
    return merged


def _fraction(given: Any) -> Any:
    try:
        return Fraction(str(given).replace(" ", ""))
    except (ValueError, ZeroDivisionError):
        raise ValueError(f"a share is written like 2/3, not {given!r}") from None


Share = Annotated[
    Fraction, BeforeValidator(_fraction), PlainSerializer(str), Field(gt=0, le=1, json_schema_extra={"type": "string"})
]


class DayOfYear(BaseModel):
    """A day in any year, written `MM-DD`."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    month: int = Field(ge=1, le=12)
    day: int = Field(ge=1, le=31)


class Season(BaseModel):
    """The stretch in which a quarter's meeting is held, e.g. `"10-11..10-31"`; it may reach into the next year."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    first: DayOfYear
    last: DayOfYear


def _season(given: Any) -> Any:
    if not isinstance(given, str):
        return given
    try:
        (month, day), (until_month, until_day) = (part.split("-") for part in given.split(".."))
        return {"first": {"month": month, "day": day}, "last": {"month": until_month, "day": until_day}}
    except ValueError:
        raise ValueError(f"a season is written MM-DD..MM-DD, not {given!r}") from None


ReadSeason = Annotated[Season, BeforeValidator(_season)]
_SEASONS = {1: "04-11..04-30", 2: "07-06..07-17", 3: "10-11..10-31", 4: "12-21..12-31"}


class ProposalSettings(BaseModel):
    """How a date is proposed: a lower weight sum is a better day."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    seasons: Mapping[int, ReadSeason] = Field(
        {quarter: Season.model_validate(_season(text)) for quarter, text in _SEASONS.items()},
        description="When the meeting about quarter 1 to 4 is held; after the quarter's data is in.",
    )
    weekdays: tuple[int, ...] = Field((2, 3, 4), description="Preferred weekdays, Monday is 1.")
    stretch_weight: int = Field(1, description="Per natural day that holidays add to the preparation.", ge=0)
    beside_holiday_weight: int = Field(4, description="For a day next to a holiday.", ge=0)
    makeup_step_weight: int = Field(1, description="Per preparatory step on a make-up weekend.", ge=0)
    weekday_weight: int = Field(3, description="For a weekday that is not preferred.", ge=0)
    unknown_year_weight: int = Field(1, description="When the follow-up reaches a year without a holiday table.", ge=0)


class MeetingSettings(BaseModel):
    """The part `meetings` of the settings."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    timetable: Annotated[Timetable, BeforeValidator(_over_defaults)] = Field(
        DEFAULT_OFFSETS,
        description="Per kind of meeting, the workdays from the meeting of each step; false leaves a step out.",
    )
    starts_at: time = Field(time(9), description="Local time at which a meeting starts when none is given.")
    send_at: time = Field(time(9), description="Local time at which a step's message goes out.")
    send_times: Mapping[str, time] = Field(
        {"missing_list": time(16), "agenda_review": time(16)},
        description="Steps whose message goes out at another time.",
    )
    stretch_days: int = Field(3, description="Warn when holidays add more natural days than this.", ge=0)
    quorum: Share = Field(Fraction(2, 3), description="Share of the council's members who must be present.")
    majority: Share = Field(Fraction(2, 3), description="Share of those present who must agree.")
    substitutes_count: bool = Field(True, description="Whether a substitute counts for the quorum.")
    extension_approvers: tuple[Literal["convener", "secretariat"], ...] = Field(
        ("convener", "secretariat"), description="Who may grant a longer time for an action item.", min_length=1
    )
    convener_approves: bool = Field(
        True, description="Notices of a meeting wait for the convener's approval, where somebody holds that seat."
    )
    item_reminders: tuple[int, ...] = Field(
        (7, 1), description="Workdays before an item is due; all but the first only while no progress was reported."
    )
    overdue_after: int = Field(1, description="Workdays after the due date at which a 督办单 is drafted.", ge=1)
    files_dir: Path = Field(Path("data/meetings"), description="Folder for calendar files, minutes drafts and packs.")
    lights: ItemLights = Field(ItemLights(), description="Colours of action items and when they light.")
    proposals: ProposalSettings = Field(ProposalSettings(), description="How a meeting date is proposed.")

    @property
    def near_due_workdays(self) -> int:
        """How near a due date is when it shows: the distance of the first reminder, 0 without any."""
        return max(self.item_reminders, default=0)

    @field_validator("timetable")
    @classmethod
    def _known_steps(cls, timetable: Timetable) -> Timetable:
        for kind, steps in timetable.items():
            if unknown := set(steps) - set(STEPS):
                raise ValueError(f"no step {sorted(unknown)[0]!r}; there are {', '.join(STEPS)}")
            if steps.get("meeting") != 0:
                raise ValueError(f"the step 'meeting' of {kind} is day 0")
        return timetable

    @field_validator("send_times")
    @classmethod
    def _timed_steps(cls, times: Mapping[str, time]) -> Mapping[str, time]:
        if unknown := set(times) - set(STEPS):
            raise ValueError(f"no step {sorted(unknown)[0]!r}; there are {', '.join(STEPS)}")
        return times

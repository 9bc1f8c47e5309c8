"""Every number of the task lights: the part `tasks` of the settings."""

from collections.abc import Mapping
from datetime import date

from pydantic import BaseModel, ConfigDict, Field

from services.lights import Colour, LightScheme


class TaskLights(LightScheme):
    """When a target lights in which colour. A proposal after public 督办 practice; the legend is printed with it."""

    near_due_days: int = Field(7, description="Natural days before the due date that count as near.", ge=0)
    behind_share: float = Field(
        0.8, description="Below this share of the elapsed time a target is badly behind.", gt=0, le=1
    )
    done: Colour = Field(Colour.GREEN, description="Reached.")
    on_track: Colour = Field(Colour.GREEN, description="Completion not below the elapsed share of time.")
    behind: Colour = Field(Colour.YELLOW, description="Completion below the elapsed share of time, but not badly.")
    badly_behind: Colour = Field(Colour.RED, description="Completion below behind_share of the elapsed share of time.")
    overdue: Colour = Field(Colour.RED, description="Past due and not reached.")
    near_due: Colour = Field(Colour.BLUE, description="Due within near_due_days, not reached, not badly behind.")
    no_data: Colour = Field(Colour.WHITE, description="Nothing was reported.")
    no_data_past_due: Colour = Field(
        Colour.WHITE, description="Past due and nothing was reported: unknown, not failed."
    )
    no_schedule: Colour = Field(Colour.WHITE, description="Not reached, and the plan sets no date to measure time by.")


class TaskSettings(BaseModel):
    """The part `tasks` of the settings."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    plan_starts_on: date | None = Field(
        None, description="First day of the plan's period; elapsed time of targets without cadence counts from here."
    )
    unit_codes: Mapping[str, str] = Field({}, description="Units that the plan's table names by a code: code = name.")
    task_titles: Mapping[int, str] = Field(
        {}, description="Titles of the plan's tasks by number, when the table has none."
    )
    lights: TaskLights = Field(TaskLights(), description="Colours of targets and when they light.")

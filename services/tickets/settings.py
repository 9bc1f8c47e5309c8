"""Settings of tickets and of the library's upkeep. All numbers are proposals a consortium may change."""

from pydantic import BaseModel, ConfigDict, Field


class TicketSettings(BaseModel):
    """How soon the secretariat answers."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    answer_workdays: int = Field(2, ge=1, le=30, description="Workdays until a question to the secretariat is due.")
    open_per_person: int = Field(5, ge=1, le=100, description="Open questions one person may have at a time.")


class LibrarySettings(BaseModel):
    """When the library's reports call a document stale."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    stale_months: int = Field(18, ge=1, le=240, description="Documents dated earlier are listed for review.")
    report_days: int = Field(30, ge=1, le=366, description="The question report looks back this many days.")

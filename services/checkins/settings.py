"""Settings of the monthly check-ins."""

from pathlib import Path

from pydantic import Field

from services.calendar.settings import CheckinCalendarSettings


class CheckinSettings(CheckinCalendarSettings):
    """Monthly check-ins: their dates, forms and restraint. Proposals of the product, not rules of a document."""

    forms_dir: Path | None = Field(None, description="Folder of TOML forms that edit or replace the shipped ones.")
    most_messages: int = Field(
        3, ge=1, le=5, description="Messages to one unit in one period, the invitation included."
    )
    agreement_notice_days: int = Field(
        30, ge=1, le=180, description="Days ahead at which a unit hears of an agreement that runs out."
    )
    locks_after_days: int = Field(45, ge=1, le=400, description="Days after the due date when a period is locked.")

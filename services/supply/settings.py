"""Settings of supply and demand. All numbers are proposals a consortium may change."""

from pydantic import BaseModel, ConfigDict, Field


class SupplySettings(BaseModel):
    """How long offers stand and what a match is worth."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    valid_days: int = Field(90, ge=7, le=730, description="Days until a post or batch is asked about once.")
    answer_days: int = Field(7, ge=1, le=90, description="Days after that question until it counts as expired.")
    late_days: int = Field(30, ge=0, le=365, description="Days a graduation may lie after the latest start of work.")
    pause_days: int = Field(3, ge=1, le=30, description="Days between two messages about new matches to one unit.")
    pairs_per_message: int = Field(4, ge=1, le=10, description="Matches that one message to a unit holds at most.")
    offers_per_unit: int = Field(50, ge=1, le=1000, description="Open posts or batches one unit may have at a time.")
    score_same_major: int = Field(100, ge=0, le=1000, description="Tier A: the same major.")
    score_same_class: int = Field(70, ge=0, le=1000, description="Tier B: the same class of majors.")
    score_same_category: int = Field(40, ge=0, le=1000, description="Tier C: the same category of majors.")
    score_industry: int = Field(25, ge=0, le=1000, description="Tier D: only by the approved table of industries.")
    bonus_cert: int = Field(5, ge=0, le=100, description="Added when a wanted certificate is held.")

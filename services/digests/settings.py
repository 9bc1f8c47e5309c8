"""Settings of the digests."""

from pydantic import BaseModel, ConfigDict, Field, field_validator


class DigestSettings(BaseModel):
    """Digests: their name and imprint, what they count, when drafts come, where the page is reached."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    title: str = Field("产教联合体工作简报", min_length=1, max_length=20, description="The name in the masthead.")
    office: str = Field("", description="Who edits it (编印单位); empty: the consortium's name with 秘书处.")
    report_to: str = Field("", description="报: recipients above, as printed at the end.")
    send_to: str = Field("", description="送: recipients beside.")
    distribute_to: str = Field("", description="发: recipients below.")
    copies: int = Field(0, ge=0, description="共印n份; 0: the line is left out.")
    issues_before: int = Field(0, ge=0, description="Issues published before this assistant; numbering goes on.")
    accepted_only: bool = Field(True, description="Count only reports that the secretariat has accepted.")
    drafts: bool = Field(True, description="Send the secretariat a draft of each month, quarter and year by itself.")
    draft_days_after_due: int = Field(2, ge=0, le=60, description="Workdays from the due date to that draft.")
    page_base_url: str = Field(
        "", description="Address under which members' browsers reach http.listen:port; empty: this machine only."
    )
    page_hours: int = Field(12, ge=1, le=168, description="Hours that a link to the page works.")

    @field_validator("page_base_url")
    @classmethod
    def _http(cls, value: str) -> str:
        if value and not value.startswith(("http://", "https://")):
            raise ValueError("must start with http:// or https://")
        return value.rstrip("/")

"""Settings of the services room."""

from zoneinfo import ZoneInfo

from pydantic import BaseModel, ConfigDict, Field, field_validator


class ConsortiumSettings(BaseModel):
    """Who runs this assistant."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str = Field("示范市产教联合体", min_length=1, description="The consortium's full name, as digests print it.")
    timezone: str = Field("Asia/Shanghai", description="IANA zone in which deadlines and quiet hours are meant.")
    secretaries: tuple[int, ...] = Field((), description="Telegram user ids of the secretariat (秘书处).")
    secretariat_chat: int | None = Field(None, description="Chat that receives the secretariat's notices; optional.")
    group_chats: tuple[int, ...] = Field((), description="Group chats bound from the start; others ask first.")

    @field_validator("timezone")
    @classmethod
    def _known_zone(cls, value: str) -> str:
        try:
            ZoneInfo(value)
        except Exception as error:
            raise ValueError("not an IANA time zone; write for example Asia/Shanghai or Asia/Urumqi") from error
        return value


class PrivacySettings(BaseModel):
    """How long things are kept, and which privacy text people agreed to."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    version: str = Field("2026-11", description="Version of the privacy text; a new one asks everybody again.")
    retention_days: int = Field(90, ge=7, le=3650, description="Raw questions and messages are removed after this.")
    audit_days: int = Field(1095, ge=30, le=7300, description="The audit trail is kept this long.")


class DatabaseSettings(BaseModel):
    """Where the state lives."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    url: str = Field(
        "sqlite+aiosqlite:///data/lianluo.db",
        description="sqlite+aiosqlite:///FILE, or postgresql+asyncpg://USER:PASSWORD@HOST/NAME beyond one machine.",
    )

    @field_validator("url")
    @classmethod
    def _known_driver(cls, value: str) -> str:
        if not value.startswith(("sqlite+aiosqlite:///", "postgresql+asyncpg://")):
            raise ValueError("must start with sqlite+aiosqlite:/// or postgresql+asyncpg://")
        return value

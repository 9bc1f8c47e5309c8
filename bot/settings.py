"""Settings: one frozen model, read once. Each room declares its own part; an unknown key is an error."""

import os
import re
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, SecretStr, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict, TomlConfigSettingsSource

from knowledge.settings import EmbeddingSettings, KnowledgeSettings, ModelSettings
from services.calendar.settings import HolidaySettings, QuietHoursSettings
from services.checkins.settings import CheckinSettings
from services.digests.settings import DigestSettings
from services.meetings.settings import MeetingSettings
from services.settings import ConsortiumSettings, DatabaseSettings, PrivacySettings
from services.supply.settings import SupplySettings
from services.tasks.settings import TaskSettings
from services.tickets.settings import LibrarySettings, TicketSettings

ENV_PREFIX = "LIANLUO_"
DEFAULT_FILE = Path("config.toml")
BOT_TOKEN = re.compile(r"\d{3,20}:[A-Za-z0-9_-]{35}")


class SettingsError(Exception):
    """The configuration cannot be used. `problems` are (key, value, what is wrong and how to mend it)."""

    def __init__(self, problems: list[tuple[str, str, str]]) -> None:
        super().__init__("; ".join(f"{key} = {value}: {what}" for key, value, what in problems))
        self.problems = problems


class WebhookSettings(BaseModel):
    """Where Telegram delivers in webhook mode."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    url: str = Field("", description="Public https address that reaches `listen:port`.")
    listen: str = Field("127.0.0.1", description="Address to listen on; a reverse proxy terminates TLS.")
    port: int = Field(8443, ge=0, le=65535, description="Port to listen on.")
    path: str = Field("/telegram", pattern=r"^/[\w/-]*$", description="Path that Telegram posts to.")
    secret: SecretStr = Field(SecretStr(""), description="1-256 characters A-Z a-z 0-9 _ -; required in webhook mode.")


class TelegramSettings(BaseModel):
    """The bot's account and how fast it may speak."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    token: SecretStr = Field(SecretStr(""), description="From @BotFather. Better given as LIANLUO_TELEGRAM__TOKEN.")
    api_base: str = Field("https://api.telegram.org", description="Any Bot API server.")
    mode: Literal["polling", "webhook"] = Field(
        "polling", description="polling needs no public address; webhook needs [telegram.webhook]."
    )
    webhook: WebhookSettings = WebhookSettings()
    messages_per_second: float = Field(25, ge=0, description="All messages together; Telegram allows about 30.")
    group_interval_s: float = Field(3.1, ge=0, description="Seconds between two messages to one group.")

    @field_validator("token")
    @classmethod
    def _as_botfather_gives_it(cls, value: SecretStr) -> SecretStr:
        if value.get_secret_value() and not BOT_TOKEN.fullmatch(value.get_secret_value()):
            raise ValueError(
                "is not a bot token: a number, a colon, 35 characters A-Z a-z 0-9 _ -, as @BotFather gives it"
            )
        return value

    @field_validator("api_base")
    @classmethod
    def _http(cls, value: str) -> str:
        if not value.startswith(("http://", "https://")):
            raise ValueError("must start with http:// or https://")
        return value.rstrip("/")

    @model_validator(mode="after")
    def _secret_in_webhook_mode(self) -> "TelegramSettings":
        if self.mode == "webhook":
            secret = self.webhook.secret.get_secret_value()
            if not secret or not all(c.isascii() and (c.isalnum() or c in "_-") for c in secret):
                raise ValueError("webhook mode needs webhook.secret: 1-256 characters A-Z a-z 0-9 _ -")
            if not self.webhook.url:
                raise ValueError("webhook mode needs webhook.url, the public address")
        return self


class HttpSettings(BaseModel):
    """Health, metrics and the secretariat's pages."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    listen: str = Field("127.0.0.1", description="Address of health, metrics and pages; keep it internal.")
    port: int = Field(8081, ge=0, le=65535, description="0: do not listen.")


class Settings(BaseSettings):
    """Everything that can be set."""

    model_config = SettingsConfigDict(
        frozen=True, extra="forbid", env_prefix=ENV_PREFIX, env_nested_delimiter="__", env_file=None
    )

    consortium: ConsortiumSettings = ConsortiumSettings()
    telegram: TelegramSettings = TelegramSettings()
    database: DatabaseSettings = DatabaseSettings()
    knowledge: KnowledgeSettings = KnowledgeSettings()
    llm: ModelSettings = ModelSettings()
    embedding: EmbeddingSettings = EmbeddingSettings()
    checkins: CheckinSettings = CheckinSettings()
    meetings: MeetingSettings = MeetingSettings()
    digests: DigestSettings = DigestSettings()
    tasks: TaskSettings = TaskSettings()
    quiet_hours: QuietHoursSettings = QuietHoursSettings()
    holidays: HolidaySettings = HolidaySettings()
    tickets: TicketSettings = TicketSettings()
    supply: SupplySettings = SupplySettings()
    library: LibrarySettings = LibrarySettings()
    privacy: PrivacySettings = PrivacySettings()
    http: HttpSettings = HttpSettings()

    @property
    def files_dir(self) -> Path:
        """Evidence that units sent and the originals of documents: beside the index, which is only a cache."""
        return self.knowledge.dir.parent / "files"

    @property
    def digests_dir(self) -> Path:
        """The files of digests, drafts and issued ones."""
        return self.knowledge.dir.parent / "digests"

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Arguments, then environment, then the file."""
        file = TomlConfigSettingsSource(settings_cls) if settings_cls.model_config.get("toml_file") else None
        return (init_settings, env_settings, *([file] if file else []))


def load_settings(path: Path | None = None, **overrides: Any) -> Settings:
    """Read `path`, else `$LIANLUO_CONFIG`, else ./config.toml, else the defaults; the environment wins over the file.

    Raises:
        SettingsError: a file that is missing or not TOML, an unknown key, a value that does not fit.
    """
    chosen = path or _from_environment() or (DEFAULT_FILE if DEFAULT_FILE.exists() else None)
    if chosen is not None:
        _check_readable(chosen)

    class Configured(Settings):
        model_config = SettingsConfigDict(toml_file=chosen)

    try:
        loaded = Configured(**overrides)
    except ValidationError as error:
        raise SettingsError([_explain(item) for item in error.errors()]) from None
    except ValueError as error:
        raise SettingsError([(str(chosen or "environment"), "", without_password(str(error)))]) from None
    _check_environment(loaded)
    return loaded


def _from_environment() -> Path | None:
    given = os.environ.get("LIANLUO_CONFIG")
    return Path(given) if given else None


def _check_readable(path: Path) -> None:
    import tomllib

    try:
        tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise SettingsError([(str(path), "", f"cannot be read: {error.strerror}; copy config.example.toml")]) from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SettingsError([(str(path), "", f"is not TOML: {error}")]) from None


def _explain(item: Any) -> tuple[str, str, str]:
    key = ".".join(str(part) for part in item["loc"]) or "telegram"
    if item["type"] == "extra_forbidden":
        return key, _show(key, item["input"]), "unknown key; config.example.toml lists all of them"
    return key, _show(key, item["input"]), str(item["msg"]).removeprefix("Value error, ")


def _show(key: str, value: Any) -> str:
    secret = any(word in key for word in ("token", "api_key", "secret", "password")) or isinstance(value, dict)
    return "…" if secret else without_password(repr(value))


def without_password(text: str) -> str:
    """The text with what stands for a password or a bot token in it made unreadable."""
    text = re.sub(r"://[^/@\s]*@", "://…@", text)
    return re.sub(r"\d{5,12}(?::|%3A)[A-Za-z0-9_-]{25,}", "…", text, flags=re.IGNORECASE)


def _check_environment(settings: Settings) -> None:
    unknown = [
        (name, "…", "unknown variable; sections and keys are those of config.example.toml")
        for name in os.environ
        if name.startswith(ENV_PREFIX)
        and name != "LIANLUO_CONFIG"
        and not _is_known(settings, name.removeprefix(ENV_PREFIX).lower().split("__"))
    ]
    if unknown:
        raise SettingsError(unknown)


def _is_known(model: BaseModel, path: list[str]) -> bool:
    if path[0] not in type(model).model_fields:
        return False
    value = getattr(model, path[0])
    return len(path) == 1 or (isinstance(value, BaseModel) and _is_known(value, path[1:]))

"""Logs: structured lines on standard error, with every secret taken out wherever it may appear."""

import logging
import re
import sys
from collections.abc import MutableMapping
from typing import Any

import structlog

# A Bot API token: digits, a colon, 35 letters (Bot API, "Authorizing your bot"); also inside URLs and reprs.
TOKEN = re.compile(r"\d{5,12}(?::|%3A)[A-Za-z0-9_-]{25,}", re.IGNORECASE)
QUIET = ("httpx", "httpcore", "telegram", "aiogram", "aiohttp.access", "apscheduler", "chromadb", "alembic", "urllib3")
_secrets: list[str] = []


def redact(text: str) -> str:
    """The text without bot tokens and without any secret that was registered."""
    for secret in _secrets:
        text = text.replace(secret, "[redacted]")
    return TOKEN.sub("[redacted]", text)


def set_up(*secrets: str, json_lines: bool = False, level: str = "INFO") -> None:
    """Route structlog and the standard library to standard error; httpx, which logs URLs, speaks only of warnings."""
    _secrets[:] = [secret for secret in secrets if len(secret) >= 6]
    renderer: Any = structlog.processors.JSONRenderer(ensure_ascii=False) if json_lines else _console()
    shared: list[Any] = [
        structlog.contextvars.merge_contextvars,
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.format_exc_info,
        _redact_event,
    ]
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared,
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, renderer],
        )
    )
    handler.addFilter(_RedactRecord())
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level)
    for name in QUIET:
        logging.getLogger(name).setLevel(logging.WARNING)
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=False,
    )


def _console() -> Any:
    return structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty())


def _redact_event(_logger: Any, _method: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    for key, value in event.items():
        if isinstance(value, str):
            event[key] = redact(value)
        elif not isinstance(value, int | float | bool | type(None)):
            event[key] = redact(repr(value))
    return event


class _RedactRecord(logging.Filter):
    def filter(self, record: logging.LogRecord) -> bool:
        if isinstance(record.msg, str):
            record.msg = redact(record.getMessage()) if record.args else redact(record.msg)
            record.args = ()
        if record.exc_info:
            record.exc_text = redact(logging.Formatter().formatException(record.exc_info))
            record.exc_info = None
        return True

"""Every word the bot says: one TOML file of Jinja templates for each subject, HTML-escaped by construction.

A key is `file.name`, for example `ask.answer`. Templates only ever see values; whatever a member typed is escaped where
it is put in, so it can never become markup. Button labels and toasts are plain text. `names.toml` alone is of
another kind: what stored codes are called.
"""

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from handlers.texts import names

HERE = Path(__file__).parent


class UnknownText(KeyError):
    """No such text key."""


@cache
def load(language: str = "zh_CN") -> Mapping[str, str]:
    """All templates of a language by key."""
    found: dict[str, str] = {}
    for file in sorted((HERE / language).glob("*.toml")):
        if file.name == names.FILE:
            continue
        for name, template in tomllib.loads(file.read_text(encoding="utf-8")).items():
            found[f"{file.stem}.{name}"] = template
    return found


def html(key: str, values: Mapping[str, Any] | None = None) -> str:
    """The text as Telegram HTML; every value is escaped."""
    return str(_template(key, True).render(values or {})).strip()


def plain(key: str, values: Mapping[str, Any] | None = None) -> str:
    """The text without markup, for buttons, toasts and file names."""
    return str(_template(key, False).render(values or {})).strip()


@cache
def _template(key: str, escaped: bool) -> Any:
    source = load().get(key)
    if source is None:
        raise UnknownText(key)
    return _environment(escaped).from_string(source)


@cache
def _environment(escaped: bool) -> Any:
    from jinja2 import StrictUndefined
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    from handlers.texts import filters

    environment = ImmutableSandboxedEnvironment(
        autoescape=escaped, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    environment.filters.update(filters.ALL)
    environment.filters.update(names.filters())
    return environment

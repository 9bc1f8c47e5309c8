"""What stored codes are called: the tables of `names.toml`, each a filter of the templates by its table's name."""

import tomllib
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path

FILE = "names.toml"
HERE = Path(__file__).parent


@cache
def load(language: str = "zh_CN") -> Mapping[str, Mapping[str, str]]:
    """All tables of a language: code → word, by the table's name."""
    found: dict[str, dict[str, str]] = tomllib.loads((HERE / language / FILE).read_text(encoding="utf-8"))
    return found


def filters() -> dict[str, Callable[[str], str]]:
    """A look-up for each table; what is no code is shown as it is, since people may write reasons of their own."""
    return {name: _look_up(words) for name, words in load().items()}


def _look_up(words: Mapping[str, str]) -> Callable[[str], str]:
    return lambda code: words.get(code, code)

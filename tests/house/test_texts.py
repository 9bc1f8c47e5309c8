"""Every text key that is used exists, every one that exists is used, every refusal has its words."""

import ast
import inspect
import re
from functools import cache
from pathlib import Path

import pytest

from bot.commands.example import keys_of
from bot.settings import Settings
from handlers import texts
from handlers.refusals import TEXTS, text_key_of
from handlers.texts import names
from jobs.schedule import all_duties
from services import errors
from services.models import Base

ROOT = Path(__file__).resolve().parents[2]
ROOMS = ("bot", "handlers", "jobs", "services", "webchat")
KEY = re.compile(r"[a-z_]+\.[a-z0-9_.]+")
# Keys made from parts: the prefix as the code writes it, in an f-string. Each must match at least one key.
PREFIX = re.compile(r"[a-z_]+\.[a-z0-9_.]*")


@cache
def literals() -> tuple[set[str], set[str]]:
    """String constants, and the constant beginnings of f-strings, of all rooms."""
    whole: set[str] = set()
    beginnings: set[str] = set()
    for room in ROOMS:
        for file in (ROOT / room).rglob("*.py"):
            inner: set[int] = set()
            for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):  # an f-string comes before its parts
                if isinstance(node, ast.JoinedStr):
                    inner |= {id(part) for part in node.values}
                    if node.values and isinstance(node.values[0], ast.Constant):
                        beginnings.add(str(node.values[0].value))
                elif isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in inner:
                    whole.add(node.value)
    for file in (ROOT / "handlers" / "texts" / "zh_CN").glob("*.toml"):
        whole |= set(re.findall(r"[\"']([a-z_]+\.[a-z0-9_]+)[\"']", file.read_text(encoding="utf-8")))
    return whole, beginnings


KEYS = set(texts.load())
FILES = {key.partition(".")[0] for key in KEYS}


def prefixes() -> set[str]:
    _, beginnings = literals()
    return {one for one in beginnings if PREFIX.fullmatch(one) and one.partition(".")[0] in FILES}


def _named_otherwise() -> set[str]:
    """What looks like a text key and is none: settings, columns, duties of the timetable, files."""
    settings = {f"{section}.{key}" for section, key in keys_of(Settings)}
    columns = {f"{table.name}.{column.name}" for table in Base.metadata.tables.values() for column in table.columns}
    offices = [_Anything() for _ in inspect.signature(all_duties).parameters]
    duties = {duty.name for duty in all_duties(*offices)}
    files = {one for one in literals()[0] if one.endswith((".py", ".toml", ".md", ".xlsx", ".json", ".log", ".db"))}
    return settings | columns | duties | files


class _Anything:
    """Stands for whatever the duties are made with; only their names are looked at."""

    def __getattr__(self, name: str) -> "_Anything":
        return self


def test_every_key_that_the_code_names_exists() -> None:
    named = {one for one in literals()[0] if KEY.fullmatch(one) and one.partition(".")[0] in FILES}
    assert sorted(named - KEYS - _named_otherwise()) == []


def test_every_key_that_exists_is_used() -> None:
    computed = prefixes()
    unused = {key for key in KEYS - literals()[0] if not any(key.startswith(prefix) for prefix in computed)}
    assert sorted(unused) == []


def test_every_computed_key_has_words() -> None:
    assert sorted(prefix for prefix in prefixes() if not any(key.startswith(prefix) for key in KEYS)) == []


def test_every_table_of_names_is_used() -> None:
    filters = {name for text in texts.load().values() for name in re.findall(r"\|\s*([a-z_]+)", text)}
    mapped = {name for text in texts.load().values() for name in re.findall(r"map\([\"']([a-z_]+)[\"']\)", text)}
    assert sorted(set(names.load()) - filters - mapped) == []


def test_every_text_compiles() -> None:
    for key in KEYS:
        texts._template(key, True)
        texts._template(key, False)


@pytest.mark.parametrize(
    "refusal", [one for _, one in inspect.getmembers(errors, inspect.isclass) if issubclass(one, errors.Refusal)]
)
def test_every_refusal_has_words(refusal: type[errors.Refusal]) -> None:
    key = text_key_of(refusal())
    assert key in KEYS
    assert refusal in TEXTS or refusal is errors.Refusal

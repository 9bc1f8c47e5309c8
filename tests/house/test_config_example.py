"""config.example.toml holds every key of the settings, explained, with its default; it cannot drift."""

import tomllib
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from benchmarks.stand import TOKEN
from bot.commands.example import example, keys_of
from bot.settings import Settings, TelegramSettings, load_settings

FILE = Path(__file__).resolve().parents[2] / "config.example.toml"


def test_the_example_is_what_the_settings_say() -> None:
    """After a change: `python -m bot.commands.example > config.example.toml`."""
    assert FILE.read_text(encoding="utf-8") == example()


def test_the_example_can_be_used_as_it_is(tmp_path: Path, monkeypatch: Any) -> None:
    monkeypatch.chdir(tmp_path)
    assert load_settings(FILE).model_dump() == load_settings().model_dump()


def test_every_key_stands_in_the_example() -> None:
    """Keys without a default are there as comments."""
    written = FILE.read_text(encoding="utf-8")
    for section, key in keys_of(Settings):
        assert f"\n{key} = " in written or f"\n# {key} = " in written, f"{section}.{key}"


def test_every_key_is_explained_in_both_languages() -> None:
    for section, key in keys_of(Settings):
        before = FILE.read_text(encoding="utf-8").split(f"[{section}]")[1].split(f"{key} = ")[0].rsplit("\n\n", 1)[-1]
        assert any("\u4e00" <= letter <= "\u9fff" for letter in before), f"{section}.{key}: no Chinese"
        assert sum(letter.isascii() and letter.isalpha() for letter in before) > 3, f"{section}.{key}: no English"


def test_the_example_holds_no_other_key() -> None:
    def check(model: BaseModel, table: dict[str, Any]) -> None:
        for key, value in table.items():
            assert key in type(model).model_fields
            inner = getattr(model, key)
            if isinstance(inner, BaseModel):
                check(inner, value)

    check(Settings(), tomllib.loads(FILE.read_text(encoding="utf-8")))


def test_the_benchmarks_account_is_one_that_the_settings_take() -> None:
    """`make bench` runs in no test; its account did not start once a token's shape was checked."""
    assert TelegramSettings(token=TOKEN).token.get_secret_value() == TOKEN

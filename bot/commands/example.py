"""Writes config.example.toml from the settings themselves: `python -m bot.commands.example > config.example.toml`."""

import json
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pydantic import BaseModel, SecretStr
from pydantic.fields import FieldInfo
from pydantic_core import to_jsonable_python

from bot.settings import Settings

CHINESE = Path(__file__).resolve().parent.parent / "settings_zh.toml"
HEAD = """\
# 联络 Lianluo 配置示例。复制为 config.toml 后修改；注释掉的项没有默认值或不建议写在文件里。
# Example settings. Copy to config.toml and edit. Every key can also be given as an environment variable,
# for example LIANLUO_TELEGRAM__TOKEN, and then wins over this file. `lianluo check-config` explains what is in force.
"""


def example() -> str:
    """The whole file: each key with its default, in Chinese and English."""
    words = tomllib.loads(CHINESE.read_text(encoding="utf-8"))
    parts = [HEAD]
    for section, model in _sections(Settings()):
        about = (type(model).__doc__ or "").splitlines()[0]
        parts.append(f"\n# ── {words['sections'].get(section, section)}\n# {about}\n[{section}]\n")
        for name, field in type(model).model_fields.items():
            value = getattr(model, name)
            if not isinstance(value, BaseModel):
                parts.append(_entry(words["keys"].get(f"{section}.{name}", ""), name, field, value))
    return "".join(parts)


def keys_of(model: type[BaseModel], above: str = "") -> Iterator[tuple[str, str]]:
    """Every key as (section, key)."""
    for name, field in model.model_fields.items():
        default = field.get_default(call_default_factory=True, validated_data={})
        if isinstance(default, BaseModel):
            yield from keys_of(type(default), f"{above}.{name}".lstrip("."))
        else:
            yield above, name


def _sections(model: BaseModel, above: str = "") -> Iterator[tuple[str, BaseModel]]:
    for name in type(model).model_fields:
        value = getattr(model, name)
        if isinstance(value, BaseModel):
            path = f"{above}.{name}".lstrip(".")
            yield path, value
            yield from _sections(value, path)


def _entry(chinese: str, name: str, field: FieldInfo, value: Any) -> str:
    comment = "".join(f"# {line}\n" for line in (chinese, field.description or "") if line)
    off = "# " if value is None or isinstance(value, SecretStr) else ""
    return f"\n{comment}{off}{name} = {_toml(_plain(value))}\n"


def _plain(value: Any) -> Any:
    """As JSON has it; secrets and absent values as an empty text."""
    if value is None or isinstance(value, SecretStr):
        return ""
    return to_jsonable_python(value, fallback=str)


def _toml(value: Any) -> str:
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{json.dumps(str(k))} = {_toml(v)}" for k, v in value.items()) + " }"
    if isinstance(value, list):
        return "[" + ", ".join(_toml(one) for one in value) + "]"
    return json.dumps(value, ensure_ascii=False)


if __name__ == "__main__":
    print(example(), end="")

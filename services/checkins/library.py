"""The forms in use: the shipped ones, edited or replaced by a consortium's own folder, with every earlier version."""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from services.checkins.form import Form

SHIPPED = Path(__file__).parent / "forms"


class FormProblem(Exception):
    """A form file that cannot be used. Facts name the file, the place inside, the value and what is wrong with it."""

    def __init__(self, *, file: str, key: str, value: str, remedy: str) -> None:
        super().__init__(f"{file}: {key} = {value}: {remedy}")
        self.facts = {"file": file, "key": key, "value": value, "remedy": remedy}


@dataclass(frozen=True)
class FormLibrary:
    """All versions of all forms. New check-ins use the current one; a stored value resolves through its own."""

    versions: Mapping[tuple[str, int], Form]

    def current(self, form_id: str) -> Form:
        """The newest version of a form; KeyError when there is none of that name."""
        return self.versions[form_id, max((number for known, number in self.versions if known == form_id), default=0)]

    def has(self, form_id: str) -> bool:
        """Whether a form of that name exists."""
        return any(known == form_id for known, _ in self.versions)

    def get(self, form_id: str, version: int) -> Form:
        """One version of a form; KeyError when it was never known here."""
        return self.versions[form_id, version]

    @property
    def ids(self) -> tuple[str, ...]:
        """Names of the forms, in order."""
        return tuple(dict.fromkeys(form_id for form_id, _ in sorted(self.versions)))

    def label_of(self, form_id: str, version: int, key: str) -> str:
        """The label a key had in the version it was stored under; the bare key when that version is unknown.

        A key that a later version dropped stays readable: its value keeps naming the version that had it.
        """
        form = self.versions.get((form_id, version))
        try:
            return form.label_of(key) if form else key
        except StopIteration:
            return key


def load_forms(own: Path | None = None) -> FormLibrary:
    """The shipped forms and those of ``checkins.forms_dir``.

    A file with a full ``indicators`` list is a form of its own; one with ``extends = "school"`` edits the shipped
    form part by part (``indicators = [{key = …}]`` changes or adds, ``remove = [keys]`` takes away). Both name a
    ``version`` that the shipped form does not have, so that earlier replies keep their meaning. Keep old files:
    school.toml, school-v2.toml, … all load side by side.

    Raises:
        FormProblem: names file, key, value and remedy.
    """
    forms = dict(shipped_forms().versions)
    if own is not None:
        if not own.is_dir():
            raise FormProblem(file=str(own), key="checkins.forms_dir", value=str(own), remedy="no such folder")
        edits = [(path, _parse(path)) for path in sorted(own.glob("*.toml"))]
        for path, raw in sorted(edits, key=lambda pair: _version(pair[1])):
            _add(forms, path, _merged(forms, path, raw) if "extends" in raw else raw)
    return FormLibrary(forms)


@lru_cache(maxsize=1)
def shipped_forms() -> FormLibrary:
    """The forms that come with the product, read once."""
    forms: dict[tuple[str, int], Form] = {}
    for path in sorted(SHIPPED.glob("*.toml")):
        _add(forms, path, _parse(path))
    return FormLibrary(forms)


def _version(raw: Mapping[str, Any]) -> int:
    version = raw.get("version", 0)
    return version if isinstance(version, int) else 0


def _parse(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise FormProblem(file=path.name, key="(file)", value=str(error), remedy="write valid TOML in UTF-8") from error


def _add(forms: dict[tuple[str, int], Form], path: Path, raw: Mapping[str, Any]) -> None:
    try:
        form = Form.model_validate(raw)
    except ValidationError as error:
        first = error.errors()[0]
        place = _place(raw, first["loc"])
        raise FormProblem(file=path.name, key=place, value=repr(first["input"])[:120], remedy=first["msg"]) from error
    if (form.id, form.version) in forms:
        raise FormProblem(
            file=path.name,
            key="version",
            value=str(form.version),
            remedy=f"version {form.version} of form {form.id!r} exists already; raise the number, "
            "so that earlier replies keep their meaning",
        )
    forms[form.id, form.version] = form


def _place(raw: Mapping[str, Any], loc: Iterable[int | str]) -> str:
    """Where in the file an error lies, with the part's key in place of its number: indicators[interns_local].unit."""
    place = ""
    at: Any = raw
    for step in loc:
        at = at[step] if _holds(at, step) else {}
        if isinstance(step, int):
            place += f"[{at.get('key', step) if isinstance(at, Mapping) else step}]"
        else:
            place += f".{step}" if place else step
    return place or "(whole form)"


def _holds(at: Any, step: int | str) -> bool:
    return step < len(at) if isinstance(at, list) and isinstance(step, int) else isinstance(at, Mapping) and step in at


def _merged(forms: Mapping[tuple[str, int], Form], path: Path, raw: Mapping[str, Any]) -> dict[str, Any]:
    base_id = raw["extends"]
    known = [pair for pair in forms if pair[0] == base_id]
    if not known:
        raise FormProblem(file=path.name, key="extends", value=repr(base_id), remedy="no form of that name to extend")
    merged = forms[max(known)].model_dump(by_alias=True)
    removed = set(raw.get("remove", ()))
    for name, value in raw.items():
        if name in {"extends", "remove"}:
            continue
        merged[name] = (
            _merged_parts(merged[name], value) if name in {"indicators", "texts", "lists", "derived"} else value
        )
    for name in ("indicators", "texts", "lists", "derived"):
        merged[name] = [part for part in merged[name] if part["key"] not in removed]
    return merged


def _merged_parts(base: Iterable[dict[str, Any]], edits: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    parts = {part["key"]: dict(part) for part in base}
    for edit in edits:
        parts[edit.get("key", "")] = {**parts.get(edit.get("key", ""), {}), **edit}
    return list(parts.values())

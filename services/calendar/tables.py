"""A consortium's own holiday table from a file: TOML, CSV, or the notice's text."""

import csv
import tomllib
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from services.calendar.errors import HolidaysInvalid
from services.calendar.holidays import HolidayTable
from services.calendar.notices import read_notice

_KINDS = {"off": "off", "放假": "off", "休": "off", "work": "work", "上班": "work", "补班": "work", "班": "work"}


def read_table(path: Path) -> HolidayTable:
    """The table in that file, by its suffix; HolidaysInvalid says what cannot be taken.

    `.toml`: a section per year with lists `off` and `work` of dates or spans (`"2027-10-01..2027-10-07"`).
    `.csv`: columns `date` (or a span) and `kind` (off, work, 放假, 上班). `.txt`, `.md`: the notice as published.
    """
    readers = {".toml": _read_toml, ".csv": _read_csv, ".txt": read_notice, ".md": read_notice}
    reader = readers.get(path.suffix.lower())
    if reader is None:
        raise HolidaysInvalid("unknown_suffix", path.name)
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError):
        raise HolidaysInvalid("unreadable", path.name) from None
    return reader(text)


def _read_toml(text: str) -> HolidayTable:
    try:
        sections = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise HolidaysInvalid("unreadable", str(error)) from None
    years: set[int] = set()
    days: dict[str, set[date]] = {"off": set(), "work": set()}
    for name, section in sections.items():
        if not name.isdigit() or not isinstance(section, dict):
            raise HolidaysInvalid("year_missing", name)
        years.add(int(name))
        for kind, spans in section.items():
            if kind == "source":
                continue
            if kind not in days or not isinstance(spans, list):
                raise HolidaysInvalid("bad_kind", f"{name}.{kind}")
            days[kind].update(day for span in spans for day in _span(span))
    return HolidayTable.checked(years, days["off"], days["work"])


def _read_csv(text: str) -> HolidayTable:
    days: dict[str, set[date]] = {"off": set(), "work": set()}
    for number, row in enumerate(csv.DictReader(text.splitlines()), start=2):
        kind = _KINDS.get((row.get("kind") or "").strip())
        if kind is None:
            raise HolidaysInvalid("bad_kind", row.get("kind") or "", number)
        days[kind].update(_span((row.get("date") or "").strip(), number))
    # Days off in the last week of December belong to the next year's 元旦 and do not make their own year known.
    years = {day.year for day in days["off"] if (day.month, day.day) < (12, 25)}
    return HolidayTable.checked(years, days["off"], days["work"])


def _span(given: Any, line: int | None = None) -> list[date]:
    first, dots, last = str(given).partition("..")
    try:
        start = date.fromisoformat(first.strip())
        end = date.fromisoformat(last.strip()) if dots else start
    except ValueError:
        raise HolidaysInvalid("bad_date", str(given), line) from None
    if end < start or (end - start).days > 60:
        raise HolidaysInvalid("span_reversed", str(given), line)
    return [start + timedelta(days=offset) for offset in range((end - start).days + 1)]

"""Rows of registers as values of texts: plain JSON types, days as ISO words."""

from datetime import date
from typing import Any

from services.models import RegisterRow
from services.registers.rows import snapshot


def row_values(row: RegisterRow, today: date | None = None) -> dict[str, Any]:
    """A row for a text. `days_left`: until an agreement ends, None without an end; `ends`, `of`: what a draft does."""
    left = None if today is None or row.ends_on is None else (row.ends_on - today).days
    return {
        **snapshot(row),
        "id": row.id,
        "register": row.register,
        "count": row.facts.get("count", 0),
        "ends": row.facts.get("ends", ""),
        "of": row.facts.get("of", 0),
        "was": row.facts.get("was", ""),
        "doubt": row.facts.get("doubt", ""),
        "days_left": left,
    }

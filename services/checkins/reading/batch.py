"""One case in, one reading out, as `lianluo checkins parse --batch` prints them."""

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any

from services.checkins.library import FormLibrary, shipped_forms
from services.checkins.reading.understanding import understand
from services.checkins.reading.understood import Understanding
from services.periods import Period


def parse_case(case: Mapping[str, Any], forms: FormLibrary | None = None) -> dict[str, Any]:
    """Read ``{"id","form","period","now","previous","ytd_before","text"}``; nothing is stored.

    Returns ``{"id","intent","items":{key:{"value","state","approx"}},"confirm":[…],"reject":[…]}``.
    """
    reading = understand(
        case["text"],
        form=(forms or shipped_forms()).current(case["form"]),
        period=Period.of(case["period"]),
        now=datetime.fromisoformat(case["now"]),
        previous=case.get("previous") or {},
        ytd_before=case.get("ytd_before") or {},
    )
    return {"id": case.get("id"), **as_json(reading)}


def as_json(reading: Understanding) -> dict[str, Any]:
    """A reading as plain JSON values."""
    return {
        "intent": reading.intent.value,
        "items": {
            key: {"value": plain(item.value), "state": item.state.value, "approx": item.approx}
            for key, item in reading.items.items()
        },
        "confirm": list(reading.confirm),
        "reject": list(reading.reject),
    }


def plain(value: Decimal | None) -> int | float | None:
    """A figure as JSON has it: whole ones without a point."""
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else float(value)

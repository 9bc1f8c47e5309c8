"""Registers as the sheets of the 台账 have their columns: platforms, agreements, technical needs and services."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from services.digests.text.prose import Say
from services.digests.workbook.tables import Value
from services.registers.agreements import kind_of_partner

SOON = timedelta(days=90)


@dataclass(frozen=True)
class KeptRow:
    """A row of a register as plain values; machine ids as they are stored."""

    unit: str
    register: str
    title: str
    partner: str
    kind: str
    level: str
    stage: str
    majors: str
    began_on: date | None
    ends_on: date | None
    state: str
    period: str
    closed_period: str


def register_rows(rows: Sequence[KeptRow], day: date, say: Say) -> dict[str, list[list[Value]]]:
    """Rows by sheet (platforms, agreements, tech_needs, tech_services), in words as of that day."""

    def of(register: str) -> list[KeptRow]:
        return [one for one in rows if one.register == register]

    return {
        "platforms": [_platform(one, say) for one in of("platforms")],
        "agreements": [_agreement(one, day, say) for one in of("agreements")],
        "tech_needs": [_need(one, say) for one in of("tech_needs")],
        "tech_services": [_service(one, say) for one in of("tech_services")],
    }


def agreement_state(ends_on: date | None, state: str, day: date) -> str:
    """Machine id of how an agreement stands on a day: ended, expired, soon, valid."""
    if state == "ended":
        return "ended"
    if ends_on is None:
        return "valid"
    return "expired" if ends_on < day else "soon" if ends_on <= day + SOON else "valid"


def _platform(row: KeptRow, say: Say) -> list[Value]:
    stage = "ended" if row.state == "ended" else row.stage
    return [
        *(row.unit, row.title, say("digest_ledger.platform_kind", value=row.kind)),
        *(say("digest_ledger.platform_level", value=row.level), say("digest_ledger.platform_stage", value=stage)),
        *(row.partner, row.began_on, _note(row, say)),
    ]


def _agreement(row: KeptRow, day: date, say: Say) -> list[Value]:
    state = agreement_state(row.ends_on, row.state, day)
    return [
        *(row.unit, row.partner or row.title, say(f"digest_ledger.agreement_{kind_of_partner(row.partner)}")),
        *(row.majors, row.began_on, row.ends_on, say(f"digest_ledger.agreement_{state}"), _note(row, say)),
    ]


def _need(row: KeptRow, say: Say) -> list[Value]:
    state = say("digest_ledger.need_closed" if row.state == "closed" else "digest_ledger.need_open")
    solved = say("digest_ledger.need_solved", partner=row.partner, period=row.closed_period)
    return [
        *(row.unit, row.period, say("digest_ledger.need_technical"), row.title, "", ""),
        *(state, solved if row.state == "closed" else ""),
    ]


def _service(row: KeptRow, say: Say) -> list[Value]:
    state = say("digest_ledger.service_closed" if row.state == "closed" else "digest_ledger.service_open")
    return [row.unit, row.title, row.partner, row.period, state, row.closed_period]


def _note(row: KeptRow, say: Say) -> str:
    return say("digest_ledger.register_note", period=row.period)

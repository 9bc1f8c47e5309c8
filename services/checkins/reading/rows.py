"""From the words of a check-in to rows of registers. Deterministic; nothing is stored, titles stand in the words."""

import re
from collections.abc import Mapping, Sequence
from datetime import date

from knowledge.language.folding import bare, fold
from services.checkins.form import Form
from services.checkins.reading.screening import screen
from services.privacy import holds_person_records, redact
from services.registers.mentioning import read_mentioned
from services.registers.needs import read_needs
from services.registers.platforms import read_platforms
from services.registers.said import (
    AGREEMENTS,
    NAMES_OF,
    NEEDS,
    NEW_AGREEMENTS,
    PLATFORMS,
    SERVICES,
    Said,
    Told,
    as_written,
)
from services.registers.tech_services import read_services

_RINGS = re.compile(r"[①-⑳⑴-⒇⒈-⒛㈠-㈩❶-❿]")  # a number in a ring only parts the items of a list
_HIGHLIGHTS = "highlights"


def read_rows(
    text: str, form: Form, today: date | None = None, names: Mapping[str, Sequence[str]] | None = None
) -> Told:
    """What a message tells of the registers that its form feeds. Plans, questions and wishes tell nothing.

    ``names``: partners that the reading of figures found beside their count. Counts without names are told only where
    the form does not ask for the count itself.
    """
    if holds_person_records(text):
        return Told()
    text = _RINGS.sub("；", redact(text))
    folded = fold(text.replace("\r\n", "\n").replace("\r", "\n"))
    screened = screen(folded, text, form)
    said = screened.text
    if _HIGHLIGHTS in screened.texts:
        said += "\n" + fold(screened.texts[_HIGHLIGHTS])
    registers = registers_of(form)
    asked = {NAMES_OF[one.key] for one in form.indicators if one.asked and one.key in NAMES_OF}
    rows: list[Said] = []
    unnamed: dict[str, int] = {}
    for register, read in ((PLATFORMS, read_platforms), (NEEDS, read_needs), (SERVICES, read_services)):
        if register in registers:
            found, count = read(said)
            rows += found
            if count and register not in asked:
                unnamed[register] = count
    written = [as_written(one, text) for one in rows]
    if AGREEMENTS in registers:
        agreements = read_mentioned(screened.text, text, today)
        known = {bare(one.partner) for one in agreements}
        named = [Said(AGREEMENTS, one, one, status="open") for one in (names or {}).get(NEW_AGREEMENTS, ())]
        written += [*agreements, *(one for one in named if bare(one.partner) not in known)]
    return Told(tuple(written), unnamed)


def registers_of(form: Form) -> frozenset[str]:
    """The registers that a form's figures and lists feed. Any unit may found a platform."""
    fed = {NAMES_OF[one.key] for one in form.indicators if one.key in NAMES_OF}
    return frozenset({*fed, *(one.register_name for one in form.lists), PLATFORMS})

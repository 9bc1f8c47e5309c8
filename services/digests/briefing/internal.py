"""The secretariat's own pages: who owes, who was late, where schools and enterprises disagree.

A file of its own, so that the 简报 can be handed on as it is.
"""

from collections.abc import Iterable
from itertools import groupby
from pathlib import Path
from typing import Any

from services.digests.briefing import layout
from services.digests.figures.digest import Audience, Digest
from services.digests.figures.replies import UnitRef
from services.digests.text.figures import plain_label
from services.digests.text.prose import Say, t
from services.digests.text.shown import digits
from services.periods import Period


def has_internal(digest: Digest) -> bool:
    """Whether there is anything that only the secretariat may read."""
    filing = digest.filing
    in_full = digest.audience is Audience.SECRETARIAT
    return in_full and bool(filing.missing or filing.late_ones or digest.disagreements)


def write_internal(digest: Digest, say: Say, path: Path) -> None:
    """Write the Word file."""
    from docx import Document

    document = Document()
    layout.set_page(document)
    layout.set_fonts(document)
    layout.number_pages(document, say(t("page_number_before")) + " ", " " + say(t("page_number_after")))
    layout.paragraph(document, say(t("internal_mark")), layout.HEAD_FONT, align="left", indent=False)
    title = say(t("internal_title"), period=digest.period.label)
    layout.paragraph(document, title, layout.TITLE_FONT, layout.SIZE_2, align="center", indent=False)
    for name, found in (("missing", digest.filing.missing), ("late", digest.filing.late_ones)):
        _section(document, say, name, _units(say, found))
    _section(document, say, "sides", [_side(say, one) for one in digest.disagreements])
    document.core_properties.title = title
    document.core_properties.author = digest.issue.office
    document.save(str(path))


def _section(document: Any, say: Say, name: str, lines: Iterable[str]) -> None:
    layout.paragraph(document, say(t(f"section_{name}")), layout.HEAD_FONT).paragraph_format.keep_with_next = True
    for line in list(lines) or [say(t("internal_none"))]:
        layout.paragraph(document, line)


def _units(say: Say, found: Iterable[tuple[UnitRef, Period]]) -> list[str]:
    ordered = sorted(found, key=lambda pair: (pair[0].kind, pair[0].unit_id, str(pair[1])))
    return [
        say(t("missing"), unit=unit.name, months=[month.label for _, month in months])
        for unit, months in groupby(ordered, key=lambda pair: pair[0])
    ]


def _side(say: Say, one: Any) -> str:
    return say(
        t("side"),
        school=plain_label(one.school.label),
        enterprise=plain_label(one.enterprise.label),
        a=digits(one.school.value),
        b=digits(one.enterprise.value),
        gap=digits(abs(one.gap)),
        percent=digits(one.gap_percent, 1),
        unit=one.school.unit,
    )

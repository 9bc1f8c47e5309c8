"""What stands behind the text of a 简报: notes, corrections, all figures, and the secretariat's own pages."""

from itertools import groupby
from typing import Any

from services.checkins.form import State
from services.digests import briefing_layout as layout
from services.digests.briefing_rows import figure_rows
from services.digests.briefing_tables import FIGURE_WIDTHS, Table, add_table
from services.digests.corrections import Correction
from services.digests.digest import Audience, Digest
from services.digests.prose import Say, plain_label, t
from services.digests.shown import digits

FORMS = ("school", "enterprise", "bureau", "association")


def add_appendices(document: Any, digest: Digest, say: Say) -> None:
    """Notes and corrections for all; who owes and where both sides differ for the secretariat."""
    _notes(document, digest, say)
    if digest.corrections:
        _heading(document, say, "corrections")
        labels = {figure.key: plain_label(figure.label) for figure in digest.figures}
        for one in digest.corrections:
            layout.paragraph(document, _corrected(say, one, labels.get(one.key, one.key)))
    if digest.audience is Audience.SECRETARIAT:
        _missing(document, digest, say)
        _sides(document, digest, say)
    _all_figures(document, digest, say)


def _heading(document: Any, say: Say, name: str) -> None:
    layout.paragraph(document, say(t(f"section_{name}")), layout.HEAD_FONT).paragraph_format.keep_with_next = True


def _notes(document: Any, digest: Digest, say: Say) -> None:
    _heading(document, say, "notes")
    notes = ["accepted" if digest.accepted_only else "submitted", "stock", "comparable", "dash", "lights"]
    if any(figure.key == "coop_enterprises" for figure in digest.figures):
        notes.append("relations")
    if any(one.drafted for one in (*digest.highlights, *digest.next_steps, *(p.sentence for p in digest.problems))):
        notes.append("drafted")
    layout.paragraph(document, "".join(say(t(f"note_{name}")) for name in notes))
    partial = [plain_label(figure.label) for figure in digest.figures if figure.partial_units]
    if partial:
        layout.paragraph(document, say(t("note_partial"), labels=partial))


def _corrected(say: Say, one: Correction, label: str) -> str:
    return say(
        t("correction"),
        unit=one.unit.name,
        month=one.period.label,
        label=label,
        late=one.is_late,
        old=_told(say, one.old, one.was),
        new=_told(say, one.new, one.now),
    )


def _told(say: Say, value: Any, state: State | None) -> str:
    if value is not None:
        return digits(value, 2)
    known = state in (State.NOT_APPLICABLE, State.NOT_COLLECTED)
    return say(t(f"state_{state.value}")) if state and known else say(t("state_missing"))


def _missing(document: Any, digest: Digest, say: Say) -> None:
    if not digest.missing_units:
        return
    _heading(document, say, "missing")
    ordered = sorted(digest.missing_units, key=lambda pair: (pair[0].kind, pair[0].unit_id, str(pair[1])))
    lines = [
        say(t("missing"), unit=unit.name, months=[month.label for _, month in found])
        for unit, found in groupby(ordered, key=lambda pair: pair[0])
    ]
    layout.paragraph(document, "；".join(lines) + "。")


def _sides(document: Any, digest: Digest, say: Say) -> None:
    if not digest.disagreements:
        return
    _heading(document, say, "sides")
    for one in digest.disagreements:
        line = say(
            t("side"),
            school=plain_label(one.school.label),
            enterprise=plain_label(one.enterprise.label),
            a=digits(one.school.value),
            b=digits(one.enterprise.value),
            gap=digits(abs(one.gap)),
            percent=digits(one.gap_percent, 1),
            unit=one.school.unit,
        )
        layout.paragraph(document, line)


def _all_figures(document: Any, digest: Digest, say: Say) -> None:
    figures = [figure for figure in digest.figures if figure.value is not None or figure.n_due]
    groups = {form: say(t(f"group_{form}")) for form in FORMS}
    rows = figure_rows(say, figures, groups)
    head = say(t("head_figures")).split("|")
    title = say(t("table_all"))
    add_table(document, Table(title, "", head, FIGURE_WIDTHS, rows))

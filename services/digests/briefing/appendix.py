"""What stands behind the text of a 简报: notes, corrections and, on landscape pages, all figures."""

from typing import Any

from services.checkins.form import State
from services.digests.briefing import layout
from services.digests.briefing.rows import figure_rows
from services.digests.briefing.tables import ALL_FIGURES_WIDTHS, Table, add_table, without_empty
from services.digests.figures.corrections import Correction
from services.digests.figures.digest import Digest
from services.digests.text.figures import plain_label
from services.digests.text.prose import Say, t
from services.digests.text.shown import digits

FORMS = ("school", "enterprise", "bureau", "association")


def add_appendices(document: Any, digest: Digest, say: Say) -> None:
    """How to read the figures, and what was corrected since the last issue."""
    _notes(document, digest, say)
    if digest.corrections:
        _heading(document, say, "corrections")
        labels = {figure.key: plain_label(figure.label) for figure in digest.figures}
        for one in digest.corrections:
            layout.paragraph(document, _corrected(say, one, labels.get(one.key, one.key)))


def add_all_figures(document: Any, digest: Digest, say: Say) -> None:
    """Every figure that somebody was asked for or gave: the source of the sentences."""
    figures = [figure for figure in digest.figures if figure.value is not None or figure.n_due]
    if not figures:
        return
    layout.turn_landscape(document)
    rows = figure_rows(say, figures, {form: say(t(f"group_{form}")) for form in FORMS})
    head = say(t("head_figures")).split("|")
    table = Table(say(t("table_all")), "", head, ALL_FIGURES_WIDTHS, rows, body_mm=layout.LANDSCAPE_BODY_MM)
    add_table(document, without_empty(table, say(t("no_value"))))


def _heading(document: Any, say: Say, name: str) -> None:
    layout.paragraph(document, say(t(f"section_{name}")), layout.HEAD_FONT).paragraph_format.keep_with_next = True


def _notes(document: Any, digest: Digest, say: Say) -> None:
    _heading(document, say, "notes")
    layout.paragraph(document, "".join(say(t(f"note_{name}")) for name in _note_names(digest)))
    partial = [plain_label(figure.label) for figure in digest.figures if figure.partial_units]
    if partial:
        layout.paragraph(document, say(t("note_partial"), labels=partial))


def _note_names(digest: Digest) -> list[str]:
    """The notes that this digest needs, in their order."""
    figures = digest.figures
    changes = [change for one in figures for change in (one.mom, one.yoy) if change]
    sentences = (*digest.highlights, *digest.next_steps, *(one.sentence for one in digest.problems))
    needed = {
        "accepted": digest.accepted_only,
        "submitted": not digest.accepted_only,
        "stock": True,
        "comparable": any(change.comparable for change in changes),
        "dash": True,
        "since": any(one.since or one.ytd_since for one in figures),
        "withheld": any(one.withheld for one in figures),
        "voluntary": any(one.value is not None and not one.n_due for one in figures),
        "lights": bool(digest.tasks) or any(one.status for one in figures),
        "relations": any(one.key == "coop_enterprises" and one.value is not None for one in figures),
        "drafted": any(one.drafted for one in sentences),
        "table": True,
    }
    return [name for name, is_needed in needed.items() if is_needed]


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

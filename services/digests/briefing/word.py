"""The 简报 as a Word file: 报头, title, eight sections, notes, 报尾. Facts from the digest, words from ``say``."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from io import BytesIO
from itertools import groupby
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from services.digests.briefing import layout
from services.digests.briefing.appendix import add_all_figures, add_appendices
from services.digests.briefing.masthead import add_imprint, add_masthead
from services.digests.briefing.rows import decision_rows, figure_rows, supply_rows, task_rows
from services.digests.briefing.tables import FIGURE_WIDTHS, Table, add_table, without_empty
from services.digests.figures.digest import Digest, Problem
from services.digests.text.figures import figure_paragraphs, headline_figures
from services.digests.text.prose import (
    Say,
    behind,
    decision_counts,
    engagement_sentence,
    filing_sentence,
    legend_sentence,
    light_counts,
    named,
    no_supply,
    problem_counts,
    supply_notes,
    supply_sentence,
    t,
)
from services.tasks.settings import TaskLights

NUMERALS = "一二三四五六七八九十"


@dataclass(frozen=True)
class Picture:
    """A chart as PNG with its title."""

    title: str
    png: bytes


@dataclass(frozen=True)
class Briefing:
    """What a 简报 is written from. ``zone`` is the consortium's."""

    digest: Digest
    say: Say
    zone: ZoneInfo
    lights: TaskLights = field(default_factory=TaskLights)
    pictures: Sequence[Picture] = ()


def write_briefing(briefing: Briefing, path: Path) -> None:
    """Write the Word file."""
    from docx import Document

    document = Document()
    layout.set_page(document)
    layout.set_fonts(document)
    say = briefing.say
    layout.number_pages(document, say(t("page_number_before")) + " ", " " + say(t("page_number_after")))
    if briefing.digest.issue.is_draft:
        layout.watermark(document, say(t("draft_mark")))
    add_masthead(document, briefing.digest, say)
    counter = _Counter()
    for section in (_filing, _figures, _tasks, _highlights, _problems, _supply, _decisions, _next):
        section(document, briefing, counter)
    add_appendices(document, briefing.digest, say)
    add_imprint(document, briefing.digest.issue, say)
    add_all_figures(document, briefing.digest, say)
    document.core_properties.title = briefing.digest.issue.title
    document.core_properties.author = briefing.digest.issue.office
    document.save(str(path))


class _Counter:
    """Numbers tables and figures through the document."""

    def __init__(self) -> None:
        self.tables = 0
        self.pictures = 0

    def table(self) -> int:
        """The next table's number."""
        self.tables += 1
        return self.tables

    def picture(self) -> int:
        """The next picture's number."""
        self.pictures += 1
        return self.pictures


def _heading(document: Any, briefing: Briefing, name: str) -> None:
    made = layout.paragraph(document, briefing.say(t(f"section_{name}")), layout.HEAD_FONT)
    made.paragraph_format.keep_with_next = True


def _text(document: Any, *sentences: str) -> None:
    layout.paragraph(document, "".join(sentences))


def _filing(document: Any, briefing: Briefing, counter: _Counter) -> None:
    digest, say = briefing.digest, briefing.say
    local = digest.cutoff.astimezone(briefing.zone)
    _heading(document, briefing, "filing")
    cutoff = say(t("cutoff"), year=local.year, month=local.month, day=local.day, time=f"{local:%H:%M}")
    _text(document, filing_sentence(say, digest), cutoff)
    if told := engagement_sentence(say, digest) if digest.engagement is not None else "":
        _text(document, told)


def _figures(document: Any, briefing: Briefing, counter: _Counter) -> None:
    digest, say = briefing.digest, briefing.say
    _heading(document, briefing, "figures")
    for sentences in figure_paragraphs(say, digest):
        _text(document, *sentences)
    shown = headline_figures(digest)
    rows = figure_rows(say, shown, {}, in_full=False)
    title = say(t("table_figures"), number=counter.table())
    head = say(t("head_figures")).split("|")
    starred = any(change and change.comparable for one in shown for change in (one.mom, one.yoy))
    note = say(t("note_starred")) if starred else ""
    add_table(document, without_empty(Table(title, "", head, FIGURE_WIDTHS, rows, note), say(t("no_value"))))
    for picture in briefing.pictures:
        _picture(document, briefing, picture, counter.picture())


def _picture(document: Any, briefing: Briefing, picture: Picture, number: int) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Mm

    holder = document.add_paragraph()
    holder.alignment = WD_ALIGN_PARAGRAPH.CENTER
    holder.paragraph_format.keep_with_next = True
    holder.add_run().add_picture(BytesIO(picture.png), width=Mm(layout.BODY_WIDTH_MM * 0.8))
    caption = briefing.say(t("figure_caption"), number=number, title=picture.title)
    layout.paragraph(document, caption, layout.HEAD_FONT, layout.SIZE_SMALL_3, align="center", indent=False)


def _tasks(document: Any, briefing: Briefing, counter: _Counter) -> None:
    digest, say = briefing.digest, briefing.say
    _heading(document, briefing, "tasks")
    if not digest.tasks:
        _text(document, say(t("none_tasks")))
        return
    slow = behind(digest)
    told = say(t("lights_behind"), tasks=slow) if slow else ""
    _text(document, light_counts(say, digest), told)
    _text(document, legend_sentence(say, briefing.lights))
    head = say(t("head_tasks")).split("|")
    title = say(t("table_tasks"), number=counter.table())
    rows = task_rows(say, digest.tasks, digest.period)
    add_table(document, Table(title, "", head, (16, 34, 18, 22, 32, 15, 15, 16), rows))


def _highlights(document: Any, briefing: Briefing, counter: _Counter) -> None:
    digest, say = briefing.digest, briefing.say
    _heading(document, briefing, "highlights")
    if not digest.highlights:
        _text(document, say(t("none_highlights")))
    for number, one in enumerate(digest.highlights, start=1):
        _text(document, say(t("highlight"), number=number, unit=named(one), text=one.text, drafted=one.drafted))


def _problems(document: Any, briefing: Briefing, counter: _Counter) -> None:
    digest, say = briefing.digest, briefing.say
    _heading(document, briefing, "problems")
    if not digest.problems:
        _text(document, say(t("none_problems")))
        return
    _text(document, problem_counts(say, digest))
    groups = groupby(digest.problems, key=lambda one: one.category)
    for at, (category, found) in enumerate(groups):
        word = say(t(f"category_{category}"))
        line = say(t("problem_group"), numeral=NUMERALS[at % len(NUMERALS)], word=word)
        layout.paragraph(document, line, layout.SUBHEAD_FONT).paragraph_format.keep_with_next = True
        for number, one in enumerate(found, start=1):
            _text(document, _problem(say, one, number))


def _problem(say: Say, one: Problem, number: int) -> str:
    sentence = one.sentence
    facts = {"text": sentence.text.rstrip("。；;"), "unit": named(sentence), "flagged": one.flagged}
    return say(t("problem"), number=number, owner=one.proposed_unit or "", drafted=sentence.drafted, **facts)


def _supply(document: Any, briefing: Briefing, counter: _Counter) -> None:
    digest, say = briefing.digest, briefing.say
    _heading(document, briefing, "supply")
    if digest.balance is None or not digest.balance.classes:
        _text(document, no_supply(say, digest))
        return
    for sentence in (supply_sentence(say, digest), *supply_notes(say, digest)):
        _text(document, sentence)
    rows = supply_rows(say, digest)
    if rows:
        head = say(t("head_supply")).split("|")
        title = say(t("table_supply"), number=counter.table())
        add_table(document, Table(title, say(t("unit_people")), head, (52, 20, 20, 20, 22, 22), rows))


def _decisions(document: Any, briefing: Briefing, counter: _Counter) -> None:
    digest, say = briefing.digest, briefing.say
    _heading(document, briefing, "decisions")
    if not digest.decisions:
        _text(document, say(t("none_decisions")))
        return
    _text(document, decision_counts(say, digest))
    head = say(t("head_decisions")).split("|")
    title = say(t("table_decisions"), number=counter.table())
    add_table(document, Table(title, "", head, (16, 64, 34, 24, 22), decision_rows(say, digest.decisions)))


def _next(document: Any, briefing: Briefing, counter: _Counter) -> None:
    digest, say = briefing.digest, briefing.say
    _heading(document, briefing, "next")
    for number, one in enumerate(digest.next_steps, start=1):
        _text(document, say(t("step"), number=number, unit=named(one), text=one.text, drafted=one.drafted))
    items = [one.sentence.text.rstrip("。；;") for one in digest.problems if one.flagged]
    if items:
        _text(document, say(t("proposals"), items=items))
    elif not digest.next_steps:
        _text(document, say(t("none_next")))

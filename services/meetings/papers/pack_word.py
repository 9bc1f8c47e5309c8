"""The pack as a Word file: the page layout of a 简报, words from the caller's `say`, numbers from the facts."""

from pathlib import Path
from typing import Any

from services.digests.briefing import layout
from services.digests.briefing.rows import task_rows
from services.digests.briefing.tables import Cell, Table, add_table
from services.digests.briefing.word import Picture
from services.digests.text.figures import figure_paragraphs
from services.digests.text.prose import Say, legend_sentence, light_counts
from services.meetings.papers.page import Papers, about, begin_paper, numeral, p, title_paper

# Millimetres of the body's 156: a date needs 22 on one line, 「不亮灯」 13.
ITEM_WIDTHS = (17, 34, 27, 24, 22, 19, 13)
TASK_WIDTHS = (11, 33, 26, 22, 27, 14, 12, 13)
REVIEW_WIDTHS = (12, 27, 13, 44, 32, 28)


def write_pack(papers: Papers, path: Path) -> None:
    """Write the Word file."""
    document = begin_paper(papers.say)
    pack, say = papers.pack, papers.say
    title = say(p("pack_title"), consortium=pack.consortium, **about(pack.meeting, papers.zone))
    title_paper(document, say, title, pack.consortium)
    for section in (_agenda, _follow_up, _tasks, _reviews, _figures, _topics, _notes):
        section(document, papers)
    document.save(str(path))


def _heading(document: Any, papers: Papers, name: str) -> None:
    text = papers.say(p(f"section_{name}"))
    layout.paragraph(document, text, layout.HEAD_FONT).paragraph_format.keep_with_next = True


def _agenda(document: Any, papers: Papers) -> None:
    pack, say = papers.pack, papers.say
    layout.paragraph(document, say(p("when_where"), **about(pack.meeting, papers.zone)))
    _heading(document, papers, "agenda")
    agenda = pack.agenda
    total = agenda.completion.total
    lines = [say(p("agenda_follow_up"), items=list(agenda.unfinished), total=total)] if total else []
    if agenda.reporting:
        lines.append(say(p("agenda_reports"), units=list(agenda.reporting)))
    lines += [
        say(p("agenda_topic"), title=one.title, unit=one.unit.name if one.unit else "", asked=list(one.asked_units))
        for one in agenda.topics
    ]
    lines.append(say(p("agenda_decide")))
    for number, line in enumerate(lines, start=1):
        layout.paragraph(document, say(p("agenda_line"), number=number, line=line))


def _follow_up(document: Any, papers: Papers) -> None:
    pack, say = papers.pack, papers.say
    _heading(document, papers, "follow_up")
    if not pack.items:
        layout.paragraph(document, say(p("none")))
        return
    done = pack.completion
    rate = f"{100 * done.rate.numerator / done.rate.denominator:.1f}" if done.rate is not None else ""
    layout.paragraph(document, say(p("follow_up"), c=vars(done), counted=done.counted, rate=rate, as_of=pack.as_of))
    rows = [
        [
            Cell(say(p("item_number"), number=item["number"], meeting_on=item["meeting_on"])),
            Cell(item["text"]),
            Cell("、".join(item["owners"])),
            Cell("、".join(item["co_owners"]) or say(p("no_value"))),
            Cell(say(p("due_cell"), due_on=item["due_on"], first_due_on=item["first_due_on"])),
            Cell(say(p("state_cell"), item=item)),
            Cell(say(f"digest_document.light_{item['light']}"), light=item["light"]),
        ]
        for item in pack.items
    ]
    head = say(p("head_items")).split("|")
    add_table(document, Table(say(p("table_items")), "", head, ITEM_WIDTHS, rows))
    layout.paragraph(
        document, say(p("item_legend"), entries=[vars(one) for one in pack.item_legend]), size=layout.SIZE_4
    )


def _tasks(document: Any, papers: Papers) -> None:
    say, digest = papers.say, papers.digest
    _heading(document, papers, "tasks")
    if digest is None or not digest.tasks:
        layout.paragraph(document, say(p("no_tasks")))
        return
    as_of = say(p("tasks_as_of"), day=papers.judged_on)
    layout.paragraph(document, as_of + light_counts(say, digest))
    head = say("digest_document.head_tasks").split("|")
    rows = task_rows(say, digest.tasks, digest.period)
    add_table(document, Table(say(p("table_tasks")), "", head, TASK_WIDTHS, rows))
    layout.paragraph(document, legend_sentence(say, papers.lights), size=layout.SIZE_4)


def _reviews(document: Any, papers: Papers) -> None:
    say, reviews = papers.say, papers.pack.reviews
    _heading(document, papers, "reviews")
    layout.paragraph(document, say(p("review_counts"), asked=papers.pack.reviews_asked, told=len(reviews)))
    if not reviews:
        return
    rows = [
        [
            Cell(say(p("review_task"), task=one.task)),
            Cell(one.unit.name),
            Cell(say(p("percent"), percent=one.percent), number=True),
            Cell(say(p("review_progress"), progress=one.progress, evidence=one.evidence)),
            Cell(one.problem or say(p("no_value"))),
            Cell(one.next_step or say(p("no_value"))),
        ]
        for one in reviews
    ]
    head = say(p("head_reviews")).split("|")
    add_table(document, Table(say(p("table_reviews")), "", head, REVIEW_WIDTHS, rows))


def _figures(document: Any, papers: Papers) -> None:
    say, digest = papers.say, papers.digest
    _heading(document, papers, "figures")
    paragraphs = figure_paragraphs(say, digest) if digest is not None else ()
    if digest is None or not paragraphs:
        layout.paragraph(document, say(p("no_figures")))
        return
    local = digest.cutoff.astimezone(papers.zone)
    layout.paragraph(document, say(p("cutoff"), day=local.date(), clock=f"{local:%H:%M}"))
    for sentences in paragraphs:
        layout.paragraph(document, "".join(sentences))
    for number, picture in enumerate(papers.pictures, start=1):
        _picture(document, say, picture, number)


def _picture(document: Any, say: Say, picture: Picture, number: int) -> None:
    from io import BytesIO

    from docx.enum.text import WD_LINE_SPACING
    from docx.shared import Mm

    made = layout.paragraph(document, "", align="center", indent=False)
    made.paragraph_format.line_spacing_rule = WD_LINE_SPACING.SINGLE
    made.paragraph_format.keep_with_next = True
    made.add_run().add_picture(BytesIO(picture.png), width=Mm(layout.BODY_WIDTH_MM))
    caption = say("digest_document.figure_caption", number=number, title=picture.title)
    layout.paragraph(document, caption, layout.HEAD_FONT, layout.SIZE_4, align="center", indent=False)


def _topics(document: Any, papers: Papers) -> None:
    say, topics = papers.say, papers.pack.agenda.topics
    _heading(document, papers, "topics")
    for number, one in enumerate(topics, start=1):
        unit = one.unit.name if one.unit else ""
        layout.paragraph(document, say(p("topic_title"), numeral=numeral(number), title=one.title), layout.SUBHEAD_FONT)
        layout.paragraph(document, say(p("topic_body"), body=one.body, unit=unit, asked=list(one.asked_units)))
    if not topics:
        layout.paragraph(document, say(p("none")))


def _notes(document: Any, papers: Papers) -> None:
    say, pack = papers.say, papers.pack
    _heading(document, papers, "attendance")
    layout.paragraph(document, say(p("attendance"), **pack.turnout))
    layout.paragraph(document, say(p("basis"), as_of=pack.as_of), size=layout.SIZE_4)

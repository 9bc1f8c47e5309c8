"""The pack as a Word file, and the draft of the minutes: the page layout of a 简报, words from the caller's `say`."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from services.digests import briefing_layout as layout
from services.digests.briefing import Picture
from services.digests.briefing_rows import task_rows
from services.digests.briefing_tables import Cell, Table, add_table
from services.digests.digest import Digest
from services.digests.prose import Say, figure_paragraphs, legend_sentence, light_counts
from services.meetings.minutes import Minutes
from services.meetings.pack import Pack
from services.tasks.settings import TaskLights

NUMERALS = "一二三四五六七八九十"


@dataclass(frozen=True)
class Papers:
    """What the pack's files are written from. `digest` is the quarter's, None before any report was filed."""

    pack: Pack
    say: Say
    zone: ZoneInfo
    digest: Digest | None = None
    lights: TaskLights = field(default_factory=TaskLights)
    pictures: Sequence[Picture] = ()


def p(name: str) -> str:
    """The key of a text of the meeting's papers."""
    return f"meeting_papers.{name}"


def write_pack(papers: Papers, path: Path) -> None:
    """Write the Word file."""
    document = _begin(papers.say)
    pack, say = papers.pack, papers.say
    _title(document, say, say(p("pack_title"), consortium=pack.consortium, **_about(papers)))
    _agenda(document, papers)
    _follow_up(document, papers)
    _tasks(document, papers)
    _reviews(document, papers)
    _figures(document, papers)
    _topics(document, papers)
    _notes(document, papers)
    document.core_properties.title = say(p("pack_title"), consortium=pack.consortium, **_about(papers))
    document.core_properties.author = pack.consortium
    document.save(str(path))


def write_minutes(minutes: Minutes, consortium: str, say: Say, zone: ZoneInfo, path: Path) -> None:
    """Write the draft of the minutes; what was said at the meeting is for people to fill in."""
    document = _begin(say)
    meeting = minutes.meeting
    local = meeting.starts_at.astimezone(zone)
    about = {"kind": meeting.kind, "period": meeting.period, "day": local.date(), "clock": f"{local:%H:%M}"}
    _title(document, say, say(p("minutes_title"), consortium=consortium, **about))
    names = [row.unit.name for row in minutes.attending]
    absent = [row.unit.name for row in minutes.absent]
    present = {"present": meeting.present or 0, **minutes.turnout}
    for key, values in (
        ("minutes_time", about),
        ("minutes_place", {"place": meeting.place}),
        ("minutes_host", {}),
        ("minutes_attending", {"names": names, **present}),
        ("minutes_absent", {"names": absent}),
        ("minutes_recorder", {}),
    ):
        label, _, text = say(p(key), **values).partition("：")
        made = layout.paragraph(document, f"{label}：", layout.HEAD_FONT)
        layout.run(made, text)
    layout.paragraph(document, say(p("minutes_opening"), topics=list(minutes.topics)))
    layout.paragraph(document, say(p("minutes_fill_in")), layout.SUBHEAD_FONT)
    layout.paragraph(document, say(p("minutes_decided")), layout.HEAD_FONT)
    for number, item in enumerate(minutes.items, start=1):
        layout.paragraph(document, say(p("minutes_item"), numeral=numeral(number), item=item))
    if not minutes.items:
        layout.paragraph(document, say(p("none")))
    document.core_properties.title = say(p("minutes_title"), consortium=consortium, **about)
    document.save(str(path))


def numeral(number: int) -> str:
    """一 to 九十九."""
    tens, ones = divmod(number, 10)
    head = "" if tens == 0 else "十" if tens == 1 else NUMERALS[tens - 1] + "十"
    return head + (NUMERALS[ones - 1] if ones else "")


def _begin(say: Say) -> Any:
    from docx import Document

    document = Document()
    layout.set_page(document)
    layout.set_fonts(document)
    before, after = say("digest_document.page_number_before"), say("digest_document.page_number_after")
    layout.number_pages(document, f"{before} ", f" {after}")
    layout.watermark(document, say(p("draft_mark")))
    return document


def _about(papers: Papers) -> dict[str, Any]:
    meeting = papers.pack.meeting
    local = meeting.starts_at.astimezone(papers.zone)
    values = {"kind": meeting.kind, "period": meeting.period, "place": meeting.place}
    return {**values, "day": local.date(), "clock": f"{local:%H:%M}"}


def _title(document: Any, say: Say, text: str) -> None:
    for line in text.split("\n"):
        layout.paragraph(document, line, layout.TITLE_FONT, layout.SIZE_2, align="center", indent=False)
    layout.paragraph(document, say(p("draft_note")), layout.SUBHEAD_FONT, align="center", indent=False)


def _heading(document: Any, papers: Papers, name: str) -> None:
    layout.paragraph(
        document, papers.say(p(f"section_{name}")), layout.HEAD_FONT
    ).paragraph_format.keep_with_next = True


def _agenda(document: Any, papers: Papers) -> None:
    pack, say = papers.pack, papers.say
    layout.paragraph(document, say(p("when_where"), **_about(papers)))
    _heading(document, papers, "agenda")
    agenda = pack.agenda
    lines = [say(p("agenda_follow_up"), items=list(agenda.unfinished), total=pack.completion.total)]
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
    add_table(document, Table(say(p("table_items")), "", head, (19, 46, 26, 22, 22, 24, 12), rows))
    layout.paragraph(
        document, say(p("item_legend"), entries=[vars(one) for one in pack.item_legend]), size=layout.SIZE_4
    )


def _tasks(document: Any, papers: Papers) -> None:
    say, digest = papers.say, papers.digest
    _heading(document, papers, "tasks")
    if digest is None or not digest.tasks:
        layout.paragraph(document, say(p("no_tasks")))
        return
    layout.paragraph(document, light_counts(say, digest))
    head = say("digest_document.head_tasks").split("|")
    rows = task_rows(say, digest.tasks)
    add_table(document, Table(say(p("table_tasks")), "", head, (11, 34, 38, 19, 34, 15, 15, 12), rows))
    layout.paragraph(document, legend_sentence(say, papers.lights), size=layout.SIZE_4)


def _reviews(document: Any, papers: Papers) -> None:
    say, reviews = papers.say, papers.pack.reviews
    _heading(document, papers, "reviews")
    if not reviews:
        layout.paragraph(document, say(p("no_reviews")))
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
    add_table(document, Table(say(p("table_reviews")), "", head, (11, 27, 13, 48, 30, 30), rows))


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

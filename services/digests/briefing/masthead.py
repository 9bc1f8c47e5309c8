"""报头 and 报尾 of a 简报: what stands above its text, and to whom it goes below."""

from typing import Any

from services.digests.briefing import layout
from services.digests.figures.digest import Digest, Issue
from services.digests.text.prose import Say, t


def add_masthead(document: Any, digest: Digest, say: Say) -> None:
    """报头: the issue's name in red, its number, office and date over a red rule, then the title."""
    from docx.enum.text import WD_LINE_SPACING
    from docx.shared import Pt

    issue = digest.issue
    size = max(30, min(54, int(layout.BODY_WIDTH_MM / 0.3528 / max(len(issue.title), 1))))
    name = layout.paragraph(document, "", align="center", indent=False)
    name.paragraph_format.line_spacing_rule = WD_LINE_SPACING.SINGLE
    layout.run(name, issue.title, layout.TITLE_FONT, size, red=True)
    layout.paragraph(
        document, say(t("issue_number"), number=issue.number, total=issue.total_number), align="center", indent=False
    )
    if issue.is_draft:
        layout.paragraph(document, say(t("draft_note")), layout.SUBHEAD_FONT, align="center", indent=False)
    imprint = layout.paragraph(document, say(t("office_line"), office=issue.office), align="left", indent=False)
    layout.right_tab(imprint)
    layout.run(imprint, "\t" + say(t("dated"), year=issue.dated.year, month=issue.dated.month, day=issue.dated.day))
    layout.rule(imprint, layout.RED, 18)
    layout.paragraph(document, "", indent=False).paragraph_format.line_spacing = Pt(14)
    title = say(t("title"), consortium=digest.consortium, period=digest.period.label)
    if layout.width_in_characters(title) > layout.TITLE_CHARACTERS:  # two lines that break between words
        title = title.replace(digest.consortium, digest.consortium + "\n", 1)
    layout.paragraph(document, title, layout.TITLE_FONT, layout.SIZE_2, align="center", indent=False)
    layout.paragraph(document, "", indent=False).paragraph_format.line_spacing = Pt(14)


def add_imprint(document: Any, issue: Issue, say: Say) -> None:
    """报尾: to whom it goes, and in how many copies."""
    lines = (("report_to", issue.report_to), ("send_to", issue.send_to), ("distribute_to", issue.distribute_to))
    told = [say(t(key), names=names) for key, names in lines if names]
    if not told and not issue.copies:
        return
    above = layout.paragraph(document, "", indent=False, size=layout.SIZE_4)
    layout.rule(above, "000000", 8)
    for line in told:
        layout.paragraph(document, line, size=layout.SIZE_4, align="left", indent=False)
    if issue.copies:
        count = say(t("copies"), count=issue.copies)
        last = layout.paragraph(document, count, size=layout.SIZE_4, align="right", indent=False)
        layout.rule(last, "000000", 8)

"""The draft of the minutes as a Word file: what is known is filled in, what was said is for people to write."""

from pathlib import Path
from zoneinfo import ZoneInfo

from services.digests.briefing import layout
from services.digests.text.prose import Say
from services.meetings.papers.minutes import Minutes
from services.meetings.papers.page import about, begin_paper, numeral, p, title_paper


def write_minutes(minutes: Minutes, consortium: str, say: Say, zone: ZoneInfo, path: Path) -> None:
    """Write the Word file. It carries no number of issue and no seal: those come with the signature of a person."""
    document = begin_paper(say)
    facts = about(minutes.meeting, zone)
    title_paper(document, say, say(p("minutes_title"), consortium=consortium, **facts), consortium)
    names = [row.unit.name for row in minutes.attending]
    meeting = minutes.meeting
    present = {"present": meeting.present or 0, "present_units": meeting.present_units or 0, **minutes.turnout}
    for key, values in (
        ("minutes_time", facts),
        ("minutes_place", {"place": minutes.meeting.place}),
        ("minutes_host", {}),
        ("minutes_attending", {"names": names, **present}),
        ("minutes_observers", {}),
        ("minutes_absent", {"names": [row.unit.name for row in minutes.absent]}),
        ("minutes_recorder", {}),
    ):
        label, _, text = say(p(key), **values).partition("：")
        made = layout.paragraph(document, f"{label}：", layout.HEAD_FONT)
        layout.run(made, text)
    layout.paragraph(document, say(p("minutes_opening"), followed=minutes.followed, topics=list(minutes.topics)))
    layout.paragraph(document, say(p("minutes_fill_in")), layout.SUBHEAD_FONT)
    layout.paragraph(document, say(p("minutes_decided")), layout.HEAD_FONT).paragraph_format.keep_with_next = True
    for number, item in enumerate(minutes.items, start=1):
        layout.paragraph(document, say(p("minutes_item"), numeral=numeral(number), item=item))
    if not minutes.items:
        layout.paragraph(document, say(p("none")))
    document.save(str(path))

"""The meeting as a calendar file that replaces its earlier self (RFC 5545, RFC 5546): one UID, a growing SEQUENCE."""

from datetime import datetime, timedelta
from pathlib import Path

from services.meetings.office import MeetingOffice
from services.models import Meeting
from services.outbox import Attachment

LENGTH = timedelta(hours=2)
FILE_NAME = "meeting.ics"


def calendar_bytes(office: MeetingOffice, meeting: Meeting, title: str, *, now: datetime) -> bytes:
    """The file. PUBLISH, for there is no mailbox that could collect answers; CANCEL takes the entry away.

    Instants are in UTC, so no zone definition can disagree with the reader's.
    """
    from icalendar import Calendar, Event, vCalAddress, vText

    cancelled = meeting.state == "cancelled"
    calendar = Calendar()
    calendar.add("prodid", "-//lianluo//meetings//")
    calendar.add("version", "2.0")
    calendar.add("method", "CANCEL" if cancelled else "PUBLISH")
    event = Event()
    event.add("uid", meeting.uid)
    event.add("sequence", meeting.sequence)
    event.add("dtstamp", now)
    event.add("dtstart", meeting.starts_at)
    event.add("dtend", meeting.starts_at + LENGTH)
    event.add("summary", title)
    event.add("status", "CANCELLED" if cancelled else "CONFIRMED")
    if meeting.place:
        event.add("location", meeting.place)
    organizer = vCalAddress("invalid:nomail")
    organizer.params["cn"] = vText(office.consortium)
    event["organizer"] = organizer
    calendar.add_component(event)
    return bytes(calendar.to_ical())


def calendar_file(office: MeetingOffice, meeting: Meeting, *, now: datetime) -> Attachment:
    """The file, written once for each state of the meeting."""
    folder = office.settings.files_dir
    folder.mkdir(parents=True, exist_ok=True)
    path: Path = folder / f"meeting-{meeting.id}-{meeting.sequence}.ics"
    if not path.exists():
        path.write_bytes(calendar_bytes(office, meeting, office.entitle(meeting.kind, office.consortium), now=now))
    return Attachment(str(path.resolve()), FILE_NAME)

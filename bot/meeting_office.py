"""The office of the meetings, with the words that only the texts know: how a meeting is called in a calendar."""

from pathlib import Path

from bot.settings import Settings
from handlers import texts
from services.meetings.office import MeetingOffice, open_meeting_office


def meeting_office_of(settings: Settings, files_dir: Path | None = None) -> MeetingOffice:
    """The office as the settings have it; a rehearsal writes its files elsewhere.

    Raises:
        HolidaysInvalid: the holiday table is wrong.
    """
    meetings = settings.meetings.model_copy(update={"files_dir": files_dir}) if files_dir else settings.meetings
    return open_meeting_office(
        settings.consortium, meetings, settings.tasks, settings.quiet_hours, settings.holidays, entitle=_entitle
    )


def _entitle(kind: str, consortium: str) -> str:
    return texts.plain("meetings.calendar_title", {"kind": kind, "consortium": consortium})

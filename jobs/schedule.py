"""All duties of the timetable."""

from jobs.checkins import checkin_duties
from jobs.duties import Duty
from services.checkins.office import Office


def all_duties(office: Office) -> list[Duty]:
    """In the order in which a tick does them."""
    return [*checkin_duties(office)]

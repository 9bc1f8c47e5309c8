"""All duties of the timetable."""

from jobs.checkins import checkin_duties
from jobs.digests import digest_duties
from jobs.duties import Duty
from jobs.meetings import meeting_duties
from jobs.registers import register_duties
from jobs.supply import supply_duties
from jobs.tickets import ticket_duties
from services.checkins.office import Office
from services.digests.issuing.press import DigestOffice
from services.meetings.office import MeetingOffice
from services.supply.desk import SupplyDesk
from services.tickets.desk import Desk


def all_duties(
    office: Office, meetings: MeetingOffice, desk: Desk, digests: DigestOffice, supply: SupplyDesk
) -> list[Duty]:
    """In the order in which a tick does them."""
    return [
        *checkin_duties(office),
        *register_duties(office),
        *meeting_duties(meetings),
        *ticket_duties(desk),
        *digest_duties(digests),
        *supply_duties(supply),
    ]

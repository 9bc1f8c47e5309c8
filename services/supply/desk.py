"""What every use case of supply and demand needs besides the session."""

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from services.calendar.quiet_hours import QuietHours
from services.calendar.zones import local_day
from services.settings import ConsortiumSettings
from services.supply.settings import SupplySettings


@dataclass(frozen=True)
class SupplyDesk:
    """Settings, clock rules, and who the secretariat is."""

    settings: SupplySettings
    zone: ZoneInfo
    hours: QuietHours
    secretaries: frozenset[int]

    def today(self, now: datetime) -> date:
        """The local date."""
        return local_day(now, self.zone)


def open_supply_desk(consortium: ConsortiumSettings, settings: SupplySettings, hours: QuietHours) -> SupplyDesk:
    """Put it together from the settings."""
    return SupplyDesk(settings, ZoneInfo(consortium.timezone), hours, frozenset(consortium.secretaries))

"""Local wall time and stored instants."""

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo


def to_utc(day: date, at: time, zone: ZoneInfo) -> datetime:
    """The UTC instant at which clocks in that zone show the time.

    A time that clocks skip (a gap) moves on by the length of the gap; a time shown twice means its first showing. This
    is the rule of RFC 5545, so calendars that people import agree with the bot.
    """
    return datetime.combine(day, at.replace(fold=0), zone).astimezone(UTC)


def local_day(instant: datetime, zone: ZoneInfo) -> date:
    """The date that clocks in that zone show; ValueError for an instant without a zone."""
    return localized(instant, zone).date()


def localized(instant: datetime, zone: ZoneInfo) -> datetime:
    """The same instant as clocks in that zone show it; ValueError for an instant without a zone."""
    if instant.tzinfo is None:
        raise ValueError("an instant needs a time zone")
    return instant.astimezone(zone)

"""What a meeting sends, and to whom: one place that builds every address, key, value and button."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from services.checkins.running.recipients import find_recipients, pick
from services.meetings.office import MeetingOffice
from services.meetings.standing.calendars import calendar_file
from services.members.reach import list_secretariat
from services.models import Attendance, Meeting, OutboxMessage, Person, Seat, Unit
from services.outbox import Address, Attachment, Button, Note, post
from services.outbox.posting import Timing
from services.periods import Period

RSVP_ACTIONS = ("attend", "leave", "substitute")
URGENT = timedelta(hours=12)
KNOWN_STATES = ("sent", "sending", "uncertain")


@dataclass(frozen=True)
class Target:
    """Somebody who gets a message: the chat, the person whose buttons work, and the unit that is spoken to."""

    chat_id: int
    person_id: int | None = None
    unit_id: int | None = None
    unit_name: str = ""

    @property
    def key(self) -> str:
        """The part of a business key that names the addressee."""
        return f"u{self.unit_id}" if self.unit_id else f"c{self.chat_id}"


@dataclass(frozen=True)
class Message:
    """A text key with its values, buttons, file, and when it is stale."""

    text_key: str
    values: dict[str, Any] = field(default_factory=dict)
    buttons: tuple[tuple[Button, ...], ...] = ()
    attachment: Attachment | None = None
    not_before: datetime | None = None
    expires_at: datetime | None = None


async def units_targets(session: AsyncSession, units: Iterable[Unit]) -> list[Target]:
    """The liaison of each unit, else who stands next on the ladder; units with nobody are left out."""
    named = {unit.id: unit.name for unit in units}
    people = await find_recipients(session, named)
    found = []
    for unit_id, name in named.items():
        to = pick(people[unit_id], 0)
        if to is not None:
            found.append(Target(to.telegram_id, to.person_id, unit_id, name))
    return found


async def secretariat_targets(session: AsyncSession, office: MeetingOffice) -> list[Target]:
    """Every reachable secretary, each with buttons of their own."""
    ids = await list_secretariat(session, office.secretaries)
    people = await session.execute(select(Person.telegram_id, Person.id).where(Person.telegram_id.in_(ids)))
    return [Target(telegram_id, person_id) for telegram_id, person_id in people if telegram_id]


async def convener_targets(
    session: AsyncSession, office: MeetingOffice, *, beside_secretariat: bool = True
) -> list[Target]:
    """Everybody in a convener's seat who can be reached; `beside_secretariat` leaves out who hears with it anyway."""
    told = set(await list_secretariat(session, office.secretaries)) if beside_secretariat else set()
    people = await session.execute(
        select(Person.telegram_id, Person.id)
        .join(Seat, Seat.person_id == Person.id)
        .where(Seat.role == "convener", Seat.until.is_(None), Person.reachable.is_(True))
        .distinct()
    )
    return [
        Target(telegram_id, person_id) for telegram_id, person_id in people if telegram_id and telegram_id not in told
    ]


async def post_to(
    session: AsyncSession, prefix: str, targets: Iterable[Target], message: Message, *, now: datetime
) -> int:
    """Write the message to each; the key of prefix and addressee keeps it from going twice. Returns how many."""
    posted = 0
    for to in targets:
        values = {**message.values, "unit": to.unit_name}
        buttons = tuple(tuple(_for_unit(button, to) for button in row) for row in message.buttons)
        note = Note(message.text_key, values, buttons, message.attachment)
        written = await post(
            session,
            note,
            Address(to.chat_id, person_id=to.person_id),
            now=now,
            business_key=f"{prefix}:{to.key}",
            timing=Timing(message.not_before, message.expires_at),
        )
        posted += written is not None
    return posted


def meeting_values(meeting: Meeting) -> dict[str, Any]:
    """What every text about a meeting may say."""
    return {
        "meeting_id": meeting.id,
        "kind": meeting.kind,
        "period": Period.of(meeting.period).label,
        "starts_at": meeting.starts_at.isoformat(),
        "place": meeting.place,
        "meeting_state": meeting.state,
    }


def rsvp_buttons(meeting: Meeting) -> tuple[tuple[Button, ...], ...]:
    """参加, 请假, 替会; the unit is put in for each addressee, the presser's right to it is judged at the press."""
    return (
        tuple(
            Button(f"meetings.button_{answer}", "meeting_rsvp", {"meeting_id": meeting.id, "rsvp": answer})
            for answer in RSVP_ACTIONS
        ),
    )


async def announce_move(
    session: AsyncSession, office: MeetingOffice, meeting: Meeting, before: dict[str, str], *, now: datetime
) -> int:
    """One message to everybody who heard of the earlier date or place, with the new calendar file. Returns how many.

    `before`: `from_starts_at` and `from_place`, as they stood.
    """
    message = Message(
        "meetings.moved",
        {**meeting_values(meeting), **before},
        rsvp_buttons(meeting),
        calendar_file(office, meeting, now=now),
        _soon(office, min(datetime.fromisoformat(before["from_starts_at"]), meeting.starts_at), now),
        meeting.starts_at,
    )
    targets = await _who_heard(session, meeting)
    return await post_to(session, f"meeting:{meeting.id}:v{meeting.version}:moved", targets, message, now=now)


async def announce_cancel(session: AsyncSession, office: MeetingOffice, meeting: Meeting, *, now: datetime) -> int:
    """One message to everybody who heard of the meeting; the calendar entry goes."""
    message = Message(
        "meetings.cancelled",
        {**meeting_values(meeting), "reason": meeting.reason},
        attachment=calendar_file(office, meeting, now=now),
        not_before=_soon(office, meeting.starts_at, now),
    )
    targets = await _who_heard(session, meeting)
    return await post_to(session, f"meeting:{meeting.id}:v{meeting.version}:cancelled", targets, message, now=now)


async def _who_heard(session: AsyncSession, meeting: Meeting) -> list[Target]:
    """The participants whose unit was written to, also when the message was just taken back unsent."""
    keys = await session.scalars(
        select(OutboxMessage.business_key).where(
            OutboxMessage.business_key.startswith(f"meeting:{meeting.id}:v", autoescape=True),
            or_(OutboxMessage.state.in_((*KNOWN_STATES, "new")), OutboxMessage.reason == "moved"),
        )
    )
    heard = {int(key.rpartition(":u")[2]) for key in keys if key and ":u" in key}
    rows = await session.scalars(
        select(Attendance).where(Attendance.meeting_id == meeting.id, Attendance.unit_id.in_(heard))
    )
    return await units_targets(session, [row.unit for row in rows])


def _soon(office: MeetingOffice, meeting_at: datetime, now: datetime) -> datetime:
    """In sending hours, unless people would then hear too late to change their way."""
    at = office.quiet_hours.next_send_at(now)
    return now if at > meeting_at - URGENT else at


def _for_unit(button: Button, to: Target) -> Button:
    if to.unit_id is None or not button.action:
        return button
    return Button(button.label, button.action, {**button.payload, "unit_id": to.unit_id}, button.values, button.url)

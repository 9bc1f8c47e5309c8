"""The facts of a meeting's pack: agenda, what became of earlier decisions, reviews, topics, who comes. One cut-off."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from services.lights import LegendEntry
from services.meetings.items.facts import item_values
from services.meetings.office import MeetingOffice
from services.meetings.rules.counting import Completion, ItemRecord, completion
from services.meetings.rules.lights import legend
from services.meetings.rules.states import SETTLED, ItemState
from services.meetings.standing.participants import list_attendance, turnout_values
from services.meetings.standing.reviews import list_reviews
from services.meetings.standing.topics import list_topics
from services.models import ActionItem, Attendance, Meeting, Review, Topic

OPEN_STATES = frozenset(state.value for state in ItemState if state not in SETTLED)


@dataclass(frozen=True)
class Agenda:
    """What the meeting goes through, in order: unfinished items come first.

    `completion` counts the items that are followed: those of the meeting before, and older ones that are unsettled.
    """

    completion: Completion
    unfinished: tuple[dict[str, Any], ...]
    reporting: tuple[str, ...]
    topics: tuple[Topic, ...]


@dataclass(frozen=True)
class Pack:
    """Everything the pack says. Renderers add words, never numbers.

    `items`: unfinished ones first, then the rest. `reviews`: those that were handed in, of `reviews_asked`.
    """

    consortium: str
    meeting: Meeting
    as_of: date
    cutoff: datetime
    agenda: Agenda
    items: tuple[dict[str, Any], ...]
    completion: Completion
    item_legend: tuple[LegendEntry, ...]
    reviews: tuple[Review, ...]
    reviews_asked: int
    attendance: tuple[Attendance, ...]
    turnout: dict[str, int]


@dataclass(frozen=True)
class _Basis:
    """What agenda and pack are both written from, read once."""

    today: date
    items: list[dict[str, Any]]
    reviews: list[Review]
    attendance: list[Attendance]


async def collect_agenda(session: AsyncSession, office: MeetingOffice, meeting: Meeting, *, now: datetime) -> Agenda:
    """The agenda as it stands now."""
    return await _agenda_of(session, meeting, await _read_basis(session, office, meeting, now))


async def collect_pack(session: AsyncSession, office: MeetingOffice, meeting: Meeting, *, now: datetime) -> Pack:
    """The whole pack as of now."""
    basis = await _read_basis(session, office, meeting, now)
    agenda = await _agenda_of(session, meeting, basis)
    return Pack(
        consortium=office.consortium,
        meeting=meeting,
        as_of=basis.today,
        cutoff=now,
        agenda=agenda,
        items=tuple(basis.items),
        completion=agenda.completion,
        item_legend=legend(office.settings.lights, office.settings.near_due_workdays),
        reviews=tuple(one for one in basis.reviews if one.submitted_at is not None),
        reviews_asked=len(basis.reviews),
        attendance=tuple(basis.attendance),
        turnout=turnout_values(office, basis.attendance),
    )


async def _read_basis(session: AsyncSession, office: MeetingOffice, meeting: Meeting, now: datetime) -> _Basis:
    today = office.today(now)
    items = await _followed(session, office, meeting, today)
    return _Basis(today, items, await list_reviews(session, meeting), list(await list_attendance(session, meeting.id)))


async def _agenda_of(session: AsyncSession, meeting: Meeting, basis: _Basis) -> Agenda:
    reporting = [row.unit.name for row in basis.attendance if row.role == "responsible"]
    reporting = reporting or [one.unit.name for one in basis.reviews]
    return Agenda(
        completion((_record(item) for item in basis.items), basis.today),
        tuple(item for item in basis.items if item["state"] in OPEN_STATES),
        tuple(dict.fromkeys(reporting)),
        tuple(await list_topics(session, meeting, ("approved",))),
    )


async def _followed(
    session: AsyncSession, office: MeetingOffice, meeting: Meeting, today: date
) -> list[dict[str, Any]]:
    """Items of the meeting before, and all that is unsettled from earlier: the unsettled first, by due date."""
    rows = list(
        await session.scalars(
            select(ActionItem)
            .join(Meeting, ActionItem.meeting_id == Meeting.id)
            .where(Meeting.starts_at < meeting.starts_at, ActionItem.issued_at.is_not(None))
            .order_by(Meeting.starts_at, ActionItem.number)
            .execution_options(populate_existing=True)
        )
    )
    last = rows[-1].meeting_id if rows else None
    kept = [row for row in rows if row.meeting_id == last or row.state in OPEN_STATES]
    kept.sort(key=lambda row: (row.state not in OPEN_STATES, row.due_on or date.max, row.id))
    return [item_values(office, row, today) for row in kept]


def _record(item: dict[str, Any]) -> ItemRecord:
    def day(written: str) -> date | None:
        return date.fromisoformat(written) if written else None

    return ItemRecord(ItemState(item["state"]), day(item["due_on"]), day(item["closed_on"]))

"""Meetings: steps of the timetable, prompts about action items."""

from datetime import datetime
from typing import Any

from jobs.duties import Duty
from services.meetings.items.followups import remind_items
from services.meetings.office import MeetingOffice
from services.meetings.running.approving import remind_approvals
from services.meetings.running.steps import hold_due_meetings, post_due_steps
from services.meetings.running.uncovered import warn_uncovered


def meeting_duties(office: MeetingOffice) -> list[Duty]:
    """From the call for topics to the last closed item."""

    async def post_steps(session: Any, now: datetime) -> object:
        return await post_due_steps(session, office, now=now)

    async def hold(session: Any, now: datetime) -> object:
        return await hold_due_meetings(session, now=now)

    async def ask_again(session: Any, now: datetime) -> object:
        return await remind_approvals(session, office, now=now)

    async def remind(session: Any, now: datetime) -> object:
        return await remind_items(session, office, now=now)

    async def warn(session: Any, now: datetime) -> object:
        return await warn_uncovered(session, office, now=now)

    return [
        Duty("meetings.hold", hold, every_s=300),
        Duty("meetings.approvals", ask_again),
        Duty("meetings.steps", post_steps),
        Duty("meetings.items", remind),
        Duty("meetings.holidays", warn, every_s=3600),
    ]

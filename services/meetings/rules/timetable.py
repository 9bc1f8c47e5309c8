"""The steps around a joint meeting, as data: who acts, who is told what, which record comes of it.

Public practice gives the order and some distances (议题 a week before, 材料 three workdays before, 纪要 within two
workdays); the distances themselves are a proposal that every consortium may change (`meetings.timetable`).
"""

from dataclasses import dataclass
from enum import StrEnum


class MeetingKind(StrEnum):
    """The four kinds of meetings."""

    JOINT = "joint"
    COUNCIL = "council"
    LIAISON = "liaison"
    REPORT = "report"


class Audience(StrEnum):
    """Who receives what a step says."""

    SECRETARIAT = "secretariat"
    LIAISONS = "liaisons"
    PROPOSERS = "proposers"
    RESPONSIBLE = "responsible"
    PARTICIPANTS = "participants"
    MISSING = "missing"
    ATTENDEES = "attendees"
    OWNERS = "owners"


@dataclass(frozen=True)
class StepRule:
    """One step; its distance from the meeting lives in the settings.

    Attributes:
        key: Stable name, also the settings key.
        owner: Who acts.
        record: What is left in the register afterwards.
        deadline: The step whose date is the deadline that this message names.
        due_that_day: Something falls due or happens that very day, so a make-up weekend does not hold it back.
        catch_up_until: Planned too late, the message still goes out at once before that step's date; None: never late.
        again_when_moved: Sent for the old date, it is sent once more for the new one.
    """

    key: str
    audience: Audience
    owner: Audience = Audience.SECRETARIAT
    record: str = ""
    deadline: str | None = None
    due_that_day: bool = False
    catch_up_until: str | None = None
    again_when_moved: bool = False

    @property
    def text_key(self) -> str:
        """The key of the message in handlers/texts."""
        return f"meetings.step.{self.key}"


AFTER = frozenset({"minutes_draft", "minutes_review", "minutes_sign", "items_issue"})
"""Steps after the meeting: found late they still go out."""

STEPS: dict[str, StepRule] = {
    rule.key: rule
    for rule in (
        StepRule(
            "agenda_call",
            Audience.LIAISONS,
            record="agenda_call",
            deadline="agenda_close",
            catch_up_until="agenda_close",
        ),
        StepRule(
            "review_open",
            Audience.RESPONSIBLE,
            owner=Audience.RESPONSIBLE,
            record="task_progress",
            deadline="materials_final",
            catch_up_until="materials_final",
        ),
        StepRule(
            "notice",
            Audience.PARTICIPANTS,
            record="rsvp",
            deadline="materials_final",
            catch_up_until="meeting",
        ),
        StepRule("agenda_close", Audience.PROPOSERS, record="agenda_item", due_that_day=True),
        StepRule("agenda_review", Audience.SECRETARIAT, record="agenda", due_that_day=True, catch_up_until="meeting"),
        StepRule(
            "materials_draft",
            Audience.MISSING,
            owner=Audience.RESPONSIBLE,
            record="material_draft",
            deadline="materials_draft",
            due_that_day=True,
        ),
        StepRule("pre_meeting", Audience.LIAISONS, record="pre_meeting_note", due_that_day=True, again_when_moved=True),
        StepRule(
            "materials_final",
            Audience.MISSING,
            owner=Audience.RESPONSIBLE,
            record="material_final",
            deadline="materials_final",
            due_that_day=True,
            again_when_moved=True,
        ),
        StepRule(
            "missing_list",
            Audience.SECRETARIAT,
            record="attendee_list",
            due_that_day=True,
            catch_up_until="meeting",
            again_when_moved=True,
        ),
        StepRule("meeting_eve", Audience.ATTENDEES, record="packet", again_when_moved=True),
        StepRule("meeting", Audience.SECRETARIAT, record="decision", due_that_day=True, again_when_moved=True),
        StepRule("minutes_draft", Audience.SECRETARIAT, record="minutes_draft", due_that_day=True),
        StepRule("minutes_review", Audience.SECRETARIAT, record="minutes_review", due_that_day=True),
        StepRule("minutes_sign", Audience.SECRETARIAT, record="minutes_signed", due_that_day=True),
        StepRule("items_issue", Audience.OWNERS, record="action_item", due_that_day=True),
    )
}

_JOINT = {
    "agenda_call": -15,
    "review_open": -12,
    "notice": -10,
    "agenda_close": -8,
    "agenda_review": -8,
    "materials_draft": -7,
    "pre_meeting": -5,
    "materials_final": -3,
    "missing_list": -3,
    "meeting_eve": -1,
    "meeting": 0,
    "minutes_draft": 1,
    "minutes_review": 2,
    "minutes_sign": 3,
    "items_issue": 5,
}
_REPORT_STEPS = {"review_open": -7, "notice": -5, "materials_final": -2, "missing_list": -2, "meeting_eve": -1}

DEFAULT_OFFSETS: dict[MeetingKind, dict[str, int]] = {
    MeetingKind.JOINT: _JOINT,
    MeetingKind.COUNCIL: _JOINT,
    MeetingKind.LIAISON: {"notice": -5, "meeting_eve": -1, "meeting": 0, "minutes_draft": 1},
    MeetingKind.REPORT: {**_REPORT_STEPS, "meeting": 0, "minutes_draft": 1, "minutes_sign": 3, "items_issue": 5},
}

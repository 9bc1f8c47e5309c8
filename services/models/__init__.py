"""Tables, a module for each subject. Importing this package registers all of them on `Base.metadata`."""

from services.models.audit import AuditEntry
from services.models.base import Base
from services.models.chats import Chat
from services.models.checkins import (
    CheckinCycle,
    CheckinEntry,
    EntryVersion,
    Evidence,
    Extension,
    RegisterRow,
    RegisterVersion,
    Submission,
)
from services.models.dialogues import Dialogue
from services.models.digests import DigestEdition, PageKey
from services.models.documents import Document, DocumentMark, DocumentPassage
from services.models.errands import Errand
from services.models.inbox import InboxUpdate
from services.models.meetings import (
    ActionItem,
    Attendance,
    Decision,
    ItemEvent,
    ItemUnit,
    Material,
    Meeting,
    MeetingStep,
    Review,
    Topic,
)
from services.models.members import Invite, Person, Seat, Unit, UnitAlias
from services.models.outbox import OutboxMessage, Pace
from services.models.questions import AnswerRecord, Feedback, Question
from services.models.supply import DemandPost, MatchProposal, OfferVersion, SupplyBatch, SupplyTable
from services.models.tasks import PlanTarget, TargetReport
from services.models.tickets import Ticket
from services.models.trials import TrialCase, TrialRun

__all__ = [
    "ActionItem",
    "AnswerRecord",
    "Attendance",
    "AuditEntry",
    "Base",
    "Chat",
    "CheckinCycle",
    "CheckinEntry",
    "Decision",
    "DemandPost",
    "Dialogue",
    "DigestEdition",
    "Document",
    "DocumentMark",
    "DocumentPassage",
    "EntryVersion",
    "Errand",
    "Evidence",
    "Extension",
    "Feedback",
    "InboxUpdate",
    "Invite",
    "ItemEvent",
    "ItemUnit",
    "MatchProposal",
    "Material",
    "Meeting",
    "MeetingStep",
    "OfferVersion",
    "OutboxMessage",
    "Pace",
    "PageKey",
    "Person",
    "PlanTarget",
    "Question",
    "RegisterRow",
    "RegisterVersion",
    "Review",
    "Seat",
    "Submission",
    "SupplyBatch",
    "SupplyTable",
    "TargetReport",
    "Ticket",
    "Topic",
    "TrialCase",
    "TrialRun",
    "Unit",
    "UnitAlias",
]

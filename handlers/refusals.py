"""Which text answers which refusal."""

from services.checkins.errors import (
    CheckFailed,
    CorrectionUnexplained,
    DoubtSettled,
    MonthNotOpen,
    NothingDue,
    NothingFiled,
    NothingToFile,
    NothingToReview,
    NotOwing,
    PeriodLocked,
    UnitIsFilling,
)
from services.digests.errors import FactsChanged, NotADraft, NothingReported
from services.errors import (
    AlreadyClosed,
    Ambiguous,
    BadInput,
    ConsentMissing,
    InviteInvalid,
    NotAllowed,
    NotFound,
    NotHere,
    Refusal,
    TooMany,
)
from services.library.screening import ScreeningRefused
from services.library.uploads import FileRefused
from services.meetings.errors import (
    DraftUnsettled,
    IllegalMove,
    ItemUnclear,
    MeetingHeld,
    NoMeeting,
    NoQuorumRule,
    OwnWork,
    PlanUnclear,
    ReasonMissing,
)
from services.tickets.errors import NeedsSecondPerson, PersonUnreachable, TicketTaken

TEXTS: dict[type[Refusal], str] = {
    AlreadyClosed: "refusals.already_closed",
    Ambiguous: "refusals.ambiguous",
    BadInput: "refusals.bad_input",
    ConsentMissing: "refusals.consent_missing",
    InviteInvalid: "refusals.invite_invalid",
    NotAllowed: "refusals.not_allowed",
    NotHere: "refusals.not_allowed",
    NotFound: "refusals.not_found",
    TooMany: "refusals.too_many",
    CheckFailed: "checkins.check_failed",
    DoubtSettled: "checkins.doubt_settled",
    NothingDue: "checkins.nothing_due",
    MonthNotOpen: "checkins.month_not_open",
    NothingToFile: "checkins.nothing_to_file",
    NothingFiled: "checkins.nothing_filed",
    PeriodLocked: "checkins.period_locked",
    UnitIsFilling: "checkins.unit_is_filling",
    CorrectionUnexplained: "checkins.reason_missing",
    NothingToReview: "checkins.nothing_to_review",
    NotOwing: "checkins.not_owing",
    FactsChanged: "digests.facts_changed",
    NotADraft: "digests.not_a_draft",
    NothingReported: "digests.nothing_reported",
    FileRefused: "kb.refused",
    ScreeningRefused: "kb.screened",
    DraftUnsettled: "meetings.draft_unsettled",
    IllegalMove: "meetings.illegal_move",
    ItemUnclear: "meetings.item_unclear",
    MeetingHeld: "meetings.already_held",
    NoMeeting: "meetings.no_meeting",
    NoQuorumRule: "meetings.no_quorum_rule",
    OwnWork: "meetings.own_work",
    PlanUnclear: "meetings.plan_unclear",
    ReasonMissing: "meetings.reason_missing",
    NeedsSecondPerson: "tickets.second_person",
    PersonUnreachable: "tickets.unreachable",
    TicketTaken: "tickets.taken",
}


def text_key_of(refusal: Refusal) -> str:
    """The text key of the refusal's class, or of the nearest parent that has one."""
    for parent in type(refusal).__mro__:
        if parent in TEXTS:
            return TEXTS[parent]
    return "refusals.other"

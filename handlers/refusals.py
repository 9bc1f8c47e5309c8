"""Which text answers which refusal."""

from services.errors import (
    AlreadyClosed,
    Ambiguous,
    BadInput,
    ConsentMissing,
    InviteInvalid,
    NotAllowed,
    NotFound,
    Refusal,
    TooMany,
)
from services.library.screening import ScreeningRefused
from services.library.uploads import FileRefused
from services.tickets.errors import NeedsSecondPerson, PersonUnreachable, TicketTaken

TEXTS: dict[type[Refusal], str] = {
    AlreadyClosed: "refusals.already_closed",
    Ambiguous: "refusals.ambiguous",
    BadInput: "refusals.bad_input",
    ConsentMissing: "refusals.consent_missing",
    InviteInvalid: "refusals.invite_invalid",
    NotAllowed: "refusals.not_allowed",
    NotFound: "refusals.not_found",
    TooMany: "refusals.too_many",
    FileRefused: "kb.refused",
    ScreeningRefused: "kb.screened",
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

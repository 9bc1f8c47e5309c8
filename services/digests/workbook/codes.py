"""The code sheet: the words that choice cells of the ledger are validated against."""

from itertools import zip_longest

from services.checkins.form import State
from services.digests.figures.digest import LIGHT_ORDER
from services.digests.text.prose import Say
from services.digests.workbook.tables import Column, Sheet, letter
from services.registers.platforms import KINDS, LEVELS
from services.registers.platforms import STATUSES as STAGES

STATUSES = (
    "open",
    "acknowledged",
    "in_progress",
    "reported_done",
    "verified_closed",
    "extension_requested",
    "extended",
    "returned",
    "cancelled",
)
CATEGORIES = ("policy", "funds", "teachers", "posts", "coordination")


def code_sheet(say: Say) -> tuple[Sheet, dict[str, str]]:
    """The sheet, and the range of each list in it."""
    lists = {
        "lights": [say(f"digest_document.light_{light.value}") for light in LIGHT_ORDER],
        "statuses": [say(f"digest_document.status_{status}") for status in STATUSES],
        "categories": [say(f"digest_document.category_{category}") for category in CATEGORIES],
        "platform_kinds": [say("digest_ledger.platform_kind", value=one) for one in KINDS],
        "platform_levels": [say("digest_ledger.platform_level", value=one) for one in LEVELS],
        "platform_stages": [say("digest_ledger.platform_stage", value=name) for name, _ in STAGES],
        "agreement_kinds": [say(f"digest_ledger.agreement_{one}") for one in ("enterprise", "government", "school")],
        "agreement_states": [say(f"digest_ledger.agreement_{one}") for one in ("valid", "soon", "expired", "ended")],
        "states": [say(f"digest_ledger.state_{state.value}") for state in State],
    }
    title = say("digest_ledger.sheet_codes")
    columns = [Column(say(f"digest_ledger.list_{name}"), width=18) for name in lists]
    sheet = Sheet(title, columns, [list(row) for row in zip_longest(*lists.values())])
    first = sheet.first_row
    ranges = {
        name: f"'{title}'!${letter(at)}${first}:${letter(at)}${first + len(words) - 1}"
        for at, (name, words) in enumerate(lists.items(), start=1)
    }
    return sheet, ranges

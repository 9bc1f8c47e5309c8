"""The code sheet: the words that choice cells of the ledger are validated against."""

from itertools import zip_longest

from services.checkins.form import State
from services.digests.digest import LIGHT_ORDER
from services.digests.prose import Say
from services.digests.workbook_tables import Column, Sheet, letter

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

"""A table sent in chat: fetched, and read in a child process."""

import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from bot.importing import Fetch
from services.library.uploads import FileRefused
from services.sheets import SheetRefused, read_sheet_apart
from services.sheets.reading import MAX_FILE_BYTES


async def fetch_rows(fetch: Fetch, sent: Mapping[str, Any]) -> list[list[str]]:
    """The rows of the file in an errand's payload (`file_id`, `name`, `size`).

    Raises:
        SheetRefused: not a table that can be read, or `gone`: the server has it no more.
        FetchFailed: it did not come this time.
    """
    if int(sent["size"]) > MAX_FILE_BYTES:
        raise SheetRefused("too_big", MAX_FILE_BYTES)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"table{Path(str(sent['name'])).suffix.lower()}"
        await fetch_file(fetch, str(sent["file_id"]), path)
        return await read_sheet_apart(path)


async def fetch_file(fetch: Fetch, file_id: str, path: Path) -> None:
    """The file, or why it can never come in the words of sheets.

    Raises:
        SheetRefused: `too_big` or `gone`.
    """
    try:
        await fetch(file_id, path)
    except FileRefused as refused:
        raise SheetRefused("too_big" if refused.facts["reason"] == "too_large" else "gone") from None

"""`lianluo checkins`."""

import json
from pathlib import Path

from bot.commands.refusals import Refused


async def parse(batch: Path) -> None:
    """Print what is understood of each case, one object a line.

    Raises:
        Refused: the file cannot be read, or a line is not a case.
    """
    from services.checkins.batch import parse_case

    try:
        lines = batch.read_text(encoding="utf-8").splitlines()
    except OSError as error:
        raise Refused(f"{batch}: {error.strerror}") from None
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            case = json.loads(line)
            print(json.dumps(parse_case(case), ensure_ascii=False))
        except (ValueError, KeyError, TypeError) as error:
            raise Refused(f"{batch} line {number}: {type(error).__name__} {error}") from None

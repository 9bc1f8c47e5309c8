"""`lianluo`: the command line. Each command imports what it needs when it runs, so that `--help` answers at once.

A module for each word after `lianluo` that has words of its own (`kb import`), and `service` for the rest; what a
command does stands in `bot/commands/`.
"""

import gc
import sys

from bot.cli import checkins, database, library, meetings, members, supply, tasks
from bot.cli.service import app

# New objects until they are looked through. With Python's 700 a tenth of the start is a search through what stays.
GARBAGE_AFTER = 20_000

app.add_typer(database.group, name="db")
app.add_typer(tasks.group, name="tasks")
app.add_typer(meetings.group, name="meetings")
app.add_typer(checkins.group, name="checkins")
app.add_typer(library.group, name="kb")
app.add_typer(members.group, name="members")
app.add_typer(supply.group, name="supply")


def main() -> None:
    """Entry point: refusals end with status 1 and a message, wrong use with 2."""
    gc.set_threshold(GARBAGE_AFTER, 10, 10)
    try:
        app()
    except KeyboardInterrupt:
        sys.exit(130)

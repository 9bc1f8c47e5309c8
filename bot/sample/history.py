"""Three months of check-ins for the demo, filed through the same use cases as real ones."""

import tomllib
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

from bot.sample import HERE
from services.checkins.filling.drafting import Answers, save_answers
from services.checkins.filling.filing import file_draft
from services.checkins.form import State
from services.checkins.office import Office
from services.checkins.reading.understood import Item
from services.checkins.running.cycles import open_cycle_for
from services.checkins.standing.finding import find_submission
from services.checkins.standing.loading import load_sheet
from services.db import Session
from services.members.actors import Actor
from services.members.units import get_unit
from services.periods import Period

MONTHS = 3
# Who files late, and who did not file at all, in the last month.
AFFIRMED = ("V03", "V04", "V05")  # what the checks doubt in so short a history, the sample's people have affirmed
LATE = ("华川新材料有限公司",)
SILENT = ("云州护理职业学院", "顺达物流有限公司")


async def file_history(session: Session, office: Office, by: Actor, *, now: datetime) -> None:
    """File the last three closed months, then open the month that is being reported now."""
    figures = tomllib.loads((HERE / "history.toml").read_text(encoding="utf-8"))
    open_period = office.calendar.opened_by(now).month
    if office.calendar.cycle(open_period).due_at <= now:
        open_period = open_period.next
    for back in range(MONTHS, 0, -1):
        period = open_period.shift(-back)
        plan = office.calendar.cycle(period)
        await open_cycle_for(session, office, period, now=plan.opens_at, invite=False)
        for unit_name, given in figures.items():
            if back == 1 and unit_name in SILENT:
                continue
            at = plan.due_at + timedelta(days=1) if back == 1 and unit_name in LATE else plan.due_at - timedelta(days=1)
            await _file(session, office, by, (unit_name, period, given, MONTHS - back), at.astimezone(UTC))
    await open_cycle_for(session, office, open_period, now=now, invite=False)


async def _file(
    session: Session, office: Office, by: Actor, what: tuple[str, Period, dict[str, Any], int], at: datetime
) -> None:
    unit_name, period, given, number = what
    unit = await get_unit(session, unit_name)
    submission = await find_submission(session, unit.id, str(period))
    if submission is None:
        return
    sheet = await load_sheet(session, office, submission)
    asked = {one.key for one in sheet.asked}
    items = {key: item for key, item in _items(given, number).items() if key.partition("[")[0] in asked}
    texts = dict(given.get("text" if number == MONTHS - 1 else f"text_{number}", {}))
    confirmed = dict.fromkeys(items, AFFIRMED)
    taken = await save_answers(session, by, sheet, Answers(items, texts, confirmed), now=at)
    await file_draft(session, by, taken.sheet, now=at)
    submission.state, submission.accepted_at, submission.accepted_by = "accepted", at, by.person_id


def _items(given: dict[str, Any], number: int) -> dict[str, Item]:
    found = {}
    for key, (last, step) in given.get("stock", {}).items():
        found[key] = _item(last - step * (MONTHS - 1 - number))
    for key, months in given.get("flow", {}).items():
        found[key] = _item(months[number])
    return found


def _item(value: float) -> Item:
    return Item(Decimal(str(value)), State.FILLED if value else State.ZERO, rule="sample")

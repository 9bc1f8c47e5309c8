"""The pages of registers: all of them, one, one row with its history and what may be done to it."""

from collections.abc import Sequence
from typing import Any

from handlers.turn import Rows, Turn, in_rows
from services.calendar.zones import local_day
from services.checkins.filling.registering import find_disagreement
from services.checkins.office import Office
from services.models import RegisterRow
from services.outbox import Button
from services.registers.platforms import KINDS, STATUSES
from services.registers.rows import FIELDS, count_rows, list_history, list_rows
from services.registers.said import REGISTERS
from services.registers.showing import row_values

PAGE = 8
LEVELS = ("national", "provincial", "municipal", "district", "school")
CHOICES = {"level": LEVELS, "stage": tuple(name for name, _ in STATUSES if name != "ended"), "kind": tuple(KINDS)}
LEAVES = {"agreements": ("ended", "void"), "platforms": ("ended", "void")}


async def show_menu(turn: Turn, *, edit: bool) -> None:
    """Every register and how much stands in it."""
    counts = await count_rows(turn.session, turn.who)
    buttons = tuple(
        (Button("registers.button_register", "register_list", {"register": one}, {"register": one}),)
        for one in REGISTERS
        if counts.get(one)
    )
    shown = [{"register": one, "count": counts.get(one, 0)} for one in REGISTERS]
    await (turn.change if edit else turn.say)(
        "registers.menu", buttons=buttons, registers=shown, all=turn.who.is_secretariat
    )


async def show_list(turn: Turn, office: Office, register: str, offset: int, *, edit: bool) -> None:
    """A page of one register, newest rows first; the secretariat sees whose they are."""
    rows, total = await list_rows(turn.session, turn.who, register, offset=offset, limit=PAGE)
    today = local_day(turn.now, office.zone)
    shown = [{**row_values(one, today), "unit": one.unit.name} for one in rows]
    at = {"register": register}
    moves = [
        Button(f"registers.button_{name}", "register_list", {**at, "offset": to})
        for name, to in (("before", offset - PAGE), ("after", offset + PAGE))
        if 0 <= to < total
    ]
    buttons = (
        *row_buttons(rows),
        *((tuple(moves),) if moves else ()),
        (Button("registers.button_menu", "register_menu"),),
    )
    await (turn.change if edit else turn.say)(
        "registers.list",
        buttons=buttons,
        register=register,
        rows=shown,
        total=total,
        first=offset + 1,
        all=turn.who.is_secretariat,
    )


async def show_row(turn: Turn, office: Office, row: RegisterRow, *, edit: bool) -> None:
    """One row: what is known of it, its last changes, what may be done, what it does to a filed figure."""
    history = [
        {
            "at": one.at.isoformat(),
            "by": by,
            "kind": one.kind,
            "reason": one.reason,
            "before": one.before,
            "after": one.after,
        }
        for one, by in (await list_history(turn.session, row.id))[-4:]
    ]
    values: dict[str, Any] = row_values(row, local_day(turn.now, office.zone))
    found = await find_disagreement(turn.session, office, row)
    own = row.unit_id in turn.who.unit_ids and row.state in ("open", "draft")
    buttons = (*(_row_acts(row) if own else ()), *mend_buttons(found), (back_button(row),))
    await (turn.change if edit else turn.say)(
        "registers.row", buttons=buttons, history=history, unit=row.unit.name, found=found, **values
    )


def row_buttons(rows: Sequence[RegisterRow]) -> Rows:
    """A button for each row."""
    return tuple(
        (Button("registers.button_row", "register_row", {"row_id": one.id}, {"title": one.title}),) for one in rows
    )


def _row_acts(row: RegisterRow) -> Rows:
    at = {"row_id": row.id}
    fields = [
        Button("registers.button_field", "register_field", {**at, "field": one}, {"field": one})
        for one in FIELDS[row.register]
    ]
    leaves = ("void",) if row.state == "draft" else LEAVES.get(row.register, ("closed", "void"))
    acts = [Button(f"registers.button_{one}", "register_leave", {**at, "state": one}) for one in leaves]
    return (*in_rows(fields, 3), tuple(acts))


def choice_buttons(row: RegisterRow, field: str) -> Rows:
    """What a field may become."""
    buttons = [
        Button(
            f"registers.button_{field}",
            "register_choose",
            {"row_id": row.id, "field": field, "value": one},
            {"value": one},
        )
        for one in CHOICES[field]
    ]
    back = Button("registers.button_back", "register_row", {"row_id": row.id})
    return (*in_rows(buttons, 3), (back,))


def mend_buttons(found: dict[str, Any] | None) -> Rows:
    """The way to a check-in whose figure no longer agrees."""
    if not found:
        return ()
    values = {"period": found["period"]}
    return ((Button("registers.button_mend", "checkin_begin", {"submission_id": found["submission_id"]}, values),),)


def back_button(row: RegisterRow) -> Button:
    """Where a row came from: the card of its draft, or its register."""
    if row.state == "draft" and row.submission_id:
        return Button("checkin_cards.button_card", "checkin_card", {"submission_id": row.submission_id})
    return Button("registers.button_list", "register_list", {"register": row.register}, {"register": row.register})

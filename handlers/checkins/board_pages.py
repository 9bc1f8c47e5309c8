"""How a month is shown: the secretariat's board with its buttons, a unit's own line."""

from collections.abc import Sequence
from typing import Any

from handlers.turn import Rows, Turn, in_rows
from services.checkins.office import Office
from services.checkins.standing.board import Board, Line
from services.checkins.standing.terms import Term, list_due_terms, list_own_terms
from services.members.reach import is_reachable
from services.outbox import Button
from services.periods import Period

SHOWN_AT_MOST = 24


async def say_own(turn: Turn, office: Office, period: Period | None, username: str) -> None:
    """我们交了没: the own units' lines, in private also where it was asked in a group."""
    if not turn.is_private:
        reachable = bool(turn.who.unit_ids) and await is_reachable(turn.session, turn.who.person_id)
        await turn.say("checkin_board.own_in_private", username=username, reachable=reachable)
        if not reachable:
            return
        turn.chat_id, turn.thread_id, turn.is_private = turn.who.telegram_id, None, True
    if not turn.who.unit_ids:
        await turn.say("checkin_board.no_unit")
        return
    await _say_terms(turn, await list_own_terms(turn.session, office, turn.who, period, now=turn.now))


async def say_due(turn: Turn, office: Office, period: Period | None) -> None:
    """最晚哪天交: by this unit's own check-in first, the general rule after it."""
    terms = await list_due_terms(turn.session, office, turn.who, period, now=turn.now)
    rule = {"day": office.settings.due_day, "time": f"{office.settings.due_time:%H:%M}"}
    await _say_terms(turn, terms, rule)


async def _say_terms(turn: Turn, terms: Sequence[Term], rule: dict[str, Any] | None = None) -> None:
    open_ = tuple(
        (
            Button(
                "checkin_board.button_open",
                "checkin_begin",
                {"submission_id": one.line.submission_id},
                {"unit": one.line.unit},
            ),
        )
        for one in terms
    )
    await turn.say("checkin_board.own", buttons=open_, lines=[_term(one) for one in terms], rule=rule)


def board_values(board: Board) -> dict[str, Any]:
    """What the board's text is filled with."""
    groups: dict[str, list[dict[str, Any]]] = {}
    for one in board.lines:
        groups.setdefault("missing" if one.standing == "draft" else one.standing, []).append(line_values(one))
    return {
        "period": board.period,
        "due_at": board.due_at.isoformat(),
        "locked": board.locked,
        "counts": board.counts,
        "groups": groups,
    }


def _term(one: Term) -> dict[str, Any]:
    return {
        **line_values(one.line),
        "period": one.period,
        "days_left": one.days_left,
        "cycle_due_at": one.cycle_due_at.isoformat(),
        "extension": one.extension,
        "wanted_until": one.wanted_until.isoformat() if one.wanted_until else "",
    }


def line_values(one: Line) -> dict[str, Any]:
    """A line for a text."""
    return {
        "unit": one.unit,
        "standing": one.standing,
        "is_late": one.is_late,
        "due_at": one.due_at.isoformat(),
        "submitted_at": one.submitted_at.isoformat() if one.submitted_at else None,
        "on_behalf": one.on_behalf,
        "reason": one.reason,
        "is_changing": one.is_changing,
        "asks_time": one.asks_time,
    }


def board_buttons(board: Board, period: str) -> Rows:
    """What may be done with the month, and a button for each unit that wants a look."""
    waiting = [one for one in board.lines if one.standing == "submitted"]
    rest = [one for one in board.lines if one.standing in ("missing", "draft", "returned")]
    units = [
        Button("checkin_board.button_unit", "checkin_review", {"submission_id": one.submission_id}, {"unit": one.unit})
        for one in [*waiting, *rest][:SHOWN_AT_MOST]
    ]
    refresh = Button("checkin_board.button_refresh", "checkin_status", {"period": period})
    acts = []
    if waiting:
        acts.append(Button("checkin_board.button_accept_clean", "checkin_accept_clean", {"period": period}))
    if rest:
        acts.append(Button("checkin_board.button_remind", "checkin_remind", {"period": period}))
    return (*((tuple(acts),) if acts else ()), *in_rows(units), (refresh,))

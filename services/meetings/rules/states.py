"""The life of an action item (议定事项): who may move it, and where to.

Only the secretariat closes an item (销号), and never the person who reported it done; nobody grants the time that the
same person asked for.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from services.errors import NotAllowed
from services.meetings.errors import IllegalMove, OwnWork


class ItemState(StrEnum):
    """Where an action item stands."""

    OPEN = "open"
    ACKNOWLEDGED = "acknowledged"
    IN_PROGRESS = "in_progress"
    REPORTED_DONE = "reported_done"
    VERIFIED_CLOSED = "verified_closed"
    EXTENSION_REQUESTED = "extension_requested"
    EXTENDED = "extended"
    RETURNED = "returned"
    CANCELLED = "cancelled"


class ItemAction(StrEnum):
    """What somebody does to an action item."""

    ACKNOWLEDGE = "acknowledge"
    PROGRESS = "progress"
    REPORT_DONE = "report_done"
    CLOSE = "close"
    RETURN = "return"
    REQUEST_EXTENSION = "request_extension"
    GRANT_EXTENSION = "grant_extension"
    REFUSE_EXTENSION = "refuse_extension"
    CANCEL = "cancel"
    REOPEN = "reopen"


class ItemRole(StrEnum):
    """What a person is to an item: of its owning unit, of a unit that helps, or an office of the consortium."""

    OWNER = "owner"
    CO_OWNER = "co_owner"
    SECRETARIAT = "secretariat"
    CONVENER = "convener"


_S, _A, _R = ItemState, ItemAction, ItemRole
_WORKING = frozenset({_S.OPEN, _S.ACKNOWLEDGED, _S.IN_PROGRESS, _S.EXTENDED, _S.RETURNED})
_UNSETTLED = _WORKING | {_S.REPORTED_DONE, _S.EXTENSION_REQUESTED}
_OWNING = frozenset({_R.OWNER, _R.SECRETARIAT})
_OFFICE = frozenset({_R.SECRETARIAT})

SETTLED = frozenset({_S.VERIFIED_CLOSED, _S.CANCELLED})


@dataclass(frozen=True)
class _Move:
    sources: frozenset[ItemState]
    target: ItemState
    roles: frozenset[ItemRole]


_MOVES: dict[ItemAction, _Move] = {
    _A.ACKNOWLEDGE: _Move(frozenset({_S.OPEN}), _S.ACKNOWLEDGED, frozenset({_R.OWNER})),
    _A.PROGRESS: _Move(_WORKING, _S.IN_PROGRESS, _OWNING),
    _A.REPORT_DONE: _Move(_WORKING, _S.REPORTED_DONE, _OWNING),
    _A.CLOSE: _Move(frozenset({_S.REPORTED_DONE}), _S.VERIFIED_CLOSED, _OFFICE),
    _A.RETURN: _Move(frozenset({_S.REPORTED_DONE}), _S.RETURNED, _OFFICE),
    _A.REQUEST_EXTENSION: _Move(_WORKING, _S.EXTENSION_REQUESTED, _OWNING),
    _A.GRANT_EXTENSION: _Move(frozenset({_S.EXTENSION_REQUESTED}), _S.EXTENDED, frozenset()),
    _A.REFUSE_EXTENSION: _Move(frozenset({_S.EXTENSION_REQUESTED}), _S.IN_PROGRESS, frozenset()),
    _A.CANCEL: _Move(_UNSETTLED, _S.CANCELLED, _OFFICE),
    _A.REOPEN: _Move(SETTLED, _S.IN_PROGRESS, _OFFICE),
}
ANSWERS = {_A.CLOSE: _A.REPORT_DONE, _A.GRANT_EXTENSION: _A.REQUEST_EXTENSION}
"""What is decided over what was asked; by another person than the one who asked."""
_DECIDED_BY_APPROVERS = frozenset({_A.GRANT_EXTENSION, _A.REFUSE_EXTENSION})
NEEDS_REASON = frozenset({_A.RETURN, _A.REQUEST_EXTENSION, _A.REFUSE_EXTENSION, _A.CANCEL, _A.REOPEN})


@dataclass(frozen=True)
class Actor:
    """Who acts, and what that person is to this item today."""

    person_id: int
    roles: frozenset[ItemRole]


def act(
    state: ItemState,
    action: ItemAction,
    actor: Actor,
    *,
    asked_by: int | None = None,
    approvers: Iterable[str] = (ItemRole.CONVENER, ItemRole.SECRETARIAT),
) -> ItemState:
    """The state after the action.

    An extended item that makes progress stays extended, so that lists keep showing why its date is late. `asked_by` is
    who reported what is to be closed, or asked for the time that is to be granted.

    Raises:
        NotAllowed: none of the actor's roles may do this. Facts: `action`.
        OwnWork: the actor would verify its own report, or grant its own wish.
        IllegalMove: the item's state does not permit it.
    """
    move = _MOVES[action]
    permitted = frozenset(approvers) if action in _DECIDED_BY_APPROVERS else move.roles
    if not permitted & actor.roles:
        raise NotAllowed(action=action)
    if state not in move.sources:
        raise IllegalMove(state=state, action=action, allowed=actions_from(state, actor.roles, approvers))
    if action in ANSWERS and actor.person_id == asked_by:
        raise OwnWork(action=action)
    if action is ItemAction.PROGRESS and state is ItemState.EXTENDED:
        return ItemState.EXTENDED
    return move.target


def actions_from(
    state: ItemState,
    roles: frozenset[ItemRole],
    approvers: Iterable[str] = (ItemRole.CONVENER, ItemRole.SECRETARIAT),
) -> tuple[ItemAction, ...]:
    """What somebody with these roles may do to an item in that state; the buttons to offer."""
    granting = frozenset(approvers)
    return tuple(
        action
        for action, move in _MOVES.items()
        if state in move.sources and (granting if action in _DECIDED_BY_APPROVERS else move.roles) & roles
    )

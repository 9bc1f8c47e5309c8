"""What a secretary sees of one unit's check-in: what was handed in, never what the unit is still writing."""

from aiogram.fsm.context import FSMContext

from handlers.checkins.pages import show_card
from handlers.turn import Rows, Turn
from services.checkins.filling.cards import make_card
from services.checkins.filling.owning import count_own_draft
from services.checkins.reviewing.evidence import list_evidence
from services.checkins.reviewing.verdicts import list_notes
from services.checkins.running.extensions import decision_buttons, find_waiting
from services.checkins.standing.sheets import Sheet, as_filed
from services.outbox import Button

VERBS = {
    "submitted": ("accept", "return", "versions"),
    "accepted": ("return", "behalf", "versions"),
    "returned": ("behalf", "versions"),
    "exempt": ("owe",),
}
ACTIONS = {
    "accept": "checkin_accept",
    "return": "checkin_return",
    "behalf": "checkin_behalf",
    "exempt": "checkin_exempt",
    "owe": "checkin_owe",
    "versions": "checkin_versions",
}


async def show_page(turn: Turn, sheet: Sheet, *, edit: bool = False) -> None:
    """One unit's month as it was filed, with what the checks say and what may be done."""
    submission = sheet.submission
    at = {"submission_id": submission.id}
    verbs = VERBS.get(submission.state, ("behalf", "exempt"))
    filed_at = {"filed_at": submission.submitted_at.isoformat() if submission.submitted_at else ""}
    buttons: Rows = (tuple(Button(f"checkin_review.button_{verb}", ACTIONS[verb], at | filed_at) for verb in verbs),)
    evidence = len(await list_evidence(turn.session, submission.id))
    if evidence:
        buttons += ((Button("checkin_review.button_evidence", "checkin_evidence", at, {"count": evidence}),),)
    waiting = await find_waiting(turn.session, submission.id)
    if waiting:
        buttons = (decision_buttons(waiting), *buttons)
    wish = {"until": waiting.wanted_until.isoformat(), "words": waiting.reason} if waiting else None
    card = make_card(as_filed(sheet), turn.now, whole=True)
    more = {"notes": sorted(set(list_notes(sheet))), "on_behalf": submission.on_behalf}
    values = {**card.values, **more, "is_changing": sheet.is_changing, "wish": wish}
    await (turn.change if edit else turn.say)("checkin_review.page", buttons=buttons, **values)


async def fill_for(turn: Turn, state: FSMContext, sheet: Sheet) -> None:
    """代填; where the unit is at it itself, one question first: nobody else reads its draft."""
    unit, period = sheet.submission.unit.name, sheet.label
    count = await count_own_draft(turn.session, sheet)
    if count:
        sure = Button(
            "checkin_review.button_behalf_anew", "checkin_behalf_anew", {"submission_id": sheet.submission.id}
        )
        await turn.say("checkin_review.behalf_ask", buttons=((sure,),), unit=unit, period=period, count=count)
        return
    await turn.say("checkin_review.filling_for", unit=unit, period=period)
    await show_card(turn, state, sheet)

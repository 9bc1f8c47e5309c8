"""The pages of supply and demand: a question, the card, lists; and where a person stands among them."""

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from typing import Any

from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State, StatesGroup

from handlers.turn import Rows, Turn, in_rows
from services.checkins.filling.cards import name_of
from services.checkins.filling.hearing import Hearing
from services.checkins.standing.sheets import plain
from services.members.actors import Actor
from services.members.reach import is_reachable
from services.models import DemandPost
from services.outbox import Button
from services.privacy import redact
from services.supply.cards import offer_values
from services.supply.changing import Closing
from services.supply.choices import choices_for
from services.supply.desk import SupplyDesk
from services.supply.fields import STANDING, Kind, Offer, kind_of, missing_fields
from services.supply.market import Market
from services.supply.overview import Line
from services.supply.tables import load_catalogue

MOST_LISTED = 20


class Offering(StatesGroup):
    """Somebody offers. The data name the side, the offer, and the field just asked about."""

    words = State()
    field = State()
    hired = State()
    card = State()


def place(offer: Offer) -> dict[str, Any]:
    """An offer as a button carries it; judged again at use."""
    return {"kind": kind_of(offer).name, "id": offer.id}


async def to_private(turn: Turn, state: FSMContext, username: str) -> FSMContext | None:
    """In a group: say where it goes on. The dialogue in private, or None when the person cannot be written to."""
    if turn.is_private:
        return state
    reachable = await is_reachable(turn.session, turn.who.person_id)
    await turn.say("supply.taken_in_group", username=username, reachable=reachable)
    if not reachable:
        return None
    turn.chat_id, turn.thread_id, turn.is_private = turn.who.telegram_id, None, True
    return FSMContext(state.storage, replace(state.key, chat_id=turn.who.telegram_id, thread_id=None))


async def go_on(turn: Turn, state: FSMContext, desk: SupplyDesk, offer: Offer, *, edit: bool = False) -> None:
    """The next question, else the card."""
    missing = missing_fields(offer)
    if missing:
        await ask(turn, state, desk, offer, missing[0], edit=edit)
    else:
        await show_card(turn, state, offer, edit=edit)


async def ask(
    turn: Turn, state: FSMContext, desk: SupplyDesk, offer: Offer, field: str, *, lead: str = "", edit: bool = False
) -> None:
    """Ask for one field, with what may be tapped."""
    await state.set_state(Offering.field)
    await state.set_data({**place(offer), "field": field})
    catalogue = await load_catalogue(turn.session)
    buttons = [
        Button(f"supply.choice_{one.label}", "supply_take", {**place(offer), "gives": one.gives}, one.shows)
        for one in choices_for(offer, field, catalogue, desk.today(turn.now))
    ]
    values = offer_values(offer, catalogue)
    say = turn.change if edit else turn.say
    await say("supply.ask", in_rows(buttons), field=field, lead=lead, **values)


async def show_card(turn: Turn, state: FSMContext, offer: Offer, *, edit: bool = False, lead: str = "") -> None:
    """Read one's own offer back: a draft with the buttons that publish it, else with those that change it."""
    await state.set_state(Offering.card)
    await state.set_data(place(offer))
    values = offer_values(offer, await load_catalogue(turn.session))
    say = turn.change if edit else turn.say
    await say("supply.card", card_buttons(offer), lead=lead, own=True, **values)


async def show_read_only(turn: Turn, offer: Offer, *, is_masked: bool) -> None:
    """Somebody else's offer, to read."""
    values = offer_values(offer, await load_catalogue(turn.session), is_masked=is_masked)
    await turn.say("supply.card", lead="", own=False, **values)


def card_buttons(offer: Offer) -> Rows:
    """What the owner may do with it in its state."""
    at = place(offer)
    edit = Button("supply.button_edit", "supply_edit", at)
    if offer.state == "draft":
        public = Button("supply.button_public", "supply_publish", {**at, "is_public": True})
        office = Button("supply.button_office", "supply_publish", {**at, "is_public": False})
        drop = Button("supply.button_drop", "supply_close", {**at, "state": "withdrawn"})
        return (public,), (office,), (edit, drop)
    if offer.state not in (*STANDING, "expired"):
        return ()
    keep = Button("supply.button_keep", "supply_keep", at)
    if offer.state == "expired":
        return ((keep, Button("supply.button_withdraw", "supply_close", {**at, "state": "withdrawn"})),)
    part = [Button("supply.button_hired", "supply_hired", at)] if at["kind"] == "need" else []
    filled = Button(f"supply.button_filled_{at['kind']}", "supply_close", {**at, "state": "filled"})
    gone = Button("supply.button_withdraw", "supply_close", {**at, "state": "withdrawn"})
    shown = {**at, "is_public": not offer.is_public}
    share = Button("supply.button_hide" if offer.is_public else "supply.button_share", "supply_share", shown)
    return (edit, keep), (*part, filled), (share, gone)


def field_buttons(offer: Offer) -> Rows:
    """The fields that may be changed."""
    at = place(offer)
    names = kind_of(offer).editable
    return in_rows([Button("supply.button_field", "supply_field", {**at, "field": n}, {"field": n}) for n in names])


async def show_list(turn: Turn, kind: Kind, offers: Sequence[Offer], view: str) -> None:
    """A list with a button for each. `view`: own, office (all), behind (a class), public (the other side's)."""
    catalogue = await load_catalogue(turn.session)
    shown = [offer_values(one, catalogue, is_masked=view == "public") for one in offers[:MOST_LISTED]]
    buttons = [
        Button("supply.button_open", "supply_open", place(one), {"number": number})
        for number, one in enumerate(offers[:MOST_LISTED], start=1)
    ]
    rows = in_rows(buttons, 5)
    if view == "own":
        rows = (*rows, (Button(f"supply.button_new_{kind.name}", "supply_new", {"kind": kind.name}),))
    if view == "office":
        rows = (*rows, (Button("supply.button_overview", "supply_overview"),))
    await turn.say("supply.list", rows, kind=kind.name, view=view, offers=shown, count=len(offers))


def close_buttons_for(closing: Closing) -> Rows:
    """One for each offer that the words may mean."""
    return tuple(
        (
            Button(
                "supply.button_close_this",
                "supply_close",
                {**place(one), "state": closing.state},
                {"name": name_of_offer(one)},
            ),
        )
        for one in closing.offers[:MOST_LISTED]
    )


def post_or_figure_buttons(figure: Hearing, words: str) -> Rows:
    """缺30个操作工: a post to register, or the figure of the monthly report; what is pressed is done with the words."""
    post = Button("supply.button_as_post", "supply_post", {"words": redact(words)[:600]})
    return ((post,), *figure_buttons(figure, words))


def figure_buttons(figure: Hearing, words: str) -> Rows:
    """To put what the words give into the check-in, one for each unit they may be for."""
    told = redact(words)[:600]
    rows: list[tuple[Button, ...]] = []
    for sheet in figure.sheets or (figure.sheet,):
        if sheet is None:
            continue
        items = figure.reading.items.items() if figure.reading else ()
        shown = [
            {"label": name_of(sheet.form, key), "value": plain(one.value)}
            for key, one in items
            if one.value is not None
        ]
        payload = {"submission_id": sheet.submission.id, "words": told}
        label = {"figures": shown, "unit": sheet.submission.unit.name if figure.sheets else ""}
        rows.append((Button("supply.button_as_figure", "checkin_said", payload, label),))
    return tuple(rows)


def class_buttons(actor: Actor, lines: Sequence[Line]) -> Rows:
    """To the offers behind each class, for the secretariat."""
    if not actor.is_secretariat:
        return ()
    return in_rows(
        [
            Button("supply_board.button_class", "supply_class", {"code": one.code}, {"name": one.name})
            for one in lines[:10]
        ]
    )


def overview_values(market: Market, lines: Sequence[Line]) -> dict[str, Any]:
    """Both sides as counts, for the text."""
    found = market.balance
    return {
        "as_of": market.as_of.isoformat(),
        "lines": [vars(one) for one in lines],
        "demand": found.demand,
        "supply": found.supply,
        "any_major": market.any_major,
        **vars(market.coverage),
        "fit": _rate(found.fit),
        "satisfied": _rate(found.satisfied),
        "covered": _rate(found.covered),
        "mapping": market.mapping_version,
        "left_out": market.left_out,
        "chains": [{**vars(one), "is_covered": one.is_covered} for one in market.chains],
    }


def _rate(value: Fraction | None) -> float | None:
    return None if value is None else round(float(value), 1)


def name_of_offer(offer: Offer) -> str:
    """What a post or batch is called."""
    return (offer.post_name if isinstance(offer, DemandPost) else "") or offer.major_said

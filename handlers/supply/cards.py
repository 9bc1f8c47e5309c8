"""One's own offer before one's eyes: answers to its questions, corrections, publishing, closing."""

from aiogram import Router
from aiogram.filters import StateFilter
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from handlers.filters import Answers, Pressing, Private
from handlers.supply.filters import AnswersField, Corrects, Drops
from handlers.supply.pages import Offering, ask, field_buttons, go_on, place, show_card, show_read_only
from handlers.turn import Turn
from services.outbox import Pressed, close_buttons
from services.supply.cards import offer_values
from services.supply.desk import SupplyDesk
from services.supply.fields import KINDS, Offer
from services.supply.finding import get_offer, next_draft, see_offer
from services.supply.offers import change_offer, close_offer, keep_offer, note_hired, publish_offer
from services.supply.reading import Read, read_field
from services.supply.tables import load_catalogue


def router() -> Router:
    """Before new offers: what is said while a question is open answers it."""
    made = Router(name="supply_cards")
    made.message.register(drop_in_words, StateFilter(Offering.field, Offering.card), Drops(), Private())
    made.message.register(take_field, StateFilter(Offering.field), AnswersField(), Private())
    made.message.register(take_hired, StateFilter(Offering.hired), Answers(20), Private())
    made.message.register(correct, StateFilter(Offering.card), Corrects(), Private())
    for action, handler in (
        ("supply_take", press_choice),
        ("supply_publish", press_publish),
        ("supply_edit", press_edit),
        ("supply_field", press_field),
        ("supply_open", press_open),
        ("supply_close", press_close),
        ("supply_keep", press_keep),
        ("supply_hired", press_hired),
        ("supply_share", press_share),
    ):
        made.callback_query.register(handler, Pressing(action))
    return made


async def drop_in_words(message: Message, turn: Turn, state: FSMContext, offer: Offer) -> None:
    """算了: a draft is dropped, a published offer stays as it is."""
    await state.clear()
    if offer.state == "draft":
        await close_offer(turn.session, turn.who, offer, "withdrawn", now=turn.now)
    await turn.say("supply.left", state=offer.state)


async def take_field(
    message: Message, turn: Turn, state: FSMContext, supply: SupplyDesk, read: Read, other: Offer | None = None
) -> None:
    """The answer in words; what could not be read is asked again. What was said of the `other` post goes there."""
    offer = await _in_hand(turn, state)
    if other is not None:
        await _take_other(turn, other, read)
        await go_on(turn, state, supply, offer)
        return
    field = str((await state.get_data())["field"])
    await state.clear()
    await _take(turn, state, supply, offer, read, field)


async def correct(
    message: Message, turn: Turn, state: FSMContext, supply: SupplyDesk, read: Read, other: Offer | None = None
) -> None:
    """人数改成5, 1月底到岗."""
    offer = await _in_hand(turn, state)
    if other is not None:
        await _take_other(turn, other, read)
    else:
        await state.clear()
        await _take(turn, state, supply, offer, read, "")


async def take_hired(message: Message, turn: Turn, state: FSMContext, supply: SupplyDesk, words: str) -> None:
    """How many of the posts are taken."""
    offer = await _in_hand(turn, state)
    read = read_field("headcount", words, supply.today(turn.now), await load_catalogue(turn.session))
    if "headcount" not in read.values:
        await turn.say("supply.ask_hired", again=True, headcount=offer.headcount)
        return
    await state.clear()
    await note_hired(turn.session, turn.who, offer, read.values["headcount"], now=turn.now)
    await show_card(turn, state, offer, lead="hired")


async def press_choice(
    query: CallbackQuery, turn: Turn, pressed: Pressed, state: FSMContext, supply: SupplyDesk
) -> None:
    """An answer tapped."""
    offer = await _pressed_offer(turn, pressed)
    await close_buttons(turn.session, pressed.outbox_id, now=turn.now)
    await change_offer(turn.session, turn.who, offer, dict(pressed.payload["gives"]), now=turn.now)
    await go_on(turn, state, supply, offer, edit=True)


async def press_publish(
    query: CallbackQuery, turn: Turn, pressed: Pressed, state: FSMContext, supply: SupplyDesk
) -> None:
    """From now on it counts; the next draft of the same words follows."""
    offer, is_public = await _pressed_offer(turn, pressed), bool(pressed.payload["is_public"])
    await publish_offer(turn.session, turn.who, offer, is_public=is_public, desk=supply, now=turn.now)
    await close_buttons(turn.session, pressed.outbox_id, now=turn.now)
    await state.clear()
    values = offer_values(offer, await load_catalogue(turn.session))
    await turn.change("supply.published", **values)
    following = await next_draft(turn.session, turn.who, offer)
    if following is not None:
        await go_on(turn, state, supply, following)


async def press_edit(query: CallbackQuery, turn: Turn, pressed: Pressed) -> None:
    """Which field?"""
    offer = await _pressed_offer(turn, pressed)
    await turn.say("supply.which_field", field_buttons(offer))


async def press_field(
    query: CallbackQuery, turn: Turn, pressed: Pressed, state: FSMContext, supply: SupplyDesk
) -> None:
    """Ask for that field."""
    offer = await _pressed_offer(turn, pressed)
    await ask(turn, state, supply, offer, str(pressed.payload["field"]))


async def press_open(query: CallbackQuery, turn: Turn, pressed: Pressed, state: FSMContext, supply: SupplyDesk) -> None:
    """From a list: one's own with its buttons, another's to read."""
    kind = KINDS[str(pressed.payload["kind"])]
    offer = await see_offer(turn.session, turn.who, kind, int(pressed.payload["id"]))
    if offer.unit_id not in turn.who.unit_ids:
        await show_read_only(turn, offer, is_masked=not turn.who.is_secretariat)
    elif offer.state == "draft":
        await go_on(turn, state, supply, offer)
    else:
        await show_card(turn, state, offer)


async def press_close(query: CallbackQuery, turn: Turn, pressed: Pressed, state: FSMContext) -> None:
    """招满, 撤回, or a draft dropped."""
    offer = await _pressed_offer(turn, pressed)
    await close_offer(turn.session, turn.who, offer, str(pressed.payload["state"]), now=turn.now)
    await close_buttons(turn.session, pressed.outbox_id, now=turn.now)
    await state.clear()
    await turn.change("supply.closed", **offer_values(offer, await load_catalogue(turn.session)))


async def press_keep(query: CallbackQuery, turn: Turn, pressed: Pressed, supply: SupplyDesk) -> None:
    """It still stands."""
    offer = await _pressed_offer(turn, pressed)
    await keep_offer(turn.session, turn.who, offer, desk=supply, now=turn.now)
    await turn.say("supply.kept", **offer_values(offer, await load_catalogue(turn.session)))


async def press_hired(query: CallbackQuery, turn: Turn, pressed: Pressed, state: FSMContext) -> None:
    """Ask how many were found."""
    offer = await _pressed_offer(turn, pressed)
    await state.set_state(Offering.hired)
    await state.set_data(place(offer))
    await turn.say("supply.ask_hired", again=False, headcount=offer.headcount)


async def press_share(query: CallbackQuery, turn: Turn, pressed: Pressed, state: FSMContext) -> None:
    """Show it to the other side, or no longer."""
    offer = await _pressed_offer(turn, pressed)
    values = {"is_public": bool(pressed.payload["is_public"])}
    await change_offer(turn.session, turn.who, offer, values, now=turn.now)
    await close_buttons(turn.session, pressed.outbox_id, now=turn.now)
    await show_card(turn, state, offer, edit=True, lead="changed")


async def _take(turn: Turn, state: FSMContext, desk: SupplyDesk, offer: Offer, read: Read, field: str) -> None:
    """Take over what was read; what was vague or not understood is asked about."""
    values = dict(read.values)
    if "majors" in read.said:
        values["major_said"] = read.said["majors"][:80]
    if values:
        await change_offer(turn.session, turn.who, offer, values, now=turn.now)
    if read.said or not read.values:
        asked = next(iter(read.said), field)
        if asked:
            await ask(turn, state, desk, offer, asked, lead="vague" if read.said else "unclear")
        else:
            await show_card(turn, state, offer, lead="unclear")
        return
    if offer.state == "draft":
        await go_on(turn, state, desk, offer)
    else:
        await show_card(turn, state, offer, lead="changed")


async def _take_other(turn: Turn, offer: Offer, read: Read) -> None:
    """Another post was named: it takes what was said, and shows it."""
    await change_offer(turn.session, turn.who, offer, dict(read.values), now=turn.now)
    values = offer_values(offer, await load_catalogue(turn.session))
    await turn.say("supply.noted_for_other", **values)


async def _in_hand(turn: Turn, state: FSMContext) -> Offer:
    data = await state.get_data()
    return await get_offer(turn.session, turn.who, KINDS[str(data["kind"])], int(data["id"]))


async def _pressed_offer(turn: Turn, pressed: Pressed) -> Offer:
    given = pressed.payload
    return await get_offer(turn.session, turn.who, KINDS[str(given["kind"])], int(given["id"]))

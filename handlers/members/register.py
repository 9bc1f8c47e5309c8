"""The register, for the secretariat: the board, a unit's card, invitations, ending a seat."""

from dataclasses import asdict
from typing import Any

from aiogram import F, Router
from aiogram.filters import Command, CommandObject, StateFilter
from aiogram.types import CallbackQuery, Message

from handlers.filters import Matches, Pressing, Private, Secretariat
from handlers.keying import Keying
from handlers.members.filters import AsksForUnits, AsksToChangeLiaison, Orders
from handlers.turn import Turn, in_rows
from services.meetings.standing.topics import load_unit_names
from services.members.belonging import end_seat
from services.members.board import UnitCard, members_board, unit_cards
from services.members.importing import ImportReport
from services.members.invites import Offer, create_invite
from services.members.orders import MembersOrder, read_order
from services.members.units import get_unit, names_by_kind
from services.outbox import Button, Pressed, close_buttons

REGISTER_CAPTION = r"^\s*(导入|更新)?(成员)?(单位)?名册"
OFFERED_ROLES = ("liaison", "deputy", "leader", "council", "convener")
BUTTONS_AT_MOST = 24


def router() -> Router:
    """Claims /members anywhere and its words from the secretariat in private."""
    made = Router(name="members")
    made.message.register(members, Command("members"))
    made.message.register(members_in_words, ~StateFilter(Keying.lines), Private(), Secretariat(), Orders())
    made.message.register(tell_members, AsksForUnits(), Private())
    made.message.register(tell_how_to_change, AsksToChangeLiaison(), Private())
    made.callback_query.register(show_kind, Pressing("members_kind"))
    made.callback_query.register(show_unit, Pressing("members_unit"))
    made.callback_query.register(press_invite, Pressing("members_invite"))
    made.callback_query.register(ask_end, Pressing("members_end"))
    made.callback_query.register(end, Pressing("members_end_sure"))
    made.message.register(
        take_register, Matches(F.document), Matches(F.caption.regexp(REGISTER_CAPTION)), Private(), Secretariat()
    )
    return made


async def members(message: Message, command: CommandObject, turn: Turn, username: str) -> None:
    """`/members`, `/members UNIT`, `/members invite UNIT ROLE`. Names of people are for private chats only."""
    turn.who.require_secretariat()
    if not turn.is_private:
        await turn.say("members.in_group")
        return
    await _obey(turn, read_order(command.args or "", await load_unit_names(turn.session)), username)


async def members_in_words(message: Message, turn: Turn, username: str, order: MembersOrder) -> None:
    """The same without a slash."""
    await _obey(turn, order, username)


async def tell_members(message: Message, turn: Turn, kinds: tuple[str, ...]) -> None:
    """The units that are members today, by kind; names of units, never of people. Visitors hear the way in."""
    if not turn.who.is_member:
        await turn.say("members.not_public")
        return
    await turn.say("members.units", kinds=await names_by_kind(turn.session, kinds))


async def tell_how_to_change(message: Message, turn: Turn) -> None:
    """Nobody is put into a seat by others: the secretariat invites the new one, who confirms."""
    await turn.say("members.how_to_change", is_secretariat=turn.who.is_secretariat)


async def show_kind(query: CallbackQuery, turn: Turn, pressed: Pressed) -> None:
    """The units of one kind, each behind a button."""
    kind = str(pressed.payload["kind"])
    cards = [card for card in await unit_cards(turn.session, turn.who) if card.kind == kind]
    buttons = [Button("members.button_unit", "members_unit", {"unit_id": c.unit_id}, {"name": c.name}) for c in cards]
    listed = [{"name": card.name, "people": len(card.holders), "has_liaison": card.has_liaison} for card in cards]
    await turn.change("members.kind_page", buttons=in_rows(buttons[:BUTTONS_AT_MOST]), kind=kind, units=listed)


async def show_unit(query: CallbackQuery, turn: Turn, pressed: Pressed) -> None:
    """The card of one unit."""
    await show_unit_card(turn, int(pressed.payload["unit_id"]))


async def press_invite(query: CallbackQuery, turn: Turn, pressed: Pressed, username: str) -> None:
    """A fresh invitation; every press makes another one."""
    offer = Offer(str(pressed.payload["role"]), pressed.payload["unit_id"])
    await _say_invite(turn, offer, username)


async def ask_end(query: CallbackQuery, turn: Turn, pressed: Pressed) -> None:
    """One question before a seat ends."""
    sure = Button("members.button_end_sure", "members_end_sure", {"seat_id": pressed.payload["seat_id"]})
    values = {key: pressed.payload[key] for key in ("name", "role", "unit")}
    await turn.say("members.end_ask", buttons=((sure,),), **values)


async def end(query: CallbackQuery, turn: Turn, pressed: Pressed) -> None:
    """The seat ends today; what was filed stays."""
    await close_buttons(turn.session, pressed.outbox_id, now=turn.now)
    await end_seat(turn.session, turn.who, int(pressed.payload["seat_id"]), now=turn.now)
    await turn.change("members.ended", **pressed.values)


async def _obey(turn: Turn, order: MembersOrder, username: str) -> None:
    if order.verb == "board":
        await show_register(turn)
    elif order.verb == "unit":
        await show_unit_card(turn, (await get_unit(turn.session, order.unit)).id)
    elif order.verb == "add_unit":
        await turn.say("members.how_to_add")
    elif order.verb == "end":
        await _ask_which_end(turn, order)
    elif order.verb == "appoint":
        await _appoint(turn, order, username)
    elif order.role == "secretariat" and not order.unit:
        await _say_invite(turn, Offer("secretariat"), username)
    else:
        offer = Offer(order.role, (await get_unit(turn.session, order.unit)).id)
        await _say_invite(turn, offer, username, person=order.person)


async def _appoint(turn: Turn, order: MembersOrder, username: str) -> None:
    """Nobody is put into a seat by others: an invitation for the new one, a button that ends the old one's seat."""
    unit = await get_unit(turn.session, order.unit)
    (card,) = await unit_cards(turn.session, turn.who, [unit.id])
    ending = [one for one in _ending(card) if one.values["role"] == order.role and one.values["name"] != order.person]
    holders = [str(one.values["name"]) for one in ending]
    values: dict[str, Any] = {"unit": unit.name, "role": order.role, "person": order.person, "holders": holders}
    await turn.say("members.appoint", buttons=in_rows(ending, 1), **values)
    await _say_invite(turn, Offer(order.role, unit.id), username, person=order.person)


async def _ask_which_end(turn: Turn, order: MembersOrder) -> None:
    """把孙丽的联络员撤了: the seats of whoever is called so, each behind the button that ends it."""
    cards = await unit_cards(turn.session, turn.who)
    ending = [one for card in cards for one in _ending(card) if one.values["name"] == order.person]
    ending = [one for one in ending if order.role in ("", one.values["role"])] or ending
    seats = [dict(one.values) | {"unit": one.payload["unit"]} for one in ending]
    await turn.say("members.end_which", buttons=in_rows(ending, 1), person=order.person, seats=seats)


async def show_register(turn: Turn) -> None:
    """The register at a glance."""
    lines = await members_board(turn.session, turn.who)
    buttons = [Button("members.button_kind", "members_kind", {"kind": one.kind}, {"kind": one.kind}) for one in lines]
    kinds = [
        {
            "kind": one.kind,
            "total": one.total,
            "lacking": list(one.lacking),
            "unreachable": [list(who) for who in one.unreachable],
        }
        for one in lines
    ]
    await turn.say("members.board", buttons=in_rows(buttons), kinds=kinds)


async def show_unit_card(turn: Turn, unit_id: int) -> None:
    """A unit with its people, and what can be done about them."""
    (card,) = await unit_cards(turn.session, turn.who, [unit_id])
    invite = [
        Button("members.button_invite", "members_invite", {"unit_id": unit_id, "role": role}, {"role": role})
        for role in OFFERED_ROLES
    ]
    await turn.say("members.unit", buttons=(*in_rows(invite), *in_rows(_ending(card), 1)), **_card_values(card))


def _ending(card: UnitCard) -> list[Button]:
    """A button for each seat of the unit that can end."""
    return [
        Button(
            "members.button_end",
            "members_end",
            {"seat_id": holder.seat_id, "name": holder.name, "role": holder.role, "unit": card.name},
            {"name": holder.name, "role": holder.role},
        )
        for holder in card.holders
    ]


async def _say_invite(turn: Turn, offer: Offer, username: str, *, person: str = "") -> None:
    made = await create_invite(turn.session, turn.who, offer, now=turn.now)
    expires_at = made.expires_at.isoformat()
    await turn.say("members.invite_made", role=made.role, unit=made.unit_name, expires_at=expires_at, person=person)
    await turn.say("members.invite_to_forward", role=made.role, unit=made.unit_name, link=made.link(_base(username)))


def _base(username: str) -> str:
    return f"https://t.me/{username}"


def _card_values(card: UnitCard) -> dict[str, Any]:
    return {
        "name": card.name,
        "kind": card.kind,
        "aliases": list(card.aliases),
        "council_role": card.council_role,
        "holders": [
            {"name": one.name, "role": one.role, "reachable": one.reachable, "reason": one.reason}
            for one in card.holders
        ],
    }


async def take_register(message: Message, turn: Turn) -> None:
    """A file whose caption says that it is the register: imported in an errand, told row by row."""
    document = message.document
    assert document is not None
    file = {"file_id": document.file_id, "name": document.file_name or "", "size": document.file_size or 0}
    await turn.promise("import_register", {**file, "person_id": turn.who.person_id})
    await turn.say("members.import_received", name=file["name"])


def report_values(report: ImportReport) -> dict[str, Any]:
    """The values of `members.import_report`."""
    return {**asdict(report), "updated": [{"name": one.name, "fields": list(one.fields)} for one in report.updated]}

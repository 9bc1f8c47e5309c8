"""Supply and demand in chat: posts of enterprises and graduates of schools, begun by command or in words."""

import re
from collections.abc import Sequence
from functools import partial

from aiogram import F, Router
from aiogram.filters import Command, CommandObject, StateFilter
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from handlers.filters import Answers, Matches, Pressing, Private
from handlers.supply import hiring
from handlers.supply.filters import Closes, Offers, Oversees, Speaks
from handlers.supply.pages import (
    Offering,
    class_buttons,
    close_buttons_for,
    go_on,
    overview_values,
    post_or_figure_buttons,
    show_list,
    to_private,
)
from handlers.turn import Turn
from services.checkins.filling.hearing import Hearing
from services.outbox import Button, Pressed, close_buttons
from services.privacy import redact
from services.supply.changing import Closing
from services.supply.collecting import list_behind
from services.supply.desk import SupplyDesk
from services.supply.fields import KINDS, NEED, SUPPLY, Kind
from services.supply.finding import has_other_side, list_own, list_standing, units_for
from services.supply.hearing import Heard, read_offers
from services.supply.offers import draft_offers
from services.supply.overview import open_market
from services.supply.own_words import asks_own
from services.supply.reading import Read

OVERVIEW = re.compile(
    r"^(?:看看?|查看?)?(?:人才)?供需(?:情况|总览|对接|台账|缺口)(?:情况|怎么样)?[。?？]?$"
    r"|^(?>(?:看看?|查看?|现在|目前|最近|今年)*)(?:一下)?(?:都)?(?:有)?(?:哪些|哪几家|哪家|多少家?|几家|什么|谁)(?:企业|公司|单位|学校)?(?:现在|还|正|都)*(?:要|想|在|需要|急着?|准备|登记了?|发布了?)*"
    r"(?:招(?:人|工|聘|学生|毕业生|实习生)?|缺人|用人|用工|岗位(?:需求)?)(?:的|呢|啊|了)*[。?？]?$"
)


def router() -> Router:
    """After what waits for an answer of its own, before check-ins, which would take the numbers for figures."""
    made = Router(name="supply")
    made.message.register(need, Command("need"))
    made.message.register(supply_command, Command("supply"))
    made.message.register(take_words, StateFilter(Offering.words), Answers(), Private())
    for side in (NEED, SUPPLY):
        own = partial(asks_own, kind=side)
        made.message.register(own_in_words, Matches(F.text.func(own)), Private(), Speaks(side))
    made.message.register(overview, Private(), Oversees(), Matches(F.text.regexp(OVERVIEW)))
    made.message.register(close_in_words, Closes(), Private())
    made.message.register(take_offer, Offers())
    made.callback_query.register(press_post, Pressing("supply_post"))
    made.callback_query.register(press_unit, Pressing("supply_unit"))
    made.callback_query.register(press_new, Pressing("supply_new"))
    made.callback_query.register(press_overview, Pressing("supply_overview"))
    made.callback_query.register(press_class, Pressing("supply_class"))
    made.include_router(hiring.router())
    return made


async def need(
    message: Message, command: CommandObject, turn: Turn, state: FSMContext, supply: SupplyDesk, username: str
) -> None:
    """`/need [WORDS]`: an enterprise's posts; for others what they may see of them."""
    await _by_command(turn, state, supply, NEED, command.args or "", username)


async def supply_command(
    message: Message, command: CommandObject, turn: Turn, state: FSMContext, supply: SupplyDesk, username: str
) -> None:
    """`/supply [WORDS]`: a school's graduates; for others what they may see of them."""
    await _by_command(turn, state, supply, SUPPLY, command.args or "", username)


async def take_words(message: Message, turn: Turn, state: FSMContext, supply: SupplyDesk, words: str) -> None:
    """What was asked for after 登记."""
    kind = KINDS[str((await state.get_data())["kind"])]
    await _begin(
        turn, state, supply, await read_offers(turn.session, supply, turn.who, kind, words, now=turn.now), words
    )


async def own_in_words(message: Message, turn: Turn, kind: Kind) -> None:
    """我们的岗位."""
    await show_list(turn, kind, await list_own(turn.session, turn.who, kind), "own")


async def overview(message: Message, turn: Turn, supply: SupplyDesk) -> None:
    """供需情况: both sides as counts."""
    await _show_overview(turn, supply)


async def close_in_words(message: Message, turn: Turn, closing: Closing) -> None:
    """电工招满了: asked back, as it cannot be taken back."""
    await turn.say("supply.close_ask", close_buttons_for(closing), state=closing.state, count=len(closing.offers))


async def take_offer(
    message: Message,
    turn: Turn,
    state: FSMContext,
    supply: SupplyDesk,
    heard: Heard,
    figure: Hearing | None,
    words: str,
    username: str,
) -> None:
    """Posts or graduates in words; in a group nothing of them is repeated."""
    dialogue = await to_private(turn, state, username)
    if dialogue is not None and figure is not None:
        await turn.say("supply.post_or_figure", post_or_figure_buttons(figure, words))
    elif dialogue is not None:
        await _begin(turn, dialogue, supply, heard, words)


async def press_post(query: CallbackQuery, turn: Turn, pressed: Pressed, state: FSMContext, supply: SupplyDesk) -> None:
    """Words that may have been a figure are posts."""
    words = str(pressed.payload["words"])
    await close_buttons(turn.session, pressed.outbox_id, now=turn.now)
    heard = await read_offers(turn.session, supply, turn.who, NEED, words, now=turn.now)
    await _begin(turn, state, supply, heard, words)


async def press_unit(query: CallbackQuery, turn: Turn, pressed: Pressed, state: FSMContext, supply: SupplyDesk) -> None:
    """Which of several units the words from before are for."""
    kind, words = KINDS[str(pressed.payload["kind"])], str(pressed.payload["words"])
    heard = await read_offers(turn.session, supply, turn.who, kind, words, now=turn.now)
    await close_buttons(turn.session, pressed.outbox_id, now=turn.now)
    await _draft(turn, state, supply, kind, int(pressed.payload["unit_id"]), heard.reads)


async def press_new(query: CallbackQuery, turn: Turn, pressed: Pressed, state: FSMContext) -> None:
    """登记: ask for it in one's own words."""
    await _ask_words(turn, state, KINDS[str(pressed.payload["kind"])], is_empty=False)


async def press_overview(query: CallbackQuery, turn: Turn, supply: SupplyDesk, pressed: Pressed) -> None:
    """The same by button."""
    await _show_overview(turn, supply)


async def press_class(query: CallbackQuery, turn: Turn, pressed: Pressed) -> None:
    """The offers behind a class of the overview or of a digest."""
    posts, batches = await list_behind(turn.session, turn.who, str(pressed.payload["code"]))
    await show_list(turn, NEED, posts, "behind")
    await show_list(turn, SUPPLY, batches, "behind")


async def _show_overview(turn: Turn, desk: SupplyDesk) -> None:
    market, lines = await open_market(turn.session, turn.who, desk.today(turn.now))
    if market.is_withheld:
        await turn.say("supply_board.too_few")
        return
    await turn.say("supply_board.overview", class_buttons(turn.who, lines), **overview_values(market, lines))


async def _by_command(turn: Turn, state: FSMContext, desk: SupplyDesk, kind: Kind, words: str, username: str) -> None:
    dialogue = await to_private(turn, state, username)
    if dialogue is None:
        return
    if units_for(turn.who, kind) and words:
        heard = await read_offers(turn.session, desk, turn.who, kind, words, now=turn.now)
        await _begin(turn, dialogue, desk, heard, words)
    elif units_for(turn.who, kind):
        own = await list_own(turn.session, turn.who, kind)
        await (show_list(turn, kind, own, "own") if own else _ask_words(turn, dialogue, kind, is_empty=True))
    elif turn.who.is_secretariat or has_other_side(turn.who, kind):
        view = "office" if turn.who.is_secretariat else "public"
        await show_list(turn, kind, await list_standing(turn.session, turn.who, kind), view)
    else:
        await _show_overview(turn, desk)


async def _begin(turn: Turn, state: FSMContext, desk: SupplyDesk, heard: Heard, words: str) -> None:
    if heard.is_refused:
        await turn.say("supply.refuse_pii", kind=heard.kind.name)
    elif not heard.reads:
        await turn.say("supply.not_read", kind=heard.kind.name)
    elif len(heard.units) > 1:
        given = {"kind": heard.kind.name, "words": redact(words)[:600]}
        rows = tuple(
            (Button("supply.button_unit", "supply_unit", {**given, "unit_id": of}, {"unit": name}),)
            for of, name in heard.units
        )
        await turn.say("supply.which_unit", rows)
    else:
        await _draft(turn, state, desk, heard.kind, heard.units[0][0], heard.reads)


async def _draft(
    turn: Turn, state: FSMContext, desk: SupplyDesk, kind: Kind, unit_id: int, reads: Sequence[Read]
) -> None:
    made = await draft_offers(turn.session, turn.who, unit_id, kind, reads, desk=desk, now=turn.now)
    if len(made) > 1:
        await turn.say("supply.several", kind=kind.name, count=len(made))
    await go_on(turn, state, desk, made[0])


async def _ask_words(turn: Turn, state: FSMContext, kind: Kind, *, is_empty: bool) -> None:
    await state.set_state(Offering.words)
    await state.set_data({"kind": kind.name})
    await turn.say("supply.ask_words", kind=kind.name, is_empty=is_empty)

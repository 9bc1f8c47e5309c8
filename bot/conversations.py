"""Which conversations this process holds, in the order in which they may claim a message."""

from aiogram import Router

from bot.settings import Settings


def all_routers(settings: Settings) -> list[Router]:
    """Fresh routers; questions come last because anything may be one."""
    from handlers import (
        ask,
        basics,
        checkin_board,
        checkin_cards,
        checkin_files,
        checkin_matters,
        checkin_news,
        checkin_or_meeting,
        checkin_orders,
        checkin_proposals,
        checkin_review,
        checkin_state,
        checkin_steps,
        checkin_time,
        checkins,
        courtesies,
        desk,
        digests,
        groups,
        howtos,
        joining,
        kb,
        looks,
        meetings,
        members,
        orders,
        register_changes,
        registers,
        requests,
        scope,
        seeking,
        supply,
        supply_cards,
        supply_matches,
        supply_tables,
        tickets,
        todo,
        trials,
        typed_buttons,
        unread,
    )

    own = (checkin_matters,)  # before offers and figures: 撤回 speaks of what was said last
    asked = (checkin_or_meeting, checkin_orders, checkin_time, checkin_board, checkin_state, checkin_review)
    filling = (*asked, checkin_cards, checkin_steps, checkin_proposals, checkin_news, checkins, checkin_files)
    early = (groups, basics, typed_buttons, joining, tickets, members, requests)
    known = (seeking, digests, meetings, todo, registers, register_changes)
    offering = (supply_cards, supply, supply_matches, supply_tables)
    free = (desk, orders, howtos, courtesies, unread, ask)
    rooms = (*early, *own, *known, *offering, *filling, trials, scope, looks, kb, *free)
    return [room.router() for room in rooms]

"""Which conversations this process holds, in the order in which they may claim a message."""

from aiogram import Router

from bot.settings import Settings


def all_routers(settings: Settings) -> list[Router]:
    """Fresh routers; questions come last because anything may be one."""
    from handlers import basics, courtesies, desk, groups, howtos, orders, requests, todo, trials, typed_buttons, unread
    from handlers.checkins import (
        board,
        cards,
        files,
        filling,
        matters,
        more_time,
        news,
        or_meeting,
        proposals,
        review,
        state,
        steps,
    )
    from handlers.checkins import orders as checkin_orders
    from handlers.digests import digest
    from handlers.library import kb, looks, originals, scope
    from handlers.meetings import meeting
    from handlers.members import joining
    from handlers.members import register as members
    from handlers.questions import ask, reading
    from handlers.registers import changes as register_changes
    from handlers.registers import looking as registers
    from handlers.registers import seeking
    from handlers.supply import cards as offer_cards
    from handlers.supply import matches, offering, tables
    from handlers.tickets import answering as tickets

    own = (matters,)  # before offers and figures: 撤回 speaks of what was said last
    asked = (or_meeting, checkin_orders, more_time, board, state, review)
    month = (*asked, cards, steps, proposals, news, filling, files)
    early = (groups, basics, typed_buttons, reading, joining, tickets, members, requests)
    known = (seeking, digest, meeting, todo, registers, register_changes)
    supply = (offer_cards, offering, matches, tables)
    free = (desk, orders, howtos, courtesies, unread, ask)
    rooms = (*early, *own, *known, *supply, *month, trials, scope, looks, originals, kb, *free)
    return [room.router() for room in rooms]

"""Whether words are data for a check-in, for whose and for which month. Nothing is stored here."""

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from sqlalchemy.ext.asyncio import AsyncSession

from knowledge.language.folding import bare, fold
from services.checkins.errors import NothingDue, NothingFiled
from services.checkins.filling.taking import is_for_checkin, previous_key, read_message
from services.checkins.filling.unopened import refuse_unopened
from services.checkins.office import Office
from services.checkins.reading.focusing import may_answer
from services.checkins.reading.understanding import understand
from services.checkins.reading.understood import Intent, Understanding
from services.checkins.reading.vocabulary import vocabulary
from services.checkins.standing.finding import OWING, find_submission, get_sheet, list_fillable, next_opening
from services.checkins.standing.loading import load_sheet
from services.checkins.standing.sheets import Sheet
from services.errors import NotAllowed
from services.members.actors import Actor
from services.members.units import list_names, names_of
from services.models import Submission, Unit
from services.periods import Period
from services.privacy import holds_person_records
from services.speech import ends_asking

CITES = re.compile(r"[〔《]|\d号|第.{1,3}[条章款]")
LONGEST_UNCLEAR = 30
FIGURE_WITHIN = 14  # characters after a unit's name in which its figure is named
_BARE_FIGURES = re.compile(r"[\d.,，、;；\s/]*\d[\d.,，、;；\s/]*")  # 6412 96 2 385: figures without a word
_RESTATES = re.compile(r"[是为改应说准]|不对|错")  # a number alone, perhaps minutes later, may be anything
_ONE_BEFORE = re.compile(r"(?:上一?|前一?|刚才那)[个项条](?:填|报|写|说)?(?:错|不对|不是|有误|应|改|是)")
_OF_FILLING = re.compile(r"多少字|字数|[怎要能必可不用].{0,4}[写填报]|[写填报](?:什么|啥|哪)|空着|跳过|截止|几号")
"""要写多少字 is asked of the form; 什么时候拨付 may be the problem that is to be reported."""
_PARTNER = re.compile(r"[与和跟同向为给对到在从由去、的]$")


@dataclass(frozen=True)
class Place:
    """Where a person stands in filling in: the check-in chosen, the key just asked about, in private or not.

    ``last`` is the only figure that the message before gave: 不对，是34 means that one.
    """

    submission_id: int | None = None
    key: str | None = None
    is_private: bool = True
    last: str | None = None


@dataclass(frozen=True)
class Hearing:
    """Words that belong to check-ins. `choose`: the person speaks for several units; `text`: what was asked for."""

    kind: Literal["reading", "text", "choose", "unclear", "refused", "other_month", "other_unit"]
    sheet: Sheet | None = None
    reading: Understanding | None = None
    sheets: tuple[Sheet, ...] = ()
    other: Submission | None = None
    other_unit: str = ""


async def hear(
    session: AsyncSession, office: Office, actor: Actor, place: Place, words: str, *, now: datetime
) -> Hearing | None:
    """What the words are for; None when they are no data, so that other conversations may take them.

    Raises:
        NothingDue: they are data, and nothing is open for them.
        MonthNotOpen: they are for a month that is not open yet.
    """
    sheets = await _candidates(session, office, actor, place, words, now)
    if not sheets:
        _refuse_early(office, actor, words, now)
        return None
    if place.key and place.is_private and any(one.key == place.key for one in sheets[0].form.texts):
        if ends_asking(words) and _OF_FILLING.search(words):
            return None
        return Hearing("refused" if holds_person_records(words) else "text", sheets[0])
    named = [one for one in sheets if _names(one.submission.unit, words)]
    sheets = named or sheets
    readings = [(one, read_message(one, words, focus=_focus(one, place, words), now=now)) for one in sheets]
    if any(reading.intent is Intent.REFUSE_PII for _, reading in readings):
        return Hearing("refused", sheets[0])
    meant = [one for one, reading in readings if is_for_checkin(reading)]
    if len(meant) > 1:
        return Hearing("choose", sheets=tuple(meant))
    sheet = meant[0] if meant else sheets[0]
    reading = dict(_pairs(readings))[sheet.submission.id]
    await refuse_unopened(session, office, sheet, reading, words, now=now)
    return await _judge(session, sheet, reading, place, words, now)


def _focus(sheet: Sheet, place: Place, words: str) -> str | None:
    """The figure that a bare number answers: the one just asked, the one before it, or the only one returned."""
    if place.key and _ONE_BEFORE.match(fold(words)):
        return previous_key(sheet, place.key)
    return place.key or sheet.only_returned


async def find_corrected(
    session: AsyncSession, office: Office, actor: Actor, sheet: Sheet, reading: Understanding
) -> Sheet | None:
    """The filed check-in that a correction speaks of: the month it names, else the one that holds the old figure.

    Raises:
        NothingFiled: it names a month that was not filed.
    """
    if reading.intent is not Intent.CORRECT:
        return None
    own = sheet if sheet.submission.first_submitted_at is not None else None
    named = [] if reading.period in (None, sheet.period) else [reading.period]
    olds = {one.key: one.old for one in reading.corrections if one.old is not None}
    if not named and any(key in sheet.current and sheet.current[key].value == old for key, old in olds.items()):
        return own
    periods = [*named, *(one.period for one in reading.corrections if one.period), reading.period]
    for period in dict.fromkeys(str(one) for one in periods if one):
        found = await find_submission(session, sheet.submission.unit_id, period)
        if found is not None and found.first_submitted_at is not None:
            return own if found is sheet.submission else await get_sheet(session, office, actor, found.id)
    if named and reading.period:
        raise NothingFiled(period=reading.period.label)
    return own


async def _judge(
    session: AsyncSession, sheet: Sheet, reading: Understanding, place: Place, words: str, now: datetime
) -> Hearing | None:
    if is_for_checkin(reading):
        named = await _other_unit(session, sheet, words) if reading.items else ""
        if named:
            return Hearing("other_unit", sheet, reading, other_unit=named)
        other = await _other_month(session, sheet, reading)
        return Hearing("other_month" if other else "reading", sheet, reading, other=other)
    if reading.intent is not Intent.UNCLEAR or not place.is_private or CITES.search(words):
        return None
    if not may_answer(fold(words)):
        return None  # 去两个人，我和王院长
    if place.last and len(reading.leftovers) == 1 and _RESTATES.search(words):
        again = read_message(sheet, words, focus=place.last, now=now)
        if is_for_checkin(again):
            return Hearing("reading", sheet, again)
    in_hand = place.key is not None or bool(sheet.draft) or _BARE_FIGURES.fullmatch(words) is not None
    owed = sheet.submission.state in OWING
    if in_hand or (owed and len(words) <= LONGEST_UNCLEAR):
        return Hearing("unclear", sheet, reading)
    return None


async def _candidates(
    session: AsyncSession, office: Office, actor: Actor, place: Place, words: str, now: datetime
) -> list[Sheet]:
    if place.submission_id is not None:
        try:
            chosen = await get_sheet(session, office, actor, place.submission_id)
        except NotAllowed:
            pass  # the seat ended since; what it was for is gone with it
        else:
            newer = await _opened_since(session, actor, chosen, place, words, now)
            return [await load_sheet(session, office, newer) if newer else chosen]
    return [await load_sheet(session, office, one) for one in await list_fillable(session, actor, now=now)]


async def _opened_since(
    session: AsyncSession, actor: Actor, chosen: Sheet, place: Place, words: str, now: datetime
) -> Submission | None:
    """The unit's check-in that is owed by now, where what the person stood at is filed and nothing is changed in it."""
    if place.key or chosen.draft or chosen.submission.state in OWING:
        return None
    if read_message(chosen, words, focus=None, now=now).intent is Intent.CORRECT:
        return None
    unit_id, period = chosen.submission.unit_id, chosen.submission.cycle.period
    fillable = [one for one in await list_fillable(session, actor, now=now) if one.unit_id == unit_id]
    return next((one for one in fillable if one.state in OWING and one.cycle.period > period), None)


def _refuse_early(office: Office, actor: Actor, words: str, now: datetime) -> None:
    """Data before anything was opened: say when it opens rather than answer as if it were a question."""
    kinds = {seat.unit_kind for seat in actor.seats if seat.unit_id in actor.unit_ids}
    period = office.calendar.opened_by(now).month
    for kind in sorted(kinds):
        if office.forms.has(kind):
            form = office.forms.current(kind)
            reading = understand(
                words, form=form, period=period, now=now.astimezone(office.zone), previous={}, ytd_before={}
            )
            if reading.intent is Intent.SUBMIT and reading.items:
                raise NothingDue(**next_opening(office, now))


async def _other_month(session: AsyncSession, sheet: Sheet, reading: Understanding) -> Submission | None:
    """The check-in of another month that the words name, when there is one and it is not a correction."""
    named: Period | None = reading.period
    asked = any(one.id == "ask_period" for one in reading.questions)
    if not asked or named is None or reading.intent is Intent.CORRECT:
        return None
    return await find_submission(session, sheet.submission.unit_id, str(named))


async def _other_unit(session: AsyncSession, sheet: Sheet, words: str) -> str:
    """The unit of the same kind whose figures the words give: 云职院在校生12860. With 跟 or 和 it is a partner."""
    own = sheet.submission.unit
    if _names(own, words):
        return ""
    folded = fold(words)
    for unit_id, unit_name, said in await list_names(session, own.kind):
        at = folded.find(said) if unit_id != own.id else -1
        if at >= 0 and not _PARTNER.search(folded[:at]) and _tells_figure(sheet, folded, at + len(said)):
            return unit_name
    return ""


def _tells_figure(sheet: Sheet, folded: str, after: int) -> bool:
    """Whether one of the form's words follows the name."""
    following = vocabulary(sheet.form).mentions(folded[after : after + FIGURE_WITHIN])
    return any(one.role == "strong" for one in following.values())


def _names(unit: Unit, words: str) -> bool:
    folded = bare(words)
    return any(bare(name) in folded for name in names_of(unit))


def _pairs(readings: list[tuple[Sheet, Understanding]]) -> list[tuple[int, Understanding]]:
    return [(sheet.submission.id, reading) for sheet, reading in readings]

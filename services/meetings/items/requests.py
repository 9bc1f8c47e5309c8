"""What a unit asked leave for: more time for an item or a check-in; and what became of it."""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from services.meetings.items.finding import list_items
from services.meetings.rules.states import ItemAction
from services.members.actors import Actor
from services.models import Extension, ItemEvent, Submission
from services.orders.sentence import Sentence
from services.orders.words import FILLER

SHOWN_FOR = timedelta(days=60)
LONGEST = 24
_GRANTED = re.compile(
    r"(?:给|帮)?(?:批准?|同意|答应|准)(?:[我咱]们?的?)?(?:延期|申请)?(?:下来|了|过)*(?:没有?|吗|么|不)+(?:批准?|同意|答应|准)?(?:下来|了)*"
    r"|(?:给|帮)?(?P<verb>[批准])不(?P=verb)|同不同意|(?:有没有|是不是|是否|能不能)(?:给)?(?:批|同意|答应|通过|准)(?:准|下来|了|过)*"
    r"|批(?:复|示)?(?:得)?(?:怎么样|到哪|下来)(?:了)?(?:没有?|吗|么)?"
)
_PASSED = re.compile(
    r"(?:通过|过|下来|有(?:结果|回音|回复|消息|答复|说法))了?(?:没有?|吗|么)"
    r"|(?:有|出)?(?:结果|消息)了?(?:没有?|吗)"
)
_REQUEST = re.compile(r"申请|延期|延长|宽限|缓(?:交|报|几天|两天)?|晚(?:交|报)|请求|延(?=[·的])")
_BESIDE = re.compile(
    r"[我咱]们?(?:学校|公司|单位)?|本单位|学校|公司|秘书处|领导|那边|上次|上回|之前|昨天|前天|提|交|报"
    r"|上|过|要|一直|到底|究竟|议定|事项|月报|第?[\d一二三四五六七八九十]+[条项]|事|个|几天|时间|那|这|最后"
)


@dataclass(frozen=True)
class Requested:
    """A request: for which item (`number`, `words`) or whose check-in (`unit`), until when, and what was said to it.

    `state`: waiting, granted or refused.
    """

    unit: str
    number: int
    words: str
    until: str
    state: str
    at: datetime


def asks_what_became(words: str) -> bool:
    """给批没批, 延期批了吗, 申请有结果没: whether a request was granted. Of a report 通过了没 is another question."""
    said = Sentence(words)
    if len(said.plain) > LONGEST:
        return False
    granted = said.take(_GRANTED)
    requested = said.take_all(_REQUEST)
    if not (granted or (requested and said.take(_PASSED))):
        return False
    said.take_all(_PASSED)
    return not FILLER.sub("", _BESIDE.sub("", said.left))


async def list_requested(session: AsyncSession, actor: Actor, *, now: datetime) -> list[Requested]:
    """The requests of the person's units in the last two months, the latest first; of one matter the last counts."""
    return sorted(
        [*await _of_items(session, actor, now), *await _of_checkins(session, actor, now)],
        key=lambda one: one.at,
        reverse=True,
    )


async def _of_checkins(session: AsyncSession, actor: Actor, now: datetime) -> list[Requested]:
    rows = await session.execute(
        select(Extension, Submission)
        .join(Submission, Submission.id == Extension.submission_id)
        .where(Submission.unit_id.in_(actor.unit_ids), Extension.asked_at >= now - SHOWN_FOR)
        .where(Extension.decision != "replaced")
        .order_by(Extension.id)
    )
    last = {row.submission_id: (row, submission) for row, submission in rows}
    return [
        Requested(
            submission.unit.name, 0, row.reason, row.wanted_until.isoformat(), row.decision or "waiting", row.asked_at
        )
        for row, submission in last.values()
    ]


async def _of_items(session: AsyncSession, actor: Actor, now: datetime) -> list[Requested]:
    items = {one.id: one for one in await list_items(session, unit_ids=actor.unit_ids)}
    answers = {
        ItemAction.REQUEST_EXTENSION.value: "waiting",
        ItemAction.GRANT_EXTENSION.value: "granted",
        ItemAction.REFUSE_EXTENSION.value: "refused",
    }
    events = await session.scalars(
        select(ItemEvent)
        .where(ItemEvent.item_id.in_(items), ItemEvent.action.in_(answers), ItemEvent.at >= now - SHOWN_FOR)
        .order_by(ItemEvent.id)
    )
    found: dict[int, Requested] = {}
    for event in events:
        item, until = items[event.item_id], str(event.facts.get("wanted_due_on") or event.facts.get("due_on") or "")
        asked = found.get(item.id)
        until = until or (asked.until if asked else "")
        unit = next((part.unit.name for part in item.units if part.part == "owner"), "")
        found[item.id] = Requested(unit, item.number, item.text, until, answers[event.action], event.at)
    return list(found.values())

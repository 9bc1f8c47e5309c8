"""Digests that were made: kept with their facts' stamp, approved by the secretariat, numbered when they are issued."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from services import audit
from services.chats import list_bound_chats
from services.digests.errors import FactsChanged, NotADraft
from services.digests.figures.digest import Audience
from services.digests.issuing.making import Numbers
from services.digests.issuing.press import DigestOffice, Press
from services.errors import NotAllowed, NotFound
from services.members.actors import Actor
from services.models import DigestEdition
from services.outbox import Address, Note, post
from services.periods import Period

AGGREGATED_KINDS = ("bureau",)


@dataclass(frozen=True)
class Content:
    """What is kept of a digest that was made; JSON types only."""

    summary: dict[str, Any]
    group_summary: dict[str, Any]
    sources: list[Any]
    composed: dict[str, Any] = field(default_factory=dict)
    files: dict[str, Any] = field(default_factory=dict)


def audience_of(actor: Actor) -> Audience | None:
    """As whom somebody reads digests: the secretariat in full, council and bureaus aggregated, others not at all."""
    if actor.is_secretariat:
        return Audience.SECRETARIAT
    in_bureau = any(seat.unit_kind in AGGREGATED_KINDS for seat in actor.seats)
    return Audience.COUNCIL if actor.holds("council") or in_bureau else None


def require_reader(actor: Actor) -> Audience:
    """The same.

    Raises:
        NotAllowed: digests are not for this person.
    """
    audience = audience_of(actor)
    if audience is None:
        raise NotAllowed(needs="council")
    return audience


async def find_edition(
    session: AsyncSession, period: Period, audience: Audience, *, accepted_only: bool, stamp: str
) -> DigestEdition | None:
    """What was made for that reader from these very facts."""
    found: DigestEdition | None = await session.scalar(
        select(DigestEdition)
        .where(
            DigestEdition.period == str(period),
            DigestEdition.audience == audience.value,
            DigestEdition.accepted_only == accepted_only,
            DigestEdition.stamp == stamp,
            DigestEdition.state != "superseded",
        )
        .order_by(DigestEdition.id.desc())
        .limit(1)
    )
    return found


async def find_issue(session: AsyncSession, period: Period) -> DigestEdition | None:
    """The last issue about that period."""
    found: DigestEdition | None = await session.scalar(
        select(DigestEdition)
        .where(DigestEdition.period == str(period), DigestEdition.total_number.is_not(None))
        .order_by(DigestEdition.total_number.desc())
        .limit(1)
    )
    return found


async def get_edition(session: AsyncSession, edition_id: int) -> DigestEdition:
    """The digest behind a button.

    Raises:
        NotFound: it is gone.
    """
    edition = await session.get(DigestEdition, edition_id)
    if edition is None:
        raise NotFound(what="digest", given=str(edition_id))
    return edition


async def keep_draft(
    session: AsyncSession,
    key: tuple[Period, Audience, bool],
    stamp: str,
    content: Content,
    *,
    cutoff: datetime,
    by: int | None,
    now: datetime,
) -> DigestEdition:
    """Store a draft; earlier drafts of the same period and reader are superseded and can no longer be issued."""
    period, audience, accepted_only = key
    await session.execute(
        update(DigestEdition)
        .where(
            DigestEdition.period == str(period),
            DigestEdition.audience == audience.value,
            DigestEdition.accepted_only == accepted_only,
            DigestEdition.state == "draft",
        )
        .values(state="superseded")
    )
    edition = DigestEdition(
        period=str(period),
        audience=audience.value,
        accepted_only=accepted_only,
        stamp=stamp,
        state="draft",
        cutoff=cutoff,
        composed=content.composed,
        summary=content.summary,
        group_summary=content.group_summary,
        sources=content.sources,
        files=content.files,
        made_by=by,
        made_at=now,
    )
    session.add(edition)
    await session.flush()
    return edition


async def approve_digest(
    session: AsyncSession, press: Press, actor: Actor, edition_id: int, *, now: datetime
) -> DigestEdition:
    """Issue a draft: it gets its numbers, and its final files are promised by the caller.

    Raises:
        NotAllowed: not of the secretariat.
        NotADraft: it was issued or superseded before.
        FactsChanged: replies changed since it was made; what was read is not what would be issued.
    """
    actor.require_secretariat()
    edition = await session.get(DigestEdition, edition_id, with_for_update=True)
    if edition is None:
        raise NotFound(what="digest", given=str(edition_id))
    if edition.state != "draft" or edition.audience != Audience.SECRETARIAT.value:
        raise NotADraft(state=edition.state, number=edition.number or 0)
    if not await press.is_unchanged(session, edition):
        raise FactsChanged(period=Period.of(edition.period).label)
    office = press.office
    edition.year = office.today(now).year
    highest = await session.scalar(select(func.max(DigestEdition.total_number)))
    in_year = await session.scalar(select(func.max(DigestEdition.number)).where(DigestEdition.year == edition.year))
    edition.total_number = max(highest or 0, office.settings.issues_before) + 1
    edition.number = (in_year or 0) + 1
    edition.state, edition.issued_by, edition.issued_at = "issuing", actor.person_id, now
    facts = {"period": edition.period, "number": edition.number, "total": edition.total_number}
    audit.record(session, "issue", "digest", edition.id, by=actor.person_id, now=now, **facts)
    await session.flush()
    return edition


async def take_back(session: AsyncSession, edition: DigestEdition) -> None:
    """Replies changed between approval and printing: the numbers go back, the draft is superseded."""
    edition.state, edition.number, edition.total_number, edition.year = "superseded", None, None, None
    edition.issued_by, edition.issued_at = None, None
    await session.flush()


async def publish_digest(
    session: AsyncSession, actor: Actor, edition_id: int, chat_id: int, *, now: datetime
) -> str | None:
    """Post an issue's group version to a bound group, once; returns the group's title, None when it stands there.

    Raises:
        NotAllowed: not of the secretariat.
        NotFound: no such digest or bound group.
        NotADraft: it is not issued; only what was approved goes to a group.
    """
    actor.require_secretariat()
    edition = await get_edition(session, edition_id)
    if edition.state != "issued":
        raise NotADraft(state=edition.state, number=0)
    chat = next((one for one in await list_bound_chats(session) if one.chat_id == chat_id), None)
    if chat is None:
        raise NotFound(what="chat", given=str(chat_id))
    posted = await post(
        session,
        Note("digests.summary", edition.group_summary),
        Address(chat.chat_id, chat.notice_thread_id),
        now=now,
        business_key=f"digest:{edition.id}:group{chat.chat_id}",
    )
    if posted is None:
        return None
    audit.record(session, "publish", "digest", edition.id, by=actor.person_id, now=now, chat=chat.chat_id)
    return chat.title


def numbers_of(edition: DigestEdition, office: DigestOffice) -> Numbers:
    """The numbers of an issue."""
    assert edition.number is not None
    assert edition.total_number is not None
    assert edition.issued_at is not None
    return Numbers(edition.number, edition.total_number, office.today(edition.issued_at))

"""The two sides answer a proposal, each for itself and once."""

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from services import audit
from services.errors import AlreadyClosed, NotAllowed, NotFound
from services.members.actors import Actor
from services.models import MatchProposal
from services.supply.fields import STANDING
from services.supply.notices import tell_agreed, tell_refused


async def answer_proposal(
    session: AsyncSession, actor: Actor, proposal_id: int, side: str, says: str, *, now: datetime
) -> MatchProposal:
    """Note what one side says; with the second yes both are told who the other is.

    Raises:
        NotFound: no such proposal.
        NotAllowed: the actor does not speak for that side.
        AlreadyClosed: this side answered, the other declined, or one of the offers does not stand any more.
    """
    proposal: MatchProposal | None = await session.get(
        MatchProposal, proposal_id, with_for_update={"of": MatchProposal}, populate_existing=True
    )
    if proposal is None:
        raise NotFound(what="proposal", given=str(proposal_id))
    own = proposal.post.unit_id if side == "need" else proposal.batch.unit_id
    if own not in actor.unit_ids:
        raise NotAllowed(needs="unit")
    answered = proposal.post_says if side == "need" else proposal.batch_says
    stands = proposal.post.state in STANDING and proposal.batch.state in STANDING
    if answered or "no" in (proposal.post_says, proposal.batch_says) or not stands:
        raise AlreadyClosed(what="proposal")
    if side == "need":
        proposal.post_says, proposal.post_by = says, actor.person_id
    else:
        proposal.batch_says, proposal.batch_by = says, actor.person_id
    audit.record(session, says, "match_proposal", proposal.id, by=actor.person_id, now=now, side=side)
    await _settle(session, proposal, now)
    await session.flush()
    return proposal


async def _settle(session: AsyncSession, proposal: MatchProposal, now: datetime) -> None:
    said = {proposal.post_says, proposal.batch_says}
    if said == {"yes"}:
        proposal.agreed_at = now
        await tell_agreed(session, proposal, now=now)
    elif said == {"yes", "no"}:
        await tell_refused(session, proposal, now=now)

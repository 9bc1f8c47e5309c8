"""What changed after a digest was published: listed in the next issue (更正说明)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from services.checkins.form import State
from services.digests.figures.replies import Reply, UnitRef
from services.periods import Period


@dataclass(frozen=True)
class Correction:
    """One cell, before and after. ``old`` None with ``was`` None: it came in late."""

    unit: UnitRef
    period: Period
    form: str
    key: str
    old: Decimal | None
    was: State | None
    new: Decimal | None
    now: State
    reply_id: int
    changed_at: datetime

    @property
    def is_late(self) -> bool:
        """Nothing stood there when the digest was published."""
        return self.was is None


def corrections(
    replies: Iterable[Reply], period: Period, *, published_at: datetime, cutoff: datetime
) -> tuple[Correction, ...]:
    """Cells of a published period whose accepted value differs at the new cut-off."""
    before: dict[tuple[int, str, str, str], Reply] = {}
    after: dict[tuple[int, str, str, str], Reply] = {}
    for reply in sorted(replies, key=lambda one: (one.version, one.submitted_at)):
        if not reply.accepted or reply.period not in period.months or reply.submitted_at > cutoff:
            continue
        cell = (reply.unit_id, reply.form, str(reply.period), reply.key)
        after[cell] = reply
        if reply.submitted_at <= published_at:
            before[cell] = reply
    return tuple(
        _correction(before.get(cell), reply)
        for cell, reply in sorted(after.items())
        if cell not in before or (before[cell].value, before[cell].state) != (reply.value, reply.state)
    )


def _correction(old: Reply | None, new: Reply) -> Correction:
    return Correction(
        unit=UnitRef(new.unit_id, new.unit_name, new.unit_kind),
        period=new.period,
        form=new.form,
        key=new.key,
        old=old.value if old else None,
        was=old.state if old else None,
        new=new.value,
        now=new.state,
        reply_id=new.reply_id,
        changed_at=new.submitted_at,
    )

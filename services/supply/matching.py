"""Which graduates fit which posts: what must hold, how well the rest fits, who gets how many. Pure and open to audit.

What must hold: the level is high enough, the time fits (graduation at most `late_days` after the latest start),
somebody is left. Then tiers: A the same major, B the same 专业类, C the same 大类, D only by the industry table.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from services.supply.catalogue import ANY_LEVEL, category, family
from services.supply.settings import SupplySettings

RANKS = {"": 0, ANY_LEVEL: 0, "技工": 1, "中职": 1, "高职专科": 2, "职业本科": 3, "本科": 3}


@dataclass(frozen=True)
class Wanted:
    """A post as matching sees it. Without `majors` only `industry_classes`, what the approved table gives, bind it."""

    id: int
    headcount: int
    majors: tuple[str, ...]
    level: str
    start_from: date
    start_to: date
    certs: frozenset[str] = frozenset()
    industry_classes: tuple[str, ...] = ()
    is_training: bool = False


@dataclass(frozen=True)
class Offered:
    """A batch as matching sees it: who is left, of what, from when."""

    id: int
    available: int
    major: str
    level: str
    from_day: date
    certs: frozenset[str] = frozenset()
    intern_from: date | None = None
    intern_to: date | None = None


@dataclass(frozen=True)
class Match:
    """A post and a batch that fit, and how many of the batch the post is proposed."""

    wanted: int
    offered: int
    tier: str
    score: int
    headcount: int


@dataclass(frozen=True)
class Matching:
    """All proposals, and what stays open on both sides, by id."""

    matches: tuple[Match, ...]
    unmet: Mapping[int, int]
    unplaced: Mapping[int, int]


def fits(wanted: Wanted, offered: Offered, settings: SupplySettings) -> bool:
    """Whether everything holds that must."""
    if offered.available <= 0 or RANKS.get(offered.level, 0) < RANKS.get(wanted.level, 0):
        return False
    if wanted.is_training and offered.intern_from is not None:
        last = offered.intern_to or date.max
        return offered.intern_from <= wanted.start_to and wanted.start_from <= last
    return offered.from_day <= wanted.start_to + timedelta(days=settings.late_days)


def tier_of(wanted: Wanted, offered: Offered) -> str:
    """A, B, C or D; empty when nothing binds them."""
    if offered.major in wanted.majors and len(offered.major) == 6:
        return "A"
    if family(offered.major) in {family(code) for code in wanted.majors}:
        return "B"
    if category(offered.major) in {category(code) for code in wanted.majors}:
        return "C"
    return "D" if family(offered.major) in wanted.industry_classes else ""


def match(
    wanted: Iterable[Wanted],
    offered: Iterable[Offered],
    settings: SupplySettings,
    excluded: Collection[tuple[int, int]] = (),
) -> Matching:
    """Best pairs first, none of the `excluded`, each as far as both sides reach; what is left over is always told."""
    posts, batches = {one.id: one for one in wanted}, {one.id: one for one in offered}
    pairs = []
    for post in posts.values():
        for batch in batches.values():
            free = (post.id, batch.id) not in excluded and fits(post, batch, settings)
            tier = tier_of(post, batch) if free else ""
            if tier:
                pairs.append((tier, -_score(tier, post, batch, settings), batch.from_day, post.id, batch.id))
    unmet = {one.id: one.headcount for one in posts.values()}
    unplaced = {one.id: max(0, one.available) for one in batches.values()}
    found = []
    for tier, negative, _, post_id, batch_id in sorted(pairs):
        count = min(unmet[post_id], unplaced[batch_id])
        if count:
            unmet[post_id] -= count
            unplaced[batch_id] -= count
            found.append(Match(post_id, batch_id, tier, -negative, count))
    return Matching(tuple(found), unmet, unplaced)


def _score(tier: str, wanted: Wanted, offered: Offered, settings: SupplySettings) -> int:
    base = {
        "A": settings.score_same_major,
        "B": settings.score_same_class,
        "C": settings.score_same_category,
        "D": settings.score_industry,
    }[tier]
    return base + (settings.bonus_cert if wanted.certs & offered.certs else 0)

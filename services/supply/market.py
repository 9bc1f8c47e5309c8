"""Both sides on a day as plain counts: what overviews and digests are made from. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from services.models import DemandPost, SupplyBatch
from services.supply.balance import Balance, balance
from services.supply.catalogue import Catalogue, family
from services.supply.tables import Industries

COLLEGE, SECONDARY = ("高职专科", "职业本科", "本科"), ("中职", "技工")
CHAIN_LEAST = 2  # majors of either level that a chain should have (每条产业链至少 2 个高职、2 个中职专业)


@dataclass(frozen=True)
class Chain:
    """How many different majors of college and of secondary level the standing batches offer an industry."""

    name: str
    college: int
    secondary: int

    @property
    def is_covered(self) -> bool:
        """At least two of each."""
        return min(self.college, self.secondary) >= CHAIN_LEAST


@dataclass(frozen=True)
class Coverage:
    """Who is behind the counts: units that offer something and all that could; and pairs that both sides agreed on."""

    posts: int = 0
    batches: int = 0
    post_units: int = 0
    batch_units: int = 0
    enterprises: int = 0
    schools: int = 0
    agreed: int = 0


@dataclass(frozen=True)
class Market:
    """Standing offers by 专业类. `any_major`: people wanted of any major, who stand beside the classes.

    `behind`: of each class, how many enterprises want it and how many schools train it.
    """

    as_of: date
    balance: Balance
    any_major: int
    coverage: Coverage
    names: Mapping[str, str]
    behind: Mapping[str, tuple[int, int]]
    chains: tuple[Chain, ...] = ()
    mapping_version: int = 0
    catalogue_version: int = 0
    shown_codes: frozenset[str] = frozenset()  # classes of which every post was made public by its enterprise
    all_shown: bool = False  # every post was
    left_out: int = 0  # classes that this reader may not see
    is_withheld: bool = False  # too few units are behind it for this reader


def count_market(
    posts: Sequence[DemandPost],
    batches: Sequence[SupplyBatch],
    catalogue: Catalogue,
    industries: Industries,
    coverage: Coverage,
    *,
    as_of: date,
) -> Market:
    """Counts by class. A post for several classes counts for the first that it names, so that nobody counts twice."""
    wanted = [(family(post.majors[0]), post.headcount or 0, post.unit_id) for post in posts if post.majors]
    trained = [(family(batch.majors[0]), batch.available, batch.unit_id) for batch in batches if batch.majors]
    demand, supply = _sum(wanted), _sum(trained)
    codes = {*demand, *supply}
    kept_back = {family(post.majors[0]) for post in posts if post.majors and not post.is_public}
    return Market(
        as_of=as_of,
        balance=balance(demand, supply),
        any_major=sum(post.headcount or 0 for post in posts if not post.majors),
        coverage=coverage,
        names={code: catalogue.name(code) for code in codes},
        behind={code: (_units(wanted, code), _units(trained, code)) for code in codes},
        chains=tuple(_chain(name, classes, batches) for name, classes in sorted(industries.classes.items())),
        mapping_version=industries.version,
        catalogue_version=catalogue.version,
        shown_codes=frozenset(codes - kept_back),
        all_shown=all(post.is_public for post in posts),
    )


def _chain(name: str, classes: Sequence[str], batches: Iterable[SupplyBatch]) -> Chain:
    found = {(batch.majors[0], batch.level) for batch in batches if batch.majors and family(batch.majors[0]) in classes}
    college = {code for code, level in found if level in COLLEGE}
    return Chain(name, len(college), len({code for code, level in found if level in SECONDARY}))


def _units(rows: Iterable[tuple[str, int, int]], code: str) -> int:
    return len({unit_id for of, count, unit_id in rows if of == code and count})


def _sum(rows: Iterable[tuple[str, int, int]]) -> dict[str, int]:
    found: dict[str, int] = {}
    for code, count, _ in rows:
        found[code] = found.get(code, 0) + count
    return {code: count for code, count in found.items() if count}

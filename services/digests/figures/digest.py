"""A digest as facts: what the chat summary, the documents and the page are rendered from."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from services.digests.figures.corrections import Correction
from services.digests.figures.engagement import Engagement
from services.digests.figures.figure import Figure
from services.digests.figures.filing import Filing
from services.digests.figures.reconciliation import Disagreement
from services.digests.figures.replies import UnitRef
from services.lights import Colour
from services.periods import Period
from services.supply.balance import Balance
from services.supply.market import Market

LIGHT_ORDER = (Colour.GREEN, Colour.YELLOW, Colour.ORANGE, Colour.RED, Colour.BLUE, Colour.WHITE)


class Audience(StrEnum):
    """Who reads it. Only the secretariat sees names of units that owe, both sides of a gap, and small counts."""

    SECRETARIAT = "secretariat"
    COUNCIL = "council"
    GROUP = "group"


@dataclass(frozen=True)
class Sentence:
    """One sentence with the replies it stands on. ``drafted``: written by a model, shown as 草拟."""

    text: str
    reply_ids: tuple[int, ...]
    units: tuple[str, ...] = ()
    drafted: bool = False
    shortened: bool = False


@dataclass(frozen=True)
class Problem:
    """A problem of a unit: its category, whom it is proposed to go to (None: to be settled), 提请联席会 or not."""

    category: str
    sentence: Sentence
    proposed_unit: str | None
    flagged: bool


@dataclass(frozen=True)
class TaskLine:
    """A task of the plan on the day of the digest. Percents from 0 to 100."""

    number: str
    task_no: str
    title: str
    indicator: str = ""
    target: str = ""
    due_on: date | None = None
    owners: tuple[str, ...] = ()
    co_owners: tuple[str, ...] = ()
    progress: str = ""
    total: str = ""
    completion: Decimal | None = None
    schedule: Decimal | None = None
    schedule_since: date | None = None  # the first day that 序时 counts, where that is later than its time's
    light: Colour = Colour.WHITE
    evidence: str = ""
    problem: str = ""
    next_step: str = ""
    updated_by: str = ""
    updated_on: date | None = None


@dataclass(frozen=True)
class DecisionLine:
    """A decision of a joint meeting and how far it got. ``status`` is a machine word that the texts translate."""

    number: str
    meeting: str
    text: str
    owners: tuple[str, ...] = ()
    co_owners: tuple[str, ...] = ()
    due_on: date | None = None
    progress: str = ""
    evidence: str = ""
    status: str = "open"
    verified_by: str = ""
    closed_on: date | None = None
    is_overdue: bool = False


@dataclass(frozen=True)
class Issue:
    """Number and imprint. ``issued_on`` None: a draft, marked so on every page; it has no numbers (0) yet."""

    title: str
    office: str
    number: int
    total_number: int
    dated: date
    issued_on: date | None = None
    report_to: str = ""
    send_to: str = ""
    distribute_to: str = ""
    copies: int = 0

    @property
    def is_draft(self) -> bool:
        """Not yet issued by the secretariat."""
        return self.issued_on is None


@dataclass(frozen=True)
class Digest:
    """Everything a digest says. Renderers add words, never numbers.

    ``day``: that of the cut-off where the consortium is; what is overdue is judged on it.
    ``unreviewed`` reports came in and are not accepted yet: with ``accepted_only`` their figures are left out.
    """

    consortium: str
    period: Period
    issue: Issue
    cutoff: datetime
    day: date
    audience: Audience
    filing: Filing
    figures: tuple[Figure, ...]
    tasks: tuple[TaskLine, ...] = ()
    highlights: tuple[Sentence, ...] = ()
    problems: tuple[Problem, ...] = ()
    balance: Balance | None = None
    class_names: Mapping[str, str] = field(default_factory=dict)
    market: Market | None = None
    decisions: tuple[DecisionLine, ...] = ()
    next_steps: tuple[Sentence, ...] = ()
    corrections: tuple[Correction, ...] = ()
    disagreements: tuple[Disagreement, ...] = ()
    engagement: Engagement | None = None
    accepted_only: bool = True
    unreviewed: int = 0

    def figure(self, key: str) -> Figure | None:
        """A figure by key, if the digest has it."""
        return next((one for one in self.figures if one.key == key), None)

    @property
    def lights(self) -> Mapping[Colour, int]:
        """How many tasks show each light."""
        counted = Counter(task.light for task in self.tasks)
        return {light: counted[light] for light in LIGHT_ORDER if counted[light]}

    @property
    def missing_units(self) -> tuple[tuple[UnitRef, Period], ...]:
        """Who still owes; empty for everybody but the secretariat."""
        return self.filing.missing if self.audience is Audience.SECRETARIAT else ()

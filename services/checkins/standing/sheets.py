"""A unit's check-in as it stands: what is asked, drafted and filed, with last month beside it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, tzinfo
from decimal import Decimal

from services.checkins.form import Form, Indicator, State
from services.checkins.reading.checks import Background, Finding, check
from services.checkins.reading.understood import Item
from services.models import CheckinCycle, CheckinEntry, Submission
from services.periods import Period, label_of_months
from services.registers.counting import COUNTED, Registered

ISSUES = "issues"


@dataclass(frozen=True)
class Sheet:
    """One submission with everything that is known for filling it in. Values are plain decimals in the form's units."""

    submission: Submission
    form: Form
    period: Period
    draft: Mapping[str, CheckinEntry]
    filed: Mapping[str, CheckinEntry]
    previous: Mapping[str, Decimal | None]
    ytd_before: Mapping[str, Decimal | None]
    history: Sequence[Mapping[str, Decimal | None]] = field(default=())
    last_issue: str = ""  # the problem the unit reported last month
    registered: Registered = field(default_factory=Registered)
    evidence: frozenset[str] = frozenset()
    zone: tzinfo = UTC  # where its unit lives: 本月 and 今天 are said by its clocks

    @property
    def asked(self) -> tuple[Indicator, ...]:
        """The figures this unit is asked for in this month, in the form's order."""
        return self.form.due(self.period, short=self.submission.short_form)

    @property
    def label(self) -> str:
        """What the filing is called; merged months by both: 2026年1—2月."""
        return label_of_cycle(self.submission.cycle)

    @property
    def before(self) -> Period:
        """The last month that was filed apart from this one; of merged months, the one before the first."""
        return Period.of(self.submission.cycle.months[0]).previous

    @property
    def is_merged(self) -> bool:
        """Whether flows are those of several months together."""
        return len(self.submission.cycle.months) > 1

    @property
    def current(self) -> dict[str, CheckinEntry]:
        """The draft over what is filed; where neither says a figure, what a register counts."""
        said = {**self.filed, **self.draft}
        for key, entry in self.counted.items():
            if key not in said or said[key].state == State.MISSING:
                said[key] = entry
        return said

    @property
    def counted(self) -> dict[str, CheckinEntry]:
        """The figures that registers know, as entries that are not stored; filing stores them."""
        return {key: _counted_entry(self.submission, key, count) for key, count in self.registered.counts.items()}

    @property
    def has_draft(self) -> bool:
        """Whether there is something to file."""
        return bool(self.draft or self.registered.drafts)

    @property
    def is_changing(self) -> bool:
        """Whether something was filed and is being changed: the change counts nowhere before it is filed."""
        return self.has_draft and self.submission.first_submitted_at is not None

    @property
    def is_untouched(self) -> bool:
        """Whether no figure and no text has an answer; what became of last month's problem is neither."""
        parts = {*self.form.by_key, *(one.key for one in self.form.texts)}
        said = {**self.filed, **self.draft}
        return not self.registered.drafts and all(key.partition("[")[0] not in parts for key in said)

    @property
    def open_keys(self) -> list[str]:
        """Asked figures without any answer yet; of a returned check-in, what was returned and not yet redone."""
        if self.submission.state == "returned":
            return [key for key in self.submission.returned or {} if key not in self.draft]
        answered = {key.partition("[")[0] for key, one in self.current.items() if one.state != State.MISSING}
        return [one.key for one in self.asked if one.key not in answered]

    @property
    def only_returned(self) -> str | None:
        """The one figure that still has to be mended: a bare number then answers it."""
        keys = self.open_keys if self.submission.state == "returned" else []
        return keys[0] if len(keys) == 1 and keys[0].partition("[")[0] in self.form.by_key else None

    @property
    def background(self) -> Background:
        """What the checks compare with."""
        return Background(self.previous, self.ytd_before, self.registered.counts, self.history, self.evidence)

    def findings(self) -> list[Finding]:
        """What the checks say of the figures as they stand."""
        return check(self.form, self.period, dict(entry_items(self)), self.background)


def label_of_cycle(cycle: CheckinCycle) -> str:
    """What a filing is called."""
    return label_of_months(cycle.months)


def entry_items(sheet: Sheet) -> list[tuple[str, Item]]:
    """The figures of the sheet as the checks take them."""
    return [(key, as_item(entry)) for key, entry in sheet.current.items() if is_figure(sheet.form, entry)]


def is_figure(form: Form, entry: CheckinEntry) -> bool:
    """Whether an entry is a figure of this form and no text."""
    return entry.text is None and entry.key.partition("[")[0] in form.by_key


def plain(value: Decimal) -> str:
    """A figure in digits, without needless zeros and never as 1.2E+2."""
    return f"{value.normalize():f}"


def as_item(entry: CheckinEntry) -> Item:
    """A stored entry as the checks take it."""
    return Item(value=entry.value, state=State(entry.state), approx=entry.is_approx, source=entry.source)


def as_filed(sheet: Sheet) -> Sheet:
    """What the unit has handed in and nothing of what it is still writing: all that others may read."""
    standing = {key: count for key, count in sheet.registered.standing.items() if key in sheet.filed}
    return replace(sheet, draft={}, registered=Registered(standing, standing=standing))


def _counted_entry(submission: Submission, key: str, count: Decimal) -> CheckinEntry:
    return CheckinEntry(
        submission_id=submission.id,
        key=key,
        layer="draft",
        value=count,
        text=None,
        state=(State.FILLED if count else State.ZERO).value,
        is_approx=False,
        carried_from="",
        confirmed=[],
        source="",
        note=COUNTED,
        version=1,
    )

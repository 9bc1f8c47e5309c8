"""The press: reads the facts in one consistent moment, keeps them until they change, makes digests in threads."""

import asyncio
from dataclasses import dataclass, field
from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncSession

from services.checkins.library import FormLibrary
from services.checkins.office import Office
from services.db import Database
from services.digests.figures.engine import Engine
from services.digests.issuing.around import Around, collect_around
from services.digests.issuing.collecting import Facts, collect_facts, forms_of, stamp_of
from services.digests.issuing.making import Asked, House, Made, engine_of, make_digest
from services.digests.settings import DigestSettings
from services.digests.text.prose import Say
from services.models import DigestEdition
from services.periods import Period
from services.settings import ConsortiumSettings
from services.tasks.plan import list_targets
from services.tasks.settings import TaskSettings


@dataclass(frozen=True)
class DigestOffice:
    """What every use case of digests needs besides the session."""

    house: House
    library: FormLibrary
    office: Office
    secretaries: frozenset[int]
    secretariat_chat: int | None = None

    @property
    def settings(self) -> DigestSettings:
        """The part `digests` of the settings."""
        return self.house.settings

    @property
    def zone(self) -> ZoneInfo:
        """The consortium's time zone."""
        return self.house.zone

    def today(self, now: datetime) -> date:
        """The local date."""
        return now.astimezone(self.zone).date()

    def latest_due(self, now: datetime) -> Period:
        """The last month whose reports were due: what people mean when they name none."""
        cycle = self.office.calendar.opened_by(now)
        while cycle.due_at > now:
            cycle = self.office.calendar.cycle(cycle.covers[0].previous)
        return cycle.month


def open_digest_office(
    consortium: ConsortiumSettings, settings: DigestSettings, tasks: TaskSettings, office: Office
) -> DigestOffice:
    """Put it together from the settings."""
    house = House(consortium.name, settings, tasks, forms_of(office.forms), ZoneInfo(consortium.timezone))
    secretaries = frozenset(consortium.secretaries)
    return DigestOffice(house, office.forms, office, secretaries, consortium.secretariat_chat)


@dataclass(frozen=True)
class Read:
    """The facts of one moment."""

    stamp: str
    facts: Facts
    around: Around
    asked: Asked


@dataclass
class Press:
    """Facts are kept in memory by their stamp: while nothing changes, the next digest need not read them again."""

    database: Database
    office: DigestOffice
    _facts: tuple[str, Facts] | None = field(default=None, repr=False)
    _lock: asyncio.Lock = field(default_factory=asyncio.Lock, repr=False)

    async def stamp(self, session: AsyncSession, day: date, *, before_issue: int | None = None) -> str:
        """The name of the facts on that day; settings and forms belong to them, and the day on which things are due.

        Earlier issues do too, since corrections are counted from the last; ``before_issue`` leaves later ones out.
        """
        house = self.office.house
        words = [house.consortium, house.settings.model_dump_json(), house.tasks.model_dump_json()]
        words += [f"{form.id} {form.version}" for form in house.forms]
        return await stamp_of(session, *words, day.isoformat(), before_issue=before_issue)

    async def current_stamp(self, day: date) -> str:
        """The same, read now."""
        async with self.database.reading() as session:
            return await self.stamp(session, day)

    async def is_unchanged(self, session: AsyncSession, edition: DigestEdition) -> bool:
        """Whether the facts are still those that the digest was made from; its own issue does not change them."""
        own = edition.total_number
        return edition.stamp == await self.stamp(session, self.office.today(edition.cutoff), before_issue=own)

    async def read(self, period: Period, *, accepted_only: bool, cutoff: datetime) -> Read:
        """Everything for one digest."""
        async with self.database.reading() as session:
            stamp, facts = await self._read_facts(session, self.office.today(cutoff))
            around = await collect_around(
                session,
                self.office.library,
                period,
                accepted_only=accepted_only,
                cutoff=cutoff,
                today=self.office.today(cutoff),
            )
        return Read(stamp, facts, around, Asked(period, accepted_only, cutoff))

    async def make(self, read: Read, say: Say) -> Made:
        """The secretariat's digest of what was read."""
        return await asyncio.to_thread(make_digest, self.office.house, read.facts, read.around, read.asked, say)

    async def engine(self, period: Period, *, accepted_only: bool, cutoff: datetime) -> tuple[Facts, Engine]:
        """The figures alone, for a question about one of them."""
        async with self.database.reading() as session:
            _, facts = await self._read_facts(session, self.office.today(cutoff))
            targets = await list_targets(session)
        asked = Asked(period, accepted_only, cutoff)
        return facts, await asyncio.to_thread(engine_of, self.office.house, facts, asked, targets)

    async def _read_facts(self, session: AsyncSession, day: date) -> tuple[str, Facts]:
        async with self._lock:
            stamp = await self.stamp(session, day)
            if self._facts is None or self._facts[0] != stamp:
                self._facts = stamp, await collect_facts(session, self.office.library)
            return stamp, self._facts[1]

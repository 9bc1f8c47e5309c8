"""Digests on their way: facts read, made and written in threads, kept and told in one commit."""

import asyncio
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

import structlog

from bot.digest_errands import DigestErrands
from bot.importing import place_of
from bot.settings import HttpSettings
from handlers import texts
from handlers.digests.pages import digest_buttons, publish_buttons
from knowledge.settings import ModelSettings
from services.chats import list_bound_chats
from services.digests.errors import FactsChanged, NothingReported
from services.digests.figures.digest import Audience, Sentence
from services.digests.issuing.editions import (
    Content,
    find_edition,
    get_edition,
    keep_draft,
    numbers_of,
    require_reader,
    take_back,
)
from services.digests.issuing.files import Written, write_files
from services.digests.issuing.making import Made, compose_sections, numbered, seen_by, with_composed
from services.digests.issuing.press import Press, Read
from services.digests.text.figures import headline_figures, plain_label
from services.digests.text.prose import named
from services.digests.text.summary import summary_values
from services.errands import finish
from services.errors import Refusal
from services.models import DigestEdition, Errand
from services.outbox import Attachment, Note, post
from services.periods import Period

KINDS = ("docx", "xlsx", "png")
# What is handed over, and the kind that somebody orders to get it ("": with every digest).
DELIVERED = (("png", ""), ("docx", "docx"), ("internal", "docx"), ("xlsx", "xlsx"))
MAX_PICTURES = 3
Model = Callable[[str], str]
log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class DigestPlace:
    """Where files are kept, and which kinds are written."""

    folder: Path
    http: HttpSettings
    kinds: Sequence[str] = KINDS


def plain(key: str, **values: Any) -> str:
    """Words for documents."""
    return texts.plain(key, values)


def html(key: str, **values: Any) -> str:
    """Words for the chat, to measure how long they get."""
    return texts.html(key, values)


def chat_model(settings: ModelSettings) -> Model | None:
    """The model that may draft: one is configured, and may be shown what members report."""
    if not (settings.base_url and settings.model) or settings.may_see == "public":
        return None
    from knowledge.models import EndpointModel

    endpoint = EndpointModel(settings.base_url, settings.api_key.get_secret_value(), settings.model)
    return lambda prompt: endpoint.complete("", prompt)


class Digesting(DigestErrands):
    """The workers for errands about whole digests."""

    def __init__(
        self,
        press: Press,
        place: DigestPlace,
        model: Model | None,
        *,
        clock: Callable[[], datetime],
        wake: Callable[[], None] = lambda: None,
    ) -> None:
        super().__init__(press, clock=clock)
        self._place, self._model, self._wake = place, model, wake

    async def make(self, errand: Errand) -> None:
        """A digest for whoever asked, in the form that is theirs; made before of the same facts, it comes at once."""
        asked, now = errand.payload, self._clock()
        period = Period.of(asked["period"])
        accepted_only = bool(asked.get("accepted_only", self._office.settings.accepted_only))
        actor = await self.actor(errand)
        try:
            audience = require_reader(actor)
            edition = await self._made_before(period, audience, accepted_only, now)
            if edition is None:
                await self._progress(errand, "digests.reading", period)
                read = await self._press.read(period, accepted_only=accepted_only, cutoff=now)
                _require_reports(read)
                content = await self._content(errand, read, audience)
        except Refusal as refusal:
            await self.refuse(errand, refusal)
            return
        async with self._database.transaction() as session:
            if not await finish(session, errand.id, now=now):
                return
            if edition is None:
                key = (period, audience, accepted_only)
                by = None if asked.get("scheduled") else actor.person_id
                edition = await keep_draft(session, key, read.stamp, content, cutoff=now, by=by, now=now)
            await self._deliver(session, errand, edition, asked.get("formats") or KINDS)

    async def issue(self, errand: Errand) -> None:
        """The final files of an approved digest. If replies changed since, its numbers go back: nothing is issued."""
        async with self._database.reading() as session:
            edition = await get_edition(session, int(errand.payload["edition_id"]))
        period = Period.of(edition.period)
        await self._progress(errand, "digests.issuing", period)
        read = await self._press.read(period, accepted_only=edition.accepted_only, cutoff=edition.cutoff)
        made = with_composed(await self._press.make(read, plain), edition.composed)
        made = numbered(made, numbers_of(edition, self._office))
        folder = self._place.folder / f"issue-{edition.total_number:04d}-{period}"
        files = await asyncio.to_thread(
            write_files, made, self._office.house, folder, self._place.kinds, plain, version=2
        )
        now = self._clock()
        async with self._database.transaction() as session:
            if not await finish(session, errand.id, now=now):
                return
            edition = await get_edition(session, edition.id)
            if not await self._press.is_unchanged(session, edition):
                await take_back(session, edition)
                await self.tell(session, errand, Note("digests.facts_changed", FactsChanged(period=period.label).facts))
                return
            content = self._told(made)
            edition.files, edition.summary = _kept(files), content.summary
            edition.group_summary, edition.state = content.group_summary, "issued"
            await self._deliver(session, errand, edition, KINDS)
            chats = await list_bound_chats(session)
            note = Note("digests.issued", _numbers(edition, period), publish_buttons(edition.id, chats))
            await self.tell(session, errand, note, step="issued", fresh=True)

    # inside

    async def _made_before(
        self, period: Period, audience: Audience, accepted_only: bool, now: datetime
    ) -> DigestEdition | None:
        async with self._database.reading() as session:
            stamp = await self._press.stamp(session, self._office.today(now))
            found = await find_edition(session, period, audience, accepted_only=accepted_only, stamp=stamp)
        if found is None or found.state == "issuing":
            return None
        paths = [Path(one["path"]) for kind in found.files.values() for one in kind]
        return found if all(path.exists() for path in paths) else None

    async def _content(self, errand: Errand, read: Read, audience: Audience) -> Content:
        made = await self._press.make(read, plain)
        composed: dict[str, Any] = {}
        if self._model is not None:
            composed = await self._composed(made, read)
            made = with_composed(made, composed)
        await self._progress(errand, "digests.writing", read.asked.period)
        mine = seen_by(made, audience)
        name = f"{read.asked.period}-{audience.value}-{read.stamp[:12]}" + ("" if read.asked.accepted_only else "-all")
        folder = self._place.folder / name
        files = await asyncio.to_thread(write_files, mine, self._office.house, folder, self._place.kinds, plain)
        return replace(self._told(mine), composed=composed, files=_kept(files))

    async def _composed(self, made: Made, read: Read) -> dict[str, Any]:
        """A model that fails costs its sentences, never the digest."""
        assert self._model is not None
        try:
            return await asyncio.to_thread(compose_sections, made, read.facts, self._model, plain)
        except Exception as error:
            log.warning("digest_not_composed", reason=type(error).__name__)
            return {}

    def _told(self, made: Made) -> Content:
        digest, zone = made.digest, self._office.zone
        group = seen_by(made, Audience.GROUP).digest
        figures = [{"key": one.key, "label": plain_label(one.label)} for one in headline_figures(digest)]
        sentences = [*digest.highlights, *(one.sentence for one in digest.problems), *digest.next_steps]
        return Content(
            summary=summary_values(html, digest, zone),
            group_summary=summary_values(html, group, zone),
            sources=[{"figures": figures}, {"sentences": [_sentence(one) for one in sentences[:24]]}],
        )

    async def _deliver(self, session: Any, errand: Errand, edition: DigestEdition, formats: Iterable[str]) -> None:
        buttons = digest_buttons(edition)
        await self.tell(session, errand, Note("digests.summary", edition.summary, buttons))
        for kind, ordered_with in DELIVERED:
            if ordered_with and ordered_with not in formats:
                continue
            for number, file in enumerate(edition.files.get(kind, ())[:MAX_PICTURES]):
                attached = Attachment(file["path"], file["name"], "photo" if kind == "png" else "document")
                note = Note("digests.file", _caption(edition, kind, file["name"]), attachment=attached)
                await self.tell(session, errand, note, step=f"{kind}{number}", fresh=True)

    async def _progress(self, errand: Errand, key: str, period: Period) -> None:
        """The message is edited while the digest is made; one that came by itself needs none."""
        if not errand.payload.get("progress"):
            return
        async with self._database.transaction() as session:
            await self.tell(session, errand, Note(key, {"period": period.label}), step=key)
        self._wake()


async def apologise_digest(session: Any, errand: Errand, *, now: datetime) -> None:
    """After the last try: no digest was made, and nothing was issued."""
    if errand.kind == "digest_issue":
        edition = await get_edition(session, int(errand.payload["edition_id"]))
        if edition.state == "issuing":
            await take_back(session, edition)
    to = await place_of(session, errand, errand.payload.get("progress"))
    await post(session, Note("digests.failed"), to, now=now, via="reply", business_key=f"failed:{errand.id}")


def _require_reports(read: Read) -> None:
    if not any(duty.period in read.asked.period.months for duty in read.facts.obligations):
        last = max((duty.period for duty in read.facts.obligations), default=None)
        raise NothingReported(period=read.asked.period.label, last=last.label if last else "")


def _kept(files: Iterable[Written]) -> dict[str, list[dict[str, str]]]:
    found: dict[str, list[dict[str, str]]] = {}
    for file in files:
        found.setdefault(file.kind, []).append({"path": str(file.path.resolve()), "name": file.name})
    return found


def _caption(edition: DigestEdition, kind: str, name: str) -> dict[str, Any]:
    """What stands under a file; a picture is called by its title."""
    title = name.rpartition(".")[0].partition("_")[2] if kind == "png" else ""
    return {"title": title, "kind": kind, "is_draft": edition.state == "draft"}


def _sentence(one: Sentence) -> dict[str, Any]:
    return {"text": one.text, "unit": named(one), "replies": list(one.reply_ids)}


def _numbers(edition: DigestEdition, period: Period) -> dict[str, Any]:
    return {"period": period.label, "number": edition.number, "total": edition.total_number}

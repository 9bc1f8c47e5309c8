"""Buttons of the digests."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from handlers.turn import Rows, in_rows
from services.digests.figures.digest import Audience
from services.models import Chat, DigestEdition
from services.outbox import Button

MAX_BUTTONS = 20


def digest_buttons(edition: DigestEdition) -> Rows:
    """Under a digest: issue it, open it, count otherwise. Only the secretariat gets any."""
    if edition.audience != Audience.SECRETARIAT.value:
        return ()
    payload = {"edition_id": edition.id}
    rows: list[tuple[Button, ...]] = [
        (
            Button("digests.button_figures", "digest_figures", payload),
            Button("digests.button_words", "digest_words", payload),
        )
    ]
    if edition.summary.get("has_supply"):
        rows.append((Button("digests.button_supply", "supply_overview"),))
    if edition.state == "draft":
        rows.insert(0, (Button("digests.button_issue", "digest_issue", payload),))
    if edition.accepted_only and edition.summary.get("unreviewed"):
        again = {"period": edition.period, "accepted_only": False}
        rows.append((Button("digests.button_unreviewed", "digest_again", again),))
    rows.append((Button("digests.button_page", "digest_page", {"period": edition.period}),))
    return tuple(rows)


def confirm_buttons(edition_id: int) -> Rows:
    """Numbers cannot be taken back, so it is asked once."""
    return ((Button("digests.button_confirm", "digest_confirm", {"edition_id": edition_id}),),)


def publish_buttons(edition_id: int, chats: Iterable[Chat]) -> Rows:
    """One for each bound group."""
    return tuple(
        (
            Button(
                "digests.button_publish",
                "digest_publish",
                {"edition_id": edition_id, "chat_id": chat.chat_id},
                {"title": chat.title},
            ),
        )
        for chat in chats
    )


def figure_buttons(edition: DigestEdition) -> Rows:
    """One for each headline of the digest, two in a row."""
    found = [
        Button(
            "digests.button_figure",
            "digest_open",
            {"key": one["key"], "period": edition.period, "accepted_only": edition.accepted_only},
            {"label": one["label"]},
        )
        for one in edition.sources[0]["figures"]
    ]
    return in_rows(found[:MAX_BUTTONS])


def sentence_buttons(edition: DigestEdition) -> Rows:
    """One for each sentence, by its number in the message."""
    found = [
        Button("digests.button_sentence", "digest_sentence", {"replies": one["replies"]}, {"number": number})
        for number, one in enumerate(edition.sources[1]["sentences"], start=1)
    ]
    return in_rows(found, 6)


def unit_buttons(payload: Mapping[str, Any], units: Sequence[tuple[int, str]] | None = None) -> Rows:
    """To the units of a figure; with units, to the answers of each."""
    if units is None:
        return ((Button("digests.button_units", "digest_open", dict(payload)),),)
    found = [
        Button("digests.button_unit", "digest_unit", {**payload, "unit_id": unit_id}, {"name": name})
        for unit_id, name in units[:MAX_BUTTONS]
    ]
    return in_rows(found)

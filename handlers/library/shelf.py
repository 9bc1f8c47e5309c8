"""How the shelf looks: values and buttons of the list, a document's card, what a new file resembles, the report."""

from dataclasses import asdict
from typing import Any

from handlers.turn import Rows, in_rows
from services.library.handing import HANDS
from services.library.likeness import Alike
from services.library.upkeep import Card, Page
from services.library.uploads import Upload
from services.models import Document
from services.models.documents import ACCESS_LEVELS
from services.outbox import Button, Note
from services.questions.reports import QuestionReport

SHOWN_AT_MOST = 8


def list_values(page: Page) -> dict[str, Any]:
    """Values of `kb.list`."""
    return {
        "total": page.total,
        "page": page.number,
        "pages": page.pages,
        "documents": [_line(one) for one in page.documents],
    }


def list_buttons(page: Page) -> Rows:
    """A button for each document, two in a row, and the way to the neighbouring pages."""
    items = [_item("kb.button_item", "kb_show", one, {"document_id": one.id}) for one in page.documents]
    rows = in_rows(items)
    turns = []
    if page.number > 1:
        turns.append(Button("kb.button_previous", "kb_page", {"page": page.number - 1}))
    if page.number < page.pages:
        turns.append(Button("kb.button_next", "kb_page", {"page": page.number + 1}))
    return (*rows, tuple(turns)) if turns else rows


def card_values(card: Card) -> dict[str, Any]:
    """Values of `kb.card`."""
    document = card.document
    dated_on = document.issued_on or document.published_on
    return {
        **_line(document),
        "name": document.name,
        "issuer": document.issuer,
        "number": document.number,
        "dated_on": dated_on.isoformat() if dated_on else "",
        "repealed_on": document.repealed_on.isoformat() if document.repealed_on else "",
        "passages": card.passages,
        "has_original": bool(document.original),
        "imported_at": document.imported_at.isoformat(),
        "by": card.by,
        "successor": _line(card.successor) if card.successor else None,
        "older": [_line(one) for one in card.older],
        "warnings": sorted({str(one).split(":")[0] for one in document.warnings}),
    }


def card_buttons(card: Card) -> Rows:
    """Change its access, repeal it, remove it."""
    payload = {"document_id": card.document.id}
    levels = [one for one in ACCESS_LEVELS if one != card.document.access]
    access = tuple(
        Button("kb.button_access", "kb_access", {**payload, "access": one}, {"access": one}) for one in levels
    )
    in_force = card.document.state == "current"
    standing = ("kb.button_repeal", "kb_repeal") if in_force else ("kb.button_reinstate", "kb_reinstate")
    acts = (Button(*standing, payload), Button("kb.button_remove", "kb_remove", payload))
    whole = Button("kb.button_original", HANDS, payload)
    return (access, acts, (whole, Button("kb.button_list", "kb_page", {"page": 1})))


def successor_buttons(document: Document, candidates: list[Document]) -> Rows:
    """Documents that may follow, none, or back."""
    payload = {"document_id": document.id}
    chosen = tuple(
        (_item("kb.button_successor", "kb_repealed", one, {**payload, "successor_id": one.id}),) for one in candidates
    )
    none = Button("kb.button_no_successor", "kb_repealed", {**payload, "successor_id": None})
    return (*chosen, (none, Button("kb.button_cancel", "kb_show", payload)))


def which_buttons(documents: list[Document]) -> Rows:
    """One of several that a name fits, each with its state."""
    shown = documents[:SHOWN_AT_MOST]
    return tuple(
        (
            Button(
                "kb.button_which",
                "kb_repeal" if one.state == "current" else "kb_show",
                {"document_id": one.id},
                {"number": one.id, "title": one.title, "state": one.state},
            ),
        )
        for one in shown
    )


def note_for_alike(upload: Upload, alike: Alike) -> Note:
    """What was found on the shelf, and what may be done with the new file. Nothing of it was shelved."""
    order = {**upload.as_payload(), "progress": None}
    values = {
        "name": upload.name,
        "id": alike.document_id,
        "title": alike.title,
        "kind": alike.likeness.kind or "namesake",
        "percent": round(alike.likeness.share * 100),
        "differences": [{"new": new, "old": old} for new, old in alike.differences],
    }
    replace = {"order": order, "replaces": alike.document_id}
    label = {"id": alike.document_id, "version": alike.version + 1}
    return Note(
        "kb.alike",
        values,
        (
            (Button("kb.button_replace", "kb_alike", replace, label),),
            (
                Button("kb.button_beside", "kb_alike", {"order": order, "replaces": None}),
                Button("kb.button_leave", "kb_cancel"),
            ),
        ),
    )


def report_values(report: QuestionReport) -> dict[str, Any]:
    """Values of `kb.report`."""
    values = asdict(report)
    for one in values["stale"]:
        one["dated_on"] = one["dated_on"].isoformat()
    return values


def _line(document: Document) -> dict[str, Any]:
    return {
        "id": document.id,
        "title": document.title,
        "state": document.state,
        "access": document.access,
        "collection": document.collection,
        "version": document.version,
    }


def _item(label: str, action: str, document: Document, payload: dict[str, Any]) -> Button:
    return Button(label, action, payload, {"number": document.id, "title": document.title})

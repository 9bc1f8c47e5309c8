"""How an answer looks in the chat: sentences with their marks, sources, notes, buttons."""

from dataclasses import dataclass, replace
from itertools import zip_longest
from typing import Any

from handlers.texts.filters import readable, shorten
from handlers.turn import in_rows
from services.library.curated import COLLECTION
from services.library.excerpts import first_sentences
from services.library.force import Force
from services.library.removing import SOURCE_REMOVED
from services.library.validity import Standing
from services.models import Document
from services.outbox import Button, Note
from services.questions.places import OPENS
from services.tickets.standards import Approval

_NEAREST = 3
MARKS = "①②③④⑤⑥⑦⑧⑨"
PLACES_IN_A_ROW = 3
THREE_LINES = 66  # characters on a phone
NOTES = {
    "approximate": "ask.note_approximate",
    "forecast": "ask.note_forecast",
    "damaged": "ask.note_damaged",
    "miscounted": "ask.note_miscounted",
    "repealed": "ask.note_repealed",
    "superseded": "ask.note_repealed",
    "expired": "ask.note_expired",
    "relative_date": "ask.note_relative_date",
    "undated": "ask.note_undated",
    "media_report": "ask.note_media",
    "no_deadline": "ask.note_no_deadline",
    "no_owner": "ask.note_no_owner",
    "added_up": "ask.note_added_up",
    "counted": "ask.note_counted",
}


@dataclass(frozen=True)
class Shown:
    """An answer to show: its record's id, the question, knowledge's answer, the cited documents by id."""

    answer_id: int
    question: str
    answer: Any  # knowledge.answers.answering.Answer
    documents: dict[int, Document | None]
    is_member: bool
    standard: Document | None = None
    approval: Approval | None = None
    standing: tuple[Standing, ...] = ()
    is_office: bool = False  # the secretariat itself: there is nobody to hand its question to
    may_keep: bool = False  # the secretariat in private: offered for the regression set
    force: tuple[Force, ...] = ()  # how documents stand, when that was asked
    read_as: str = ""  # the whole question that a model made of a follow-up


def note_for_answer(shown: Shown) -> Note:
    """The message for a standard answer, an answer, the nearest passages, or an honest no."""
    note = _note(shown)
    return replace(note, values={**note.values, "read_as": shown.read_as})


def _note(shown: Shown) -> Note:
    if shown.standard is not None:
        return _standard(shown, shown.standard)
    if shown.force:
        return _in_force(shown)
    if shown.answer.outcome == "answered":
        return _answered(shown)
    if shown.answer.outcome == "nearest" and shown.answer.nearest:
        return _nearest(shown)
    values = {"question": shown.question, "is_member": shown.is_member, "is_office": shown.is_office}
    values["standing"] = _standing(shown)
    return Note("ask.none", values, _human(shown))


def _standard(shown: Shown, document: Document) -> Note:
    answered_on = document.issued_on or document.imported_at.date()
    values = {
        "question": document.title,
        "answer": shown.answer.text,
        "answered_on": answered_on.isoformat(),
        "approved_by": shown.approval.by if shown.approval else "",
        "approved_at": shown.approval.at.isoformat() if shown.approval else "",
        "alone": bool(shown.approval and shown.approval.alone),
        "is_doubtful": SOURCE_REMOVED in document.warnings,
    }
    return Note("tickets.standard", values, (_rating(shown), *_human(shown)))


def _answered(shown: Shown) -> Note:
    answer = shown.answer
    places: list[Any] = []
    for citation in (*answer.citations, *(one for group in answer.conflicts for one in group)):
        if not any(_same_place(citation, place) for place in places):
            places.append(citation)
    values = {
        "headline": answer.headline,
        "sentences": [_sentence(one, places) for one in answer.sentences],
        "conflicts": [_conflicting(one, shown) for group in answer.conflicts for one in group],
        "standing": _standing(shown),
        "notes": _notes(answer.notes, shown),
        "sources": [_source(one, shown, mark) for one, mark in zip_longest(places, _marks(places), fillvalue="")],
        "drafted": answer.composed_by == "model",
    }
    return Note("ask.answer", values, _buttons(shown, places))


def _in_force(shown: Shown) -> Note:
    papers = [
        {
            "title": one.title,
            "state": one.state,
            "issued_on": one.issued_on.isoformat() if one.issued_on else "",
            "imported_on": one.imported_on.isoformat(),
            "starts_on": one.starts_on.isoformat() if one.starts_on else "",
            "ends_on": one.ends_on.isoformat() if one.ends_on else "",
            "said": one.said,
            "clause": one.clause,
        }
        for one in shown.force
    ]
    values = {"papers": papers, "standing": _standing(shown)}
    return Note("ask.in_force", values, _buttons(shown, list(shown.answer.citations)))


def _nearest(shown: Shown) -> Note:
    hits = [
        {
            "text": _few_lines(hit.text),
            "title": _title(hit.document_id, shown),
            "clause": hit.clause,
            "is_standard": _is_standard(hit.document_id, shown),
        }
        for hit in shown.answer.nearest[:_NEAREST]
    ]
    values = {"hits": hits, "is_member": shown.is_member, "is_office": shown.is_office, "standing": _standing(shown)}
    return Note("ask.nearest", values, _human(shown))


def _few_lines(text: str) -> str:
    plain = " ".join(readable(text).split())
    return shorten(first_sentences(plain, THREE_LINES), THREE_LINES)


def _sentence(sentence: Any, places: list[Any]) -> dict[str, str]:
    if len(places) < 2:
        return {"text": sentence.text, "about": sentence.about, "marks": ""}
    numbers = sorted({i for c in sentence.citations for i, place in enumerate(places) if _same_place(c, place)})
    return {
        "text": sentence.text,
        "about": sentence.about,
        "marks": "".join(MARKS[i] for i in numbers if i < len(MARKS)),
    }


def _conflicting(citation: Any, shown: Shown) -> dict[str, str]:
    told = next((one.text for one in shown.answer.sentences if citation in one.citations), citation.quote)
    return {"quote": told, "place": f"《{_title(citation.document_id, shown)}》{citation.clause}"}


def _marks(places: list[Any]) -> tuple[str, ...]:
    """① for the first of several places; one alone bears no mark."""
    return tuple(MARKS[: len(places)]) if len(places) > 1 else ("",) * len(places)


def _source(citation: Any, shown: Shown, mark: str) -> dict[str, str]:
    document = shown.documents.get(int(citation.document_id))
    dated = ""
    if document:
        on = document.issued_on or document.published_on
        dated = f"{on.year}年{on.month}月" if on else document.dated_text
    return {
        "mark": mark,
        "title": _title(citation.document_id, shown),
        "number": document.number if document else "",
        "clause": citation.clause,
        "dated": dated,
    }


def _title(document_id: str, shown: Shown) -> str:
    document = shown.documents.get(int(document_id))
    return document.title if document else ""


def _is_standard(document_id: str, shown: Shown) -> bool:
    document = shown.documents.get(int(document_id))
    return document is not None and document.collection == COLLECTION


def _same_place(one: Any, other: Any) -> bool:
    return bool(one.passage_id == other.passage_id)


def _standing(shown: Shown) -> list[dict[str, str]]:
    return [standing_values(one) for one in shown.standing]


def standing_values(one: Standing) -> dict[str, str]:
    """How a document out of force stands, as texts take it."""
    on = one.repealed_on.isoformat() if one.repealed_on else ""
    return {"title": one.title, "state": one.state, "on": on, "successor": one.successor}


def _notes(found: tuple[str, ...], shown: Shown) -> list[str]:
    from handlers import texts

    told = ("repealed", "superseded") if shown.standing else ()
    names = [name for name in (note.split(":")[0] for note in found) if name in NOTES and name not in told]
    keys = dict.fromkeys(NOTES[name] for name in names)
    missing = [one.split(":", 1)[1] for one in found if one.startswith("partial:")]
    partial = [texts.plain("ask.note_partial", {"subjects": missing})] if missing else []
    return partial + [texts.plain(key) for key in keys]


def _buttons(shown: Shown, places: list[Any]) -> tuple[tuple[Button, ...], ...]:
    passages = [
        Button(
            "ask.button_passage",
            OPENS,
            {"passage_id": int(place.passage_id), "answer_id": shown.answer_id},
            {"mark": mark},
        )
        for place, mark in zip(places, _marks(places), strict=False)
    ]
    return (*in_rows(passages, PLACES_IN_A_ROW), _rating(shown), *_keep(shown))


def _rating(shown: Shown) -> tuple[Button, ...]:
    return (
        Button("ask.button_good", "ask_rate", {"answer_id": shown.answer_id, "helpful": True}),
        Button("ask.button_bad", "ask_rate", {"answer_id": shown.answer_id, "helpful": False}),
    )


def _human(shown: Shown) -> tuple[tuple[Button, ...], ...]:
    has_people = shown.is_member and not shown.is_office
    people = ((Button("ask.button_human", "ask_human", {"answer_id": shown.answer_id}),),) if has_people else ()
    return (*people, *_keep(shown))


def _keep(shown: Shown) -> tuple[tuple[Button, ...], ...]:
    return ((Button("trials.button_keep", "trial_keep", {"answer_id": shown.answer_id}),),) if shown.may_keep else ()

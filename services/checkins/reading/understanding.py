"""From a message to a reading: screen, cut, bind, check. Deterministic; every item says which rule made it."""

from datetime import datetime

from knowledge.language.folding import fold
from services.checkins.form import Form, State
from services.checkins.reading.arithmetic import reckon
from services.checkins.reading.binding import Binder
from services.checkins.reading.blanket import spread
from services.checkins.reading.clearing import in_plain_figures, with_sure_commas, without_counters, without_remarks
from services.checkins.reading.denied_kinds import leave_out_denied
from services.checkins.reading.focusing import put_focus
from services.checkins.reading.index_lists import spell_lists
from services.checkins.reading.intents import checked, intent_of
from services.checkins.reading.names import partner_names
from services.checkins.reading.pauses import mark_pauses
from services.checkins.reading.screening import screen
from services.checkins.reading.slate import Known, Slate
from services.checkins.reading.tables import unroll
from services.checkins.reading.tokenizing import tokenize
from services.checkins.reading.understood import Intent, Understanding
from services.checkins.reading.wording import Wording
from services.periods import Period
from services.privacy import holds_person_records


def understand(
    text: str,
    *,
    form: Form,
    period: Period,
    now: datetime,
    previous: Known,
    ytd_before: Known,
    focus: str | None = None,
) -> Understanding:
    """Read a message as a reply to the form of a period.

    ``previous`` holds last period's figures, ``ytd_before`` this year's sums before the period. ``focus`` is the key
    just asked about, which a bare figure then answers. Never raises on any text; every value stands in the text, in
    ``previous``, or is calculated from both as its rule says.
    """
    if holds_person_records(text):
        return Understanding(Intent.REFUSE_PII, reason="person_records")
    text = with_sure_commas(text)
    folded = mark_pauses(fold(without_counters(text)), form)
    screened = screen(folded, text, form, asked=focus is not None)
    written_out = in_plain_figures(unroll(screened.text, period.month), form)
    reckonable, reckoned = reckon(written_out)
    unrolled = spell_lists(without_remarks(reckonable), form)
    tokens = put_focus(unrolled, tokenize(unrolled, form, period), form, focus)
    slate = Slate(form, period, previous, ytd_before)
    binder = Binder(unrolled, tokens, slate, focus)
    binder.run()
    whole = spread(unrolled, tokens, slate)
    leave_out_denied(unrolled, slate)
    _leave_unasked(slate)
    intent = intent_of(binder, screened, whole=whole)
    names = _partners(unrolled, slate)
    written = Wording(text, folded, reckoned)
    confirm, rejected, meant = checked(intent, binder, now)
    return Understanding(
        intent,
        {key: written.restored(item) for key, item in slate.items.items()},
        tuple(sorted(confirm)),
        tuple(sorted(rejected)),
        tuple(slate.questions),
        tuple(slate.corrections),
        screened.texts,
        tuple(dict.fromkeys(written.of(piece) for piece in slate.leftovers)),
        tuple(dict.fromkeys(written.of(piece) for piece in slate.unplaced)),
        {key: tuple(written.of(name) for name in found) for key, found in names.items()},
        period=meant,
        reason=screened.aside,
        affirmed=screened.affirmed,
    )


def _leave_unasked(slate: Slate) -> None:
    """Figures that a register counts are not asked; what was said of them stays as a remark."""
    for key in [key for key in slate.items if not slate.form.indicator(key).asked]:
        slate.ask("counted_from_register", key, stated=slate.items.pop(key).value)


def _partners(text: str, slate: Slate) -> dict[str, tuple[str, ...]]:
    """The names given beside counts that a register wants by name; missing ones are asked for."""
    names: dict[str, tuple[str, ...]] = {}
    for key, item in slate.items.items():
        if slate.form.indicator(key).asks_names and item.value and item.state is State.FILLED:
            names[key] = partner_names(text, item.source)
            if len(names[key]) < item.value:
                slate.ask("ask_names", key, count=item.value, known=names[key])
    return {key: found for key, found in names.items() if found}

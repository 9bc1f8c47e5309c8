"""From a message to a reading: screen, cut, bind, check. Deterministic; every item says which rule made it."""

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal

from knowledge.folding import fold
from services.checkins.binding import Binder, Bound
from services.checkins.blanket import spread
from services.checkins.checks import Background, Severity, check
from services.checkins.form import Form, State
from services.checkins.lexicon import Mark
from services.checkins.privacy import holds_person_records
from services.checkins.reading import Intent, Item, Question, Understanding
from services.checkins.screening import Screened, screen
from services.checkins.tables import unroll
from services.checkins.tokens import Figure, Sign, Token, tokenize
from services.periods import Period

Known = Mapping[str, Decimal | int | float | None]


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
    folded = fold(text.replace("\r\n", "\n").replace("\r", "\n"))
    screened = screen(folded, text, form)
    unrolled = unroll(screened.text)
    tokens = tokenize(unrolled, form, period)
    bound = Binder(unrolled, form, period, previous, ytd_before, focus).run(tokens)
    whole = spread(tokens, bound, form, period, previous)
    _leave_unasked(bound, form)
    stated = {key: item for key, item in bound.items.items() if item.state is not State.CARRIED}
    intent = _intent(bound, tokens, screened, whole)
    return _finish(intent, bound, stated, screened, form, period, now, previous, ytd_before)


def _leave_unasked(bound: Bound, form: Form) -> None:
    """Figures that a register counts are not asked; what was said of them stays as a remark."""
    for key in [key for key in bound.items if not form.indicator(key).asked]:
        item = bound.items.pop(key)
        bound.questions.append(Question("counted_from_register", key, {"stated": item.value}))


def _intent(bound: Bound, tokens: list[Token], screened: Screened, whole: bool) -> Intent:
    items = bound.items
    correcting = {Mark.WRONG, Mark.SHOULD_BE} & bound.said
    if items and (any(c.period for c in bound.corrections) or (correcting and bound.corrections)):
        return Intent.CORRECT
    if items:
        plain_carry = all(item.state is State.CARRIED for item in items.values())
        return Intent.CARRY if plain_carry else Intent.SUBMIT
    if bound.rejected or bound.problems:
        return Intent.SUBMIT
    if whole:
        return Intent.CARRY
    figures = any(isinstance(token, Figure) for token in tokens)
    states = {Mark.NONE, Mark.ALL, Mark.NOT_COLLECTED} & {token.mark for token in tokens if isinstance(token, Sign)}
    if screened.aside or screened.texts:
        return Intent.NONE if not figures else Intent.UNCLEAR if not screened.aside else Intent.NONE
    return Intent.UNCLEAR if figures or states or bound.mentioned else Intent.NONE


def _finish(
    intent: Intent,
    bound: Bound,
    stated: Mapping[str, Item],
    screened: Screened,
    form: Form,
    period: Period,
    now: datetime,
    previous: Known,
    ytd_before: Known,
) -> Understanding:
    rejected, confirm = set(bound.rejected), set(bound.problems)
    this_month = Period.month_of(now.date())
    meant = next((named for named in bound.periods if named.month and this_month < named), None)
    if meant is not None and intent is not Intent.CORRECT:
        rejected |= {f"{key}:V10" for key in bound.items}
    correcting = intent is Intent.CORRECT
    background = Background() if correcting else Background(previous, ytd_before)
    for finding in check(form, period, stated, background):
        if finding.severity is Severity.REJECT:
            rejected.add(finding.code)
        elif finding.severity is Severity.CONFIRM:
            confirm.add(finding.code)
    refused = {code.partition(":")[0] for code in rejected}
    confirm = {code for code in confirm if code.partition(":")[0] not in refused}
    return Understanding(
        intent,
        dict(bound.items),
        tuple(sorted(confirm)),
        tuple(sorted(rejected)),
        tuple(bound.questions),
        tuple(bound.corrections),
        screened.texts,
        tuple(dict.fromkeys(bound.leftovers)),
        period=meant or next(iter(bound.periods), None),
        reason=screened.aside,
    )

"""What a message that was read wants, and what of it has to be confirmed or is rejected."""

import re
from datetime import datetime

from services.checkins.form import State
from services.checkins.reading.binding import Binder
from services.checkins.reading.checks import Background, Severity, check
from services.checkins.reading.focusing import NOTHING_NAMED
from services.checkins.reading.lexicon import Mark
from services.checkins.reading.screening import Screened
from services.checkins.reading.tokens import Break, Figure, Filler, Sign, When
from services.checkins.reading.understood import Intent
from services.periods import Period

_FILED_WRONG = re.compile(r"(?:写|填|报|打|录|输)(?:错|反|串|岔)|[多少漏误错](?:报|填|写)")
_PREVIOUS_WRONG = re.compile(
    r"上个?月份?的?(?:月报|数据?|那个?)*[^,;。\d]{0,8}?(?:[写填报录输](?:错|反|串)|[多少漏误错][报填写])|(?:更正|改|补正)(?:一?下)?上个?月"
)
"""上个月报错了: what is put right after that was filed for last month."""
_STATES = {Mark.NONE, Mark.ALL, Mark.NOT_COLLECTED, Mark.NOT_APPLICABLE}
_MOST_BEFORE = 6


def intent_of(binder: Binder, screened: Screened, *, whole: bool) -> Intent:
    """What the message wants; ``whole`` where it spoke of all figures at once."""
    slate = binder.slate
    correcting = {Mark.WRONG, Mark.SHOULD_BE} & binder.said
    if slate.items and slate.corrections and (correcting or any(one.period for one in slate.corrections)):
        return Intent.CORRECT
    if slate.items and _says_filed_wrong(binder):
        return Intent.CORRECT
    if slate.items:
        carried = all(item.state is State.CARRIED for item in slate.items.values())
        return Intent.CARRY if carried else Intent.SUBMIT
    if slate.rejected or slate.problems:
        return Intent.SUBMIT
    if whole:
        return Intent.CARRY
    if screened.aside:
        return Intent.NONE
    figures = any(isinstance(token, Figure) for token in binder.tokens)
    if figures or (not screened.texts and _says_state_alone(binder)):
        return Intent.UNCLEAR
    return Intent.NONE


def _says_filed_wrong(binder: Binder) -> bool:
    """实习那块填反了，本市应该是740: what is wrong stands before any figure, so it was filed before."""
    first = next((token.start for token in binder.tokens if isinstance(token, Figure)), 0)
    return bool(_FILED_WRONG.search(binder.text, 0, first))


def _says_state_alone(binder: Binder) -> bool:
    """Whether a clause says little more than 没有 or 还没统计."""
    state, before, after = False, 0, ""
    for token in (*binder.tokens, None):
        words = "" if token is None else binder.text[token.start : token.end]
        if token is None or isinstance(token, Break):
            if state and before <= _MOST_BEFORE and NOTHING_NAMED.fullmatch(after):
                return True
            state, before, after = False, 0, ""
        elif isinstance(token, Sign) and token.mark in _STATES:
            state = True
        elif state:
            after += words
        else:
            before += len(words.strip())
    return False


def _speaks_of_other_month(binder: Binder) -> bool:
    """A month other than the open one is named, not only to compare with it: 12月 在岗实习295 其他没变 begins so."""
    opening = next((one for one in binder.tokens if not isinstance(one, Filler | Break)), None)
    compares = not isinstance(opening, When) and bool({Mark.COMPARE, Mark.SAME} & binder.said)
    return binder.slate.period not in binder.periods and not compares


def checked(intent: Intent, binder: Binder, now: datetime) -> tuple[set[str], set[str], Period | None]:
    """What must be confirmed, what is rejected, and the period the message names."""
    slate = binder.slate
    rejected, confirm = set(slate.rejected), set(slate.problems)
    this_month = Period.month_of(now.date())
    future = next((named for named in binder.periods if named.month and this_month < named), None)
    named = future or next((one for one in binder.periods if one.month), None)
    if named is None and intent is Intent.CORRECT and _PREVIOUS_WRONG.search(binder.text):
        named = slate.period.previous
    if future is not None and intent is not Intent.CORRECT:
        rejected |= {f"{key}:V10" for key in slate.items}
    elif named is not None and slate.items and intent is not Intent.CORRECT and _speaks_of_other_month(binder):
        slate.ask("ask_period", None, named=named, open=slate.period)
    background = Background() if intent is Intent.CORRECT else Background(slate.previous, slate.ytd_before)
    stated = {key: item for key, item in slate.items.items() if item.state is not State.CARRIED}
    for finding in check(slate.form, slate.period, stated, background):
        if finding.severity is Severity.REJECT:
            rejected.add(finding.code)
        elif finding.severity is Severity.CONFIRM:
            confirm.add(finding.code)
    refused = {code.partition(":")[0] for code in rejected}
    return {code for code in confirm if code.partition(":")[0] not in refused}, rejected, named

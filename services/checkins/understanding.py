"""From a message to a reading: screen, cut, bind, check. Deterministic; every item says which rule made it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from knowledge.folding import fold
from services.checkins.arithmetic import Made, reckon
from services.checkins.binding import Binder
from services.checkins.blanket import spread
from services.checkins.checks import Background, Severity, check
from services.checkins.denied_kinds import leave_out_denied
from services.checkins.focusing import NOTHING_NAMED, put_focus
from services.checkins.form import Form, State
from services.checkins.index_lists import spell_lists
from services.checkins.lexicon import Mark
from services.checkins.names import partner_names
from services.checkins.pauses import mark_pauses
from services.checkins.reading import Intent, Item, Understanding
from services.checkins.screening import Screened, screen
from services.checkins.slate import Known, Slate
from services.checkins.tables import unroll
from services.checkins.tokenizing import tokenize
from services.checkins.tokens import Break, Figure, Filler, Sign, When
from services.checkins.topics import leave_out_topics
from services.periods import Period
from services.privacy import holds_person_records

_AMBIGUOUS_COMMA = re.compile(
    r"(?<=\d)[，,](?=20\d\d[年级届])|(?<=\d{4})，(?=\d)|(?<=\d,\d{3})，(?=\d)|(?<=\d{4}),(?=\d{1,6}[人名个家份项件次场])|(?<=[0-9]{3})，(?=[0-9]{3}(?![0-9]))|(?<=[０-９]{3})，(?=[０-９]{3}(?![０-９]))"
    r"|(?<=\d)[，,。](?=\d{1,2}(?:月|日|号|[楼点层页]|[.、)）](?!\d)))"
    r"|(?<=\d)，(?=(?:\d{1,2}|\d+\.\d+|\d{4,})万?(?:人次|人天|[人名个家份项件次场元])?(?:才|就|只)?是)"
    r"|(?<=\d{3})，(?=\d{1,2}(?:人|名|个|家|份|项|件|期|次|场|班|条))"
)
"""430，305 with a full-width comma is two figures; 1，180 and 13,890 are one; 416，12月, 416。3号, 45，52是旧的 not."""

_YUAN_SIGN = re.compile(r"[￥¥] ?(\d[\d,.]*)(?! ?[\d万亿w])")
_DASH = re.compile(r"(?<=[:=]) ?[-—–]{1,2}(?= ?(?:$|[\n;,。]))")
"""横向到账：- says zero, as in a table."""


_SUM = re.compile(r"(?<=[\d万元]) ?= ?[^=,;。\n]*\d[^=,;。\n]*\+[^=,;。\n]*\d[^=,;。\n]*")
"""现金8万=奖学金3万+维护5万: how a figure is made up is a remark on it."""

_ENTERED_AS = re.compile(r"(?<=[帮请烦])([^,;。\d]{0,14}[填写报录记])成(?= ?[\d一二两三四五六七八九十])")
"""帮我把协议填成2份 asks for a figure; 把协议填成2份了 says which one was wrong."""

_NOT_SO_MANY = re.compile(r"(?<=没) ?有? ?\d[\d.]*[^,;。\d]{0,2}(?=(?:那么|这么|那样)多)")
"""没有260那么多，200: the first figure is denied."""

_AND_ALL = re.compile(r"(?<=[\d万千百])一共")
"""5万一共20万: nobody says 五万一 there."""

_PER_CENT = re.compile(r"百分之 ?(\d{1,3}(?:\.\d+)?)(?![\d十百])")

_ENUMERATED = re.compile(r"[①-⑳⑴-⒇⒈-⒛㈠-㈩❶-❿]")
"""A number in a ring only counts the items; folded it would stand before the figure's label as a figure."""

_LOOSE_SPACE = re.compile(r"(?<=[一-龥])(?<![零一二三四五六七八九十百千万亿两]) +(?=[\d第])")
"""任务 9 完成 60%: a space between a word and its figure says nothing."""


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
    text = _AMBIGUOUS_COMMA.sub(
        lambda found: found[0].replace(",", "，") + " ", text.replace("\r\n", "\n").replace("\r", "\n")
    )
    folded = mark_pauses(fold(_ENUMERATED.sub("，", text)), form)
    screened = screen(folded, text, form, asked=focus is not None)
    unrolled = _YUAN_SIGN.sub(r"\1元", _LOOSE_SPACE.sub("", unroll(screened.text, period.month)))
    unrolled = _AND_ALL.sub(" 共", unrolled)
    unrolled = _PER_CENT.sub(r"\1%", unrolled)
    unrolled = leave_out_topics(unrolled, form)
    unrolled = _NOT_SO_MANY.sub(_blank, _ENTERED_AS.sub(r"\1为", unrolled))
    unrolled, reckoned = reckon(unrolled)
    unrolled = spell_lists(_SUM.sub(_blank, _DASH.sub("0", unrolled)), form)
    tokens = put_focus(unrolled, tokenize(unrolled, form, period), form, focus)
    slate = Slate(form, period, previous, ytd_before)
    binder = Binder(unrolled, tokens, slate, focus)
    binder.run()
    whole = spread(unrolled, tokens, slate)
    leave_out_denied(unrolled, slate)
    _leave_unasked(slate)
    intent = _intent(binder, screened, whole=whole)
    names = _partners(unrolled, slate)
    written = _Wording(text, folded, reckoned)
    confirm, rejected, meant = _checked(intent, binder, now)
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


@dataclass(frozen=True)
class _Wording:
    """Gives pieces of the folded text back as the person wrote them; the folding keeps every character's place."""

    text: str
    folded: str
    reckoned: Mapping[str, Made]

    def restored(self, item: Item) -> Item:
        """An item with its own words, and with how it was worked out where that was done before it was read."""
        made = next((how.note for result, how in self.reckoned.items() if _stands_in(result, item.source)), item.note)
        return replace(item, source=self.of(item.source), note=made)

    def of(self, piece: str) -> str:
        """The original words, or the piece itself where a table was written out."""
        for result, made in self.reckoned.items():
            if _stands_in(result, piece):
                piece = made.words
        at = self.folded.find(piece) if piece else -1
        return self.text[at : at + len(piece)] if at >= 0 else piece


def _stands_in(result: str, piece: str) -> bool:
    """Whether what was worked out stands in a piece, and not only its figures in a longer number."""
    return re.search(rf"(?<![\d.]){re.escape(result)}(?![\d.])", piece) is not None


def _blank(found: re.Match[str]) -> str:
    return " " * len(found.group())


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


def _intent(binder: Binder, screened: Screened, *, whole: bool) -> Intent:
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


_FILED_WRONG = re.compile(r"(?:写|填|报|打|录|输)(?:错|反|串|岔)|[多少漏误错](?:报|填|写)")


_PREVIOUS_WRONG = re.compile(
    r"上个?月份?的?(?:月报|数据?|那个?)*[^,;。\d]{0,8}?(?:[写填报录输](?:错|反|串)|[多少漏误错][报填写])|(?:更正|改|补正)(?:一?下)?上个?月"
)
"""上个月报错了: what is put right after that was filed for last month."""


def _says_filed_wrong(binder: Binder) -> bool:
    """实习那块填反了，本市应该是740: what is wrong stands before any figure, so it was filed before."""
    first = next((token.start for token in binder.tokens if isinstance(token, Figure)), 0)
    return bool(_FILED_WRONG.search(binder.text, 0, first))


_STATES = {Mark.NONE, Mark.ALL, Mark.NOT_COLLECTED, Mark.NOT_APPLICABLE}
_MOST_BEFORE = 6


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


def _checked(intent: Intent, binder: Binder, now: datetime) -> tuple[set[str], set[str], Period | None]:
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

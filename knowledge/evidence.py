"""The sentences that could answer, and how completely each one does.

Similarity alone cannot refuse: a sentence about the right school without the asked figure looks as near as the
right one. So a sentence is judged by what it holds of the question's names and words, by the kind of answer
it contains, and by the source it stands in.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from knowledge.brackets import amount_in, falls_in
from knowledge.content import places_in
from knowledge.cutting import sentences_of
from knowledge.entries import Hit
from knowledge.folding import fold
from knowledge.lexicon import group, place_pattern
from knowledge.matching import Aliases, find_parts, find_word, holds_word, pair_share
from knowledge.numerals import in_digits
from knowledge.slots import nearest_slot, wants_slot
from knowledge.speech import is_pale
from knowledge.table_rows import is_head_row, read_row
from knowledge.understanding import Question

Rarity = Callable[[Sequence[str]], Sequence[float]]

_BEFORE_CHARS = 400
_FOCUS_WEIGHT, _PALE, _BRACKET, _DENIED, _SAYS_IT, _CORELESS, _AIMED, _MODAL, _PALE_MOST, _LACKING, _RUN = (
    1.6,
    0.35,
    0.25,
    0.2,
    0.7,
    0.2,
    0.2,
    0.1,
    0.5,
    0.3,
    4,
)
_COUNTING = frozenset(("count", "people", "quantity"))
_QUESTION_LINE = re.compile(r"(?:问|问题|提问|q)\d*[:：]", re.IGNORECASE)
_RUNNING = re.compile(r"^第[\d一二三四五六七八九十百]+条.*。$|[,，].*。$")
_ANSWER_LINE = re.compile(r"(?:答|回答|答复|A)\d*[:：]")
_WHOLE_ANSWER = 200
_FORBIDS = re.compile(r"不|禁|未|没")
_FORBIDDEN = re.compile(r"不得(?:用于|列入|申报|有)|下列[^,，。]{0,6}不|禁止|严禁|不予(?:支持|受理)")
_LACKS = re.compile(r"(?<!有)没(?!有没)(?![?？]?$)|未|漏|缺")
_ASKS = re.compile(r"[?？]\s*$")
_CURRENT = re.compile(r"现在|目前|如今|眼下|当前|已经|现有")
_AIM = re.compile(r"力争|到20\d\d年|预计|计划|拟|争取|将达|打算")
_LABELLED = re.compile(r"[^\n]*(?:日期|时间)\s*[:：][^\n]*|\d{4}-\d{1,2}-\d{1,2}")
_OWN_NUMBER = re.compile(r"[〔\[(（]\d{4}[〕\])）]\s*\d*号?")
_RULES = re.compile(r"可以|不得|免|[必均]?[须需]|应当?|禁止|允许|不[予再能可]|视为|同时|除外|方可")
_SIGNED = re.compile(r"第[\d一二三四五六七八九十百]+条|[(（]?[一二三四五六七八九十\d]{1,3}[)）、.．]")
_MEETING = re.compile(r"[\u4e00-\u9fff]{1,3}(?:会议|例会)|(?:理事|委员|董事|监事|推进|座谈|代表|年)会")
_PAST = re.compile(r"去年|前年|上年|上半年|上个?月|上季度|上学期")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d{2}年")
_OTHER_YEAR = 0.15
_GENERIC = re.compile(r"(?:职业|技术|技师|高级|中等|专科|技工)*(?:学院|大学|学校|院校|公司|集团|中心)")


@dataclass(frozen=True)
class Evidence:
    """One sentence of a hit, judged.

    Attributes:
        hit: The passage it stands in.
        start: Its offset in the passage.
        end: Its end in the passage.
        held: Share of the question's weight that it, its headings and the words before it hold.
        own: The same for the sentence alone.
        focus: Share of the asked words' weight that it holds.
        core: How surely the one word is held that the asking word belongs to (学费 in 学费是多少).
        hole: The weight of the one word that is missing most.
        slot: How near the wanted kind of thing (number, date) stands to the question's words; 0 when absent.
        value: That thing's folded words, or empty.
        heading: Whether it is nothing but a heading.
        right_source: Whether the names, places and years of the question are its own.
        score: What it is ranked by.
    """

    hit: Hit
    start: int
    end: int
    held: float
    own: float
    focus: float
    core: float
    hole: float
    slot: float
    value: str
    heading: bool
    right_source: bool
    score: float

    @property
    def text(self) -> str:
        """The sentence's original words."""
        return self.hit.text[self.start : self.end]


def weigh(question: Question, rarity: Rarity | None) -> dict[str, float]:
    """Return each content word's weight: rare words carry a question, common ones hardly."""
    pairs = {word: [word[at : at + 2] for at in range(len(word) - 1)] or [word] for word in question.words}
    flat = [pair for group in pairs.values() for pair in group]
    rare = dict(zip(flat, rarity(flat), strict=True)) if rarity and flat else dict.fromkeys(flat, 0.5)
    weights = {word: max(0.05, sum(rare[pair] for pair in group)) for word, group in pairs.items()}
    for word in question.words:
        if word in question.focus and not is_pale(word):
            weights[word] *= _FOCUS_WEIGHT
        if word in group("type") and not (question.kind in _COUNTING and word in question.counted):
            weights[word] *= 0.3
        if word in group("vague"):
            weights[word] *= _PALE
        if is_pale(word):  # another verb may say the same
            weights[word] *= _PALE
        if len(word) == 1:  # it stands inside many other words
            weights[word] *= 0.4
    nouns = [weights[word] for word in question.words if not is_pale(word)]
    if nouns:  # a verb that the library never uses says how it is asked, not what about
        for word in question.words:
            if is_pale(word):
                weights[word] = min(weights[word], _PALE_MOST * max(nouns))
    return weights


def judged(question: Question, hits: Sequence[Hit], rarity: Rarity | None = None) -> list[Evidence]:
    """Return the hits' sentences, the best evidence first."""
    weights = weigh(question, rarity)
    best = max((hit.score for hit in hits), default=1.0) or 1.0
    found = [
        _judge(question, weights, hit, span, hit.score / best)
        for hit in hits
        for span in _spans(hit.text)
        if span[1] - span[0] >= 4
    ]
    return sorted(found, key=lambda one: -one.score)


def _spans(text: str) -> Iterator[tuple[int, int]]:
    """The sentences of a passage; a short answer after 答： stays whole, as a part of it may mislead."""
    stop = 0
    for start, end in sentences_of(text):
        if start < stop:
            continue
        if _ANSWER_LINE.match(text, start) and 0 < (line := _line_end(text, start)) - start <= _WHOLE_ANSWER:
            stop = line
            yield start, line
        else:
            yield start, end


def _asked_above(text: str, start: int) -> str:
    """The folded question that the answer at ``start`` was given to, or empty: what it asks about is the answer's."""
    line = text.rfind("\n", 0, start) + 1
    if not _ANSWER_LINE.match(text, line):
        return ""
    above = text[:line].rstrip().rsplit("\n", 1)[-1]
    return fold(above) if _QUESTION_LINE.match(above) else ""


def _line_end(text: str, start: int) -> int:
    end = text.find("\n", start)
    return start + len(text[start : end if end >= 0 else len(text)].rstrip())


def _judge(question: Question, weights: dict[str, float], hit: Hit, span: tuple[int, int], near: float) -> Evidence:
    cells = read_row(hit.text, *span)
    sentence = fold(",".join(head + cell for head, cell in cells) or hit.text[span[0] : span[1]])
    led = _asked_above(hit.text, span[0]) or (fold(hit.path[-1]) if hit.path and _ASKS.search(hit.path[-1]) else "")
    heading = fold(f"{hit.heading}\n{hit.about}")
    before = fold(hit.text[max(0, span[0] - _BEFORE_CHARS) : span[0]])
    own = held = focus = focus_total = 0.0
    core, hole = 1.0, 0.0
    runs = _in_runs(question, sentence)
    places: dict[str, tuple[float, list[tuple[int, int]]]] = {}
    for word, weight in weights.items():
        here, spans = find_word(word, sentence, question.aliases)
        if not here:
            here, spans = find_parts(word, sentence)
        if led and (above := max(holds_word(word, led, question.aliases), find_parts(word, led)[0])) > here:
            here, spans = above, spans or [(0, 0)]
        places[word] = (weight, spans)
        here = max(here, 0.7 * pair_share(word, sentence), runs.get(word, 0.0))
        over = holds_word(word, heading, question.aliases)
        around = max(over, 0.8 * holds_word(word, before, question.aliases))
        hole = max(hole, weight * (1 - max(here, around)))
        own += weight * here
        held += weight * max(here, 0.9 * around)
        if word == question.core:
            core = here if question.kind in _COUNTING else max(here, over if question.kind == "who" else around)
        if word in question.focus:
            focus += weight * max(here, 0.7 * around)
            focus_total += weight
    total = sum(weights.values()) or 1.0
    own, held = own / total, held / total
    focus = focus / focus_total if focus_total else held
    slot, value = nearest_slot(question, sentence, places, row=bool(cells))
    source = _right_source(question, hit, sentence, heading) and not _of_another_meeting(question, hit, sentence)
    sought = 0.45 * slot if wants_slot(question) else 0.2 * focus + 0.25 * slot
    score = 0.3 * own + 0.45 * held + 0.2 * near + sought
    title = is_heading(hit, hit.text[span[0] : span[1]]) or is_head_row(hit.text, *span)
    if (amount := amount_in(question.folded)) is not None and (within := falls_in(amount, sentence)) is not None:
        score += _BRACKET if within else -_BRACKET
    title = title and not (question.kind in ("number", "contact") and slot >= _SAYS_IT)
    score -= _DENIED * _denies(question, sentence)
    score += _LACKING * bool(_LACKS.search(question.folded) and _LACKS.search(sentence))
    score += _MODAL * bool(question.kind == "yesno" and _RULES.search(sentence))
    score -= _AIMED * bool(_CURRENT.search(question.folded) and _AIM.search(sentence))
    score -= _CORELESS * (1 - core)
    score -= 0.3 * (not source) + 0.3 * title + _OTHER_YEAR * _names_other_years(question, sentence)
    return Evidence(hit, span[0], span[1], held, own, focus, core, hole / total, slot, value, title, source, score)


def _in_runs(question: Question, sentence: str) -> dict[str, float]:
    """Which share of each word lies in four characters and more that the sentence repeats from the question.

    However a dictionary cuts an unknown phrase (五免一推), its very characters in a row are the phrase.
    """
    asked = question.folded
    held = [at for at in range(len(asked) - _RUN + 1) if asked[at : at + _RUN] in sentence]
    covered = {at + step for at in held for step in range(_RUN)}
    if not covered:
        return {}
    starts = {word: asked.find(word) for word in question.words}
    return {
        word: sum(start + step in covered for step in range(len(word))) / len(word)
        for word, start in starts.items()
        if start >= 0
    }


def _denies(question: Question, sentence: str) -> bool:
    """Whether a list of what is allowed is asked for and the sentence is one of what is not, or the reverse."""
    if question.kind not in ("list", "fact"):
        return False
    return bool(_FORBIDS.search(question.folded)) != bool(_FORBIDDEN.search(sentence))


def is_heading(hit: Hit, text: str) -> bool:
    """Whether ``text`` is nothing but a heading of its passage, or the question of a question and answer."""
    plain = _plain(text)
    if text.rstrip().endswith((":", "：")) and len(hit.text.strip()) > len(text.strip()) and _SIGNED.match(plain):
        return False  # it leads into what stands under it
    if _RUNNING.search(plain):
        return False
    if _QUESTION_LINE.match(plain):
        return True
    if plain.endswith(("。", ";", "；")) and (_plain(hit.text) == plain or re.search(r"\D\d", plain)):
        return False  # nothing stands under it, or it states a figure
    return plain.rstrip("。") in {_plain(one).rstrip("。") for one in (*hit.path, hit.title, hit.part or "")}


def _plain(text: str) -> str:
    return re.sub(r"\s+", "", re.sub(r"^[●■◆★▲◎#\s]+|\*\*", "", text)).rstrip(":：")


def _right_source(question: Question, hit: Hit, sentence: str, heading: str) -> bool:
    """Whether the sentence is about the places, organisations and years that the question names."""
    around = f"{heading}\n{fold(hit.text)}"
    for place in question.places:
        if place in heading or _is_about(place, sentence, question):
            continue
        if places_in(heading) or not _is_about(place, around, question):
            return False
    if not all(_named(name, around, question.aliases) for name in question.names):
        return False
    if _PAST.search(question.folded) and not (_PAST.search(sentence) or _YEAR.search(sentence)):
        return False  # what happened then is not what is done every year
    if question.ordinals and not _in_series(question, around):
        return False
    return not question.years or any(_of_year(year, hit, sentence, heading) for year in question.years)


def _is_about(place: str, text: str, question: Question) -> bool:
    """Whether ``text`` speaks of the place, not only of an organisation called after it that nobody asked about."""
    named = re.compile(rf"{place}[市省]?[\u4e00-\u9fff]{{0,8}}?(?:大学|学院|学校|公司|集团)")
    return place in named.sub(lambda found: found[0] if found[0] in question.folded else " ", text)


def _in_series(question: Question, around: str) -> bool:
    """Whether the source speaks of the very issue, session or clause that is asked about (第六期, 第三条)."""
    named = in_digits(around.replace("首", "第一"))
    return all(re.search(rf"第{one[:-1]}{one[-1]}", named) for one in question.ordinals)


def _of_another_meeting(question: Question, hit: Hit, sentence: str) -> bool:
    """Whether it is asked how often one body meets and the sentence speaks of another one only."""
    asked = [word for word in question.words if question.kind == "often" and _MEETING.search(word)]
    around = f"{fold(' '.join(hit.path))} {sentence}"
    return bool(asked and _MEETING.search(sentence)) and not any(holds_word(word, around) for word in asked)


def _named(name: str, around: str, aliases: Aliases) -> bool:
    """Whether the source names ``name``, or its place and the rest of it apart."""
    if holds_word(name, around, aliases):
        return True
    found = place_pattern().match(name)
    place = found[0] if found else ""
    rest = name[len(place) :].lstrip("市省区县")
    return bool(place) and place in around and not _GENERIC.fullmatch(rest) and bool(holds_word(rest, around, aliases))


def _names_other_years(question: Question, sentence: str) -> bool:
    """Whether a year is asked for and the sentence names only others: its source's heading may span several."""
    named = re.findall(r"(?<!\d)(?:19|20)\d{2}(?=年)", sentence)
    return bool(question.years and named) and not any(str(year) in sentence for year in question.years)


def _of_year(year: int, hit: Hit, sentence: str, heading: str) -> bool:
    if str(year) in sentence:
        return True
    spanned = [int(one) for one in re.findall(r"(?<!\d)(?:19|20)\d{2}(?!\d)", fold(hit.title))]
    if spanned and not min(spanned) <= year <= max(spanned):
        return False
    if str(year) in _OWN_NUMBER.sub("", heading):
        return True
    written = int(hit.dated_on[:4]) if hit.dated_on else 0
    relative = {"今年": written, "去年": written - 1, "前年": written - 2, "明年": written + 1}
    if any(word in sentence and year == value for word, value in relative.items()):
        return True
    others = re.search(r"(?<!\d)(?:19|20)\d{2}年", sentence)
    return not others and str(year) in _LABELLED.sub("", fold(hit.text))

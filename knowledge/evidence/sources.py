"""Whether a sentence is about the very places, organisations, years and issues that a question names."""

from __future__ import annotations

import re

from knowledge.documents.entries import Hit
from knowledge.documents.labels import PUBLISHING
from knowledge.evidence.parties import of_another_party, of_another_side
from knowledge.evidence.times import is_of_time
from knowledge.evidence.years import is_of_years
from knowledge.language.content import places_in
from knowledge.language.folding import fold
from knowledge.language.lexicon import place_pattern, province_of
from knowledge.language.matching import Aliases, holds_word
from knowledge.language.numerals import in_digits
from knowledge.language.terms import words_of
from knowledge.questions.understanding import Question

_PUBLISHED = re.compile(r"\s*\|?\s*(?:发布|公开|公布|发表|成文|印发|发文)(?:时间|日期)\s*[:：]")
_MEETING = re.compile(r"[\u4e00-\u9fff]{1,3}(?:会议|例会)|(?:理事|委员|董事|监事|推进|座谈|代表|年)会")
_MOST = re.compile(
    r"(?:哪|谁)[^,，?？]*最[高低多少大小快慢好差强弱缺贵长短早晚难急]|最[高低多少大小快慢好差强弱缺贵长短早晚难急]的?是(?:哪|谁)"
)
_FIRST = re.compile(r"较[多少高低大小]的|最(?![初近后终新])|第一|居首|首位|排名|领先|垫底|末位|仅为|只有|突出")
_LINES = tuple(
    re.compile(one)
    for one in (
        "[特一二三]等奖",
        "国家级|自治区级|省级|市级|[县区]级|校级",
        "[初中高]级工(?!程)",
        "[一二三四]季度|上半年|下半年",
        "[春夏秋冬]季",
    )
)
_NUMBERED = {"期": r"(?:第|(?<![\d第]))"}  # 三期工程 is 第三期
_ONE_EVENT = "次届"  # 第二次论坛 is 第二届论坛
_JOINED = re.compile(r"(?:联盟|协会|委员会|中心|平台|共同体|联合体)$")  # its full name has more words between
_BARE = frozenset(("学院", "学校", "院校", "大学"))
_ORGAN, _SHORTEST = re.compile(r"(?:管委会|管理委员会|理事会|秘书处|办公室|领导小组)$"), 3
_SCHOOL = re.compile(r"[\u4e00-\u9fff]{2,}(?:学院|学校|大学)")
_GENERIC = re.compile(r"(?:职业|技术|技师|高级|中等|专科|技工)*(?:学院|大学|学校|院校|公司|集团|中心)")


def is_right_source(question: Question, hit: Hit, sentence: str, heading: str, text: str) -> bool:
    """Whether the folded ``sentence`` of ``hit``, with its folded ``heading`` and ``text``, is about what is named."""
    around = f"{heading}\n{text}"
    return (
        all(_is_of_place(place, question, sentence, heading, around) for place in question.places)
        and all(_named(name, around, question.aliases) for name in question.names)
        and is_of_time(question, hit, sentence, heading)
        and not of_another_party(question, sentence)
        and not of_another_side(question, sentence, heading)
        and not _of_another_meeting(question, hit, sentence)
        and not _of_another_line(question, f"{fold(' '.join(hit.path))} {sentence}", around)
        and not _tells_of_one(question, sentence)
        and not _is_publishing(question, sentence)
        and (not question.ordinals or _in_series(question, around))
        and is_of_years(question, hit, sentence, heading)
    )


def _is_of_place(place: str, question: Question, sentence: str, heading: str, around: str) -> bool:
    if place in heading or _is_about(place, sentence, question):
        return True
    province = province_of(place)
    if province and province in sentence and place not in sentence:
        return False  # the province's own figure
    elsewhere = [one for one in places_in(heading) if one != province]
    return not elsewhere and _is_about(place, around, question)


def _tells_of_one(question: Question, sentence: str) -> bool:
    """Whether it is asked which one is ahead of all, which is nothing to be read off one of them."""
    asked = question.kind in ("who", "list", "fact") and _MOST.search(question.folded)
    return bool(asked) and not _FIRST.search(sentence)


def _is_publishing(question: Question, sentence: str) -> bool:
    """Whether a sentence says when its document was published, and nobody asks for that."""
    published = question.kind == "when" and _PUBLISHED.match(sentence)
    return bool(published) and not PUBLISHING.search(question.folded)


def _of_another_line(question: Question, sentence: str, around: str) -> bool:
    """Whether one prize, level or quarter is asked about and the sentence, or all around it, tells of another one."""
    for line in _LINES:
        asked = set(line.findall(question.folded))
        said = set(line.findall(sentence) or line.findall(around))
        if asked and said and not asked & said:
            return True
    return False


def _is_about(place: str, text: str, question: Question) -> bool:
    """Whether ``text`` speaks of the place, not only of an organisation called after it that nobody asked about."""
    if re.search(rf"{place}[市省]?的?哪", question.folded):
        return place in text  # 河北哪所大学: such a one is asked for
    named = re.compile(rf"{place}[市省]?[\u4e00-\u9fff]{{0,8}}?(?:大学|学院|学校|公司|集团)")
    return place in named.sub(lambda found: found[0] if found[0] in question.folded else " ", text)


def _in_series(question: Question, around: str) -> bool:
    """Whether the source speaks of the very issue, session or clause that is asked about (第六期, 第三条)."""
    named = in_digits(around.replace("首", "第一"))
    return all(
        re.search(rf"{_NUMBERED.get(one[-1], '第')}{one[:-1]}{_sign(one[-1])}", named)
        or (one[-1] in "条项款" and re.search(rf"^{one[:-1]}\s*[.、．]", named, re.MULTILINE))
        for one in question.ordinals
    )


def _sign(sign: str) -> str:
    """A measure of a series as a pattern: an event's one stands for its others."""
    return f"[{_ONE_EVENT}]" if sign in _ONE_EVENT else sign


def _of_another_meeting(question: Question, hit: Hit, sentence: str) -> bool:
    """Whether it is asked how often one body meets and the sentence speaks of another one only."""
    asked = [word for word in question.words if question.kind == "often" and _MEETING.search(word)]
    around = f"{fold(' '.join(hit.path))} {sentence}"
    return bool(asked and _MEETING.search(sentence)) and not any(holds_word(word, around) for word in asked)


def _named(name: str, around: str, aliases: Aliases) -> bool:
    """Whether the source names ``name``, or its place and the rest of it apart."""
    if holds_word(name, around, aliases):
        return True
    if _JOINED.search(name) and all(holds_word(word, around) for word in words_of(name)):
        return True
    if (whole := _ORGAN.sub("", name)) != name and len(whole) > _SHORTEST:  # 某学院管委会: the school's own
        return _named(whole, around, aliases)
    found = place_pattern().match(name)
    place = found[0] if found else ""
    rest = name[len(place) :].lstrip("市省区县")
    if place and place in around and rest in _BARE:  # a city's 学院 is its X职业技术学院
        return bool(_SCHOOL.search(around))
    return bool(place) and place in around and not _GENERIC.fullmatch(rest) and bool(holds_word(rest, around, aliases))

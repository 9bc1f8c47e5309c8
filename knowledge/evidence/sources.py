"""Whether a sentence is about the very places, organisations, years and issues that a question names."""

from __future__ import annotations

import re

from knowledge.documents.entries import Hit
from knowledge.documents.labels import PARTY, PUBLISHING
from knowledge.evidence.years import of_another_years, of_other_years, of_that_year, of_year, spans_years
from knowledge.language.content import places_in
from knowledge.language.folding import fold
from knowledge.language.forms import COUNTING, SUMS
from knowledge.language.lexicon import place_pattern, province_of
from knowledge.language.matching import Aliases, holds_word
from knowledge.language.numerals import in_digits
from knowledge.language.terms import words_of
from knowledge.questions.understanding import Question

_PUBLISHED = re.compile(r"\s*\|?\s*(?:发布|公开|公布|发表|成文|印发|发文)(?:时间|日期)\s*[:：]")
_MEETING = re.compile(r"[\u4e00-\u9fff]{1,3}(?:会议|例会)|(?:理事|委员|董事|监事|推进|座谈|代表|年)会")
_LAST_YEAR = re.compile(r"(?<![比较])(?:去年|前年|上年)")
_MOST = re.compile(
    r"(?:哪|谁)[^,，?？]*最[高低多少大小快慢好差强弱缺贵长短早晚难急]|最[高低多少大小快慢好差强弱缺贵长短早晚难急]的?是(?:哪|谁)"
)
_FIRST = re.compile(r"较[多少高低大小]的|最(?![初近后终新])|第一|居首|首位|排名|领先|垫底|末位|仅为|只有|突出")
_CURRENT = re.compile(r"现在|目前|如今|眼下|当前")
_AIM = re.compile(r"力争|到(?:20\d\d年|年底|年末)|预计|争取|将达")
_REPORTS = re.compile(r"20\d\d年?度?(?!.*(?:计划|方案|通知|要点|上半年|季度)).*(?:总结|报告|年报|公报|通报)")
_PAST = re.compile(rf"{_LAST_YEAR.pattern}|上半年|上个?月|上季度|上学期")
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
_NEXT, _PLANNED = (
    re.compile(r"下一?[次回]"),
    re.compile(r"[定将拟]于|计划于|下一?[次回]|下个?季度|下半年|(?:工作)?(?:安排|计划)(?:$|\n)"),
)
_NUMBERED = {"期": r"(?:第|(?<![\d第]))"}  # 三期工程 is 第三期
_ONE_EVENT = "次届"  # 第二次论坛 is 第二届论坛
_DONE, _HAS_DONE = (
    re.compile(r"(?:已经?|以来|至今|到现在|到目前)[^,，。?？]{0,8}?了(?:多少|几)"),
    re.compile(r"累计|已经?|截至|截止|至今|共|实际|目前|[发拨兑收完建办新吸引培]放?了|20\d\d年|今年|全年|[上下]半年"),
)
_QUARTER = re.compile(r"([1-4])季度")
_PARTIES = (("企业", "公司"), ("学校", "院校", "高校"), ("协会", "学会"))
_HAPPENED = re.compile(r"(?<![到至\d])(?:19|20)\d{2}年(?!.*(?:将|拟|开展|力争))")
_JOINED = re.compile(r"(?:联盟|协会|委员会|中心|平台|共同体|联合体)$")  # its full name has more words between
_MADE = r"(学院|基地|中心|平台|项目|工坊|工作[站室]|实验室|流动站|协议|合同)"
_BARE = frozenset(("学院", "学校", "院校", "大学"))
_SIDE_SAID = re.compile(r"[甲乙丙丁]方(?![:：(])")
_ORGAN, _SHORTEST = re.compile(r"(?:管委会|管理委员会|理事会|秘书处|办公室|领导小组)$"), 3
_SCHOOL = re.compile(r"[\u4e00-\u9fff]{2,}(?:学院|学校|大学)")
_GENERIC = re.compile(r"(?:职业|技术|技师|高级|中等|专科|技工)*(?:学院|大学|学校|院校|公司|集团|中心)")


def is_right_source(question: Question, hit: Hit, sentence: str, heading: str, text: str) -> bool:
    """Whether the folded ``sentence`` of ``hit``, with its folded ``heading`` and ``text``, is about what is named."""
    around = f"{heading}\n{text}"
    for place in question.places:
        if place in heading or _is_about(place, sentence, question):
            continue
        if province_of(place) and province_of(place) in sentence and place not in sentence:
            return False  # the province's own figure
        elsewhere = [one for one in places_in(heading) if one != province_of(place)]
        if elsewhere or not _is_about(place, around, question):
            return False
    if not all(_named(name, around, question.aliases) for name in question.names):
        return False
    if _NEXT.search(question.folded) and not _PLANNED.search(f"{heading} {sentence}"):
        return False
    if question.kind in ("who", "list", "fact") and _MOST.search(question.folded) and not _FIRST.search(sentence):
        return False  # which one is ahead of all is nothing to be read off one of them
    if _LAST_YEAR.search(question.folded) and not (
        _LAST_YEAR.search(f"{heading} {sentence}") or _HAPPENED.search(sentence) or _REPORTS.search(fold(hit.title))
    ):
        return False
    if _DONE.search(question.folded) and not _HAS_DONE.search(sentence):
        return False  # what may be paid is not what has been
    if _CURRENT.search(question.folded) and _AIM.search(sentence) and not _CURRENT.search(sentence):
        return False  # what is aimed at is not what is
    if _of_another_party(question, sentence):
        return False
    if (
        _PAST.search(question.folded)
        and not _quarter_before(question, sentence, heading)
        and not (
            _PAST.search(f"{heading} {sentence}") or _HAPPENED.search(sentence) or _REPORTS.search(fold(hit.title))
        )
    ):
        return False  # what happened then is not what is done every year
    if question.kind == "when" and _PUBLISHED.match(sentence) and not PUBLISHING.search(question.folded):
        return False
    if _of_another_meeting(question, hit, sentence):
        return False
    if _of_another_line(question, f"{fold(' '.join(hit.path))} {sentence}", around):
        return False
    if _of_another_side(question, sentence, heading):
        return False
    if any(of_another_years(year, question.folded, sentence) for year in question.years):
        return False
    if question.kind in SUMS | COUNTING | {"share"} and of_other_years(question.years, sentence):
        return False
    if question.ordinals and not _in_series(question, around):
        return False
    if question.kind in SUMS | COUNTING | {"share"} and len(question.years) == 1 and spans_years(hit, sentence):
        return of_that_year(question.years[0], hit, sentence)
    return not question.years or any(of_year(year, hit, sentence, heading) for year in question.years)


def _quarter_before(question: Question, sentence: str, heading: str) -> bool:
    """Whether 上季度 is asked about and the sentence names the quarter before the one its source is about."""
    named, own = _QUARTER.search(in_digits(sentence)), _QUARTER.search(in_digits(heading))
    if "上季度" not in question.folded or not named or not own:
        return False
    return int(named[1]) == (int(own[1]) - 2) % 4 + 1


def _of_another_party(question: Question, sentence: str) -> bool:
    """Whether one kind of party is asked for (牵头企业是哪家) and the sentence names another one in its place."""
    for word in question.words:
        for own in _PARTIES:
            asked = [party for party in own if f"{word}{party}" in question.folded]
            if not asked or any(f"{word}{party}" in sentence for party in own):
                continue
            if any(f"{word}{party}" in sentence for other in _PARTIES if other is not own for party in other):
                return True
    return False


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


def _of_another_side(question: Question, sentence: str, heading: str) -> bool:
    """Whether one party of an agreement is asked about and the sentence begins with what another one does."""
    parties = dict(PARTY.findall(heading))
    first = _SIDE_SAID.search(sentence)
    if len(parties) < len(("甲方", "乙方")) or first is None:
        return False
    asked = set()
    for side, name in parties.items():
        others = "".join(other for one, other in parties.items() if one != side)
        asked |= {
            side
            for word in question.words
            if len(word) > 1
            and word in name
            and word not in others
            and not _names_both(word, name, question)
            and not re.search(
                rf"[跟和与同]{re.escape(word)}", question.folded
            )  # 跟某公司一起: the other side is asked about
        }
    return bool(asked) and first[0] not in asked


def _names_both(word: str, name: str, question: Question) -> bool:
    """Whether a party's word is said of what the parties made together (腾远 in 腾远产业学院): no one party's."""
    made = re.search(rf"{re.escape(word)}[\u4e00-\u9fff]{{0,8}}?{_MADE}", question.folded)
    return made is not None and made[0] not in name and made[1] not in name

"""Whether a sentence names who is asked for: 哪家公司 wants a company's own name, 秘书长是谁 that very office."""

from __future__ import annotations

import itertools
import re
from functools import lru_cache

from knowledge.language.forms import NAME, PERSON
from knowledge.language.lexicon import group, hollow, places
from knowledge.language.speech import is_pale, is_sign, place_words
from knowledge.language.terms import words_of
from knowledge.questions.understanding import Question

_WHICH = re.compile(
    r"哪[一二两三四五六七八九十几]?[家所]|哪[几些]?个?[^,，是在的]{0,4}?(?:公司|企业|厂|机构|事务所|银行|队|学校|院校|医院|协会)|(?:公司|企业|厂|机构|事务所|银行|学校|院校)(?:是|叫)(?:谁|哪|什么|啥)"
)
_OFFICE = re.compile(
    r"(?:[理会组队部科处室校院局厅厂班书裁判事]+长|主任|书记|主席|代表人|联系人|负责人|联络员|总经理)$"
)
HOLDS = "(?:担任|兼任|出任|(?<![责连主信解])任(?![务期职何命免教]))"
_ASKS_HOLDER = re.compile(r"谁|叫|姓|哪位|名字|名单")
_BODY = re.compile(
    r"[\u4e00-\u9fff]{2,}(?:局(?![面部限])|委(?![托派员任])|厅|办公室|管委会|政府|委员会|理事会|秘书处|领导小组|联合会|工会|商会|学会|研究院|联合体|共同体)"
)
_ASSOCIATION = re.compile(
    r"(?:^|[由经与跟向,，、])[省市区县州][\u4e00-\u9fff]{2,10}(?:协会|学会|促进会|商会|中心|研究院|集团|公司)"
)
_SEVERAL, _JOINED = re.compile(r"哪几[家所个]"), re.compile(r"[、和与及|;；]|\n")
_FIRMS, _SCHOOLS = group("firms"), group("schools")
_ENDS = group("organisation") | frozenset(("中心", "银行", "事务所", "有限公司", "研究所", "医院", "厂"))
_AGENCIES = (_ENDS | {"机构"}) - {"局", "厅", "委员会", "管委会"}
_KINDS_OF_BODY = (
    (re.compile(r"哪(?!些)[^,，是在的]{0,6}?(?:公司|企业|厂(?!区)|集团)|(?:公司|企业)(?:是|叫)(?:谁|哪)"), _FIRMS),
    (re.compile(r"哪(?!些)[^,，是在的]{0,6}?(?:学校|院校|学院|大学|高校)|(?:学校|院校)(?:是|叫)(?:谁|哪)"), _SCHOOLS),
    (re.compile(r"哪(?!些)[^,，是在的]{0,6}?(?:第三方|(?:评估|检测|认证|中介|审计|咨询|服务)机构|事务所)"), _AGENCIES),
)
_HOLDER = re.compile(rf"(?:[长员师人]|书记|主任|教授|同志)$|{NAME}(?:担任|兼任|出任|任|同志|当选)")
_BRACKETED = re.compile(r"\([\u4e00-\u9fff]{2,6}\)(?=有限|股份|公司|集团)")  # 富联科技(济源)有限公司
_LEGAL = frozenset(("有限公司", "股份", "集团", "分公司"))
_SITES = "园区路街镇村楼馆室库站号院校会局委厅"
_REACH, _COMPOUND = 5, 3
_PARTS = re.compile(r"[、,，。;；:：|()\s“”\"《》和与及或由]+")
_PERSONS = re.compile(r"[都还]?有谁|都是谁|哪几位|哪些人|名单")
_PERSON_FORM = re.compile(PERSON)
_CALLED = re.compile(r"叫(?:什么|啥)名字?[?？]?$|姓(?:什么|啥)[?？]?$")
_NAMED_PERSON = re.compile(
    rf"(?<=[师长员任记人事])[:：是为由]?\s?{NAME}|{NAME}(?=[同先女任担兼出当主负,，、。;；)）(]|$)"
)
_TITLE_IN_NAME = re.compile(r"[主副书任]|长$")
_ROAD, _ON_ROAD = re.compile(r"哪条[路街]|什么路|门牌"), re.compile(r"[路街道巷弄]\d*号?|大道")


def names_it(question: Question, sentence: str) -> bool:
    """Whether a folded sentence gives the name that is asked for; True where no name is."""
    if question.kind in ("who", "person") and _CALLED.search(question.folded) and not _has_person(sentence):
        return False
    if question.kind in ("who", "called") and _leaves_open(question, sentence):
        return False
    if question.kind in ("who", "person") and (office := office_asked(question)):
        return _holds_office(question, office, sentence)
    if question.kind in ("who", "person", "list") and _PERSONS.search(question.folded):
        return "、" in sentence or bool(_PERSON_FORM.search(sentence))
    if question.kind == "where" and _ROAD.search(question.folded):
        return bool(_ON_ROAD.search(sentence))
    if question.kind in ("who", "list", "fact") and _WHICH.search(question.folded):
        if _SEVERAL.search(question.folded) and not _JOINED.search(sentence):
            return False
        parts = _PARTS.split(_BRACKETED.sub("", sentence))
        ends = next((ends for asked, ends in _KINDS_OF_BODY if asked.search(question.folded)), None)
        if ends is not None:
            return any(_is_proper(part, question, ends) for part in parts)
        bodies = _BODY.search(sentence) or _ASSOCIATION.search(sentence)
        return bool(bodies) or any(_is_proper(part, question, _ENDS) for part in parts)
    return True


def _leaves_open(question: Question, sentence: str) -> bool:
    """Whether the sentence itself says 一所学校 of what is asked by name, and calls it nothing."""
    nouns = [word for word in question.words if len(word) > 1 and not is_pale(word)]
    return any(re.search(rf"[一某][所家个名位间]{re.escape(word)}", sentence) for word in nouns)


def _has_person(sentence: str) -> bool:
    """Whether somebody is called by name: 由院长任主任 names nobody."""
    return any(not _TITLE_IN_NAME.search(found[0]) for found in _NAMED_PERSON.finditer(sentence))


def office_asked(question: Question) -> str:
    """Return the office whose holder is asked for (秘书长 in 秘书长是谁), or empty."""
    if not _ASKS_HOLDER.search(question.folded):
        return ""
    last = question.focus[-1] if question.focus else ""
    if f"{last}单位" in question.folded:  # 主任单位: a body
        return ""
    return last if last in question.words and _OFFICE.search(last) else ""


def _holds_office(question: Question, office: str, sentence: str) -> bool:
    """Whether that office is in the sentence, and beside its own body where several are listed."""
    at = question.words.index(office)
    body = question.words[at - 1] if at and f"{question.words[at - 1]}{office}" in question.folded else ""
    parts = sentence.split("、") if body and body in sentence else [sentence]
    held = _held(office)
    bare = re.compile(rf"(?:^|[,，。;；:：\s]){re.escape(office)}")  # 产业学院实行“双带头人”制,院长由…
    return any((len(parts) == 1 or body in part or bare.search(part)) and held.search(part) for part in parts)


@lru_cache(maxsize=256)
def _held(office: str) -> re.Pattern[str]:
    """The office beside whoever holds it: not what it decides (由理事长审批)."""
    own = rf"(?<!副){re.escape(office)}"
    return re.compile(
        rf"{own}\s*(?:[:：|为是]|由|\d{{1,2}}[名位人][,，]由)|{own}\s*(?:[\u4e00-\u9fff]{{2,10}}[ \u3000])?{NAME}"
        rf"|(?:任|担任|当选|推举|推选|选举|聘请|聘任)[^,，。;；]{{0,14}}{own}|{own}[^,，。;；]{{0,14}}{HOLDS}"
        rf"|{NAME}[^,，。;；、]{{0,2}}{own}"
        rf"{_done_as(office)}"
    )


def _done_as(office: str) -> str:
    """By whom that is done which whoever holds the office does (主持人: 由…主持), as an alternative; or empty."""
    return rf"|[由请][^,，。;；]{{2,16}}{office[:-1]}" if office.endswith("人") and len(office) == _COMPOUND else ""


def _is_proper(part: str, question: Question, ends: frozenset[str]) -> bool:
    """Whether a stretch of words is the own name of a body that ends so.

    More than its kind is said of it, or it is signs in a row that nobody knows (a brand), with no other body's end.
    """
    words = words_of(part)
    for at, word in enumerate(words):
        if word.endswith(tuple(ends)) and _is_called(_before(words, at), question):
            return True
        if word in question.folded:
            continue
        if _is_name(word, ends):
            return True
        follower = words[at + 1] if at + 1 < len(words) else ""
        unknown = is_sign(word) and (is_sign(follower) or (len(word) > 1 and follower))
        if unknown and (ends is _ENDS or _is_brand(words, at, ends)):
            return True
    latin = [word for word in re.findall(r"[a-z]{2,}", part) if word not in question.folded]
    return bool(latin) and "%" not in part and ends is not _SCHOOLS


def _is_name(word: str, ends: frozenset[str]) -> bool:
    """Whether a dictionary has the whole name of a body as one word, behind its place (南京大学)."""
    stems = {word.removesuffix(end) for end in ends} - {word}
    return any(stem in places() or stem in place_words() for stem in stems)


def _is_called(before: list[str], question: Question) -> bool:
    """Whether the words before 公司 or 学院 are a name: one that tells it apart, or signs in a row (弘元)."""
    signs = [word for word in before if word not in question.folded]
    in_a_row = any(is_sign(one) and is_sign(other) for one, other in itertools.pairwise(signs))
    return in_a_row or any(_tells_apart(one, question) for one in before)


def _is_brand(words: list[str], at: int, ends: frozenset[str]) -> bool:
    """Whether the unknown signs at ``at`` are no place, no person and no other kind of body."""
    if ends is _SCHOOLS or _HOLDER.search("".join(words[max(0, at - 2) : at])):
        return False
    rest = words[at:]
    run = next((step for step, word in enumerate(rest) if not is_sign(word)), len(rest))
    after = rest[run] if run < len(rest) else ""
    name = "".join(rest[:run])
    return len(name) > 1 and name[-1] not in _SITES and (not after or after in ("等", "共同", "联合", *_FIRMS))


def _before(words: list[str], at: int) -> list[str]:
    """The few words before one, back to the verb that governs them."""
    found = words[max(0, at - _REACH) : at]
    if words[at] in _LEGAL and found and is_pale(found[-1]):  # 万洋冶炼有限公司
        found = [*found[:-1], ""]
    verbs = [place for place, word in enumerate(found) if is_pale(word) and (len(word) > 1 or word in group("apart"))]
    return found[verbs[-1] + 1 :] if verbs else found


def _tells_apart(word: str, question: Question) -> bool:
    """Whether a word before 公司 or 学院 is no mere kind of them (保险, 第三方) and not what was asked already."""
    if word in places() or word in place_words():
        return word not in question.folded
    generic = word in hollow() | group("bodies") | group("general") | group("type")
    return len(word) > 1 and not generic and word not in question.folded

"""Whether a sentence names who is asked for: 哪家公司 wants a company's own name, 秘书长是谁 that very office."""

from __future__ import annotations

import re
from functools import lru_cache

from knowledge.forms import NAME
from knowledge.lexicon import group, hollow, places
from knowledge.speech import is_pale, place_words
from knowledge.terms import is_word, words_of
from knowledge.understanding import Question

_WHICH = re.compile(
    r"哪[一几]?[家所]|哪[几些]?个?[^,，是在的]{0,4}?(?:公司|企业|厂|机构|事务所|银行|队|学校|院校|医院|协会)|(?:公司|企业|厂|机构|事务所|银行|学校|院校)(?:是|叫)(?:谁|哪|什么|啥)"
)
_OFFICE = re.compile(r"(?:[理会组队部科处室校院局厅厂班书裁判]+长|主任|书记|主席|代表人|联系人|负责人|联络员|总经理)$")
_ASKS_HOLDER = re.compile(r"谁|叫|姓|哪位|名字|名单")
_BODY = re.compile(
    r"[\u4e00-\u9fff]{2,}(?:局(?![面部限])|委(?![托派员任])|厅|办公室|管委会|政府|委员会|理事会|秘书处|领导小组|联合会|工会|商会|学会|研究院|联合体|共同体)"
)
_SEVERAL, _JOINED = re.compile(r"哪几[家所个]"), re.compile(r"[、和与及|;；]|\n")
_ENDS = group("organisation") | frozenset(("中心", "银行", "事务所", "有限公司", "研究所", "医院", "厂"))
_REACH, _COMPOUND = 5, 3
_PARTS = re.compile(r"[、,，。;；:：|()\s“”\"《》和与及或由]+")


def names_it(question: Question, sentence: str) -> bool:
    """Whether a folded sentence gives the name that is asked for; True where no name is."""
    if question.kind in ("who", "person") and (office := _office(question)):
        return _holds_office(question, office, sentence)
    if question.kind in ("who", "list", "fact") and _WHICH.search(question.folded):
        if _SEVERAL.search(question.folded) and not _JOINED.search(sentence):
            return False
        return bool(_BODY.search(sentence)) or any(_is_proper(part, question) for part in _PARTS.split(sentence))
    return True


def _office(question: Question) -> str:
    """The office whose holder is asked for (秘书长 in 秘书长是谁), or empty."""
    if not _ASKS_HOLDER.search(question.folded):
        return ""
    last = question.focus[-1] if question.focus else ""
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
        rf"{own}\s*(?:[:：|为是]|由)|{own}\s*(?:[\u4e00-\u9fff]{{2,10}}[ \u3000])?{NAME}"
        rf"|(?:任|担任|当选|推举|推选|选举|聘请|聘任)[^。;；]{{0,14}}{own}|{own}[^,，。;；]{{0,14}}(?:担任|兼任|出任|任(?![务期何]))"
        rf"|{NAME}[^,，。;；、]{{0,2}}{own}"
    )


def _is_proper(part: str, question: Question) -> bool:
    """Whether a stretch of words is somebody's own name: one that more than its kind is said of, or signs in a row."""
    words = words_of(part)
    for at, word in enumerate(words):
        if _is_end(word) and any(_tells_apart(one, question) for one in _before(words, at)):
            return True
        if word in question.folded:
            continue
        follower = words[at + 1] if at + 1 < len(words) else ""
        if _is_sign(word) and (_is_sign(follower) or (len(word) > 1 and follower)):
            return True
    return bool(re.search(r"[a-z]{2,}", part)) and "%" not in part


def _is_end(word: str) -> bool:
    """Whether a word is a kind of organisation, or a compound of one (产业协会, 师范学校)."""
    return word in _ENDS or (len(word) > _COMPOUND and word[-2:] in _ENDS)


def _before(words: list[str], at: int) -> list[str]:
    """The few words before one, back to the verb that governs them."""
    found = words[max(0, at - _REACH) : at]
    verbs = [place for place, word in enumerate(found) if is_pale(word)]
    return found[verbs[-1] + 1 :] if verbs else found


def _tells_apart(word: str, question: Question) -> bool:
    """Whether a word before 公司 or 学院 is no mere kind of them (保险, 第三方) and not what was asked already."""
    if word in places() or word in place_words():
        return word not in question.folded
    generic = word in hollow() | group("bodies") | group("general")
    return len(word) > 1 and not generic and word not in question.folded


def _is_sign(word: str) -> bool:
    """Whether a word is a piece of a name: a single character that says little alone, or one that nobody knows."""
    if not re.fullmatch(r"[\u4e00-\u9fff]+", word) or word in hollow() or word in group("apart"):
        return False
    return len(word) == 1 or not is_word(word)

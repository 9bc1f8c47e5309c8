"""What makes one of several sentences the likelier answer, beside the words it holds.

Leanings only order sentences; whether one may be said at all is decided elsewhere (`knowledge.answers.selecting`).
"""

from __future__ import annotations

import re

from knowledge.documents.enumerating import names_so_many, so_many_asked
from knowledge.language.brackets import amount_in, falls_in
from knowledge.language.kinds import MEASURES
from knowledge.language.matching import holds_word
from knowledge.language.numerals import in_digits
from knowledge.questions.understanding import Question

_BRACKET, _DENIED, _AIMED, _MODAL, _LACKING, _TOLD, _OTHER_YEAR, _SAME_DEED = 0.25, 0.2, 0.2, 0.2, 0.3, 0.25, 0.15, 0.1
_WHICH_SO_MANY = re.compile(rf"哪([两二三四五六七八九十]+)([{MEASURES}大])")
_FORBIDS = re.compile(r"不|禁|未|没")
_EXCLUDED = re.compile(r"(?:情况|情形|条件|哪些[^,，]{0,4})不(?:予|收|接|受|能|得|行|算|可)")
_FORBIDDEN = re.compile(r"不得(?:用于|列入|申报|有)|不接[收受]|不受理|下列[^,，。]{0,6}不|禁止|严禁|不予(?:支持|受理)")
_LACKS = re.compile(r"(?<!有)没(?!有没)(?![?？]?$)|未|漏|缺")
_CURRENT = re.compile(r"现在|目前|如今|眼下|当前|已经|现有")
_AIM = re.compile(r"力争|到20\d\d年|预计|计划|拟|争取|将达|打算")
_DEFINES, _DEFINED = re.compile(r"所谓|所称|是指|指的是|即[“\"《]?[\u4e00-\u9fff]|称为"), 0.2
_ENDS = re.compile(r"到期|届满|期满|失效|为止|(?:有效|管|用)到")
_UNTIL, _EXPIRES = re.compile(r"至[^,，。;；]{2,14}止|有效期|期限[为至]|自[^,，。;；]{2,14}起至"), 0.3
_IS = re.compile(r"[”\"》]?(?:是指|指的?是?|为|是|即|包括|:)")
_ENTRY = re.compile(r"\W*([\u4e00-\u9fff、]{2,14}):[^。;；]{0,30}\d{3,4}-?\d{7,8}")
_RULES = re.compile(r"可以|[只仅]能|不得|免|[必均]?[须需]|应当?|禁止|允许|不[予再能可]|视为|同时|除外|方可")


def leaning(question: Question, sentence: str) -> float:
    """Return what to add to the score of a folded sentence for the way it speaks of what is asked."""
    total = -_DENIED * _denies(question, sentence) - _OTHER_YEAR * _names_other_years(question, sentence)
    if (amount := amount_in(question.folded)) is not None and (within := falls_in(amount, sentence)) is not None:
        total += _BRACKET if within else -_BRACKET
    if _LACKS.search(question.folded) and _LACKS.search(sentence):
        total += _LACKING
    if question.kind in ("when", "lasting") and _ENDS.search(question.folded) and _UNTIL.search(sentence):
        total += _EXPIRES
    if question.kind in ("consult", "contact") and _is_entry(question, sentence):
        total += _DEFINED
    if question.kind == "yesno" and _RULES.search(sentence):
        total += _MODAL
    if _CURRENT.search(question.folded) and _AIM.search(sentence):
        total -= _AIMED
    terms = (question.core, *question.quoted[-1:])
    defined = question.kind == "define" or (question.kind == "condition" and "算" in question.folded)
    told = defined and (_DEFINES.search(sentence) or any(_says_what(term, sentence) for term in terms))
    if told or (question.kind == "define" and _defines(question, sentence)):
        total += _DEFINED
    if question.deed and holds_word(question.deed, sentence):
        total += _SAME_DEED
    return total + _TOLD * _says_so_many(question, sentence)


def _says_what(term: str, sentence: str) -> bool:
    """Whether the folded sentence says what a term is (B类为市内非成员单位)."""
    at = sentence.find(term) if term else -1
    return at >= 0 and _IS.match(sentence, at + len(term)) is not None


def _is_entry(question: Question, sentence: str) -> bool:
    """Whether the folded sentence is the entry of a list of contacts for what is asked (结算：某某，0817-2630145)."""
    entry = _ENTRY.match(sentence)
    return entry is not None and any(word in entry[1] for word in question.focus if len(word) > 1)


def _defines(question: Question, sentence: str) -> bool:
    """Whether the sentence says of an asked term what it is (“立地”,就是…; X是指…)."""
    terms = "|".join(re.escape(word) for word in question.focus if len(word) > 1)
    return bool(terms) and bool(
        re.search(rf"(?:^|[“\"、,，:：])(?:{terms})[”\"]?[,，]?(?:就是|是指|即|指的?是|意为)", sentence)
    )


def _says_so_many(question: Question, sentence: str) -> bool:
    """Whether it is asked which two (哪两家) and the sentence speaks of two, or which three and it names three."""
    asked = _WHICH_SO_MANY.search(question.folded)
    if asked is not None and in_digits(f"{asked[1]}{asked[2]}") in in_digits(sentence):
        return True
    count = so_many_asked(question.folded)
    return count > 2 and names_so_many(count, sentence)


def _denies(question: Question, sentence: str) -> bool:
    """Whether a list of what is allowed is asked for and the sentence is one of what is not, or the reverse."""
    if question.kind not in ("list", "fact", "condition"):
        return False
    if question.kind == "condition" and not _EXCLUDED.search(question.folded):
        return False
    return bool(_FORBIDS.search(question.folded)) != bool(_FORBIDDEN.search(sentence))


def _names_other_years(question: Question, sentence: str) -> bool:
    """Whether a year is asked for and the sentence names only others: its source's heading may span several."""
    named = re.findall(r"(?<!\d)(?:19|20)\d{2}(?=年)", sentence)
    return bool(question.years and named) and not any(str(year) in sentence for year in question.years)

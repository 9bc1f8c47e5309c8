"""Where an enumeration goes on: 具备下列条件： is nothing without its items, a bracket of a scale not the scale."""

from __future__ import annotations

import re

from knowledge.documents.cutting import line_end, sentences_of
from knowledge.language.folding import fold
from knowledge.language.numerals import value_of

Span = tuple[int, int]

_LEADS = re.compile(r"[:：]\s*$|(?:下列|以下|如下|包括|包含)[^。;；]{0,24}[:：]|[:：]\s*[(（]?[一1①][)）、.]")
_SCALE = re.compile(r"\d\s*[万亿]?[元人名家天个日年%％]*(?:以上|以下|以内|及以上|及以下)[^。]*[;；]\s*$")
_FIRST_OF_SEVERAL = re.compile(r"[:：][^。;；:：]{2,60}[;；]\s*$")  # 经费来源为：会员投入；政府资助；…
_LABELLED = re.compile(r"[^。;；\n]{0,24}[:：]")
_ITEM = re.compile(r"\s*(?:[(（]?[一二三四五六七八九十\d]{1,3}[)）、.．]|[①-⑳]|[-*•·])")
WHICH_SO_MANY = re.compile(r"哪([两二三四五六七八九十])(?![家所名位])([\u4e00-\u9fff])")
_JOINT = re.compile(r"、|(?<=[\u4e00-\u9fff”》)）])(?:和|与|及|以及)(?=[\u4e00-\u9fff“《])")
_ONE_BY_ONE = re.compile(
    r"[一二三四五六][是要条方](?![个项名家])|第[一二三四五]|一方面|首先|其次|另[外一]|同时|既|[|:：]|[;；]"
)
_MOST_CHARS, _MOST_ITEMS = 420, 10
_SIGNS = "一二三四五六七八九十"
_FIRST_ITEM = re.compile(r"(?:^|[,，:：。;；])一([\u4e00-\u9fff])")
_OPENERS = (
    tuple(f"第{sign}" for sign in _SIGNS),
    ("一方面", "另一方面"),
    ("首先", "其次", "再次", "最后"),
)
_BEFORE_ITEM = ",，:：。;；"
_LISTS = 2
_APART = 3  # an item may have further sentences before the next one


def items_of(text: str, span: Span) -> list[Span]:
    """Return the sentences that list what the one at ``span`` begins: 一要…；二要…, 一方面…另一方面….

    The first item may stand in it or right behind it. Empty when there is no such list, or not more than one item.
    """
    sentences = list(sentences_of(text))
    at = next((number for number, one in enumerate(sentences) if one[0] <= span[0] < one[1]), -1)
    near = [text[slice(*one)] for one in sentences[at : at + 2]] if at >= 0 else []
    rests = dict.fromkeys(found[1] for words in near for found in _FIRST_ITEM.finditer(words))
    numbered = (tuple(f"{sign}{rest}" for sign in _SIGNS) for rest in rests)  # 一要…二要…
    for openers in (*numbered, *_OPENERS) if near else ():
        own = text[slice(*sentences[at])]
        inside = any(f"{sign}{openers[0]}" in own for sign in _BEFORE_ITEM) or own.startswith(openers[0])
        if not inside and own.count("、") >= _LISTS:
            continue  # it lists by itself
        found = [sentences[at]]
        wanted, start = (1, at + 1) if inside else (0, at + 1)
        missed = 0
        for one in sentences[start:]:
            words = text[slice(*one)]
            if wanted < len(openers) and words.startswith(openers[wanted]):
                found.append(one)
                wanted, missed = wanted + 1, 0
            elif (missed := missed + 1) > (_APART if wanted else 0):
                break
        if wanted > 1:
            return found[: _MOST_ITEMS + 1]
    return []


def continued(text: str, span: Span) -> list[Span]:
    """Return the spans that belong to the sentence at ``span``: itself, then the rest of its enumeration."""
    sentence = fold(text[span[0] : span[1]])
    several = _FIRST_OF_SEVERAL.search(sentence) and not _LABELLED.match(text, span[1])
    if not (several or _LEADS.search(sentence) or _SCALE.search(sentence)):
        return [span]
    own_end = line_end(text, span[1])
    stop = text.find("。", span[1] - 1, own_end)
    spans = [(span[0], stop + 1 if stop >= 0 else own_end)]
    if not sentence.rstrip().endswith((":", "：")) or own_end > span[1]:
        return spans if spans[0][1] - span[0] <= _MOST_CHARS else [span]
    at = own_end + 1
    while at < len(text) and len(spans) <= _MOST_ITEMS:
        end = line_end(text, at)
        line = text[at:end]
        if line.strip() and not _ITEM.match(line):
            break
        if line.strip():
            spans.append((at + len(line) - len(line.lstrip()), at + len(line.rstrip())))
        at = end + 1
    return spans


def so_many_asked(folded: str) -> int:
    """Return how many things a folded question asks the names of (哪三种岗位: 3), or 0."""
    found = WHICH_SO_MANY.search(folded)
    return (value_of(found[1]) or 0) if found else 0


def names_so_many(count: int, sentence: str) -> bool:
    """Whether a clause of a folded sentence sets just ``count`` things side by side (甲、乙和丙)."""
    clauses = re.split(r"[,，。;；:：]", sentence)
    return any(len(_JOINT.split(clause)) == count for clause in clauses)


def names_several(sentence: str) -> bool:
    """Whether a folded sentence sets things side by side, or goes through them one by one."""
    return bool(_JOINT.search(sentence) or _ONE_BY_ONE.search(sentence))

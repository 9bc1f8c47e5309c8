"""Which column a question asks for: by the words of its head, or by what such a column is for."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from knowledge.documents.sheets import Column, Sheet
from knowledge.language.content import content_words

_EXACT, _ROLE, _LOOSE = 6.0, 4.0, 2.0


@dataclass(frozen=True)
class Role:
    """What a column is for: how a question asks for it, how its head names it, and how sure that is."""

    asked: re.Pattern[str]
    head: re.Pattern[str]
    weight: float = _ROLE


LEAD = Role(
    re.compile(r"牵头|负责(?!人)|主责|责任|主办|主管|归[^,，]{0,6}管|[谁来]管|管(?![理着道])|承办|承担|经办|实施"),
    re.compile(r"牵头|责任|主责|主办|负责(?!人)|承办|承担|经办|主管|实施|申报单位|管理员|保管人"),
)
HELP = Role(re.compile(r"配合|协办|协助|协同|参与|帮忙"), re.compile(r"配合|协办|协助|协同|参与"))
PERSON = Role(re.compile(r"联系人|找谁|联系谁|负责人|管理员"), re.compile(r"联系人|负责人|管理员|经办人|联络员"))
PHONE = Role(re.compile(r"电话|手机|联系方式|号码"), re.compile(r"电话|手机|联系方式"))
PRICE = Role(re.compile(r"单价|[一每][台套个件本人天]的?多少钱|一[台套个件本]"), re.compile(r"单价|价格"))
DUE = Role(
    re.compile(r"什么时候|啥时候|何时|几月|哪一?[年天]|时限|期限|截止|最[晚迟早]|(?:办|做|干|弄|搞)完|完[成工]"),
    re.compile(r"时限|时间|期限|日期|截止|完成|年份|年度"),
    _LOOSE,
)
PLACE = Role(
    re.compile(r"在哪|哪[里儿]|地点|地址|位置|什么地方|哪个?[县区市镇楼]|放哪"),
    re.compile(r"地点|地址|位置|存放|所在(?!单位|部门|学校)|地区|区县|属地"),
    _LOOSE,
)
TYPE = Role(
    re.compile(r"类型|类别|性质|哪一?[类种]|什么类|啥类|属于(?:什么|哪)"),
    re.compile(r"类型|类别|性质|种类|分类"),
    _LOOSE,
)
MONEY = Role(
    re.compile(r"多少钱|多少[万亿]?元|几万|花(?:了|费)?|经费|资金|预算|金额|拨款|[最更]贵|便宜"),
    re.compile(r"金额|补[助贴]|经费|资金|预算|费|投资|额(?!度)|款|价"),
    _LOOSE,
)
ROLES = (LEAD, HELP, PERSON, PHONE, PRICE, DUE, PLACE, TYPE, MONEY)
_UNIT_OF_COUNT = re.compile(r"(?:几|多少)([台套件个人名位课次亩份册本])")
_COUNTED = re.compile(r"数|量|名额|指标")
_OF_PEOPLE = re.compile(r"人数|人次")


@dataclass(frozen=True)
class Wanted:
    """The columns that fit best, and the words of the question that tell so."""

    columns: tuple[Column, ...] = ()
    words: tuple[str, ...] = ()
    sure: bool = False
    by_words: bool = False


def wanted(sheet: Sheet, asked: str, without: Sequence[int] = ()) -> Wanted:
    """Return the columns of ``sheet`` that the folded words ``asked`` ask for; none where nothing tells it.

    Args:
        sheet: The table.
        asked: The question without the words that choose rows.
        without: Columns that are not meant.
    """
    scores, words = {}, []
    for one in sheet.columns:
        score, said = _fits(one, asked)
        if score and one.at not in without:
            scores[one.at] = score
            words += said
    if not scores:
        return Wanted()
    best = max(scores.values())
    chosen = tuple(one for one in sheet.columns if scores.get(one.at) == best)
    by_words = any(word in one.head for one in chosen for word in words)
    return Wanted(chosen, tuple(dict.fromkeys(words)), best >= _ROLE, by_words)


def role_near(asked: str, start: int, end: int) -> Role | None:
    """Return which part in a task is said beside ``asked[start:end]`` (由市人社局牵头, 市教育局配合), or None."""
    after, before = re.split(r"[,，的]", asked[end : end + 8])[0], asked[max(0, start - 8) : start]
    for part in (after, before):
        found = [role for role in (HELP, LEAD) if role.asked.search(part)]
        if found:
            return found[0]
    return None


def _fits(column: Column, asked: str) -> tuple[float, list[str]]:
    score, said = 0.0, []
    levels = column.head.split(" ")
    for level in levels:
        if level and level in asked:
            score += _EXACT + len(level) / 10
            said.append(level)
        else:
            held = [word for word in (*content_words(level), *_parts(level)) if len(word) > 1 and word in asked]
            held = [word for word in held if not any(word in other and word != other for other in held)]
            score += len(set("".join(held))) / max(2, len(level))
            said += held
    for role in ROLES:
        found = role.asked.search(asked)
        if found and role.head.search(column.head) and (role is not PRICE or column.figures):
            score += role.weight
            said.append(found[0])
    if PRICE.head.search(column.head) and not PRICE.asked.search(asked):
        score = min(score, 1.0)  # 多少钱 of several pieces is their sum
    unit = _UNIT_OF_COUNT.search(asked)
    of_people = bool(_OF_PEOPLE.search(column.head))
    fits = _COUNTED.search(column.head) and of_people == bool(unit and unit[1] in "人名位")
    if unit and column.figures and (fits or unit[1] in column.cells[0]):
        score += _LOOSE
    return score, said


def _parts(level: str) -> list[str]:
    """The last and first two signs of a head (会费 of 年会费, 台数)."""
    return [level[-2:], level[:2]] if len(level) > 2 else []

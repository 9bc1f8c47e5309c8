"""Lists of numbered keys written out, so that each number stands beside its noun: 任务1、2 becomes 任务1、任务2."""

import re

from services.checkins.form import Form, Indicator

_REST = (
    r"(?P<first>\d{1,3})(?P<rest>(?:[、,和及]\d{1,3})+|[-~至到]\d{1,3})"
    r"(?=(?:项|条|号)?(?:的|进|推|完|都|均|全|各|分别|也|已|[::]|$))"
)
_SEPARATORS = re.compile(r"[、,和及]")
_WIDEST = 40


def spell_lists(text: str, form: Form) -> str:
    """The text with lists (任务1、2) and ranges (任务1-3) of a form's numbered keys written out.

    Only where words about all of them follow (分别, 都, 进度): in 任务1、2个企业 the 2 counts companies.
    """
    for one in form.indicators:
        if one.index and one.index_noun:
            text = re.sub(rf"(?P<noun>{re.escape(one.index_noun)}){_REST}", lambda found: _spelt(found, one), text)  # noqa: B023
    return text


def _spelt(found: re.Match[str], indicator: Indicator) -> str:
    assert indicator.index
    first, rest = int(found["first"]), found["rest"]
    if rest[0] in "-~至到":
        numbers = list(range(first, int(rest[1:]) + 1))
    else:
        numbers = [first, *(int(one) for one in _SEPARATORS.split(rest[1:]))]
    known = range(indicator.index[0], indicator.index[1] + 1)
    if not 1 < len(numbers) <= _WIDEST or any(number not in known for number in numbers):
        return found.group()
    return "、".join(f"{indicator.index_noun}{number}" for number in numbers)

"""The words of a form, compiled: which key a word at a place of the message names, and how firmly."""

import re

from services.checkins.form import Form, alias_regex
from services.checkins.tokens import Mention, Role


class Vocabulary:
    """The aliases of one form, compiled."""

    def __init__(self, form: Form) -> None:
        self.patterns: list[tuple[re.Pattern[str], str, Role]] = []
        self.indexed: list[tuple[re.Pattern[str], str, range]] = []
        for one in form.indicators:
            for aliases, role in (
                (one.aliases, "strong"),
                (one.weak, "weak"),
                (one.sub_aliases, "sub"),
                (one.complements, "complement"),
            ):
                self.patterns += [(re.compile(alias_regex(alias)), one.key, role) for alias in aliases]  # type: ignore[misc]
            if one.index:
                numbers = range(one.index[0], one.index[1] + 1)
                for alias in one.index_aliases:
                    written = alias.replace("{n}", r" ?(?P<n>\d{1,3}|[一二三四五六七八九十]{1,3}) ?")
                    self.indexed.append((re.compile(written), one.key, numbers))
        strong = sorted((alias for one in form.indicators for alias in one.aliases), key=len, reverse=True)
        self.strong = re.compile("|".join(f"(?:{alias_regex(alias)})" for alias in strong))
        for rate in form.derived:
            self.patterns += [(re.compile(alias_regex(alias)), rate.key, "derived") for alias in rate.aliases]

    def mentions(self, text: str) -> dict[int, Mention]:
        """The longest mention at each position. Several keys of one length stay together, to be told apart later."""
        found: dict[int, Mention] = {}
        for pattern, key, role in self.patterns:
            for match in pattern.finditer(text):
                _keep_longest(found, Mention(match.start(), match.end(), (key,), role))
        for pattern, key, numbers in self.indexed:
            for match in pattern.finditer(text):
                n = _index(match["n"])
                if n in numbers:
                    _keep_longest(found, Mention(match.start(), match.end(), (f"{key}[{n}]",), "strong"))
        return found


_RANK = {"derived": 0, "strong": 1, "sub": 2, "complement": 2, "weak": 3}


def _keep_longest(found: dict[int, Mention], new: Mention) -> None:
    old = found.get(new.start)
    if old is None or (new.end, -_RANK[new.role]) > (old.end, -_RANK[old.role]):
        found[new.start] = new
    elif old.end == new.end and old.role == new.role and new.keys[0] not in old.keys:
        found[new.start] = Mention(old.start, old.end, (*old.keys, *new.keys), old.role)


def _index(written: str) -> int:
    from services.numbers import read_numeral

    value = read_numeral(written)
    return int(value) if value is not None else -1


_vocabularies: dict[tuple[str, int], tuple[Form, Vocabulary]] = {}


def vocabulary(form: Form) -> Vocabulary:
    """The compiled aliases of a form, kept per form and version."""
    known = _vocabularies.get((form.id, form.version))
    if known is None or known[0] is not form:
        known = _vocabularies[form.id, form.version] = (form, Vocabulary(form))
    return known[1]

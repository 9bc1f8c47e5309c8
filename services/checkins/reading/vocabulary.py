"""The words of a form, compiled: which key a word at a place of the message names, and how firmly."""

import re
from collections.abc import Iterable

from services.checkins.form import Form, alias_regex
from services.checkins.reading.tokens import Mention, Role


class Vocabulary:
    """The aliases of one form, compiled."""

    def __init__(self, form: Form) -> None:
        self.patterns: list[tuple[frozenset[str], re.Pattern[str], str, Role]] = []
        self.indexed: list[tuple[re.Pattern[str], str, range]] = []
        for one in form.indicators:
            for aliases, role in (
                (one.aliases, "strong"),
                (one.weak, "weak"),
                (one.sub_aliases, "sub"),
                (one.complements, "complement"),
            ):
                self._add(aliases, one.key, role)  # type: ignore[arg-type]
            if one.index:
                numbers = range(one.index[0], one.index[1] + 1)
                for alias in one.index_aliases:
                    written = alias.replace("{n}", r" ?(?P<n>\d{1,3}|[一二三四五六七八九十]{1,3}) ?")
                    self.indexed.append((re.compile(written), one.key, numbers))
        strong = sorted((alias for one in form.indicators for alias in one.aliases), key=len, reverse=True)
        self.strong = re.compile("|".join(f"(?:{alias_regex(alias)})" for alias in strong))
        for rate in form.derived:
            self._add(rate.aliases, rate.key, "derived")

    def _add(self, aliases: Iterable[str], key: str, role: Role) -> None:
        self.patterns += [(_compulsory(alias), re.compile(alias_regex(alias)), key, role) for alias in aliases]

    def mentions(self, text: str) -> dict[int, Mention]:
        """The longest mention at each position. Several keys of one length stay together, to be told apart later."""
        found: dict[int, Mention] = {}
        chars = set(text)
        for needed, pattern, key, role in self.patterns:
            if not needed <= chars:
                continue  # most aliases cannot stand in most messages, and a set is faster than a search
            for match in pattern.finditer(text):
                _keep_longest(found, Mention(match.start(), match.end(), (key,), role))
        for pattern, key, numbers in self.indexed:
            for match in pattern.finditer(text):
                n = _index(match["n"])
                if n in numbers:
                    _keep_longest(found, Mention(match.start(), match.end(), (f"{key}[{n}]",), "strong"))
        return found


def _compulsory(alias: str) -> frozenset[str]:
    """Characters without which an alias cannot match: the literal ones outside of brackets that no ? or * follows."""
    found, depth = set(), 0
    for at, char in enumerate(alias):
        depth += (char in "([{") - (char in ")]}")
        if depth == 0 and char in "|\\":
            return frozenset()
        if depth == 0 and char.isalnum() and alias[at + 1 : at + 2] not in ("?", "*", "{"):
            found.add(char)
    return frozenset(found)


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

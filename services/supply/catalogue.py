"""The catalogue of majors: names, the names people use, and how codes of three levels stand to each other."""

import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

from knowledge.language.folding import bare

HERE = Path(__file__).parent
LEVELS = ("中职", "技工", "高职专科", "职业本科", "本科")
ANY_LEVEL = "不限"
_CODE = re.compile(r"(?<!\d)\d{6}(?!\d)")
_BASES = ((61, "中职"), (41, "高职专科"), (21, "职业本科"))


@dataclass(frozen=True)
class Catalogue:
    """Majors by code. `names` hold classes (four digits, as of 高职专科) and majors (six)."""

    names: Mapping[str, str]
    aliases: Mapping[str, tuple[str, ...]]
    categories: Sequence[str]
    source: str
    version: int = 0

    def name(self, code: str) -> str:
        """The name of a major or class, of any level; the code itself when unknown."""
        return self.names.get(code) or self.names.get(family(code)) or code

    def find(self, said: str) -> tuple[str, ...]:
        """The codes that a phrase may mean: a code or exact name first, else the longest name or alias inside it."""
        words = bare(said)
        if words.isdigit() and len(words) in (4, 6) and self.name(words) != words:
            return (words,)
        hits = [(word, codes) for word, codes in self._words if word in words]
        if not hits:
            return ()
        exact = [codes for word, codes in hits if word == words]
        longest = max(len(word) for word, _ in hits)
        chosen = exact or [codes for word, codes in hits if len(word) == longest]
        return tuple(dict.fromkeys(code for codes in chosen for code in codes))

    def words_in(self, text: str) -> list[tuple[int, str]]:
        """Where names and codes of majors stand in a folded text: (place, word), longest first, none overlapping."""
        found: list[tuple[int, str]] = []
        at = 0
        while at < len(text):
            here = [word for word, _ in self._words if text.startswith(word, at)]
            code = _CODE.match(text, at)
            if code and self.find(code[0]):
                here.append(code[0])
            if here:
                word = max(here, key=len)
                found.append((at, word))
                at += len(word)
            else:
                at += 1
        return found

    @property
    def _words(self) -> tuple[tuple[str, tuple[str, ...]], ...]:
        return _words_of(self)

    def __hash__(self) -> int:
        return hash((self.source, self.version, len(self.names), len(self.aliases)))


@cache
def _words_of(catalogue: Catalogue) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Every word that names a major, folded. The part before 类 names a class too."""
    words: dict[str, tuple[str, ...]] = {}
    for code, name in catalogue.names.items():
        folded = bare(name)
        words[folded] = (*words.get(folded, ()), code)
        if len(code) == 4 and folded.endswith("类") and len(folded) > 3:
            words.setdefault(folded[:-1], (code,))
    for alias, codes in catalogue.aliases.items():
        words.setdefault(bare(alias), codes)
    return tuple(words.items())


def category(code: str) -> int:
    """The number of the 大类, 1 to 19, alike for every level: 61 is 1, 46 and 26 are 6."""
    return (int(code[:2]) - 1) % 20 + 1


def family(code: str) -> str:
    """The 专业类 of a code, written as 高职专科 writes it, so that levels can be compared: 660301 gives 4603."""
    return f"{40 + category(code)}{code[2:4]}"


def level_of(code: str) -> str:
    """The level that a code of six digits belongs to; of a class, none."""
    if len(code) != 6:
        return ""
    return next((level for base, level in _BASES if base <= int(code[:2]) < base + 19), "")


def is_code(text: str) -> bool:
    """Four or six digits of a level that exists."""
    return text.isascii() and text.isdigit() and len(text) in (4, 6) and 21 <= int(text[:2]) <= 79


@cache
def own_catalogue() -> Catalogue:
    """What comes with the program."""
    read: dict[str, Any] = tomllib.loads((HERE / "catalogue.toml").read_text(encoding="utf-8"))
    aliases = {alias: tuple(codes) for alias, codes in read["aliases"].items()}
    return Catalogue({**read["classes"], **read["majors"]}, aliases, tuple(read["categories"]), read["source"])


def with_rows(base: Catalogue, rows: Iterable[Sequence[str]], source: str, version: int) -> Catalogue:
    """A loaded table over the built-in one; rows are (code, name, aliases divided by ；)."""
    names, aliases = dict(base.names), dict(base.aliases)
    for code, name, others in rows:
        names[code] = name
        for alias in filter(None, (one.strip() for one in others.replace(";", "；").split("；"))):
            aliases[alias] = tuple(dict.fromkeys((*aliases.get(alias, ()), code)))
    return replace(base, names=names, aliases=aliases, source=source, version=version)

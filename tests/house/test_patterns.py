"""No pattern hangs on what somebody may write (one character or two, again and again), in any Python the same."""

import importlib
import pkgutil
import re
import re._parser as sre_parser  # type: ignore[import-not-found]
import signal
from collections.abc import Iterable, Iterator
from types import FrameType
from typing import Any

import pytest

ROOMS = ("bot", "handlers", "services", "knowledge", "jobs")
LENGTH = 60
MOST_SECONDS = 6.0  # for all patterns together; one that hangs takes them alone
REPEATED = ("给", "我们帮", "嗯", "的", "1,", "1", " ", ",", "，", "一", "我", "因为", "还", "a", "\n")
REPETITIONS = ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT")
_REPEATS = re.compile(r"(?<!\\)[*+]|\{\d+,\}")
_LITERAL = re.compile(r"[一-龥A-Za-z0-9]+|[,;:。]")


def _patterns_in(value: Any, depth: int = 0) -> Iterator[re.Pattern[str]]:
    if isinstance(value, re.Pattern):
        if isinstance(value.pattern, str):
            yield value
    elif depth < 3 and isinstance(value, dict):
        yield from _patterns_of(value.values(), depth + 1)
    elif depth < 3 and isinstance(value, (list, tuple, set, frozenset)):
        yield from _patterns_of(value, depth + 1)
    elif depth < 3 and not isinstance(value, type) and hasattr(value, "__dataclass_fields__"):
        yield from _patterns_of((getattr(value, name, None) for name in value.__dataclass_fields__), depth + 1)


def _patterns_of(values: Iterable[Any], depth: int) -> Iterator[re.Pattern[str]]:
    for value in values:
        yield from _patterns_in(value, depth)


def _all_patterns() -> dict[re.Pattern[str], str]:
    found: dict[re.Pattern[str], str] = {}
    for room in ROOMS:
        package = importlib.import_module(room)
        for one in pkgutil.walk_packages(package.__path__, f"{room}."):
            if one.name.endswith("__main__"):
                continue
            module = importlib.import_module(one.name)
            for name, value in vars(module).items():
                for pattern in _patterns_in(value):
                    found.setdefault(pattern, f"{one.name}.{name}")
    return {pattern: where for pattern, where in found.items() if _REPEATS.search(pattern.pattern)}


def _sample(nodes: Iterable[Any]) -> str:
    """Some short words that a parsed part matches: of alternatives the first, of what may be left out nothing."""
    return "".join(_sample_of(str(kind), value) for kind, value in nodes)


def _sample_of(kind: str, value: Any) -> str:
    match kind:
        case "LITERAL":
            return chr(value)
        case "ANY" | "NOT_LITERAL":
            return "一"
        case "IN":
            first, content = value[0]
            return {"LITERAL": lambda: chr(content), "RANGE": lambda: chr(content[0])}.get(str(first), lambda: "一")()
        case "BRANCH":
            return _sample(value[1][0])
        case "SUBPATTERN":
            return _sample(value[-1])
        case "ATOMIC_GROUP":
            return _sample(value)
        case "MAX_REPEAT" | "MIN_REPEAT" | "POSSESSIVE_REPEAT":
            return _sample(value[2]) * value[0]
    return ""


def _choices(nodes: Any) -> list[str]:
    """A sample of each alternative of a part that is repeated."""
    parsed = list(nodes)
    if len(parsed) == 1 and str(parsed[0][0]) == "SUBPATTERN":
        return _choices(parsed[0][1][-1])
    if len(parsed) == 1 and str(parsed[0][0]) == "BRANCH":
        return [sample for one in parsed[0][1][1] for sample in _choices(one)]
    return [_sample(parsed) or "一"]


def _attacks(nodes: Iterable[Any], before: str = "") -> Iterator[str]:
    """For each repetition: what leads to it, then one of its alternatives again and again."""
    for kind, value in nodes:
        name = str(kind)
        if name in REPETITIONS:
            if value[1] > LENGTH:
                yield from (before + (one * LENGTH)[:LENGTH] for one in _choices(value[2]))
            yield from _attacks(value[2], before)
        elif name == "BRANCH":
            for one in value[1]:
                yield from _attacks(one, before)
        elif name in ("SUBPATTERN", "ASSERT", "ASSERT_NOT"):
            yield from _attacks(value[-1], before)
        elif name == "ATOMIC_GROUP":
            yield from _attacks(value, before)
        before += _sample_of(name, value)


def _repeated_possessively(nodes: Iterable[Any]) -> Iterator[Any]:
    """What a parsed pattern repeats possessively, also within its parts."""
    for kind, value in nodes:
        name = str(kind)
        if name == "POSSESSIVE_REPEAT":
            yield value[-1]
        if name in (*REPETITIONS, "SUBPATTERN", "ASSERT", "ASSERT_NOT"):
            yield from _repeated_possessively(value[-1])
        elif name in ("BRANCH", "ATOMIC_GROUP"):
            for one in value[1] if name == "BRANCH" else [value]:
                yield from _repeated_possessively(one)


def _words_for(pattern: re.Pattern[str]) -> list[str]:
    literals = _LITERAL.findall(pattern.pattern)
    plain = ((one * LENGTH)[:LENGTH] for one in (*REPEATED, *literals))
    built = _attacks(sre_parser.parse(pattern.pattern, pattern.flags & ~re.UNICODE))
    return [one + "x" for one in dict.fromkeys((*plain, *built))]


def test_no_pattern_hangs() -> None:
    patterns, now = _all_patterns(), ["", ""]

    def stop(number: int, frame: FrameType | None) -> None:
        pytest.fail(f"{now[0]} hangs on {now[1]!r}")

    before = signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, MOST_SECONDS)
    try:
        for pattern, where in patterns.items():
            for words in _words_for(pattern):
                now[:] = [where, words]
                pattern.search(words)
                pattern.fullmatch(words)
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
    assert len(patterns) > 100


def test_no_group_is_repeated_possessively() -> None:
    """Python before 3.11.5 goes on at a wrong place after (?:好的?|行)*+ (gh-106052); (?>(?:好的?|行)*) is sound."""
    for pattern, where in _all_patterns().items():
        for body in _repeated_possessively(sre_parser.parse(pattern.pattern, pattern.flags & ~re.UNICODE)):
            assert [str(kind) for kind, _ in body] in (["IN"], ["LITERAL"], ["NOT_LITERAL"], ["ANY"]), where

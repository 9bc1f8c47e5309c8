"""Problems of the replies, grouped, each with a proposed responsible unit. Rules are data; the secretariat decides."""

import tomllib
from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from services.digests.figures.digest import Problem
from services.digests.figures.replies import TextReply
from services.digests.text.sentences import is_hollow, sentences_of

RULES = Path(__file__).parent / "problem_rules.toml"
KEYS = frozenset({"issues", "policy_asks"})
OTHER = "coordination"


class ProblemRule(BaseModel):
    """Words that speak for a category, and parts of the names of the units that would take it."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    words: tuple[str, ...]
    owners: tuple[str, ...] = ()


ProblemRules = dict[str, ProblemRule]


@cache
def problem_rules(path: Path = RULES) -> ProblemRules:
    """The rules of a file, in its order."""
    raw = tomllib.loads(path.read_text(encoding="utf-8"))
    return {category: ProblemRule.model_validate(rule) for category, rule in raw.items()}


def problems(texts: Iterable[TextReply], rules: ProblemRules, bureaus: Sequence[str]) -> tuple[Problem, ...]:
    """The problems told, flagged ones first within their category, categories in the order of the rules."""
    order = list(rules)
    found = []
    for reply in texts:
        if reply.key not in KEYS or is_hollow(reply.text):
            continue
        category = _category(reply, rules)
        owner = _owner(rules[category].owners, bureaus) if category in rules else None
        sentence = sentences_of(reply)[0]
        found.append(Problem(category, sentence, owner, reply.flagged))
    return tuple(sorted(found, key=lambda one: (order.index(one.category), not one.flagged, one.sentence.reply_ids)))


def _category(reply: TextReply, rules: ProblemRules) -> str:
    """The category with the most weight of words; a policy ask with no other sign is about policy."""
    weight = {
        category: sum(len(word) * reply.text.count(word) for word in rule.words) for category, rule in rules.items()
    }
    best = max(weight, key=lambda category: weight[category])
    if weight[best]:
        return best
    fallback = "policy" if reply.key == "policy_asks" else OTHER
    return fallback if fallback in rules else next(iter(rules))


def _owner(names: Iterable[str], bureaus: Sequence[str]) -> str | None:
    return next((bureau for name in names for bureau in bureaus if name in bureau), None)

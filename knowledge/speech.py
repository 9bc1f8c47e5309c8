"""Words of little weight: what a person says with another verb or adverb than the document does.

Nouns name what is asked about; a verb is easily another one (干 for 实践, 掏 for 承担). So a verb that is missing tells
little, a missing noun tells much. The dictionary's part of speech is crude, and enough for that.
"""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path

from knowledge.lexicon import field_words

_PALE = re.compile(r"^(\S+) \d+ (?:v|d|a|ad|p|c|r|f|q|u|z|i|l|y)$", re.MULTILINE)


@lru_cache(maxsize=1)
def pale_words() -> frozenset[str]:
    """Return the verbs, adverbs, adjectives and function words of the general dictionary."""
    import jieba

    text = (Path(jieba.__file__).parent / "dict.txt").read_text(encoding="utf-8")
    return frozenset(word for word in _PALE.findall(text) if len(word) <= 4) - frozenset(field_words())

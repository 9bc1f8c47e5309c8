"""Short words as those read them who look for what is asked about one's own check-in."""

from knowledge.language.folding import fold

LONGEST = 40  # characters; longer words ask more than one thing


def trimmed(words: str) -> str:
    """Folded, without what ends a sentence and says nothing."""
    return fold(words).strip().rstrip("。!~啊呀哦 ")

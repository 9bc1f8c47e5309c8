"""What is slow the first time, done once in the background when the process starts."""

from __future__ import annotations

import threading

from knowledge.language.folding import fold
from knowledge.language.lexicon import hollow, places, synonyms
from knowledge.language.speech import pale_words, place_words
from knowledge.language.terms import words_of


def warm_up(wait: bool = False) -> threading.Thread:
    """Load the dictionary (about a second) and the folding table in a thread; ``wait`` joins it."""
    thread = threading.Thread(target=_load, name="knowledge-warm-up", daemon=True)
    thread.start()
    if wait:
        thread.join()
    return thread


def _load() -> None:
    words_of(fold("预热"))
    places()
    hollow()
    synonyms()
    pale_words()
    place_words()

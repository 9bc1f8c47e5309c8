"""Pieces of a reading given back in the words they were written in."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from services.checkins.reading.arithmetic import Made
from services.checkins.reading.understood import Item


@dataclass(frozen=True)
class Wording:
    """Gives pieces of the folded text back as the person wrote them; the folding keeps every character's place."""

    text: str
    folded: str
    reckoned: Mapping[str, Made]

    def restored(self, item: Item) -> Item:
        """An item with its own words, and with how it was worked out where that was done before it was read."""
        made = next((how.note for result, how in self.reckoned.items() if _stands_in(result, item.source)), item.note)
        return replace(item, source=self.of(item.source), note=made)

    def of(self, piece: str) -> str:
        """The original words, or the piece itself where a table was written out."""
        for result, made in self.reckoned.items():
            if _stands_in(result, piece):
                piece = made.words
        at = self.folded.find(piece) if piece else -1
        return self.text[at : at + len(piece)] if at >= 0 else piece


def _stands_in(result: str, piece: str) -> bool:
    """Whether what was worked out stands in a piece, and not only its figures in a longer number."""
    return re.search(rf"(?<![\d.]){re.escape(result)}(?![\d.])", piece) is not None

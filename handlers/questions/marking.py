"""A text in pieces, those of them marked that were quoted."""

from collections.abc import Iterable

from handlers.texts.filters import readable


def in_pieces(text: str, quotes: Iterable[str]) -> list[dict[str, str | bool]]:
    """The readable text cut where a quotation begins and ends; what is not found in it marks nothing."""
    plain = readable(text)
    spans = sorted(span for quote in quotes if (span := _find(plain, readable(quote))) is not None)
    pieces, at = [], 0
    for start, end in spans:
        start = max(start, at)
        if end > start:
            pieces += [(plain[at:start], False), (plain[start:end], True)]
            at = end
    pieces.append((plain[at:], False))
    return [{"text": words, "quoted": quoted} for words, quoted in pieces if words]


def _find(text: str, quote: str) -> tuple[int, int] | None:
    """Where it stands, whatever the blanks and line ends between its signs."""
    at = [number for number, sign in enumerate(text) if not sign.isspace()]
    wanted = "".join(quote.split())
    start = "".join(text[number] for number in at).find(wanted) if wanted else -1
    return (at[start], at[start + len(wanted) - 1] + 1) if start >= 0 else None

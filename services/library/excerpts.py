"""A few lines of a passage, for where the whole of it would be too much."""

from knowledge.documents.cutting import sentences_of


def first_sentences(text: str, at_most: int) -> str:
    """The first sentence, and what follows while all stays within `at_most` characters; the first may be longer."""
    end = 0
    for _, stop in sentences_of(text):
        if end and stop > at_most:
            break
        end = stop
    return text[:end] or text

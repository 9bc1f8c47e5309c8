"""Phone and identity numbers in what people write. In groups the bot repeats none and stores none."""

import re
import unicodedata

_GAP = r"[ \-‐-―]?"
# Mobile numbers of the mainland: 11 digits from 13 to 19, also written 138-1234-1234 or after +86.
PHONE = re.compile(rf"(?<![\d.])(?:(?:\+|00)?86{_GAP})?(1[3-9]\d)({_GAP})(\d{{4}})({_GAP})(\d{{4}})(?![\d.]\d|\d)")
# Resident identity number: region, birth date, sequence, check sign (GB 11643-1999). The date keeps other 18-digit
# numbers, such as credit codes of organisations, out.
IDENTITY = re.compile(r"(?<!\d)([1-9]\d{5})((?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01]))\d{3}[\dXx](?!\d)")


def redact_phones(text: str) -> str:
    """The text with 13812341234 as 138****1234. Full-width digits are read as digits."""
    wide = _narrow_digits(text)
    return PHONE.sub(lambda match: f"{match[1]}****{match[5]}", wide) if PHONE.search(wide) else text


def redact(text: str) -> str:
    """The text with phone numbers shortened and identity numbers cut to their region."""
    wide = _narrow_digits(text)
    if IDENTITY.search(wide):
        text = IDENTITY.sub(lambda match: f"{match[1]}************", wide)
    return redact_phones(text)


def has_personal_numbers(text: str) -> bool:
    """True when somebody's phone or identity number stands in the text."""
    wide = _narrow_digits(text)
    return bool(PHONE.search(wide) or IDENTITY.search(wide))


def _narrow_digits(text: str) -> str:
    return "".join(
        unicodedata.normalize("NFKC", char) if "０" <= char <= "９" or char == "＋" else char for char in text
    )

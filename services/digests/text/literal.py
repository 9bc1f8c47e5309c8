"""Text that a file format can hold, with nothing lost: what XML 1.0 forbids is shown as its control picture.

Signs that turn the direction of all text after them (U+202E and its kin) are shown by their number: a reply must not
mirror the words around it. Arabic and Hebrew letters stay as they are.
"""

import re

_FORBIDDEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")
_TURNING = re.compile("[\u202a-\u202e\u2066-\u2069]")
_NOT_CHARACTERS = re.compile("[\ud800-\udfff\ufffe\uffff]")


def literal(text: str) -> str:
    """The text with NUL as ␀, escape as ␛ and so on (Unicode block Control Pictures); CR LF becomes LF."""
    text = _TURNING.sub(lambda match: f"⟨U+{ord(match[0]):04X}⟩", text)
    shown = _FORBIDDEN.sub(lambda match: _picture(match[0]), text.replace("\r\n", "\n"))
    return _NOT_CHARACTERS.sub("\N{REPLACEMENT CHARACTER}", shown)


def _picture(control: str) -> str:
    return "\u2421" if control == "\x7f" else chr(0x2400 + ord(control))

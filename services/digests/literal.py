"""Text that a file format can hold, with nothing lost: what XML 1.0 forbids is shown as its control picture."""

import re

_FORBIDDEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")
_NOT_CHARACTERS = re.compile("[\ud800-\udfff\ufffe\uffff]")


def literal(text: str) -> str:
    """The text with NUL as ␀, escape as ␛ and so on (Unicode block Control Pictures); CR LF becomes LF."""
    shown = _FORBIDDEN.sub(lambda match: _picture(match[0]), text.replace("\r\n", "\n"))
    return _NOT_CHARACTERS.sub("\N{REPLACEMENT CHARACTER}", shown)


def _picture(control: str) -> str:
    return "\u2421" if control == "\x7f" else chr(0x2400 + ord(control))

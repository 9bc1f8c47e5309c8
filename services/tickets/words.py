"""How people say that they want a person to answer."""

import re

_WISH = r"^(?:请|帮我|我要|麻烦)?"
_ALONE = re.compile(rf"{_WISH}(?:转人工|人工答复|转给?秘书处|(?:问|找|问一?下)秘书处)[。.!！吧]*$")
_WITH = re.compile(
    rf"{_WISH}(?:转人工|转给?秘书处|(?:问|问一?下)秘书处)(?:\s+|\s*[:：,，]\s*)(?P<question>\S.{{2,}})$", re.S
)


def read_request(words: str) -> str | None:
    """The question for the secretariat, empty for the last one asked; None when people are not meant."""
    words = words.strip()
    if _ALONE.match(words):
        return ""
    found = _WITH.match(words)
    return found["question"].strip() if found else None

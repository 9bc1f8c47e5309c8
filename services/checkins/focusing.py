"""What is said without naming a key, 没有 or 同上月, while one key is being asked: that key is meant."""

import re

from services.checkins.form import Form, Kind
from services.checkins.lexicon import WIDE, Mark
from services.checkins.tokens import Figure, Filler, Mention, Sign, Token

STATES = {Mark.NONE, Mark.SAME, Mark.NOT_APPLICABLE, Mark.NOT_COLLECTED}
EVERY = re.compile(r"[都全均]|其[他它余]|各项")
ADDED = re.compile(r"[新增加减]|变[化动]")
LONGEST_FILLER = 4  # 没有的; in 没有领导签字，先放着 something else is missing


def put_focus(text: str, tokens: list[Token], form: Form, focus: str | None) -> list[Token]:
    """The tokens with the key just asked about in front, where they state something and name no key and no figure.

    没有新增 of a stock figure says that it is what it was.
    """
    if focus is None or any(isinstance(one, Mention | Figure) for one in tokens):
        return tokens
    marks = {one.mark for one in tokens if isinstance(one, Sign)}
    filler = sum(one.end - one.start for one in tokens if isinstance(one, Filler))
    if not marks & STATES or marks & WIDE or EVERY.search(text) or filler > LONGEST_FILLER:
        return tokens
    if Mark.NONE in marks and ADDED.search(text) and form.indicator(focus).kind is Kind.STOCK:
        said = next(one for one in tokens if isinstance(one, Sign))
        tokens = [Sign(said.start, said.end, Mark.SAME)]
    return [Mention(0, 0, (focus,), "strong"), *tokens]

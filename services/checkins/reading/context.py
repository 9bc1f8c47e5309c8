"""Where the reading of a message stands: which keys wait, what was bound last, what the clause has said so far."""

import re
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache

from knowledge.language.folding import fold
from services.checkins.reading.lexicon import Mark
from services.checkins.reading.slate import Slate
from services.checkins.reading.tokens import Figure, Filler, Mention, Sign, Token
from services.periods import Period

APART = re.compile(r"除[^,;。\n]*?(?:外|都|全|均|其[他它余])|[一-龥](?:之外|以外)(?![一-龥]{0,2}地)")
"""除…外, 除了…都, 培训之外: up to there stands what the rest of the clause does not speak of."""

EXCEPTION = re.compile(r"(?:除|[一-龥])[^,;。\n]*(?:之外|以外)|除[^,;。\n]*外")
"""除培训之外: a clause that names what the rest does not speak of, and no more."""

_DETAILS = frozenset(("台", "套", "批", "笔", "辆", "间", "组", "页", "楼", "岁", "点", "号"))
"""Units in which no form counts: 捐了3台 says how the figure beside it came about."""
_WORDS = re.compile(r"[一-龥]{2}")
_STOP = re.compile(r"[;。!?\n]")
_FILED = re.compile(r"(?:上报|填报|报送|提交|交上去|报上去|填上去|登记)(?:了)?的")


@cache
def _folded(label: str) -> str:
    return fold(label)


@dataclass
class Clause:
    """What the marks of a clause say about its next figure."""

    start: int = 0
    figures: int = 0
    ytd: bool = False
    month: bool = False
    prev: bool = False
    yoy: bool = False
    compare: bool = False
    change: int = 0
    to: bool = False
    old: bool = False
    from_: bool = False
    except_: bool = False
    total: bool = False
    each: bool = False
    each_at: int = 0
    all_: bool = False
    new: bool = False
    of: bool = False
    apart: bool = False
    negated: bool = False
    negated_at: int = 0
    equals: bool = False
    equals_at: int = 0
    aside: bool = False
    remark: bool = False
    inapplicable: bool = False
    share: str = ""
    apart_key: str = ""

    @property
    def plain(self) -> bool:
        """Nothing was said of how the next figure is meant."""
        return not (self.ytd or self.prev or self.yoy or self.compare or self.change or self.old or self.of)


class Context:
    """The state of one pass over the tokens, and the questions one can ask of it.

    ``focus`` is the key that a bare figure answers, when one was asked.
    """

    def __init__(self, text: str, tokens: list[Token], slate: Slate, focus: str | None = None) -> None:
        self.text, self.tokens, self.slate, self.focus = text, tokens, slate, focus
        self.form, self.period = slate.form, slate.period
        self.said: set[Mark] = set()
        self.periods: list[Period] = []
        self.mentioned: set[str] = set()
        self.at = 0
        self.clause = Clause()
        self.group: list[Mention] = []
        self.group_open = True
        self.rate: str | None = None
        self.last: str | None = None
        self.family: str | None = None
        self.in_part = False
        self.depth = 0
        self.fixing = False
        self.righted = False
        self.corrected = ""
        self.explained: list[tuple[Decimal, str]] = []
        self.sentence_keys = 0
        self.sentence_ytd = False
        self.uncollected = False
        self.weak_whole: str | None = None
        self.old: tuple[str | None, Decimal, bool] | None = None
        self.placed: Figure | None = None
        self.first_of: dict[str, Figure] = {}
        self.held: list[Mention] = []
        self.stray: Figure | None = None
        self.passed_over: list[tuple[Decimal, str]] = []
        self.other_month: Period | None = None
        self.shares: dict[str, tuple[str, str]] = {}

    def _next(self) -> Token | None:
        """The next token that is more than two characters of filler."""
        return next((token for token in self.tokens[self.at + 1 :] if not self._is_thin(token)), None)

    def _settling_next(self) -> Mention | None:
        """The key behind, with 都 between at most, that settles what another counts: 上次的2个都解决了."""
        for token in self.tokens[self.at + 1 :]:
            if self._is_thin(token) or (isinstance(token, Sign) and token.mark is Mark.ALL):
                continue
            if isinstance(token, Mention) and token.role != "derived" and self.form.indicator(token.keys[0]).settles:
                return token
            return None
        return None

    def _counts_settled(self, settling: Mention) -> bool:
        """诉求3件已全部办结: the figure is of what came in, which waits for it; all of it was settled."""
        settled = self.form.indicator(settling.keys[0]).settles
        said_all = any(
            isinstance(one, Sign) and one.mark is Mark.ALL and self.tokens[self.at].end <= one.start < settling.start
            for one in self.tokens[self.at + 1 :]
        )
        fresh = not (self.clause.prev or self.clause.yoy)
        return said_all and fresh and any(mention.keys[0] == settled for mention in self.group)

    def _marks_before(self, token: Token) -> set[Mark]:
        """What the clause has said up to here."""
        return {
            one.mark
            for one in self.tokens[: self.at]
            if isinstance(one, Sign) and self.clause.start <= one.start < token.start
        }

    def _sets_apart(self, token: Token) -> bool:
        """除培训外都没有, 除了培训都是0: what is named is the exception."""
        return bool(APART.search(self.text, self.clause.start, token.start))

    def _is_thin(self, token: Token) -> bool:
        return isinstance(token, Filler) and (
            token.end - token.start <= 2 or not self.text[token.start : token.end].strip()
        )

    def _resolved(self, token: Mention) -> Mention | None:
        """A word for several keys (本市) means the one whose whole was spoken of last."""
        if token.role not in ("sub", "complement"):
            return replace(token, keys=token.keys[:1])
        related = [key for key in token.keys if self.family and self._related(key, self.family)]
        whole = self.text.startswith("总", token.start)  # 总人数: of whatever was spoken of, of nothing by itself
        if not related and not self.family and not self.in_part and not whole:
            related = [key for key in token.keys if self.form.indicator(key).is_due(self.period)]
            if len(related) > 1 and self.text.startswith("留", token.start):
                return None  # 留本市515人: of those who work there, or of those who are trained there?
        return replace(token, keys=tuple(related[:1])) if related else None

    def _related(self, key: str, other: str) -> bool:
        ups, others = {key, *self.form.supersets(key)}, {other, *self.form.supersets(other)}
        one = self.form.indicator(key)
        return bool({one.subset_of, one.beside} & others or other in ups or key in others)

    def _is_other_part(self, mention: Mention) -> bool:
        """订单班92人，其中新进12人: a part of the whole that the form does not ask for, not this month's hires.

        A label that has 其中 itself (其中：在本市就业), copied as it is, stands for its own whole.
        """
        clause, last, key = self.clause, self.last, mention.keys[0]
        label = _folded(self.form.label_of(key))
        if self.text.find(label, max(0, mention.start - len(label) + 1), mention.end) >= 0:
            return False
        whole = last is not None and last in self.slate.items and last not in self.slate.from_weak
        apart = (clause.of and (clause.figures == 0 or clause.apart)) or (self.in_part and self.depth > 0)
        if self.placed is not None and _STOP.search(self.text, self.placed.end, mention.start):
            return False
        if mention.role == "strong" and last and self._counts_otherwise(key, last):
            return False  # 合作企业42家，其中就业904人: no part of it
        return apart and whole and not self._related(key, last or "")

    def _counts_otherwise(self, key: str, other: str) -> bool:
        """Whether two figures are of different kinds: enterprises and people; heads are counted in 人 and 人次."""
        one, two = self.form.indicator(key).unit, self.form.indicator(other).unit
        return one != two and not {one, two} <= {"人", "人次", "人天"}

    def _targets(self) -> list[Mention]:
        """The waiting keys that count: strong ones where there are any, each key once, in order."""
        strong = [mention for mention in self.group if mention.role != "weak" or self._is_joined(mention)]
        unique: dict[str, Mention] = {}
        for mention in strong or self.group:
            unique.setdefault(mention.keys[0], mention)
        return list(unique.values())

    def _is_joined(self, mention: Mention) -> bool:
        """横向、协议均无: a weak word joined to another key counts as much as that one."""
        at = next((n for n, token in enumerate(self.tokens) if token.start == mention.start), 0)
        match self.tokens[max(at - 2, 0) : at]:
            case [Mention() as other, Sign(mark=Mark.AND)]:
                return any(one.start == other.start for one in self.group)
        return False

    def _again(self, key: str, token: Token) -> Mention:
        return Mention(token.start, token.start, (key,), "strong")

    def _settle(self, key: str) -> None:
        self.last = self.family = key

    def _speaks_of_before(self) -> bool:
        """上月, 10月, 不是…, 上报的…: the figure said to be wrong was filed before this message."""
        said = self.period.previous in self.periods or bool({Mark.PREV, Mark.NOT} & self.said)
        return said or bool(_FILED.search(self.text))

    def _leave(self, token: Figure, *, lost: str | None = "") -> None:
        """Leave a figure over. ``lost`` names the key it was meant for, is empty where its words name none, or None
        where it only adds to a figure that was taken."""
        piece = self.text[self.clause.start : token.end].strip()
        self.slate.leftovers.append(piece)
        placed = self.placed is not None and self.placed.start >= self.clause.start
        own_words = not placed or bool(_WORDS.search(self.text, self.placed.end, token.start))  # type: ignore[union-attr]
        counts = token.unit not in _DETAILS and not self._is_one_of_them(token)
        lost = self.clause.apart_key or lost
        inside = (self.in_part or self.depth) and not self.clause.apart_key
        if lost is not None and counts and own_words and token.numeral.value != 0 and not inside:
            self.slate.lose(piece, lost)

    def _is_one_of_them(self, token: Figure) -> bool:
        """新签2份，一份跟甲公司，一份跟乙厂: each of what was counted just before."""
        counted = self.slate.items.get(self.last or "")
        if counted is None or counted.value is None or counted.value < 2 or token.numeral.value != 1:
            return False
        unit = self.form.indicator(self.last or "").unit
        return self.text[token.start : token.end].strip().startswith("一") and token.unit in (unit, "个", "份")

    def _source(self, mention: Mention, token: Figure | None = None) -> str:
        last = token or (self.tokens[self.at] if self.at < len(self.tokens) else mention)
        start = min(mention.start, token.start) if token else mention.start
        return self.text[start : max(last.end, mention.end)].strip()

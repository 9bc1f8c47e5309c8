"""What stands beside a figure: another that counts better, a slip, a sum, the whole it is a part of."""

import re

from services.checkins.amounts import fits
from services.checkins.context import Context
from services.checkins.lexicon import Mark
from services.checkins.reading import Item
from services.checkins.tokens import Break, Figure, Filler, Mention, Sign

_COMMON_UNITS = ("", "人", "个", "家", "项", "件", "条", "次", "万元", "元")
_NOWADAYS = re.compile(r"现在|目前|眼下|这样|下来|加起来|全部|[ 就是有的]")


class Neighbours(Context):
    """Questions about the tokens around a figure."""

    def _counts_better_next(self, token: Figure, unit: str) -> bool:
        """导师5人6人次: of two figures on end, the one in the key's own unit is the key's."""
        match self.tokens[self.at + 1 : self.at + 4]:
            case [Break(level="open"), Figure() as inside, Break(level="close")]:
                return inside.unit == unit and token.unit == "个"
        following = next((one for one in self.tokens[self.at + 1 :] if not isinstance(one, Sign | Filler)), None)
        if isinstance(following, Break) and following.level == "comma":
            return False
        return isinstance(following, Figure) and following.unit == unit and token.unit not in ("", unit)

    def _is_torn(self, token: Figure) -> bool:
        """实习7 38: two bare figures with a space between may be one with a slip."""
        match self.tokens[self.at + 1 : self.at + 3]:
            case [Filler() as gap, Figure() as rest]:
                return not token.unit and not self.text[gap.start : gap.end].strip() and not rest.approx
        return False

    def _by_unit(self, token: Figure) -> str:
        """活动1场，45人次: alone in its clause, a figure belongs to the only open key that counts in its unit."""
        clause = self.clause
        since = self.placed.end if self.placed and self.placed.end > clause.start else clause.start
        begins = not self.text[since : token.start].strip(" /、+")
        alone = begins and isinstance(self._next(), Break | None)
        figures = [one for one in self.tokens[: self.at] if isinstance(one, Figure)]
        follows = bool(figures) and figures[-1] is self.placed
        bracketed = self.depth and not isinstance(self.tokens[self.at - 1], Break)
        if not (alone and follows) or self.in_part or bracketed or self.fixing or token.unit in _COMMON_UNITS:
            return ""
        same = [one.key for one in self.form.due(self.period) if one.unit == token.unit and not one.index]
        return same[0] if len(same) == 1 and same[0] not in self.slate.items else ""

    def _is_bare_total(self, token: Figure, key: str) -> bool:
        """本地7人、外地5人，共12人: the sum of the key itself; 年产值合计8亿 is of something else."""
        said = [one for one in self.tokens if self.clause.start <= one.start < token.start and isinstance(one, Filler)]
        words = "".join(self.text[one.start : one.end] for one in said)
        return not self.in_part and not _NOWADAYS.sub("", words) and fits(token, self.form.indicator(key))

    def _signed_change(self, token: Figure, *, flow: bool) -> int:
        """合作企业+1；订单班-2: signs are changes of stocks; a dash alone may only part a label from its figure."""
        if flow:
            return 0
        if token.signed == "-":
            return -1 if any(isinstance(one, Figure) and one.signed == "+" for one in self.tokens) else 0
        return int(token.signed == "+" or self.clause.new)

    def _is_part_of_itself(self, key: str, item: Item) -> bool:
        """订单班261人（学徒制40人）: in brackets or after 其中, a smaller figure for the key itself is a part of it."""
        whole = self.slate.value(key)
        inside = (self.depth or self.in_part) and not self.fixing and not self.clause.total
        return bool(
            inside and whole and key not in self.slate.from_weak and item.value is not None and item.value < whole
        )

    def _figures_ahead(self) -> int:
        """How many figures follow one another from here without a key between them."""
        count = 0
        for token in self.tokens[self.at :]:
            if isinstance(token, Mention) or (isinstance(token, Break) and token.level in ("stop", "line")):
                break
            count += isinstance(token, Figure)
        return count

    def _is_sum_of(self, mentions: list[Mention], token: Figure) -> bool:
        """现金和设备共投了50万: one figure for keys that are joined is their sum."""
        if self.clause.each or self._figures_ahead() == len(mentions):
            return False
        between = self.tokens[self.tokens.index(mentions[0]) if mentions[0] in self.tokens else 0 : self.at]
        return any(isinstance(one, Sign) and one.mark is Mark.AND for one in between)

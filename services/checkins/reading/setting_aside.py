"""Figures that stand beside the answer and are none: the old one, last month's, last year's, those taken out."""

import re

from services.checkins.reading.lexicon import MONEY_UNITS, TENTHS, Mark
from services.checkins.reading.remarks import Remarks
from services.checkins.reading.tokens import Break, Figure, Filler, Mention, Sign, When

_OF_CONTRACT = re.compile(r"的?(?:横向|技术|服务|开发|咨询)*(?:合同|协议|订单|标)(?!款|费|经费|到)")
_GIVEN = re.compile(
    r"^[^,，;；。\n]{0,6}?(?:捐|出|投|给|赞助|资助|拨|付|拿|提供)[了出来资入给赠]*[我咱学本]?[们校]?[^,，;；。\n\d]{0,2}$"
)
PERCENT = ("%", "个百分点", "百分点", TENTHS)


class SettingAside(Remarks):
    """Tells figures that are no answer from those that are, and keeps the old ones for corrections."""

    def _set_aside(self, token: Figure) -> bool:
        """Figures that are no answer: the old one, last month's, last year's, those taken out."""
        clause = self.clause
        if _OF_CONTRACT.match(self.text, token.end) and (token.numeral.scaled or token.unit in MONEY_UNITS):
            return True  # 签了30万的合同，到账12万
        if self._is_remark(token) or self._is_given(token):
            return True
        if self._is_of_other_month(token):
            self._keep_old(token, sure=False)
            return True
        if clause.yoy:
            clause.yoy = False
        elif clause.remark:
            clause.remark = False
        elif clause.compare and not (clause.change or clause.to or token.signed or token.unit in PERCENT):
            clause.compare = False
        elif clause.old or clause.from_:
            self._keep_old(token, sure=clause.old)
            clause.old = clause.from_ = False
        elif clause.prev and not (
            clause.compare
            or clause.month
            or clause.to
            or self._is_settled_next()
            or self._reports_other_month()
            or self._is_put_right(token)
        ):
            clause.prev = False
            self._keep_old(token, sure=False)
        elif clause.except_ and not any(mention.role == "complement" for mention in self.group):
            clause.except_ = False
            return not (self.group and self.group_open)
        else:
            return False
        return True

    def _is_given(self, token: Figure) -> bool:
        """企业捐了8万设备: what a firm gives is no number of firms."""
        sums = token.numeral.scaled or token.unit in MONEY_UNITS
        counted = [one for one in self._targets() if not self.form.indicator(one.keys[0]).is_money]
        return bool(sums and counted and _GIVEN.search(self.text[counted[-1].end : token.start]))

    def _is_settled_next(self) -> bool:
        """上次的2个都解决了 counts them; 上月2个解决1个 tells how many of them."""
        settling = self._settling_next()
        if settling is None:
            return False
        after = [one for one in self.tokens[self.tokens.index(settling, self.at) + 1 :] if not self._is_thin(one)]
        return not (after and isinstance(after[0], Figure) and after[0].start - settling.end <= 1)

    def _is_of_other_month(self, token: Figure) -> bool:
        """9月份5300现在5240: right behind the name of another month, with what there is now told after it."""
        before, after = self.tokens[self.at - 1 : self.at], self.tokens[self.at + 1 : self.at + 3]
        match (*before, *after):
            case (When() as month, Sign(mark=Mark.TO | Mark.MONTH), Figure()) if month.period < self.period:
                self.periods = [one for one in self.periods if one != month.period]
                self.other_month = None
                return True
        return False

    def _reports_other_month(self) -> bool:
        """Whether last month is what the whole message reports: "10月：在校生13875人…"."""
        if any(self.slate.value(mention.keys[0]) is not None for mention in self._targets()):
            return False
        keys_before = any(isinstance(token, Mention) for token in self.tokens[: self.at])
        named = any(isinstance(one, When) for one in self.tokens)
        opening = next((one for one in self.tokens if not isinstance(one, Filler | Break)), None)
        this = any(isinstance(one, Sign) and one.mark is Mark.MONTH for one in self.tokens)
        whole = isinstance(opening, Sign) and opening.mark is Mark.PREV and "初" not in self.text[: opening.end]
        speaks = named or (whole and not this)
        return speaks and keys_before and not (self.in_part or self.fixing or self._names_own_month())

    def _is_put_right(self, token: Figure) -> bool:
        """更正10月在岗实习1950: the only figure of a key whose month is to be corrected is the right one."""
        alone = not any(isinstance(one, Figure) for one in self.tokens[self.at + 1 :])
        targets = self._targets()
        fresh = bool(targets) and self.slate.value(targets[-1].keys[0]) is None
        return self.fixing and alone and fresh and self.old is None and token.numeral.value is not None

    def _names_own_month(self) -> bool:
        return any(isinstance(one, When) and one.period == self.period for one in self.tokens)

    def _keep_old(self, token: Figure, *, sure: bool) -> None:
        """Remember a figure said to be the old one; unless ``sure``, only a word of correction makes it count."""
        if token.numeral.value is None:
            return
        target = self._targets()[-1].keys[0] if self.group else self.last
        self.old = (target, token.numeral.value, sure)
        if not sure and target and self.slate.before(target) not in (None, token.numeral.value):
            self.passed_over.append((token.numeral.value, self.text[self.clause.start : token.end].strip()))
        if sure and self.last in self.slate.items and not self.group and self.last:
            self.slate.correct(self.last, token.numeral.value)
            self.old = None

"""What a key gets without a figure: nothing, not applicable, not collected, the same, twice as much, all of it."""

import re
from dataclasses import replace
from decimal import Decimal

from services.checkins.form import State
from services.checkins.reading.placing import Placing
from services.checkins.reading.slate import filled
from services.checkins.reading.tokens import Mention, Sign

_DEEDS = ("到账", "到款", "招", "签", "捐", "投", "送", "派", "办", "解决", "提", "走访", "培训")
"""Deeds: 还没到账 is a zero, 还没折价 a figure that is not there yet."""

_ONE_OF_OLD = re.compile(
    r"(?:去年|上年|上月|上个月|之前|以前|原来|早先|前期)(?:的|那)|那[条个件项家批]|第[一二三四五六七八九十\d]+[份个家项件条笔]"
)
"""去年那条还没办完, 第2份合同没盖章: what is denied is said of one thing from before, not of the month's count."""


class Stating(Placing):
    """Applies the states of a clause to the keys that wait."""

    def _not_applicable(self, token: Sign) -> None:
        """横向不适用 and 没有，不适用 speak of what stands before, 不开展横向服务 of what follows."""
        following = self._next()
        if not self.group and isinstance(following, Mention) and following.role == "strong":
            self.clause.inapplicable = True
            return
        if not self.group and self.last and self.slate.items[self.last].rule.startswith("none_"):
            self.group = [self._again(self.last, token)]
            self.slate.items.pop(self.last)
        self._state(State.NOT_APPLICABLE, "not_applicable")

    def _none(self, token: Sign, *, not_yet: bool) -> None:
        """没有 denies what follows (没有新招) or what stands before it (现金没有); 还没 before a key leaves it open."""
        if self._sets_apart(token) or _ONE_OF_OLD.search(self.text, self.clause.start, token.start):
            self.group = []
            return
        following = self._next()
        ahead = isinstance(following, Mention) and following.role in ("strong", "weak", "sub")
        if ahead and not_yet and not self.text.startswith(_DEEDS, following.start):  # type: ignore[union-attr]
            self.uncollected = not self.group
            self._state(State.NOT_COLLECTED, "not_yet")
        elif self.group and not (ahead and all(mention.keys != following.keys for mention in self.group)):  # type: ignore[union-attr]
            self._state(State.ZERO, "none_after")
        else:
            if self.clause.negated:
                self._state(State.ZERO, "none_before")
            self.clause.negated, self.clause.negated_at = True, self.clause.figures
            self.group = []

    def _same(self) -> None:
        for mention in self._targets():
            if mention.role != "complement":
                self._settle(mention.keys[0])
                self.slate.carry(mention.keys[0], self._source(mention))
        self.group = []

    def _state(self, state: State, rule: str) -> None:
        for mention in self._targets():
            key = mention.keys[0]
            if mention.role == "complement" or (self.clause.figures and self.slate.value(key) is not None):
                continue
            value = Decimal(0) if state is State.ZERO else None
            item = filled(value, False, self._source(mention), rule) if value is not None else None
            unknown = replace(self.slate.unusable(key, self._source(mention), rule), state=state)
            self.slate.put(key, item or unknown, weak=mention.role == "weak", replace=self.fixing)
            self._settle(key)
        self.group = []

    def _multiplied(self, factor: Decimal) -> None:
        for mention in self._targets():
            key = mention.keys[0]
            if key not in self.slate.items and mention.role != "complement":
                self.slate.put(key, self.slate.multiplied(key, factor, self._source(mention)))
                self._settle(key)
        self.group = []

    def _settles_all(self) -> bool:
        """收诉求5件，全部办结: what follows is the closing of the figure just given."""
        following = self._next()
        if not isinstance(following, Mention) or following.role == "derived":
            return False
        return self.form.indicator(following.keys[0]).settles == self.last

    def _all_of_whole(self) -> None:
        for mention in self._targets():
            key = mention.keys[0]
            indicator = self.form.indicator(key)
            if mention.role != "complement" and self.last in (indicator.subset_of, indicator.settles):
                self.slate.all_of_whole(key, self._source(mention))

    def _share(self, token: Sign) -> None:
        """本市外市各半, 一半在本市: a part of a whole is spoken of and no figure told."""
        words = self.text[token.start : token.end]
        self.clause.share = "half" if ("半" in words and words[0] not in "多大") or "五五" in words else "some"
        self._share_of_waiting()

    def _share_of_waiting(self) -> None:
        waiting = self._targets()
        wholes = {whole for one in waiting for whole in self.form.supersets(one.keys[0])}
        for mention in waiting:
            indicator, key = self.form.indicator(mention.keys[0]), mention.keys[0]
            is_part = indicator.subset_of in self.mentioned and key not in wholes
            if (is_part or indicator.unit == "%") and key not in self.slate.items:
                self.shares.setdefault(mention.keys[0], (self.clause.share, self._source(mention)))
                self.group = [one for one in self.group if one.keys != mention.keys]

    def _ask_shares(self) -> None:
        """Once the whole is known, its half is offered; anything else has to be told."""
        for key, (share, source) in self.shares.items():
            indicator = self.form.indicator(key)
            if key in self.slate.items:
                continue
            whole = Decimal(100) if indicator.unit == "%" else self.slate.value(indicator.subset_of)
            half = whole / 2 if whole is not None and share == "half" else None
            self.slate.put(key, self.slate.unusable(key, source, "share_told"))
            if half is not None and (indicator.type == "decimal" or half == half.to_integral_value()):
                self.slate.ask("ask_half", key, whole=whole, guess=half)
            elif whole is not None:
                self.slate.ask("ask_share", key, whole=whole)
            else:
                self.slate.ask("ask_exact", key, written=source)

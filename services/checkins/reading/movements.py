"""Figures that move another: 比上月多15, 来了12个走了5个, 会员58家新增2家现在60家."""

from services.checkins.form import Kind
from services.checkins.reading.amounts import fits
from services.checkins.reading.parts import Parts
from services.checkins.reading.tokens import Figure


class Movements(Parts):
    """What a change without a key of its own does to the figure before it."""

    def _remark_change(self, key: str, token: Figure) -> None:
        value = token.numeral.value
        if value is not None and self.clause.change and not token.approx and fits(token, self.form.indicator(key)):
            self.slate.check_change(key, self.clause.change * value)
        self.clause.change, self.clause.compare = 0, False

    def _moves_back(self, key: str, token: Figure) -> bool:
        """来了12个，走了5个: after a change one way, one the other way."""
        item, value = self.slate.items[key], token.numeral.value
        changed = item.rule == "previous_plus_change" and item.stated is not None and value is not None
        there_and_back = (item.stated or 0) * self.clause.change < 0
        return changed and there_and_back and fits(token, self.form.indicator(key))

    def _move_on(self, key: str, token: Figure) -> None:
        """Take both changes together."""
        item, value = self.slate.items[key], token.numeral.value
        assert item.stated is not None
        assert value is not None
        change = item.stated + self.clause.change * value
        source = f"{item.source}，{self._source(self._again(key, token), token)}"
        self.slate.items[key] = self.slate.changed(key, change, source, approx=item.approx or token.approx)
        self.clause.change, self.clause.compare = 0, False

    def _grown_stock(self, token: Figure) -> str:
        """会员58家，新增2家，现在60家: the stock of the sentence that was told before it grew by the last figure."""
        grown = self.slate.value(self.last)
        if grown is None or self.slate.kind(self.last or "") is not Kind.FLOW:
            return ""
        for key, item in self.slate.items.items():
            told = self.slate.kind(key) is Kind.STOCK and item.rule == "stated"
            if told and item.value is not None and item.value + grown == token.numeral.value:
                return key
        return self._stock_beside(token)

    def _stock_beside(self, token: Figure) -> str:
        """新发展会员2家，目前59家: the stock that a flow feeds, told right behind it."""
        beside = self.form.indicator(self.last or "").beside or ""
        stock = bool(beside) and self.slate.kind(beside) is Kind.STOCK and beside not in self.slate.items
        return beside if stock and fits(token, self.form.indicator(beside)) else ""

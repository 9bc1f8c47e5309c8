"""Figures that are the sum of others, or that have to be summed: 合计24万, 共12人, 焊工8、电工5."""

import re
from itertools import pairwise

from services.checkins.form import Kind
from services.checkins.reading.amounts import fits, read_amount
from services.checkins.reading.lexicon import Mark
from services.checkins.reading.neighbours import Neighbours
from services.checkins.reading.slate import filled, made_of
from services.checkins.reading.tokens import Break, Figure, Filler, Mention, Sign, Token
from services.supply.heads import is_occupation

_NOWADAYS = re.compile(r"现在|目前|眼下|这样|下来|加起来|全部|[ 就是有的]")
_THAT_IS = re.compile(r"[, (]*(?:也?就是|即|也就|合|共|计)[ (是有]*")
_NOUN = re.compile(r"[一-龥]{2}")


class Sums(Neighbours):
    """Questions about figures that belong together."""

    def _sums_up(self, token: Figure) -> bool:
        """现金6万、设备18万，合计24万: the sum of the last figures, of which none is told anew."""
        told = [item.value for item in self.slate.items.values() if item.rule == "stated" and item.value]
        total = read_amount(token, self.form.indicator(self.last or "")).value
        return any(sum(told[-many:]) == total for many in range(2, min(len(told), 6) + 1))

    def _whole_of_parts(self, token: Figure) -> str:
        """外地650人，本地735人，一共1385人: the whole of those inside and those outside."""
        part = self.last or ""
        outside, inside = self.slate.outside.get(part), self.slate.value(part)
        whole = self.form.indicator(part).subset_of if part else None
        if whole and outside is not None and inside is not None and inside + outside == token.numeral.value:
            return whole
        return ""

    def _is_total_of_list(self, token: Figure, key: str) -> bool:
        """岗位缺口：焊工8 质检3 共11: the figures of the clause, of which only the first found its key."""
        listed = [one for one in self.tokens[: self.at] if isinstance(one, Figure) and one.start >= self.clause.start]
        values = [one.numeral.value for one in listed]
        told = len(values) > 1 and None not in values and self.placed in listed
        return told and sum(one for one in values if one is not None) == token.numeral.value

    def _is_bare_total(self, token: Figure, key: str) -> bool:
        """本地7人、外地5人，共12人: the sum of the key itself; 年产值合计8亿 is of something else."""
        said = [one for one in self.tokens if self.clause.start <= one.start < token.start and isinstance(one, Filler)]
        words = "".join(self.text[one.start : one.end] for one in said)
        return not self.in_part and not _NOWADAYS.sub("", words) and fits(token, self.form.indicator(key))

    def _is_sum_of(self, mentions: list[Mention], token: Figure) -> bool:
        """现金和设备共投了50万: one figure for keys that are joined is their sum."""
        if self.clause.each or self._figures_ahead() == len(mentions) or self._are_numbered(mentions):
            return False
        between = self.tokens[self.tokens.index(mentions[0]) if mentions[0] in self.tokens else 0 : self.at]
        return any(isinstance(one, Sign) and one.mark is Mark.AND for one in between)

    def _are_numbered(self, mentions: list[Mention]) -> bool:
        """任务1-3都是70%: one progress for each of them; percents have no sum."""
        return all("[" in one.keys[0] and self.form.indicator(one.keys[0]).unit == "%" for one in mentions)

    def _are_listed(self, mentions: list[Mention]) -> bool:
        """校企合作新签 is one name of two parts; keys of a list have something between them."""
        spans = sorted((one.start, one.end) for one in mentions)
        return any(end < start for (_, end), (start, _) in pairwise(spans))

    def _is_told_in_heads(self, targets: list[Mention]) -> bool:
        """本市的占七成，就是690人: the rate is refused, the heads behind it are the key's."""
        for token in self.tokens[self.at + 1 :]:
            if isinstance(token, Figure):
                between = self.text[self.tokens[self.at].end : token.start]
                fitting = any(fits(token, self.form.indicator(one.keys[0])) for one in targets)
                return fitting and bool(_THAT_IS.fullmatch(between))
            if isinstance(token, Mention):
                return False
        return False

    def _sum_inside_and_outside(self) -> None:
        """实习：本地728，外地638: the whole was named and is their sum, unless it was told."""
        for part, outside in self.slate.outside.items():
            whole, inside = self.form.indicator(part).subset_of, self.slate.items.get(part)
            if whole in self.mentioned and whole not in self.slate.items and inside and inside.value is not None:
                approx = inside.approx or part in self.slate.roughly_outside
                note = made_of("+", inside.value, outside)
                item = filled(inside.value + outside, approx, inside.source, "inside_plus_outside", outside, note)
                self.slate.put(whole, item)
                self.slate.ask("confirm_remainder", part, whole=item.value, outside=outside)

    def _goes_on_listing(self, key: str, mention: Mention) -> bool:
        """安全培训120人次、电工培训85人次: the key once more, of another kind, joined as a list."""
        item = self.slate.items.get(key)
        if item is None or item.rule not in ("stated", "sum_of_listed") or self.placed is None or self.in_part:
            return False
        if self.form.indicator(key).adds_up and self.last == key and not self.fixing:
            word = self.text[mention.start : mention.end][:2]
            return bool(word) and not item.source.startswith(word)
        if self.last == key and self._names_another(mention):
            return True
        match [token for token in self.tokens if self.placed.end <= token.start < mention.start]:
            case [Sign(mark=Mark.AND), Filler() as kind]:
                return self.last == key and bool(_NOUN.search(self.text[kind.start : kind.end]))
        return False

    def _names_another(self, mention: Mention) -> bool:
        """缺8个焊工，缺3个质检: the same word again, each figure with a noun of its own behind it."""
        word = self.text[mention.start : mention.end]
        earlier = [one for one in self.tokens if isinstance(one, Mention) and one.start < mention.start]
        same = [one for one in earlier if self.text[one.start : one.end] == word and one.keys == mention.keys]
        if not same:
            return False
        behind = self._noun_behind(self.placed), self._noun_behind(self.tokens[self.at])
        ahead = self._noun_ahead(same[-1]), self._noun_ahead(mention)
        return any(all(nouns) and nouns[0] != nouns[1] for nouns in (behind, ahead))

    def _noun_ahead(self, mention: Mention) -> str:
        """电工缺6个: what stands right before the key, where that is a kind of work."""
        before = [one for one in self.tokens if one.end == mention.start and isinstance(one, Filler)]
        words = self.text[before[0].start : before[0].end] if before else ""
        return words if is_occupation(words) else ""

    def _noun_behind(self, token: Token | None) -> str:
        if token is None:
            return ""
        behind = self.tokens[self.tokens.index(token) + 1 :][:1]
        words = [self.text[one.start : one.end] for one in behind if isinstance(one, Filler)]
        return words[0] if words and _NOUN.match(words[0]) else ""

    def _is_one_of_each(self, token: Figure) -> bool:
        """和甲厂、乙厂分别签了1份和2份: figures for one key, one for each of what was named."""
        match self.tokens[self.at - 2 : self.at]:
            case [Figure() as first, Sign(mark=Mark.AND)]:
                return self.clause.each and first is self.placed and first.unit == token.unit
        return False

    def _is_listed(self, token: Figure) -> bool:
        """缺人：操作工12、质检3: both figures stand behind a noun that is no key, joined as a list.

        With a comma between, the nouns have to be of one kind: 焊工8个，质检3个; 护理专业300人，机电专业200人.
        """
        match self.tokens[self.at - 3 : self.at]:
            case [Filler() as noun, Figure() as first, Filler() as other] if first is self.placed:
                kinds = [self.text[part.start : part.end].strip() for part in (noun, other)]
                return first.unit == token.unit and all(map(is_occupation, kinds)) and not (self.in_part or self.depth)
        match self.tokens[self.at - 4 : self.at]:
            case [Filler() as noun, Figure() as first, Break(level="comma"), Filler() as other]:
                one, two = (self.text[part.start : part.end].strip() for part in (noun, other))
                kind = one[-1:] == two[-1:] or (is_occupation(one) and is_occupation(two))
                alike = kind and len(one) > 1 and len(two) > 1
                flow = self.last is not None and self.slate.kind(self.last) is Kind.FLOW
                joined = alike or (flow and len(one) > 1 and len(two) > 1)
                return first is self.placed and first.unit == token.unit and joined and not (self.in_part or self.depth)
            case [Filler() as noun, Figure() as first, Sign(mark=Mark.AND), Filler() as other]:
                nouns = all(_NOUN.search(self.text[one.start : one.end]) for one in (noun, other))
                return first is self.placed and first.unit == token.unit and nouns and not (self.in_part or self.depth)
        return False

"""What stands beside a figure: another that counts better, a slip, a sum, the whole it is a part of."""

import re
from dataclasses import replace
from decimal import Decimal

from services.checkins.form import Kind
from services.checkins.reading.amounts import fits
from services.checkins.reading.context import Context
from services.checkins.reading.lexicon import SAME_UNITS, Mark
from services.checkins.reading.tokens import Break, Figure, Filler, Mention, Sign
from services.checkins.reading.understood import Item

_COMMON_UNITS = ("", "人", "个", "家", "项", "件", "条", "次", "万元", "元")
_PARTNER_UNITS = ("家", "所", "个", "校")
_STILL = re.compile(r"(?:还|仍|依然|一共|总共|共|现在|目前|就|是|有|为)*")
_HELD = re.compile(r"[办开]|组织")
_WHOLE_FOLLOWS = re.compile(r"[::] ?总(?:人|数)")
_HEADING = re.compile(r"(?:统计|情况|数据|工作|方面|部分|板块)[::] ?")
_COMPLETE = re.compile(r"(?:项|条)?(?:已经?|全部|均|都)*(?:完成|办结|办完|做完|干完)了?(?=[,;。!\n]|$)")
_ARRIVED = re.compile(r"新(?:派|进|到|来|接收?|入职)(?:出|了)?")
_PAPER = re.compile(r"的?(?:书)?(?:复印|扫描|原|电子)(?:件|版|稿)|的?(?:照片|图片|截图|文本|模板|范本|样本|封面|编号)")
_OF_THEIRS = re.compile(r"职工|员工|师傅|学徒")
_LISTED_NAMES = re.compile(r"[和与跟同]([^;。\d]{2,60}?)各")
_JOINT = re.compile(r"[ /、+]*(?:总?共|一共|共计|合计|计)?(?:有|是|为)?")


class Neighbours(Context):
    """Questions about the tokens around a figure."""

    def _counts_better_next(self, token: Figure, key: str) -> bool:
        """导师5人6人次, 导师3人去讲课共9人次: of two figures, the one in the key's own unit is the key's."""
        unit = self.form.indicator(key).unit
        match self.tokens[self.at + 1 : self.at + 4]:
            case [Break(level="open"), Figure() as inside, Break(level="close")]:
                return inside.unit == unit and token.unit == "个"
        after = [one for one in self.tokens[self.at + 1 :] if not isinstance(one, Filler)]
        match [one for one in after if not (isinstance(one, Mention) and one.keys[0] == key)][:2]:
            case [Sign(mark=Mark.TOTAL), Figure() as whole]:
                return whole.unit == unit and token.unit not in ("", unit)
        following = next((one for one in after if not isinstance(one, Sign)), None)
        if isinstance(following, Break) and following.level == "comma":
            return False
        return isinstance(following, Figure) and following.unit == unit and token.unit not in ("", unit)

    def _counts_for_next(self, token: Figure, mention: Mention) -> bool:
        """教师23人企业实践共105人天: heads, with what they did right behind them and counted in its own unit."""
        following = self.tokens[self.at + 1 : self.at + 2]
        if mention.role != "weak" or not following or not isinstance(following[0], Mention):
            return False
        deed = self.form.indicator(following[0].keys[0]) if following[0].role == "strong" else None
        figure = next((one for one in self.tokens[self.at + 2 :] if isinstance(one, Figure | Mention | Break)), None)
        return deed is not None and isinstance(figure, Figure) and figure.unit == deed.unit != token.unit

    def _counts_classes(self, token: Figure, mention: Mention) -> bool:
        """培训班办了4个, 订单班2个，学生423人: classes, where the form asks for people."""
        if token.unit != "个" or not self.text.endswith("班", mention.start, mention.end):
            return False
        return bool(_HELD.search(self.text, mention.end, token.start)) or self._people_follow()

    def _people_follow(self) -> bool:
        """Whether the next figure of the sentence counts people, with no other key in between."""
        for token in self.tokens[self.at + 1 :]:
            if isinstance(token, Figure):
                return token.unit in (*SAME_UNITS["人"], "人次") and token.unit != "个"
            if (isinstance(token, Mention) and token.role != "weak") or (
                isinstance(token, Break) and token.level in ("stop", "line")
            ):
                return False
        return False

    def _goes_on_waiting(self, mention: Mention) -> bool:
        """订单班9个班，学生407人: a weak word for people says what the key still waits for."""
        if mention.role != "weak" or self.group_open:
            return False
        counted = next((one for one in reversed(self.tokens[: self.at]) if isinstance(one, Figure)), None)
        waiting = [one.keys[0] for one in self._targets() if one.role == "strong"]
        units = {self.form.indicator(key).unit for key in waiting if key not in self.slate.items}
        classes = counted is not None and counted.unit in ("个", "班", "个班", "期")
        return classes and units == {self.form.indicator(mention.keys[0]).unit}

    def _qualifies_noun(self, token: Sign) -> bool:
        """办结上期需求1项, 办结了上月的1项: last month's needs, closed in this one."""
        following = self._next()
        if not (self.group and self.group_open):
            return False
        if self.text.endswith("的", token.start, token.end) and isinstance(following, Figure):
            return any(self.form.indicator(mention.keys[0]).settles for mention in self.group)
        return isinstance(following, Mention) and following.start == token.end

    def _is_noun_of_figure(self, mention: Mention) -> bool:
        """可以接484个实习生 还有9个岗位空着: what was counted, right behind its figure, and no more told of it."""
        placed, following = self.placed, self.tokens[self.at + 1 : self.at + 2]
        counted = placed is not None and placed.end == mention.start and placed.unit in ("个", "名", "位", "人")
        ends = not following or isinstance(following[0], Break) or self.text[following[0].start] == " "
        return counted and ends and mention.role in ("strong", "weak") and mention.keys[0] != self.last

    def _names_paper(self, mention: Mention) -> bool:
        """合同复印件3份: a paper of it is counted; 企业职工 are people and no enterprises."""
        people = self.form.indicator(mention.keys[0]).unit == "家" and _OF_THEIRS.match(self.text, mention.end)
        return bool(people or _PAPER.match(self.text, mention.end))

    def _is_denied_deed(self, mention: Mention) -> bool:
        """设备没捐，给了学校8万: the deed that was denied names the same key and waits for nothing."""
        before = self.tokens[self.at - 1 : self.at]
        denied = bool(before) and isinstance(before[0], Sign) and before[0].mark is Mark.NONE
        item = self.slate.items.get(mention.keys[0])
        return denied and item is not None and item.rule == "none_after" and self.last == mention.keys[0]

    def _names_whole_again(self, mention: Mention) -> bool:
        """本市604，本市里头415人在成员企业: told already, it is the whole of what follows and waits for nothing."""
        following = self.tokens[self.at + 1 : self.at + 2]
        part = bool(following) and isinstance(following[0], Sign) and following[0].mark is Mark.OF
        return part and self.slate.value(mention.keys[0]) is not None

    def _is_heading(self, mention: Mention) -> bool:
        """就业统计：总2960, 就业：总人数2960: what stands over the figures names no figure of its own."""
        heading = _HEADING.match(self.text, mention.end)
        if self.form.indicator(mention.keys[0]).subset_of and _WHOLE_FOLLOWS.match(self.text, mention.end):
            return True
        return bool(heading) and not self.text[heading.end() : heading.end() + 1].isdigit()  # type: ignore[union-attr]

    def _is_said_complete(self, mention: Mention) -> bool:
        """任务3已完成 is 100 %; 任务3已完成方案起草 is not."""
        indicator = self.form.indicator(mention.keys[0])
        return bool(indicator.index) and indicator.unit == "%" and bool(_COMPLETE.match(self.text, mention.end))

    def _closes_its_figure(self, mention: Mention) -> bool:
        """招了1个本地的: the part stands behind the figure of its whole and ends the clause; it is all of it."""
        placed, whole = self.placed, self.form.indicator(mention.keys[0]).subset_of
        behind = mention.role == "sub" and placed is not None and placed.end == mention.start and self.last == whole
        return behind and self.text[mention.end - 1] == "的" and isinstance(self._next(), Break | None)

    def _is_share_of_figure(self, token: Figure) -> bool:
        """完成任务12000人次的82%: a share of a figure that stands there, not a rate of the form."""
        match self.tokens[self.at - 2 : self.at]:
            case [Figure() as whole, Filler()]:
                return self.text[whole.end : token.start] == "的"
        return False

    def _beyond_partner(self, named: Mention) -> Mention:
        """与3家企业签订了协议: what was done with them stands behind the partners, and they are no key of their own."""
        after = [one for one in self.tokens[self.tokens.index(named, self.at) + 1 :] if not self._is_thin(one)]
        deed = after[0] if after else None
        alone = len(after) < 2 or isinstance(after[1], Break)
        if named.role == "weak" and isinstance(deed, Mention) and deed.role == "strong" and alone:
            flow = self.form.indicator(deed.keys[0]).kind is Kind.FLOW
            return deed if flow and self.text[named.end : deed.start] in ("", "了", "共") else named
        return named

    def _partners_before(self, token: Figure) -> Decimal | None:
        """和两家企业各签一份: how many there were, said just before in the clause; None when only names stand there."""
        for one in reversed(self.tokens[: self.at]):
            if isinstance(one, Break) or one.start < self.clause.start:
                return None
            if isinstance(one, Figure):
                return one.numeral.value if one.unit in _PARTNER_UNITS and not one.approx else None
        return None

    def _part_ahead(self, token: Figure) -> Mention | None:
        """实习生里有300个在本市，总共700: the part stands behind its figure, and its whole goes on waiting."""
        following = self._next()
        if not self.clause.of or self.clause.figures > 1 or not isinstance(following, Mention):
            return None
        part = self._resolved(following)
        waiting = {one.keys[0] for one in self.group}
        if part is None or part.role == "complement" or not waiting & set(self.form.supersets(part.keys[0])):
            return None
        after = [one for one in self.tokens[self.tokens.index(following, self.at) + 1 :] if not self._is_thin(one)]
        return part if not after or isinstance(after[0], Break) else None

    def _names_before(self, token: Figure) -> int:
        """和甲厂、乙厂各签一份: how many are listed before 各, none of them counted."""
        listed = _LISTED_NAMES.search(self.text[self.clause.start : token.start])
        return len([one for one in re.split(r"[、,和与及]", listed[1]) if len(one) > 1]) if listed else 0

    def _is_torn(self, token: Figure) -> bool:
        """实习7 38: two bare figures with a space between may be one with a slip."""
        match self.tokens[self.at + 1 : self.at + 3]:
            case [Filler() as gap, Figure() as rest]:
                return not token.unit and not self.text[gap.start : gap.end].strip() and not rest.approx
        return False

    def _by_unit(self, token: Figure) -> str:
        """活动1场，45人次: alone in its clause, a figure belongs to the only open key that counts in its unit."""
        clause = self.clause
        placed = self.placed is not None and self.placed.end > clause.start
        since = self.placed.end if self.placed and placed else clause.start
        begins = bool(_JOINT.fullmatch(self.text[since : token.start]))
        alone = begins and isinstance(self._next(), Break | None)
        figures = [one for one in self.tokens[: self.at] if isinstance(one, Figure)]
        follows = clause.total or (bool(figures) and figures[-1] is self.placed)
        bracketed = self.depth and not isinstance(self.tokens[self.at - 1], Break)
        due = [one for one in self.form.due(self.period) if not one.index]
        if token.unit == "人天" and not (self.in_part or self.depth or self.fixing):
            alone, follows = isinstance(self._next(), Break | None), True  # nothing else is counted in it
        common = token.unit in _COMMON_UNITS
        if common and since == token.start and token.unit == "人" and all(one.unit != "人" for one in due):
            token, common = replace(token, unit="人次"), False  # 活动2场95人, on a form that counts nobody else
        if not (alone and follows) or self.in_part or bracketed or self.fixing or common:
            return ""
        same = [one.key for one in due if one.unit == token.unit]
        return same[0] if len(same) == 1 and same[0] not in self.slate.items else ""

    def _names_stock_anew(self, token: Figure) -> bool:
        """订单班没招新的，还是380: nothing came to the stock; its figure follows."""
        stock = self.slate.kind(self.last or "") is Kind.STOCK and self.clause.figures == 1 and self.clause.plain
        said = self.text[self.clause.start : token.start].strip()
        return stock and bool(_STILL.fullmatch(said)) and fits(token, self.form.indicator(self.last or ""))

    def _signed_change(self, token: Figure, *, flow: bool) -> int:
        """合作企业+1；订单班-2: signs are changes of stocks; a dash alone may only part a label from its figure."""
        if flow:
            return 0
        if token.signed == "-":
            return -1 if any(isinstance(one, Figure) and one.signed == "+" for one in self.tokens) else 0
        since = max((one.end for one in self.tokens[: self.at] if isinstance(one, Figure)), default=0)
        arrived = _ARRIVED.search(self.text, max(since, self.clause.start), token.start)
        return int(token.signed == "+" or self.clause.new or bool(arrived))

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

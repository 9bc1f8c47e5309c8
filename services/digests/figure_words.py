"""How people call a figure of the reports, and whether a question about it asks for nothing else. Pure."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from knowledge.language.asking import without_asking
from knowledge.language.content import content_words
from knowledge.language.folding import fold
from services.checkins.form import Form, alias_regex

# How whole headlines are called where the forms' own words are too narrow; keys of the shipped forms.
SPOKEN = {
    "interns_on_post": ("实习人数", "实习学生数", "实习生", "实习"),
    "training_person_times": ("培训量", "培训人数", "培训"),
    "invest_cash_wan": ("投入", "投资"),
    "vacancies_open": ("缺口", "缺多少人"),
    "placement_rate": ("就业率",),
    "training_ratio": ("培训比",),
}
_BODIES = re.compile(r"(?:[的内里在·]|全市|联合体|联盟|成员|企业|公司|集团|单位|院校|学校|学院|职院|中专|技校|工厂)+")
_SAID_OF_ANY = re.compile(
    r"增[长加]|减少|上升|下降|提高|降低|变[化动]|相[比较]|[同环]比|[上填]?报[送了]?|汇报|登记|统计|数[据量字值]|人[次数]|个人"
    r"|[总合]计|总[量数]|累计|完成|进[度展]|规模|每个?月|每年|季度|招[聘收了]?|[十百千万亿]+[元人次家个份项]*"
)
_SUM, _OF_MONEY = re.compile(r"[金总数]额|资金|款项?|经费"), "万元"


@dataclass(frozen=True)
class Figure:
    """An indicator or rate: its key, the words that a text has for it, and all that it is called."""

    key: str
    words: str
    names: tuple[str, ...]

    def leaves_nothing(self, told: str, others: Sequence[str] = ()) -> bool:
        """Whether the words are about this figure alone: 实训车间追加投资 is another thing than the firm's 投资.

        Args:
            told: The folded question, without what was read of it.
            others: Names that it may use beside, such as those of the unit.
        """
        if _BODIES.fullmatch(self.words):
            return False  # 联合体有多少单位 asks of the body itself
        known = "".join(fold(name) for name in (*self.names, *others))
        left = content_words(without_asking(told.replace(self.words, "·")))
        money = _OF_MONEY in known
        return all(
            len(word) < 2 or word in known or _is_of_any(word) or (money and _SUM.fullmatch(word)) for word in left
        )


def name_figure(told: str, forms: Sequence[Form], kind: str = "") -> Figure | None:
    """The indicator or rate with the longest name in folded words."""
    best: Figure | None = None
    for form in forms:
        if kind and form.id != kind:
            continue
        for part in (*form.derived, *form.indicators):
            if getattr(part, "index", None):
                continue
            names = tuple(_names(part))
            words = max((_longest(name, told) for name in names), key=len, default="")
            if len(words) > (len(best.words) if best else 1):
                best = Figure(part.key, words, names)
    return best


def find_figure(told: str, forms: Sequence[Form], kind: str = "") -> str | None:
    """The key of the indicator or rate with the longest name in folded words."""
    figure = name_figure(told, forms, kind)
    return figure.key if figure else None


def _is_of_any(word: str) -> bool:
    return bool(_SAID_OF_ANY.fullmatch(word) or _BODIES.fullmatch(word)) or not re.search(r"[一-龥]", word)


def _names(part: object) -> list[str]:
    label, short = getattr(part, "label", ""), getattr(part, "short", "")
    spoken = SPOKEN.get(getattr(part, "key", ""), ())
    return [*getattr(part, "aliases", ()), *(re.escape(fold(name)) for name in (label, short, *spoken) if name)]


def _longest(pattern: str, told: str) -> str:
    return max((match[0] for match in re.finditer(alias_regex(pattern), told)), key=len, default="")

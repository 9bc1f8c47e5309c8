"""亮点：…, 下月计划：…: what belongs to a text field of the form, with all its numbers, and where it ends."""

import re

from services.checkins.form import Form, alias_regex
from services.checkins.reading.vocabulary import vocabulary

_FIGURES = "figures"
"""The label after which a message comes back to its figures: 数据：实习1377."""

_PLAIN_FIGURE = r"[^,;。\d]{0,2} ?\d[\d.]*[万w]?(?:人次|人天|万元|[人名家份个项件条次场天元])?$"


def _before_figures(text: str, start: int, end: int, form: Form) -> int:
    """Where a free text ends: at the stop after which the line is nothing but labels with figures."""
    strong = vocabulary(form).strong
    for stop in re.finditer(r"[;。]", text[start:end]):
        clauses = re.split(r"[,;。]", text[start + stop.end() : end].strip(" ,;。"))
        plain = [named for clause in clauses for named in strong.finditer(clause) if named.start() <= 1]
        if len(plain) == len(clauses) and all(
            re.match(_PLAIN_FIGURE, clause[named.end() :]) for clause, named in zip(clauses, plain, strict=True)
        ):
            return start + stop.end()
    return end


def cut_free_texts(text: str, original: str, form: Form) -> tuple[str, dict[str, str]]:
    """亮点：… up to the end of the line or the next label belongs to the text field, with all its numbers."""
    labels = [(field_.key, alias) for field_ in form.texts for alias in field_.aliases]
    labels += [("", alias) for alias in ("备注", "说明", "附注", "注", "另外说(一下|明)", "补充说明")]
    labels += [(_FIGURES, alias) for alias in ("(本月|当月|各项)?(数据|指标|数字)(如下|情况)?",)]
    names = "|".join(f"(?P<k{n}>{alias_regex(alias)})" for n, (_, alias) in enumerate(labels))
    start = re.compile(
        rf"(?:^|(?<=[\n。;,!、. )]))[ ]*(?:\d{{1,2}}[.、)] ?"
        rf"|[(]?[一二三四五六七八九十]+[)、])?[【\[]?(?:[本当]月|这个?月|我[们校司局])?的?"
        rf"(?:{names})[】\]]?[ ]?(?:[::]|是(?!否)|主要是"
        rf"|——|-)"
    )
    found = list(start.finditer(text))
    texts: dict[str, str] = {}
    for n, match in enumerate(found):
        limit = found[n + 1].start() if n + 1 < len(found) else len(text)
        line = text.find("\n", match.end())
        end = min(limit, line if line >= 0 else limit)
        key = next(labels[i][0] for i in range(len(labels)) if match[f"k{i}"])
        end = match.end() if key == _FIGURES else _before_figures(text, match.end(), end, form)
        if key and key != _FIGURES:
            texts[key] = "；".join(filter(None, (texts.get(key, ""), original[match.end() : end].strip(" ；;，,"))))
        text = text[: match.start()] + " " * (end - match.start()) + text[end:]
    return text, texts

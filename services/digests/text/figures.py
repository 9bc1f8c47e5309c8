"""The sentences of a digest that tell figures and what they are compared with."""

from collections.abc import Iterable
from itertools import groupby

from services.digests.figures.digest import Digest
from services.digests.figures.figure import Change, Figure
from services.digests.text.prose import Say, t
from services.digests.text.shown import change_values, figure_values

HEADLINES = (
    "interns_on_post",
    "training_person_times",
    "training_ratio",
    "order_class_students",
    "major_match_rate",
    "dual_teacher_rate",
    "placement_rate",
    "intern_posts_offered",
    "hires_vocational",
    "vacancies_open",
    "invest_cash_wan",
    "need_close_rate",
)


def headline_figures(digest: Digest, keys: Iterable[str] = HEADLINES) -> tuple[Figure, ...]:
    """The figures of the main table: those named, as far as somebody was asked or answered."""
    found = [figure for key in keys if (figure := digest.figure(key)) is not None]
    return tuple(one for one in found if one.value is not None or one.n_due)


def figure_paragraphs(say: Say, digest: Digest, keys: Iterable[str] = HEADLINES) -> tuple[tuple[str, ...], ...]:
    """One sentence for each main figure that has a value; a paragraph for each kind of unit."""
    figures = [one for one in headline_figures(digest, keys) if one.value is not None]
    return tuple(
        tuple(_interns(say, digest, one) or figure_sentence(say, one) for one in found)
        for _, found in groupby(figures, key=lambda one: one.form)
    )


def figure_sentence(say: Say, figure: Figure) -> str:
    """A figure in one sentence."""
    period = figure.period
    return say(
        t("figure"),
        f=figure_values(figure),
        name=plain_label(figure.label),
        when=say(t("when_month" if period.month else "when_quarter" if period.quarter else "when_year")),
        is_january=period.months[-1].month == period.months[0].month == 1 or period.month is period.quarter,
        mom=_against(say, figure, figure.mom, "mom"),
        yoy=_against(say, figure, figure.yoy, "yoy"),
        ytd_yoy=_against(say, figure, figure.ytd_yoy, "yoy"),
    )


def plain_label(label: str) -> str:
    """A label as it reads inside a sentence: without 本月, 期末 or 其中."""
    for prefix in ("其中：", "本月", "期末"):
        label = label.removeprefix(prefix)
    return label


def change_cell(say: Say, change: Change | None, places: int, *, in_full: bool = True) -> str:
    """A comparison in a table cell; short of ``in_full`` a star stands for the comparison over the common units."""
    values = change_values(change, places)
    same = values["same"] if values else None
    told = say(t("change_cell"), c=same, same="", in_full=True) if same and not same["is_equal"] else ""
    return say(t("change_cell"), c=values, same=told, in_full=in_full)


def _interns(say: Say, digest: Digest, figure: Figure) -> str | None:
    local, rate = digest.figure("interns_local"), digest.figure("local_intern_rate")
    if figure.key != "interns_on_post" or local is None or rate is None or rate.parts is None:
        return None
    if rate.parts != (local.value, figure.value) or not figure.period.month:
        return None  # the parts come from other units than the sums: one sentence would not add up
    return say(
        t("interns"),
        f=figure_values(figure),
        local=figure_values(local),
        rate=figure_values(rate),
        mom=_against(say, figure, figure.mom, "mom"),
        rate_mom=_against(say, rate, rate.mom, "mom"),
    )


def _against(say: Say, figure: Figure, change: Change | None, base: str) -> str:
    values = change_values(change, figure.decimals)
    if values is None:
        return ""
    words = say(t("change_words"), c=values, unit=figure.unit)
    suffix = "_points" if base == "mom" and values["kind"] == "points" else ""
    told = say(t(f"compared_{base}{suffix}"), change=words, quarter=bool(figure.period.quarter))
    if values["same"]:
        same = "" if values["same"]["is_equal"] else say(t("change_words"), c=values["same"], unit=figure.unit)
        told += say(t("compared_same"), units=values["same"]["units"], change=same)
    return told

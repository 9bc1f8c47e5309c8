"""Charts as PNG that read well on a phone: few marks, large type, the number written beside its bar.

The Agg canvas is used directly, never pyplot: no global state, so charts may be drawn in worker threads.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from io import BytesIO
from typing import Any

from services.digests.fonts import chart_fonts
from services.digests.text.shown import digits
from services.lights import Colour

WIDTH_IN, DPI = 6.0, 180
INK, QUIET, BLUE, GREY = "#1f2937", "#6b7280", "#2563eb", "#cbd5e1"
LIGHTS = {
    Colour.GREEN: "#16a34a",
    Colour.YELLOW: "#eab308",
    Colour.ORANGE: "#f97316",
    Colour.RED: "#dc2626",
    Colour.BLUE: "#2563eb",
    Colour.WHITE: "#9ca3af",
}


@dataclass(frozen=True)
class Point:
    """A month (its label) and its value; None leaves a gap, which is not zero.

    ``note`` says why the point is hollow: not everybody who owed had reported (「3/4家」).
    """

    label: str
    value: Decimal | None
    note: str = ""


@dataclass(frozen=True)
class Bar:
    """A labelled bar; ``note`` is written behind the number."""

    label: str
    value: Decimal
    note: str = ""
    colour: str = BLUE


def trend_chart(title: str, note: str, points: Sequence[Point], *, places: int = 0) -> bytes:
    """A line over months; first, last, highest and lowest points carry their number, hollow ones of them their note."""
    figure, axes = _canvas(title, note, 3.6)
    values = [None if point.value is None else float(point.value) for point in points]
    drawn = [float("nan") if value is None else value for value in values]
    axes.plot(range(len(points)), drawn, color=BLUE, linewidth=3, marker="o", markersize=7)
    hollow = [at for at, point in enumerate(points) if point.note]
    marks = {"linestyle": "none", "marker": "o", "markersize": 9, "markeredgewidth": 2.5}
    axes.plot(hollow, [drawn[at] for at in hollow], color=BLUE, markerfacecolor="white", **marks)
    known = [(at, value) for at, value in enumerate(values) if value is not None]
    if known:
        by_value = sorted(known, key=lambda pair: pair[1])
        for at in {known[0][0], known[-1][0], by_value[0][0], by_value[-1][0]}:
            value = values[at]
            assert value is not None
            told = digits(Decimal(str(value)), places, grouped=True)
            told += f"\n{points[at].note}" if points[at].note else ""
            up = _stands_out(values, at)
            where = {"textcoords": "offset points", "ha": "center", "va": "bottom" if up else "top"}
            axes.annotate(told, (at, value), (0, 11 if up else -11), fontsize=14, color=INK, **where)
        low, high = by_value[0][1], by_value[-1][1]
        room = (high - low) or abs(high) or 1
        below = 0.55 if hollow else 0.35
        axes.set_ylim(low - below * room, high + 0.35 * room)
    step = max(1, -(-len(points) // 7))
    ticks = list(range(len(points)))[::-step]  # counted from the end: the last month always has its name
    axes.set_xticks(ticks, [points[at].label for at in ticks], fontsize=13)
    axes.set_yticks([])
    axes.margins(x=0.08)
    return _png(figure)


def bar_chart(title: str, note: str, bars: Sequence[Bar], *, places: int = 0) -> bytes:
    """Horizontal bars in the order given, labels at the left, the number behind the bar."""
    figure, axes = _canvas(title, note, 1.5 + 0.62 * max(len(bars), 1))
    values = [float(bar.value) for bar in bars]
    positions = list(range(len(bars)))[::-1]
    axes.barh(positions, values, color=[bar.colour for bar in bars], height=0.62)
    reach = max([*map(abs, values), 1e-9])
    for at, bar, value in zip(positions, bars, values, strict=True):
        told = digits(bar.value, places, grouped=True) + bar.note
        axes.text(max(value, 0) + 0.02 * reach, at, told, va="center", fontsize=14, color=INK)
    axes.set_xlim(min([0, *values]), reach * 1.35)
    axes.set_yticks(positions, [_wrapped(bar.label) for bar in bars], fontsize=14)
    axes.set_xticks([])
    return _png(figure)


def lights_chart(title: str, note: str, counts: Sequence[tuple[Colour, str, int]]) -> bytes:
    """One stacked bar of lights over a legend of words and numbers: colour is never the only sign."""
    figure, axes = _canvas(title, note, 2.6)
    shown = [one for one in counts if one[2]]
    total, left = sum(count for *_, count in shown) or 1, 0
    for colour, _, count in shown:
        axes.barh([0], [count], left=[left], color=LIGHTS[colour], height=0.6, edgecolor="white", linewidth=2)
        ink = INK if colour is Colour.YELLOW else "white"
        axes.text(left + count / 2, 0, str(count), ha="center", va="center", fontsize=15, color=ink)
        left += count
    step = total / max(len(shown), 1)
    for at, (colour, word, count) in enumerate(shown):
        axes.plot([at * step + 0.02 * total], [-0.72], marker="s", markersize=11, color=LIGHTS[colour])
        axes.text(at * step + 0.05 * total, -0.73, f"{word} {count}", va="center", fontsize=14, color=INK)
    axes.set_xlim(0, total)
    axes.set_ylim(-1.0, 0.4)
    axes.set_xticks([])
    axes.set_yticks([])
    return _png(figure)


def _stands_out(values: Sequence[float | None], at: int) -> bool:
    """Whether the point lies at or above its neighbours, so that its number fits over it."""
    value, beside = values[at], [values[n] for n in (at - 1, at + 1) if 0 <= n < len(values)]
    return value is not None and all(other is None or other <= value for other in beside)


def _canvas(title: str, note: str, height: float) -> tuple[Any, Any]:
    from matplotlib import rc_context
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure
    from matplotlib.layout_engine import ConstrainedLayoutEngine

    families = list(chart_fonts())
    with rc_context({"font.family": families, "axes.unicode_minus": False}):
        spaced = ConstrainedLayoutEngine(w_pad=0.15, h_pad=0.15)
        figure = Figure(figsize=(WIDTH_IN, height), dpi=DPI, layout=spaced)
        FigureCanvasAgg(figure)
        axes = figure.add_subplot()
        axes.set_title(title, fontsize=17, color=INK, loc="left", pad=14, fontfamily=families, parse_math=False)
        axes.set_xlabel(note, fontsize=11, color=QUIET, loc="left", labelpad=10, fontfamily=families, parse_math=False)
        for side in ("top", "right", "left", "bottom"):
            axes.spines[side].set_visible(False)
        axes.tick_params(length=0, colors=QUIET)
    return figure, axes


def _png(figure: Any) -> bytes:
    from matplotlib import rc_context

    out = BytesIO()
    with rc_context({"font.family": list(chart_fonts()), "axes.unicode_minus": False}):
        for text in figure.findobj(match=lambda artist: hasattr(artist, "set_parse_math")):
            text.set_parse_math(False)
            text.set_fontfamily(list(chart_fonts()))
        figure.savefig(out, format="png", facecolor="white")
    return out.getvalue()


def _wrapped(label: str, width: int = 9) -> str:
    if len(label) <= width:
        return label
    if len(label) > 2 * width:
        label = label[: 2 * width - 1] + "…"
    half = -(-len(label) // 2)
    return f"{label[:half]}\n{label[half:]}"

"""A font that can draw Chinese: the shipped one (a renamed subset of Noto Sans CJK SC, OFL 1.1), or the system's."""

from functools import cache
from pathlib import Path

SHIPPED = Path(__file__).parent / "LianluoSansSC-Regular.otf"
KNOWN = ("Noto Sans CJK SC", "Source Han Sans SC", "Microsoft YaHei", "PingFang SC", "WenQuanYi Micro Hei", "SimHei")


class NoChineseFont(Exception):
    """Neither the shipped font nor one of the system's can be used; no chart is drawn, rather than empty boxes."""


@cache
def chart_fonts(shipped: Path = SHIPPED) -> tuple[str, ...]:
    """Font families in order of use; the system's own fill in characters that the shipped subset lacks.

    Raises:
        NoChineseFont: none is there.
    """
    from matplotlib import font_manager

    families = []
    if shipped.is_file():
        font_manager.fontManager.addfont(str(shipped))
        families.append(font_manager.FontProperties(fname=str(shipped)).get_name())
    installed = {entry.name for entry in font_manager.fontManager.ttflist}
    families += [name for name in KNOWN if name in installed]
    if not families:
        raise NoChineseFont
    return tuple(families)

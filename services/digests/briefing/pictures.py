"""The pictures of a digest: the trend of the first headline, completion of targets, lights, gaps."""

from collections.abc import Sequence
from decimal import Decimal

from services.digests.briefing.charts import LIGHTS, Bar, Point, bar_chart, lights_chart, trend_chart
from services.digests.briefing.word import Picture
from services.digests.figures.digest import Audience, Digest
from services.digests.figures.engine import Engine
from services.digests.figures.figure import Figure
from services.digests.figures.readers import seen_figure
from services.digests.fonts import NoChineseFont
from services.digests.text.figures import HEADLINES, plain_label
from services.digests.text.prose import Say
from services.digests.text.shown import PERCENT_PLACES
from services.periods import Period

TREND_MONTHS = 12


def c(name: str) -> str:
    """The key of a text of the charts."""
    return f"digest_charts.{name}"


def draw_pictures(say: Say, digest: Digest, engine: Engine, keys: Sequence[str] = HEADLINES) -> tuple[Picture, ...]:
    """Every picture that has something to show; none where no Chinese font can be found."""
    try:
        drawn = [_trend(say, digest, engine, keys), _targets(say, digest), _lights(say, digest), _gaps(say, digest)]
    except NoChineseFont:
        return ()
    return tuple(picture for picture in drawn if picture is not None)


def trend_of(say: Say, engine: Engine, key: str, last: Period, audience: Audience) -> Picture | None:
    """One figure over the months up to ``last`` as that reader may have it; None with fewer than two values."""
    span = [last.shift(-back) for back in reversed(range(TREND_MONTHS))]
    series = [seen_figure(one, audience) for one in engine.series(key, span)]
    first = next((at for at, one in enumerate(series) if one.value is not None), len(series))
    if sum(one.value is not None for one in series) < 2:
        return None
    figure = series[-1]
    title = say(c("trend"), label=plain_label(figure.label), unit=figure.unit)
    places = figure.decimals if not figure.is_derived else PERCENT_PLACES
    points = [Point(_month(say, one.period), one.value, _gap(say, one)) for one in series[first:]]
    note = say(c("trend_note"), last=last.label, hollow=any(point.note for point in points))
    return Picture(title, trend_chart(title, note, points, places=places))


def _gap(say: Say, figure: Figure) -> str:
    """「3/4家」 where not everybody who owed gave a value."""
    if figure.value is None or figure.n_reported >= figure.n_due:
        return ""
    return say(c("part"), reported=figure.n_reported, due=figure.n_due)


def _trend(say: Say, digest: Digest, engine: Engine, keys: Sequence[str]) -> Picture | None:
    for key in keys:
        figure = digest.figure(key)
        if figure is None or figure.withheld:
            continue
        if drawn := trend_of(say, engine, key, digest.period.months[-1], digest.audience):
            return drawn
    return None


def _targets(say: Say, digest: Digest) -> Picture | None:
    bars = []
    for figure in digest.figures:
        status = figure.status
        if status is None or status.completion is None:
            continue
        done = Decimal(status.completion.numerator) * 100 / status.completion.denominator
        light = say(f"digest_document.light_{status.colour.value}")
        bars.append(Bar(plain_label(figure.label), done, say(c("completion"), light=light), LIGHTS[status.colour]))
    if not bars:
        return None
    title = say(c("targets"))
    return Picture(title, bar_chart(title, say(c("targets_note"), until=digest.period.label), bars[:8], places=1))


def _lights(say: Say, digest: Digest) -> Picture | None:
    if not digest.tasks:
        return None
    title = say(c("lights"), total=len(digest.tasks))
    counts = [(light, say(f"digest_document.light_{light.value}"), count) for light, count in digest.lights.items()]
    return Picture(title, lights_chart(title, say(c("lights_note"), until=digest.period.label), counts))


def _gaps(say: Say, digest: Digest) -> Picture | None:
    gaps = digest.balance.top_gaps() if digest.balance else ()
    if not gaps:
        return None
    title = say(c("gaps"))
    bars = [Bar(digest.class_names.get(one.code, one.code), Decimal(one.gap)) for one in gaps]
    return Picture(title, bar_chart(title, say(c("gaps_note")), bars))


def _month(say: Say, month: Period) -> str:
    return say(c("month"), month=month.month, year=month.year % 100 if month.month == 1 else 0)

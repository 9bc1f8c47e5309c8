"""招了8个，都不是职校的: a figure of which is said that none of it is of the kind that the form counts."""

import re

from services.checkins.form import Indicator
from services.checkins.reading.slate import Slate

_DENIES = re.compile(
    r"(?:都|全部?|均|没有?一?个(?:人)?|一个(?:都|也))不是(?P<kind>[一-龥]{2,6}?)(?:毕业)?(?:的|学生"
    r"|毕业生|人)*(?=$|[ ,;。!\n])"
    r"|(?:没有?一?个(?:人)?|一个(?:都|也)没有?)是(?P<none>[一-龥]{2,6}?)(?:毕业)?(?:的|学生|毕业生|人)*(?=$|[ ,;。!\n])"
)


def leave_out_denied(text: str, slate: Slate) -> None:
    """Take no such figure; it is shown as one that found no place, and its key is asked about as before."""
    for denied in _DENIES.finditer(text):
        kind = denied["kind"] or denied["none"]
        before = [(text.rfind(item.source, 0, denied.start()), key) for key, item in slate.items.items() if item.source]
        at, key = max(before, default=(-1, ""))
        if at >= 0 and _counts(slate.form.indicator(key), kind):
            slate.lose(slate.items.pop(key).source)


def _counts(indicator: Indicator, kind: str) -> bool:
    return any(kind in one for one in (indicator.label, indicator.short, indicator.counts, *indicator.aliases))

"""A form as data: what is asked, in which unit, when, and which checks apply."""

import re
from collections.abc import Iterator
from decimal import Decimal
from enum import StrEnum
from functools import cached_property
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

from services.periods import Period


class Kind(StrEnum):
    """How a figure behaves over time; decides carrying over, aggregation and checks."""

    STOCK = "stock"
    FLOW = "flow"
    COHORT = "cohort"


class State(StrEnum):
    """Five different things that an empty or zero cell can mean, and a filled one."""

    FILLED = "filled"
    ZERO = "zero"
    NOT_APPLICABLE = "not_applicable"
    NOT_COLLECTED = "not_collected"
    CARRIED = "carried"
    MISSING = "missing"


def _compiles(pattern: str) -> str:
    """Refuse a pattern that cannot be compiled or would find itself everywhere."""
    try:
        if re.compile(alias_regex(pattern)).match(""):
            raise ValueError(f"alias {pattern!r} also matches nothing at all; make one part compulsory")
    except re.error as error:
        raise ValueError(f"alias {pattern!r} is not a valid pattern: {error}") from error
    return pattern


def alias_regex(pattern: str) -> str:
    """The regular expression of an alias: ``..`` bridges up to eight characters that carry no sign or negation."""
    return pattern.replace(
        "..", r"(?:(?![一二两三四五六七八九十百千俩仨几]+[场次家个项份名位人件条期])[^,;。、:\n()\d没无未不]){0,8}?"
    )


Alias = Annotated[str, AfterValidator(_compiles)]
Key = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$", max_length=64)]
Months = tuple[Annotated[int, Field(ge=1, le=12)], ...]


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    key: Key
    label: str = Field(min_length=1)
    aliases: tuple[Alias, ...] = ()


class Indicator(_Part):
    """One figure of a form.

    ``subset_of`` names the superset (其中); ``sub_aliases`` are words that mean this key only beside its superset
    (本市) or, with ``beside``, beside another key; ``complements`` words for the rest of the superset (外地).
    ``adds_up``: several words for it told side by side are parts (走访6次、座谈2次). ``settles`` names the figure
    that "all of them closed" repeats. ``weak`` aliases yield to any other. ``months`` limits the data months in which
    it is asked. ``also_units`` are accepted with a note.
    """

    short: str = ""
    hint: str = ""
    counts: str = ""
    leaves_out: str = ""
    unit: str
    also_units: tuple[str, ...] = ()
    kind: Kind
    type: Literal["integer", "decimal"]
    decimals: int = Field(0, ge=0, le=4)
    range: tuple[Decimal, Decimal] | None = None
    subset_of: Key | None = None
    beside: Key | None = None
    settles: Key | None = None
    adds_up: bool = False
    months: Months = ()
    seasonal: bool = False
    asked: bool = True
    index: tuple[int, int] | None = None
    index_aliases: tuple[str, ...] = ()
    index_noun: str = ""
    weak: tuple[Alias, ...] = ()
    sub_aliases: tuple[Alias, ...] = ()
    complements: tuple[Alias, ...] = ()
    over_units: Literal["sum"] = "sum"
    units_sum_label: str = ""
    asks_names: str = ""
    register_name: str = Field("", alias="register")
    source: str = Field("", description="Where the indicator comes from; PROP marks the product's own proposal.")

    @property
    def name(self) -> str:
        """The short label, for buttons and cards."""
        return self.short or self.label

    @property
    def is_money(self) -> bool:
        """Whether figures are amounts in 万元."""
        return self.unit == "万元"

    @property
    def over_months(self) -> Literal["sum", "latest"]:
        """How months make a quarter or a year: flows add up, the rest is the latest figure."""
        return "sum" if self.kind is Kind.FLOW else "latest"

    def is_due(self, period: Period) -> bool:
        """Whether the figure is asked for a data month."""
        return self.asked and (not self.months or period.month in self.months)


class TextField(_Part):
    """A short free text: highlights, issues, plans. Its numbers are never taken as figures."""

    max_length: int = 200


class ListField(_Part):
    """Rows that belong to a register; the form only points there."""

    register_name: str = Field(alias="register")


class Derived(_Part):
    """A rate: computed from its parts, never typed, aggregated as a ratio of sums."""

    numerator: Key
    denominator: Key | None = None
    unit: str = "%"
    year_to_date: bool = False
    divide_by: int = 1
    window_months: int | None = None


class Form(BaseModel):
    """A form in one version. Stored values name form and version, so later editions never reinterpret them."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: Key
    version: int = Field(ge=1)
    label: str = Field(min_length=1)
    short_form: tuple[Key, ...] = ()
    optional_except: Months = ()
    indicators: tuple[Indicator, ...]
    texts: tuple[TextField, ...] = ()
    lists: tuple[ListField, ...] = ()
    derived: tuple[Derived, ...] = ()

    @model_validator(mode="after")
    def _consistent(self) -> "Form":
        keys = [part.key for part in self._parts()]
        for key in keys:
            if keys.count(key) > 1:
                raise ValueError(f"key {key!r} stands twice; give each part its own key")
        figures = {indicator.key for indicator in self.indicators}
        for one in self.indicators:
            for name in ("subset_of", "beside", "settles"):
                other = getattr(one, name)
                if other and other not in figures:
                    raise ValueError(f"{one.key}: {name} names {other!r}, which is not an indicator here")
        for rate in self.derived:
            for part in (rate.numerator, rate.denominator):
                if part and part not in figures:
                    raise ValueError(f"{rate.key}: {part!r} is not an indicator here")
        for key in self.short_form:
            if key not in keys:
                raise ValueError(f"short_form names {key!r}, which is not a part of this form")
        self._refuse_circles()
        return self

    def _refuse_circles(self) -> None:
        above = {one.key: one.subset_of for one in self.indicators}
        for key in above:
            seen, at = {key}, above[key]
            while at:
                if at in seen:
                    raise ValueError(f"{key}: subset_of leads back to itself; a part cannot contain its whole")
                seen.add(at)
                at = above[at]

    def _parts(self) -> Iterator[_Part]:
        yield from (*self.indicators, *self.texts, *self.lists, *self.derived)

    @cached_property
    def by_key(self) -> dict[str, Indicator]:
        """Indicators by key; an indexed one under its bare key."""
        return {indicator.key: indicator for indicator in self.indicators}

    def indicator(self, key: str) -> Indicator:
        """The indicator of a key, also of ``task_progress[9]``; KeyError when the form has none."""
        return self.by_key[key.partition("[")[0]]

    def supersets(self, key: str) -> Iterator[str]:
        """The superset of a key, that one's superset, and so on."""
        at = self.indicator(key).subset_of
        while at:
            yield at
            at = self.by_key[at].subset_of

    def due(self, period: Period, *, short: bool = False) -> tuple[Indicator, ...]:
        """The indicators asked for a data month, in order; with ``short`` only those of the short form."""
        wanted = set(self.short_form) if short and self.short_form else None
        return tuple(one for one in self.indicators if one.is_due(period) and (wanted is None or one.key in wanted))

    def label_of(self, key: str) -> str:
        """The label of any part, with its number where it is indexed: 任务进展（任务9）."""
        bare, _, rest = key.partition("[")
        label = next(part.label for part in self._parts() if part.key == bare)
        return f"{label}（{rest.rstrip(']')}）" if rest else label

"""Rows of the database as arrays, beside what their submissions say."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from services.checkins.form import Form
from services.digests.figures.cube import CODES, Columns
from services.digests.issuing.references import PLACES, reply_id


@dataclass(frozen=True)
class Filed:
    """One submission as the replies need it."""

    id: int
    unit_id: int
    month: int
    form: Form
    accepted: bool
    submitted: float


class Reader:
    """Rows beside what their submissions say, as arrays. A key that its form does not have is left out."""

    def __init__(self, filed: Sequence[Filed]) -> None:
        self._ids = np.array([one.id for one in filed], dtype=np.int64)  # ascending, as they were read
        self._of = np.array([(one.unit_id, one.month, one.accepted) for one in filed], dtype=np.int32).reshape(-1, 3)
        self._submitted = np.array([one.submitted for one in filed], dtype=np.float64)
        self._forms = list(dict.fromkeys((one.form.id, one.form.version) for one in filed))
        known = {name: at for at, name in enumerate(self._forms)}
        self._form = np.array([known[one.form.id, one.form.version] for one in filed], dtype=np.int64)
        self._by_name = {(one.form.id, one.form.version): one.form for one in filed}
        self._keys: dict[str, int] = {}
        self._parts: list[tuple[NDArray[Any], ...]] = []

    def take(self, part: Sequence[Any]) -> None:
        """So many rows more: submission, key, value, state, whether it is approximate, version."""
        submission, key, value, state, approx, version = zip(*part, strict=True)
        codes = [self._keys.setdefault(one, len(self._keys)) for one in key]
        self._parts.append(
            (
                np.array(submission, dtype=np.int64),
                np.array(codes, dtype=np.int16),
                np.array(value, dtype=np.float64),
                np.fromiter(map(CODES.__getitem__, state), dtype=np.uint8, count=len(state)),
                np.array(approx, dtype=np.bool_),
                np.array(version, dtype=np.int32),
            )
        )

    def columns(self) -> Columns:
        """All that was taken."""
        empty = tuple(np.array([], dtype=kind) for kind in ("i8", "i2", "f8", "u1", "?", "i4"))
        submission, key, value, state, approx, version = map(
            np.concatenate, zip(*(self._parts or [empty]), strict=True)
        )
        self._parts.clear()
        at = np.searchsorted(self._ids, submission)
        names, name_of, place_of = self._places()
        if len(self._ids):
            at[at == len(self._ids)] = 0
            name = name_of[self._form[at], key]
            kept = np.flatnonzero((self._ids[at] == submission) & (name >= 0))
        else:
            name, kept = np.zeros(len(at), dtype=np.int16), np.array([], dtype=np.int64)
        at, name, key, submission = at[kept], name[kept], key[kept], submission[kept]
        reply = submission * (PLACES * PLACES) + place_of[self._form[at], key]
        unit, month, accepted = self._of[at].T
        return Columns(
            names=names,
            unit=unit,
            month=month,
            key=name,
            value=value[kept],
            state=state[kept],
            approx=approx[kept],
            accepted=accepted.astype(np.bool_),
            submitted=self._submitted[at],
            version=version[kept],
            reply=reply,
        )

    def _places(self) -> tuple[tuple[tuple[str, str], ...], NDArray[np.int16], NDArray[np.int64]]:
        """The names of columns, and for each form and key: which name (-1: not of this form), which place in it."""
        names: dict[tuple[str, str], int] = {}
        shape = (max(len(self._forms), 1), max(len(self._keys), 1))
        name_of, place_of = np.full(shape, -1, dtype=np.int16), np.zeros(shape, dtype=np.int64)
        for row, known in enumerate(self._forms):
            form = self._by_name[known]
            for key, column in self._keys.items():
                if key.partition("[")[0] in form.by_key:
                    name_of[row, column] = names.setdefault((form.id, key), len(names))
                    place_of[row, column] = reply_id(0, form, key)
        return tuple(names), name_of, place_of

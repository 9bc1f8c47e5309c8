"""What can be wrong with a holiday table or with a date of the reporting calendar."""

from services.errors import Refusal


class HolidaysInvalid(Refusal):
    """A holiday table or notice cannot be taken. Facts: `problem` (machine id), `given`, `line` or None.

    Problems: `year_missing`, `year_differs`, `no_days`, `bad_date`, `span_reversed`, `weekday_differs`,
    `day_count_differs`, `makeup_not_weekend`, `off_and_work`, `bad_kind`, `unreadable`, `unknown_suffix`.
    """

    def __init__(self, problem: str, given: str, line: int | None = None) -> None:
        super().__init__(problem=problem, given=given, line=line)


class DueNotLater(Refusal):
    """An extension must end after the current due date. Facts: `due_on`, `wanted_on`."""

"""Numbers that name one answer of one check-in, so that a sentence or figure opens down to it."""

from services.checkins.form import Form

PLACES = 100


def reply_id(submission_id: int, form: Form, key: str) -> int:
    """The number of an answer. Stable, since a submission keeps its version of the form."""
    bare, _, rest = key.partition("[")
    index = int(rest.rstrip("]")) if rest else 0
    return (submission_id * PLACES + parts_of(form).index(bare)) * PLACES + index


def submission_of(reply: int) -> int:
    """The submission that an answer stands in."""
    return reply // (PLACES * PLACES)


def key_of(reply: int, form: Form) -> str:
    """The key of the answer, read with the form of its submission."""
    place, index = divmod(reply % (PLACES * PLACES), PLACES)
    bare = parts_of(form)[place]
    return f"{bare}[{index}]" if index else bare


def parts_of(form: Form) -> list[str]:
    """Keys of everything that can be answered, in the form's order."""
    return [part.key for part in (*form.indicators, *form.texts, *form.lists)]

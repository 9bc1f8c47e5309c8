"""What a unit has filed, as its own people see it, and the ways from there: to the form, to the library, to people."""

from handlers.turn import Rows, Turn, in_rows
from services.checkins.filling.cards import make_card
from services.checkins.office import Office
from services.checkins.reviewing.recalling import choose_month, find_filed_figures, get_filed, list_filed
from services.checkins.standing.sheets import label_of_cycle
from services.models import Submission
from services.outbox import Button
from services.periods import Period


async def say_filed(turn: Turn, office: Office, named: Period | None, words: str) -> None:
    """上个月我们报了多少: the month that is named or meant, as it was filed; 上月培训报了多少: just that figure."""
    found = choose_month(await list_filed(turn.session, turn.who), named, office, turn.now)
    for one in found:
        await show_filed(turn, office, one.id, words)
    if not found:
        await turn.say("checkin_matters.not_filed", period=named.label if named else "")


async def show_filed(turn: Turn, office: Office, submission_id: int, words: str = "") -> None:
    """One month as it was filed, or the one figure of it that the words name."""
    sheet = await get_filed(turn.session, office, turn.who, submission_id)
    at = {"submission_id": submission_id}
    values = make_card(sheet, turn.now, whole=True).values
    keys = find_filed_figures(words, sheet.form) if words else []
    rows = [row for row in values["rows"] if row["key"] in keys]
    if rows:
        values |= {"rows": rows, "texts": []}
        buttons: Rows = ((Button("checkin_matters.button_whole", "checkin_filed", at),),)
    else:
        buttons = ((Button("checkin_cards.button_versions", "checkin_versions", at),),)
    await turn.say("checkin_matters.filed", buttons, **values)


async def say_history(turn: Turn) -> None:
    """Every month that was filed, with a way to it."""
    filed = await list_filed(turn.session, turn.who)
    several = len({one.unit_id for one in filed}) > 1
    buttons = [
        Button(
            "checkin_matters.button_month",
            "checkin_filed",
            {"submission_id": one.id},
            {"period": label_of_cycle(one.cycle), "unit": one.unit.name if several else ""},
        )
        for one in filed
    ]
    await turn.say("checkin_matters.history", in_rows(buttons), count=len(filed))


def pass_on(words: str) -> Rows:
    """转秘书处, with the very words."""
    return ((Button("ask.button_human", "checkin_pass_on", {"words": words}),),)


def look_up(words: str) -> Rows:
    """查文件 and 转秘书处."""
    library = Button("checkin_matters.button_look_up", "checkin_look_up", {"words": words})
    return ((library, *pass_on(words)[0]),)


def open_buttons(found: list[Submission]) -> Rows:
    """A way to each check-in."""
    return tuple(
        (Button("checkin_board.button_open", "checkin_begin", {"submission_id": one.id}, {"unit": one.unit.name}),)
        for one in found
    )

"""The regression set in chat: kept from an answer, listed, set right, asked again. The secretariat, in private."""

from typing import Any

from aiogram import F, Router
from aiogram.types import CallbackQuery, Message

from handlers.filters import Matches, Pressing, Private, Secretariat
from handlers.turn import Rows, Turn, in_rows
from services.models import TrialCase
from services.outbox import Button, Pressed, close_buttons
from services.questions.asking import Place
from services.trials.cases import (
    CasePage,
    add_case,
    ask_at_level,
    expect_passage,
    expect_refusal,
    get_case,
    last_answer,
    list_cases,
    nearest_of,
    next_level,
    take_out,
)
from services.trials.promising import KIND
from services.trials.runs import last_verdicts, place_of, titles_of

KEEP_WORDS = r"^(?:把(?:它|这题|这个问题|刚才的问题))?(?:加入|放进|收入)检验集[。.!！]?$"
LIST_WORDS = r"^(?:查看|看看?)?检验集[？?。]?$"
RUN_WORDS = r"^(?:(?:运行|重跑|跑一?[下遍]?|检验)检验集|检验(?:一下)?资料库)[。.!！]?$"


def router() -> Router:
    """Before the library and before questions."""
    made = Router(name="trials")
    for words, handler in ((KEEP_WORDS, keep_last), (LIST_WORDS, show_cases), (RUN_WORDS, run)):
        made.message.register(handler, Matches(F.text.regexp(words)), Private(), Secretariat())
    for action, press in (
        ("trial_keep", press_keep),
        ("trial_page", press_page),
        ("trial_show", press_show),
        ("trial_refuse", press_refuse),
        ("trial_expect", press_expect),
        ("trial_level", press_level),
        ("trial_out", press_out),
        ("trial_run", press_run),
    ):
        made.callback_query.register(press, Pressing(action))
    return made


async def keep_last(message: Message, turn: Turn) -> None:
    """加入检验集: the answer given last in this chat."""
    place = Place(turn.chat_id, turn.thread_id, turn.message_id)
    await _keep(turn, await last_answer(turn.session, turn.who, place))


async def press_keep(query: CallbackQuery, turn: Turn, pressed: Pressed) -> None:
    """The button under an answer."""
    await _keep(turn, int(pressed.payload["answer_id"]))


async def show_cases(message: Message, turn: Turn) -> None:
    """What is held to."""
    page = await list_cases(turn.session, turn.who, 1)
    await turn.say("trials.list", buttons=_page_buttons(page), **await _page_values(turn, page))


async def press_page(query: CallbackQuery, turn: Turn, pressed: Pressed) -> None:
    """Another page."""
    page = await list_cases(turn.session, turn.who, int(pressed.payload["page"]))
    await turn.change("trials.list", buttons=_page_buttons(page), **await _page_values(turn, page))


async def press_show(query: CallbackQuery, turn: Turn, pressed: Pressed) -> None:
    """One case."""
    case = await get_case(turn.session, turn.who, int(pressed.payload["case_id"]))
    await turn.change("trials.case", buttons=_case_buttons(case), **await _case_values(turn, case))


async def press_refuse(query: CallbackQuery, turn: Turn, pressed: Pressed) -> None:
    """It must be refused."""
    case = await expect_refusal(turn.session, turn.who, int(pressed.payload["case_id"]), now=turn.now)
    await turn.change("trials.case", buttons=_case_buttons(case), **await _case_values(turn, case))


async def press_expect(query: CallbackQuery, turn: Turn, pressed: Pressed) -> None:
    """It stands in one of the passages that were shown as nearest."""
    case_id, passage_id = int(pressed.payload["case_id"]), int(pressed.payload["passage_id"])
    case = await expect_passage(turn.session, turn.who, case_id, passage_id, now=turn.now)
    await turn.change("trials.case", buttons=_case_buttons(case), **await _case_values(turn, case))


async def press_level(query: CallbackQuery, turn: Turn, pressed: Pressed) -> None:
    """Ask it as somebody else would."""
    case_id, access = int(pressed.payload["case_id"]), str(pressed.payload["access"])
    case = await ask_at_level(turn.session, turn.who, case_id, access, now=turn.now)
    await turn.change("trials.case", buttons=_case_buttons(case), **await _case_values(turn, case))


async def press_out(query: CallbackQuery, turn: Turn, pressed: Pressed) -> None:
    """Ask it no more."""
    await close_buttons(turn.session, pressed.outbox_id, now=turn.now)
    case = await take_out(turn.session, turn.who, int(pressed.payload["case_id"]), now=turn.now)
    await turn.change("trials.taken_out", number=case.id, question=case.text)


async def run(message: Message, turn: Turn) -> None:
    """检验资料库."""
    await ask_all(turn)


async def press_run(query: CallbackQuery, turn: Turn, pressed: Pressed) -> None:
    """The button under the list."""
    await ask_all(turn)


async def ask_all(turn: Turn) -> None:
    """Ask all of them now; slow, so it is an errand."""
    total = (await list_cases(turn.session, turn.who, 1)).total
    await turn.say("trials.running" if total else "trials.empty", total=total)
    if total:
        await turn.promise(KIND, {"cause": "asked", "person_id": turn.who.person_id})


async def _keep(turn: Turn, answer_id: int) -> None:
    case = await add_case(turn.session, turn.who, answer_id, now=turn.now)
    nearest = await nearest_of(turn.session, turn.who, answer_id) if case.expects == "refusal" else []
    chosen = tuple(
        (
            Button(
                "trials.button_expect",
                "trial_expect",
                {"case_id": case.id, "passage_id": one.id},
                {"title": one.document.title, "clause": one.clause},
            ),
        )
        for one in nearest
    )
    buttons = (*chosen, *_case_buttons(case))
    await turn.say("trials.kept", buttons=buttons, **await _case_values(turn, case))


def _case_buttons(case: TrialCase) -> Rows:
    payload = {"case_id": case.id}
    level = next_level(case.access)
    change = Button("trials.button_level", "trial_level", {**payload, "access": level}, {"access": level})
    refuse = (Button("trials.button_refuse", "trial_refuse", payload),) if case.expects == "evidence" else ()
    out = Button("trials.button_out", "trial_out", payload)
    return ((*refuse, change), (out, Button("trials.button_list", "trial_page", {"page": 1})))


async def _case_values(turn: Turn, case: TrialCase) -> dict[str, Any]:
    titles = await titles_of(turn.session, [case])
    verdicts = await last_verdicts(turn.session)
    return {
        "number": case.id,
        "question": case.text,
        "earlier": list(case.earlier),
        "access": case.access,
        "expects": case.expects,
        "evidence": [{"place": place_of(one, titles), "quote": one["quote"]} for one in case.evidence],
        "verdict": verdicts.get(case.id, ""),
    }


def _page_buttons(page: CasePage) -> Rows:
    items = [Button("trials.button_case", "trial_show", {"case_id": one.id}, {"number": one.id}) for one in page.cases]
    turns = []
    if page.number > 1:
        turns.append(Button("kb.button_previous", "trial_page", {"page": page.number - 1}))
    if page.number < page.pages:
        turns.append(Button("kb.button_next", "trial_page", {"page": page.number + 1}))
    begin = (Button("trials.button_run", "trial_run", {}),) if page.total else ()
    return tuple(row for row in (*in_rows(items, 3), tuple(turns), begin) if row)


async def _page_values(turn: Turn, page: CasePage) -> dict[str, Any]:
    titles, verdicts = await titles_of(turn.session, page.cases), await last_verdicts(turn.session)
    cases = [
        {
            "number": one.id,
            "question": one.text,
            "access": one.access,
            "expects": one.expects,
            "places": list(dict.fromkeys(place_of(place, titles) for place in one.evidence)),
            "verdict": verdicts.get(one.id, ""),
        }
        for one in page.cases
    ]
    return {"total": page.total, "page": page.number, "pages": page.pages, "cases": cases}

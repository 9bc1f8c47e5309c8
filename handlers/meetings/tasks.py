"""How the tasks of the plan stand: all of them, or the ones that are asked about."""

from typing import Any

from aiogram import Router
from aiogram.filters import Filter
from aiogram.types import Message

from handlers.filters import Member, Private
from handlers.meetings.pages import task_values
from handlers.turn import Turn
from services.digests.issuing.editions import audience_of
from services.meetings.office import MeetingOffice
from services.members.units import list_units, names_of
from services.tasks.asked import read_task_look
from services.tasks.plan import TaskState, plan_state
from services.tasks.status import legend


class AsksOfTask(Filter):
    """培训任务完成多少了, 我们负责的任务到哪一步了, 实训中心建得怎么样了. Gives `tasks`."""

    async def __call__(self, message: Message, turn: Turn, meeting_office: MeetingOffice) -> bool | dict[str, Any]:
        """Words that name no task must fit a task's title; those that do show all tasks where none fits."""
        words = message.text or ""
        look = None if words.startswith("/") or message.forward_origin else read_task_look(words)
        if look is None:
            return False
        tasks = await plan_state(turn.session, meeting_office.tasks, meeting_office.today(turn.now))
        units = await list_units(turn.session)
        own = frozenset(name for one in units if one.id in turn.who.unit_ids for name in names_of(one))
        meant = look.of(tasks, own)
        return {"tasks": meant or tasks} if meant or (look.says_task and tasks) else False


def router() -> Router:
    """Part of the meetings' conversations; after figures, which 培训完成多少了 may ask for."""
    made = Router(name="tasks")
    made.message.register(tell_tasks, Private(), Member(), AsksOfTask())
    return made


async def tell_tasks(message: Message, turn: Turn, tasks: list[TaskState], meeting_office: MeetingOffice) -> None:
    """The tasks that are meant, each with what it is to reach."""
    await _say(turn, meeting_office, tasks, with_targets=True)


async def show_tasks(turn: Turn, office: MeetingOffice) -> None:
    """Every task with its light."""
    await _say(turn, office, await plan_state(turn.session, office.tasks, office.today(turn.now)))


async def _say(turn: Turn, office: MeetingOffice, tasks: list[TaskState], *, with_targets: bool = False) -> None:
    today = office.today(turn.now)
    lines = [{"light": one.colour.value, "condition": one.condition.value} for one in legend(office.tasks.lights)]
    shown = [task_values(one) | {"targets": _quotes(one) if with_targets else []} for one in tasks]
    month = (today.month - 2) % 12 + 1
    values: dict[str, Any] = {"legend": lines, "as_of": today.isoformat(), "month": month}
    await turn.say("meetings.tasks", tasks=shown, reads_digests=audience_of(turn.who) is not None, **values)


def _quotes(task: TaskState) -> list[str]:
    """What the plan says of the task, in its own words, each sentence once."""
    return list(dict.fromkeys(one.target.quote for one in task.statuses if one.target.quote))

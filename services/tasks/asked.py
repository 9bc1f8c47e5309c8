"""Which task of the plan is asked about, in words: 培训任务完成多少了, 实训中心建得怎么样了. Pure."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from knowledge.language.content import content_words
from knowledge.language.folding import fold
from services.tasks.plan import TaskState

LONGEST = 30
_DOING = r"(?:完成|做|办|推进|落实|建设?|开展|执行|实施|进展|进行)"
_PROGRESS = re.compile(
    rf"(?:{_DOING}?(?:得|的)?(?:怎么?样|咋样|如何)|{_DOING}?到(?:哪|什么)(?:一?步|里|儿|程度|阶段)?"
    rf"|{_DOING}了?(?:多少|几成|百分之(?:几|多少))|(?:完成|建成|办完|做完|落实|达标)了?(?:没有?|吗)"
    rf"|(?:完成率|(?:完成|落实|执行|推进|进展)情况|进度|进展)(?:是|有)?(?:怎么?样|咋样|如何|多少|到哪一?步?)?)"
    r"(?:了|啦|呢|啊|呀|来着|[?。!])*$"
)
_TASK = re.compile(r"任务|行动计划|三年行动")
_BESIDE = re.compile(
    r"请问|[我咱]们?|本?(?:单位|学校|公司|局)|(?:的|所)?(?:负责|牵头|承担|配合)的?|[今本]年度?|上半年|到?(?:现在|目前|今天)|最近"
    r"|重点|任务|三年行动计划|行动计划|三年行动|看看?|查|一下|[这那]一?[项个些]|各项|所有|都|的|情况"
)
_OWN = re.compile(r"[我咱]们?|本(?:单位|校|公司|局|委)")
_WHICH = re.compile(
    r"(?P<plan>(?:行动|实施)?计划|三年行动)[^,。;]{0,4}(?:哪[些几]|什么|几)项?(?:重点)?任务"
    r"|(?=.*(?:牵头|负责|承担|配合))(?=.*(?:[我咱]们?|本(?:单位|校|公司|局)))(?=.*任务)(?=.*(?:哪[些几]?|什么|几[项个]))"
)
_OTHER = re.compile(
    r"条任务|会上|会议|议定|交办|布置|派|督办|事项|月报|填报|工单|怎么[报填写]|第\s*\d|\d+号|应当|应该|规定|要求"
)
"""What was decided at a meeting has a board of its own; how progress is reported is no progress."""


@dataclass(frozen=True)
class TaskLook:
    """`subject`: what the task is about, empty for all; `is_own`: of those that the asker's unit leads or joins in;
    `says_task`: whether the words speak of a task or plan at all, so that they are meant even where none fits."""

    subject: tuple[str, ...]
    is_own: bool
    says_task: bool

    def of(self, tasks: Sequence[TaskState], units: frozenset[str]) -> list[TaskState]:
        """The tasks that are meant; none where no title has the subject and no unit of `units` takes part."""
        if self.subject:
            return [one for one in tasks if all(word in _headed(one) for word in self.subject)]
        return [one for one in tasks if _parties(one) & units] if self.is_own else list(tasks)


def read_task_look(words: str) -> TaskLook | None:
    """The progress that is asked for; None for every other sentence."""
    said = fold(words).strip()
    if which := _WHICH.search(said) if len(said) <= LONGEST and not _OTHER.search(said) else None:
        return TaskLook((), which["plan"] is None, True)
    asks = _PROGRESS.search(said) if len(said) <= LONGEST and not _OTHER.search(said) else None
    if asks is None:
        return None
    before = said[: asks.start()]
    subject = tuple(word for word in content_words(_BESIDE.sub(" ", before)) if len(word) > 1)
    says_task = _TASK.search(before) is not None
    return TaskLook(subject, bool(_OWN.search(before)), says_task) if subject or says_task else None


def _headed(task: TaskState) -> str:
    """Its title, and who leads it or joins in."""
    return fold(" ".join((task.title, *sorted(_parties(task)))))


def _parties(task: TaskState) -> set[str]:
    return {name for one in task.statuses for name in (*one.target.responsible, *one.target.co_responsible)}

"""What is said about topics in words: 「议题4并入议题2」, 「议题3缓议：材料不全」, 「议题1上会」."""

import re
from dataclasses import dataclass

from services.meetings.reading.wording import same_shape
from services.speech import asks

_STATES = {
    "approved": r"上会|同意上会|通过",
    "deferred": r"(?:先|再)?(?:缓议|暂缓|缓一?[缓下]|放一?放|往后放)(?:上会|吧)?"
    r"|(?:放到|推到|留到|等)?下次(?:会议|会)?(?:再)?(?:议|说|上|讨论)|先不(?:上|议)",
    "rejected": r"不上会|不予上会|退回|不采纳",
}
_TOPIC = r"(?:第\s*)?(\d{1,6})\s*(?:号|个)?"
_MERGE = re.compile(
    rf"^(?:把|将)?(?:议题{_TOPIC}|{_TOPIC}议题)\s*(?:合?并入|并到|合并到)\s*(?:议题)?{_TOPIC}(?:议题)?[。]?$"
)
_JUDGE = re.compile(
    rf"^(?:议题{_TOPIC})\s*(?:{'|'.join(f'(?P<{state}>{words})' for state, words in _STATES.items())})"
    r"\s*(?:[:,。]\s*(?:因为|原因是?)?(?P<reason>.{0,300}))?$"
)
_NAMED = re.compile(
    rf"^(?:请|把|将|那)*(?P<named>[^,;:。]{{2,24}}?)(?:的|那个|这个|那一个|这)*议题(?:就|也|还是)*"
    rf"(?:{'|'.join(f'(?P<{state}>{words})' for state, words in _STATES.items())})(?:吧|了)*"
    rf"(?:[:,。]\s*(?:因为|原因是?)?(?P<reason>.{{0,300}}))?$"
)
_POINTS = re.compile(
    r"(?:(?:我|你|您|他|她|它|咱)们?|大家|自己|[这那哪该本每各](?:一?[个条项次]|些|几个)?|所有|全部|刚才|刚刚|上面|其他|别)+的?"
)
_SAYS_AGAIN = re.compile(rf"(?:{_STATES['deferred']})[吧。]*")


@dataclass(frozen=True)
class TopicOrder:
    """A judgement on one topic, by its number or by words of its title: a new state, or the topic that it goes into."""

    topic_id: int
    state: str = ""
    into: int | None = None
    reason: str = ""
    named: str = ""


def read_topic_order(text: str) -> TopicOrder | None:
    """The order; None for anything else."""
    plain = same_shape(text).strip()
    if merge := _MERGE.match(plain):
        return TopicOrder(int(merge[1] or merge[2]), into=int(merge[3]))
    if judge := _JUDGE.match(plain):
        return TopicOrder(int(judge[1]), _state(judge), reason=(judge["reason"] or "").strip())
    if (named := _NAMED.match(plain)) and not _POINTS.fullmatch(named["named"]) and not asks(plain):
        reason = (named["reason"] or "").strip()
        return TopicOrder(
            0, _state(named), reason="" if _SAYS_AGAIN.fullmatch(reason) else reason, named=named["named"]
        )
    return None


def _state(judge: re.Match[str]) -> str:
    return next(state for state in _STATES if judge[state])

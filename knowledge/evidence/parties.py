"""Whether a sentence tells of another party than the one that is asked about: 牵头企业 is no 牵头学校, 乙方 no 甲方."""

from __future__ import annotations

import re

from knowledge.documents.labels import PARTY
from knowledge.questions.understanding import Question

_PARTIES = (("企业", "公司"), ("学校", "院校", "高校"), ("协会", "学会"))
_MADE = r"(学院|基地|中心|平台|项目|工坊|工作[站室]|实验室|流动站|协议|合同)"
_SIDE_SAID = re.compile(r"[甲乙丙丁]方(?![:：(])")


def of_another_party(question: Question, sentence: str) -> bool:
    """Whether one kind of party is asked for (牵头企业是哪家) and the sentence names another one in its place."""
    for word in question.words:
        for own in _PARTIES:
            asked = [party for party in own if f"{word}{party}" in question.folded]
            if not asked or any(f"{word}{party}" in sentence for party in own):
                continue
            if any(f"{word}{party}" in sentence for other in _PARTIES if other is not own for party in other):
                return True
    return False


def of_another_side(question: Question, sentence: str, heading: str) -> bool:
    """Whether one party of an agreement is asked about and the sentence begins with what another one does."""
    parties = dict(PARTY.findall(heading))
    first = _SIDE_SAID.search(sentence)
    if len(parties) < len(("甲方", "乙方")) or first is None:
        return False
    asked = set()
    for side, name in parties.items():
        others = "".join(other for one, other in parties.items() if one != side)
        asked |= {
            side
            for word in question.words
            if len(word) > 1
            and word in name
            and word not in others
            and not _names_both(word, name, question)
            and not re.search(
                rf"[跟和与同]{re.escape(word)}", question.folded
            )  # 跟某公司一起: the other side is asked about
        }
    return bool(asked) and first[0] not in asked


def _names_both(word: str, name: str, question: Question) -> bool:
    """Whether a party's word is said of what the parties made together (腾远 in 腾远产业学院): no one party's."""
    made = re.search(rf"{re.escape(word)}[\u4e00-\u9fff]{{0,8}}?{_MADE}", question.folded)
    return made is not None and made[0] not in name and made[1] not in name

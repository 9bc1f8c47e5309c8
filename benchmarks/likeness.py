"""How surely edited versions and other formats of a document are told from other documents on the same topic.

    python -m benchmarks.likeness [FILE …]

Takes the sample documents and any further texts, makes edited versions of each by rule and compares; prints the
resemblance and containment of each kind. The thresholds of `knowledge.documents.shingles` come from this table.
"""

import itertools
import random
import re
import sys
import time
from collections.abc import Callable
from pathlib import Path

from knowledge.documents.shingles import Resemblance, marks_of, resemblance, shingles

SAMPLES = Path(__file__).resolve().parents[1] / "bot" / "sample" / "documents"
NOTICE = (
    "关于召开{quarter}季度联席会议的通知\n"
    "各成员单位：为总结{quarter}季度产教融合工作进展，研究部署下一步重点任务，定于{day}14:30在{place}召开联席会议。\n"
    "一、会议内容\n{topics}\n"
    "二、参会人员\n各成员单位负责人、联络员。\n"
    "三、有关要求\n请各单位将汇报材料（不超过1500字）提前一周报联合体秘书处，并填报参会回执。因故不能参加的，须提前请假。"
)
FIRST = {
    "quarter": "第一",
    "day": "3月28日",
    "place": "市职教中心",
    "topics": "各单位汇报；研究共享实训基地；审议入会申请。",
}
THIRD = {
    "quarter": "第三",
    "day": "9月26日",
    "place": "海岚化工",
    "topics": "各单位汇报；通报专项资金使用情况；讨论明年要点。",
}


def sentences(text: str) -> list[str]:
    """Pieces that edits touch."""
    return [one for one in re.split(r"(?<=[。；\n])", text) if one]


def touched(text: str, share: float, dice: random.Random) -> str:
    """Two characters changed in this share of the sentences."""
    return "".join(
        one[:3] + "有关" + one[5:] if len(one) > 8 and dice.random() < share else one for one in sentences(text)
    )


def dropped(text: str, share: float, dice: random.Random) -> str:
    """This share of the sentences left out."""
    return "".join(one for one in sentences(text) if dice.random() >= share)


def replaced(text: str, other: str, share: float, dice: random.Random) -> str:
    """This share of the sentences taken from other documents."""
    foreign = sentences(other)
    return "".join(dice.choice(foreign) if dice.random() < share else one for one in sentences(text))


def reworked(dice: random.Random) -> dict[str, Callable[[str, str], str]]:
    """Edits by name; each gets a text and the words of all other documents."""
    return {
        "spaces and punctuation": lambda text, other: text.replace("，", ", ").replace("\n", "\n\n"),
        "every figure changed": lambda text, other: re.sub(r"\d+", lambda one: str(int(one[0]) + 1), text),
        "15 % of sentences touched": lambda text, other: touched(text, 0.15, dice),
        "40 % of sentences touched": lambda text, other: touched(text, 0.4, dice),
        "30 % of sentences dropped": lambda text, other: dropped(text, 0.3, dice),
        "10 % of sentences replaced": lambda text, other: replaced(text, other, 0.1, dice),
        "30 % of sentences replaced": lambda text, other: replaced(text, other, 0.3, dice),
        "60 % of sentences replaced": lambda text, other: replaced(text, other, 0.6, dice),
        "half as much again": lambda text, other: text + other[: len(text) // 2],
    }


def show(kind: str, found: list[Resemblance]) -> None:
    """One line of the table."""
    shares, held = sorted(one.share for one in found), sorted(one.held for one in found)
    alike = sum(one.is_alike for one in found)
    middle = len(found) // 2
    print(
        f"{kind:28} {len(found):4} pairs  alike {alike:4}  share {shares[0]:.2f} {shares[middle]:.2f} {shares[-1]:.2f}"
        f"  held {held[0]:.2f} {held[middle]:.2f} {held[-1]:.2f}"
    )


def main(paths: list[str]) -> None:
    """Measure on the samples and the files named."""
    files = [*sorted(SAMPLES.glob("*.md")), *map(Path, paths)]
    texts = {file.name: file.read_text(encoding="utf-8", errors="ignore") for file in files}
    dice = random.Random(7)
    for kind, edit in reworked(dice).items():
        pairs = [(text, edit(text, "".join(o for n, o in texts.items() if n != name))) for name, text in texts.items()]
        show(kind, [resemblance(shingles(one), shingles(other)) for one, other in pairs])
    show(
        "other documents", [resemblance(shingles(a), shingles(b)) for a, b in itertools.combinations(texts.values(), 2)]
    )
    first, third = NOTICE.format(**FIRST), NOTICE.format(**THIRD)
    show("a notice, two quarters later", [resemblance(shingles(first), shingles(third))])
    everything = "".join(texts.values())
    began = time.perf_counter()
    marks_of(everything)
    print(f"{len(everything)} characters marked in {(time.perf_counter() - began) * 1000:.1f} ms")


if __name__ == "__main__":
    main(sys.argv[1:])

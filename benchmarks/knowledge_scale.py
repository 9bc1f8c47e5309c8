"""A large library: import rate, time of a question, memory, start-up, and changes while it is large.

    python -m benchmarks.knowledge_scale [PASSAGES]

The passages are put together from made-up official phrases; nothing is fetched.
"""

from __future__ import annotations

import itertools
import random
import resource
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

from knowledge.answers.answering import answer
from knowledge.documents.entries import IndexEntry
from knowledge.language.lexicon import field_words, places, synonyms
from knowledge.questions.understanding import understand
from knowledge.search.index import KnowledgeIndex
from knowledge.warming import warm_up

DOCUMENTS = 1000
ACTS = ("推进", "建设", "统筹", "完善", "落实", "支持", "组织", "开展", "建立", "健全", "优化", "扩大", "探索")
ENDS = ("工作机制", "实施办法", "年度计划", "责任清单", "示范项目", "合作协议", "人才培养方案", "监测评估")


def passages(count: int) -> Iterator[IndexEntry]:
    draw = random.Random(7)
    cities, nouns = sorted(places()), sorted({*field_words(), *synonyms()})
    for number in range(count):
        city = cities[number // 20 % len(cities)]
        said = [
            f"{draw.choice(ACTS)}{draw.choice(nouns)}与{draw.choice(nouns)}{draw.choice(ENDS)},"
            f"覆盖{draw.choice(nouns)}{draw.randint(2, 9000)}{draw.choice('家人个项次')}"
            for _ in range(12)
        ]
        yield IndexEntry(
            f"p{number}",
            f"d{number // 20}",
            f"{city}第{number}号事项。" + "。".join(said) + "。",
            title=f"{city}方案{number // 20}",
        )


def questions(count: int) -> list[str]:
    draw = random.Random(11)
    cities, nouns = sorted(places()), sorted({*field_words(), *synonyms()})
    return [
        f"{draw.choice(cities)}的{draw.choice(nouns)}{draw.choice(ENDS)}覆盖了多少{draw.choice(nouns)}？"
        for _ in range(count)
    ]


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    warm_up(wait=True)
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder) / "index"
        index = KnowledgeIndex.open(home)
        entries = list(passages(count))
        told("indexed", timed(lambda: index.add(entries)), f"{count} passages")
        told("vectors stored", timed(index.settle))
        ask_all(index)
        ask_while_importing(index, count)
        fresh = IndexEntry("new", "new", "晨曦样例学院今年新开设三个专业。", title="晨曦样例学院说明")
        told("one document more", timed(lambda: index.add([fresh])))
        assert index.search("晨曦样例学院新开设几个专业")[0].document_id == "new"
        told("one document less, every byte", timed(lambda: index.remove(["new"])))
        index.close()
        opened: list[KnowledgeIndex] = []
        told("opened again", timed(lambda: opened.append(KnowledgeIndex.open(home))))
        told("first question", timed(lambda: opened[0].search("专项资金")))
        opened[0].close()
        size = sum(path.stat().st_size for path in home.rglob("*") if path.is_file())
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        print(f"on disk {size / 1e6:.0f} MB, memory at most {peak / 1024:.0f} MB")


def ask_all(index: KnowledgeIndex) -> None:
    times = [asked_in(index, text) for text in questions(200)]
    shown("search", [one[0] for one in times])
    shown("answer", [one[1] for one in times])


def asked_in(index: KnowledgeIndex, text: str) -> tuple[float, float]:
    """Seconds until the passages were found, and until the answer was made."""
    began = time.perf_counter()
    asked = understand(text)
    hits = index.search(asked)
    found = time.perf_counter() - began
    answer(asked, hits, today=date(2026, 1, 1), rarity=index.rarity)
    return found, time.perf_counter() - began


def shown(name: str, seconds: list[float]) -> None:
    ordered = sorted(seconds)
    middle, slow = ordered[len(ordered) // 2], ordered[int(len(ordered) * 0.95)]
    print(f"{name}: p50 {middle * 1000:.1f} ms, p95 {slow * 1000:.1f} ms", flush=True)


def ask_while_importing(index: KnowledgeIndex, begin: int) -> None:
    """Questions while a thread imports documents of ten passages each, one after the other, as an import does."""
    more = list(passages(begin + DOCUMENTS * 10))[begin:]
    new = [
        [replace(one, document_id=f"n{number}") for one in more[number * 10 : number * 10 + 10]]
        for number in range(DOCUMENTS)
    ]
    began = time.perf_counter()
    importing = threading.Thread(target=lambda: [index.add(entries) for entries in new])
    importing.start()
    times = []
    for text in itertools.cycle(questions(200)):
        if not importing.is_alive():
            break
        times.append(asked_in(index, text)[1])
        time.sleep(0.02)
    importing.join()
    told(f"{DOCUMENTS} documents imported", time.perf_counter() - began, f"with {len(times)} questions beside it")
    shown("answer while importing", times)


def timed(act) -> float:
    began = time.perf_counter()
    act()
    return time.perf_counter() - began


def told(what: str, seconds: float, more: str = "") -> None:
    print(f"{what}: {seconds:.2f} s {more}", flush=True)


if __name__ == "__main__":
    main()

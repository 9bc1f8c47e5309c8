"""Search or answer a batch over files or passage lists, straight on the knowledge room.

    python -m benchmarks.knowledge_batch search CORPUS QUERIES.jsonl > hits.jsonl
    python -m benchmarks.knowledge_batch ask CORPUS QUESTIONS.jsonl > answers.jsonl

CORPUS is a folder of documents or a JSONL file of ``{"id","title","text"}`` passages.
"""

from __future__ import annotations

import json
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from knowledge.answers.answering import answer
from knowledge.documents.entries import IndexEntry
from knowledge.documents.reading import ReadLimits, entries_of, read_file, read_text
from knowledge.questions.understanding import understand
from knowledge.search.index import KnowledgeIndex


def entries_in(corpus: Path) -> Iterator[IndexEntry]:
    if corpus.is_dir():
        for path in sorted(corpus.iterdir()):
            yield from entries_of(path.name, read_file(path, ReadLimits()))
        return
    with corpus.open(encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            yield from entries_of(row["id"], read_text(row["id"], row["title"], row["text"], whole=True))


def main() -> None:
    kind, corpus, queries = sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3])
    with tempfile.TemporaryDirectory() as folder:
        index = KnowledgeIndex.open(Path(folder) / "index")
        began = time.perf_counter()
        count = index.add(list(entries_in(corpus)))
        print(f"{count} passages in {time.perf_counter() - began:.1f} s", file=sys.stderr)
        rows = [json.loads(line) for line in queries.open(encoding="utf-8")]
        index.search("预热")
        began = time.perf_counter()
        for row in rows:
            start = time.perf_counter()
            asked = understand(row["text"])
            hits = index.search(asked, top=10)
            found = _searched(hits) if kind == "search" else _asked(asked, hits, index)
            found["ms"] = round((time.perf_counter() - start) * 1000, 2)
            print(json.dumps({"id": row["id"], **found}, ensure_ascii=False))
        print(f"{len(rows) / (time.perf_counter() - began):.0f} questions a second", file=sys.stderr)


def _searched(hits):
    return {
        "hits": [
            {
                "document": h.document_id,
                "passage_id": h.passage_id,
                "text": h.text,
                "clause": h.clause,
                "score": h.score,
            }
            for h in hits
        ]
    }


def _asked(asked, hits, index):
    said = answer(asked, hits, today=date(2026, 11, 22), rarity=index.rarity)
    cited = [{"document": c.document_id, "clause": c.clause, "quote": c.quote} for c in said.citations]
    return {
        "answered": said.outcome == "answered",
        "outcome": said.outcome,
        "text": said.text,
        "citations": cited,
        "conflicts": [[c.quote for c in group] for group in said.conflicts],
        "notes": said.notes,
        "confidence": round(said.confidence, 3),
    }


if __name__ == "__main__":
    main()

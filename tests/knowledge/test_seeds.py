"""The figures that this room promises, on real documents and questions beside the checkout."""

import importlib.util
import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from types import ModuleType

import pytest

from knowledge.answers.answering import answer
from knowledge.documents.reading import entries_of, read_file
from knowledge.questions.understanding import understand
from knowledge.search.index import KnowledgeIndex

SHARED = Path(__file__).resolve().parents[3] / "shared"
pytestmark = [
    pytest.mark.shared,
    pytest.mark.skipif(not (SHARED / "eval").exists(), reason="the measuring data is not beside this checkout"),
]


@pytest.fixture(scope="module")
def score() -> ModuleType:
    spec = importlib.util.spec_from_file_location("score_knowledge", SHARED / "eval" / "score_knowledge.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def seeds(tmp_path_factory: pytest.TempPathFactory) -> Iterator[KnowledgeIndex]:
    index = KnowledgeIndex.open(tmp_path_factory.mktemp("seeds"))
    for path in sorted((SHARED / "seeds").iterdir()):
        index.add(entries_of(path.name, read_file(path)))
    yield index
    index.close()


def cases() -> list[dict]:
    return [json.loads(line) for line in (SHARED / "eval" / "seeds_dev.jsonl").read_text("utf-8").splitlines()]


def test_evidence_and_answers_reach_the_promised_figures(score: ModuleType, seeds: KnowledgeIndex):
    found, said = {}, {}
    for case in cases():
        asked = understand(case["text"])
        hits = seeds.search(asked)
        given = answer(asked, hits, today=date(2026, 11, 22), rarity=seeds.rarity)
        found[case["id"]] = {"hits": [{"text": hit.text} for hit in hits]}
        quotes = [{"document": one.document_id, "quote": one.quote} for one in given.citations]
        said[case["id"]] = {"answered": given.outcome == "answered", "text": given.text, "citations": quotes}
    assert score.evidence(cases(), found)["evidence@5"] >= 0.98
    figures = score.answers(cases(), said)
    assert figures["answer_said"] >= 0.85
    assert figures["refusal_recall"] >= 0.85
    assert figures["false_refusals"] <= 0.10


def test_taken_out_documents_are_not_answered_from_others(seeds: KnowledgeIndex):
    wrong = total = 0
    for case in cases():
        if not case["answerable"]:
            continue
        asked = understand(case["text"])
        hits = seeds.search(asked, documents=seeds.document_ids() - set(case["docs"]))
        wrong += answer(asked, hits, today=date(2026, 11, 22), rarity=seeds.rarity).outcome == "answered"
        total += 1
    assert wrong / total <= 0.15

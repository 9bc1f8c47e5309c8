"""An index with the sample documents in it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from knowledge.index import KnowledgeIndex
from tests.knowledge.samples import COLLECTION, COLLEGE, PLAN, library


@pytest.fixture
def index(tmp_path: Path) -> Iterator[KnowledgeIndex]:
    """An empty index."""
    opened = KnowledgeIndex.open(tmp_path / "index")
    yield opened
    opened.close()


@pytest.fixture(scope="session")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Iterator[KnowledgeIndex]:
    """An index of the sample documents that no test changes."""
    opened = KnowledgeIndex.open(tmp_path_factory.mktemp("shelf"))
    yield library(opened, plan=PLAN, collection=COLLECTION, college=COLLEGE)
    opened.close()

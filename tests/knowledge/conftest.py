"""An index with the sample documents in it."""

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from knowledge.search.index import KnowledgeIndex
from tests.knowledge.samples import COLLECTION, COLLEGE, PLAN, Shelved, library


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


@pytest.fixture(scope="module")
def shelved(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shelved]:
    """Puts documents into an index of their own, by name; it is closed after the module's tests."""
    with ExitStack() as opened:

        def shelve(**documents: str) -> KnowledgeIndex:
            index = KnowledgeIndex.open(tmp_path_factory.mktemp("papers"))
            opened.callback(index.close)
            return library(index, **documents)

        yield shelve

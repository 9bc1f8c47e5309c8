"""The index: found when added, gone when removed, one owner, and safe against damaged files."""

import subprocess
import sys
import threading
from pathlib import Path

import pytest

from knowledge.documents.entries import IndexEntry
from knowledge.errors import IndexBusy, IndexDamaged
from knowledge.search.index import KnowledgeIndex

SECRET = "晨曦样例密语"


def entry(number: int, text: str, document: str = "d1") -> IndexEntry:
    return IndexEntry(f"p{number}", document, text, title="样例文件")


def bytes_under(directory: Path) -> bytes:
    return b"".join(path.read_bytes() for path in directory.rglob("*") if path.is_file())


def test_an_added_passage_is_found_in_either_script(index: KnowledgeIndex):
    index.add([entry(1, "學院開設了九個專業。"), entry(2, "食堂每天开放。")])
    assert [hit.passage_id for hit in index.search("学院开设了几个专业")][:1] == ["p1"]
    assert index.search("學院開設專業")[0].text == "學院開設了九個專業。"


def test_only_allowed_documents_are_searched(index: KnowledgeIndex):
    index.add([entry(1, "样例专业31个。", "open"), entry(2, "样例专业32个。", "closed")])
    found = index.search("样例专业多少个", documents=frozenset({"open"}))
    assert {hit.document_id for hit in found} == {"open"}
    assert index.search("样例专业多少个", documents=frozenset()) == []


def test_adding_a_document_again_replaces_it(index: KnowledgeIndex):
    index.add([entry(1, "旧的样例文字。"), entry(2, "旧的第二段样例。")])
    index.add([entry(3, "新的样例文字。")])
    assert {hit.passage_id for hit in index.search("样例文字")} == {"p3"}
    assert index.stats()["passages"] == 1


def test_removal_leaves_no_bytes(index: KnowledgeIndex, tmp_path: Path):
    index.add([entry(1, f"{SECRET}在此。", "gone"), entry(2, "留下的样例。", "stays")])
    index.add([entry(3, "另一批样例。", "other")])
    index.settle()
    assert SECRET.encode() in bytes_under(tmp_path)
    assert index.remove(["gone"]) == 1
    index.settle()
    assert SECRET.encode() not in bytes_under(tmp_path)
    assert index.document_ids() == {"stays", "other"}
    assert {hit.document_id for hit in index.search("样例")} == {"stays", "other"}


def test_rebuild_starts_from_the_given_passages_alone(index: KnowledgeIndex, tmp_path: Path):
    index.add([entry(1, f"{SECRET}。")])
    assert index.rebuild([entry(2, "新的样例。", "d2")]) == 1
    index.settle()
    assert SECRET.encode() not in bytes_under(tmp_path)
    assert index.document_ids() == {"d2"}


def test_everything_is_there_after_reopening(tmp_path: Path):
    index = KnowledgeIndex.open(tmp_path)
    for number in range(14):  # enough small batches to be merged on the way
        index.add([entry(number, f"样例条目{number}。", f"d{number}")])
    assert index.stats()["segments"] < 14
    before = [hit.passage_id for hit in index.search("样例条目7", top=5)]
    index.close()
    index = KnowledgeIndex.open(tmp_path)
    assert [hit.passage_id for hit in index.search("样例条目7", top=5)] == before
    assert before[0] == "p7"
    index.settle()
    assert index.stats()["vectors"] == 14
    index.close()


def test_batches_keep_short_names_however_often_they_are_merged(index: KnowledgeIndex, tmp_path: Path):
    for number in range(150):
        index.add([entry(number, f"样例条目{number}。", f"d{number}")])
    index.settle()
    assert len(index.document_ids()) == 150
    assert max(len(path.name) for path in tmp_path.rglob("s-*")) < 40


def test_merging_changes_no_score(tmp_path: Path):
    texts = [f"样例单位{number}承担第{number % 5}项任务,经费{number}万元。" for number in range(40)]
    one, many = KnowledgeIndex.open(tmp_path / "one"), KnowledgeIndex.open(tmp_path / "many")
    one.add([entry(number, text, f"d{number}") for number, text in enumerate(texts)])
    for number, text in enumerate(texts):
        many.add([entry(number, text, f"d{number}")])
    many.rebuild([entry(number, text, f"d{number}") for number, text in enumerate(texts)])
    for question in ("第3项任务的经费", "样例单位17"):
        assert [hit.passage_id for hit in one.search(question)] == [hit.passage_id for hit in many.search(question)]
    one.close()
    many.close()


def test_a_second_owner_is_turned_away(index: KnowledgeIndex, tmp_path: Path):
    code = (
        "import sys; from pathlib import Path\n"
        "from knowledge.errors import IndexBusy; from knowledge.search.index import KnowledgeIndex\n"
        "try:\n    KnowledgeIndex.open(Path(sys.argv[1]))\nexcept IndexBusy:\n    sys.exit(7)"
    )
    done = subprocess.run([sys.executable, "-c", code, str(tmp_path / "index")], check=False, timeout=60)
    assert done.returncode == 7
    with pytest.raises(IndexBusy):
        KnowledgeIndex.open(tmp_path / "index")


def test_a_damaged_file_is_noticed_and_recreated(tmp_path: Path):
    index = KnowledgeIndex.open(tmp_path)
    index.add([entry(1, "样例。")])
    index.close()
    victim = next(tmp_path.glob("g-*/s-*.npz"))
    data = bytearray(victim.read_bytes())
    data[len(data) // 2] ^= 0xFF
    victim.write_bytes(data)
    with pytest.raises(IndexDamaged):
        KnowledgeIndex.open(tmp_path)
    index = KnowledgeIndex.recreate(tmp_path)
    assert index.stats()["passages"] == 0
    index.add([entry(1, "样例。")])
    assert index.search("样例")
    index.close()


def test_halved_vector_files_are_made_again(tmp_path: Path):
    index = KnowledgeIndex.open(tmp_path)
    index.add([entry(number, f"样例条目{number}。", f"d{number}") for number in range(30)])
    index.settle()
    index.close()
    for path in tmp_path.glob("g-*/chroma-*/**/*"):
        if path.is_file():
            path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    index = KnowledgeIndex.open(tmp_path)
    index.settle()
    assert index.search("样例条目7")[0].passage_id == "p7"
    assert index._dense.nearest("样例条目7", 5)
    index.close()


def test_a_crash_while_building_leaves_the_old_generation(tmp_path: Path):
    index = KnowledgeIndex.open(tmp_path)
    index.add([entry(1, "样例。")])
    index.close()
    (tmp_path / "g-000099").mkdir()
    index = KnowledgeIndex.open(tmp_path)
    assert index.search("样例")
    assert not (tmp_path / "g-000099").exists()
    index.close()


def test_another_embedder_asks_for_a_rebuild(tmp_path: Path):
    class Other:
        name, dimension, local = "other", 4, True

        def embed(self, texts):
            import numpy as np

            return np.ones((len(texts), 4), dtype=np.float32)

    index = KnowledgeIndex.open(tmp_path)
    index.add([entry(1, "样例。")])
    index.close()
    with pytest.raises(IndexDamaged):
        KnowledgeIndex.open(tmp_path, Other())


def test_searches_go_on_while_documents_come_and_go(index: KnowledgeIndex):
    index.add([entry(0, "不变的样例条目。", "fixed")])
    failures: list[Exception] = []
    stop = threading.Event()

    def look() -> None:
        while not stop.is_set():
            try:
                assert index.search("不变的样例条目")[0].document_id == "fixed"
            except Exception as error:
                failures.append(error)
                return

    threads = [threading.Thread(target=look) for _ in range(3)]
    for thread in threads:
        thread.start()
    for number in range(1, 12):
        index.add([entry(number, f"来去的文字{number}。", f"d{number}")])
        if number % 4 == 0:
            index.remove([f"d{number}"])
    stop.set()
    for thread in threads:
        thread.join()
    assert failures == []


def test_places_steer(shelf: KnowledgeIndex):
    for city, figure in (("衢州", "38家"), ("丽水", "52家")):
        assert figure in shelf.search(f"{city}样例学校合作企业有多少家")[0].text

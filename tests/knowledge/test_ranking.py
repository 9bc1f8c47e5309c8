"""BM25 against an independent engine, and the arithmetic of pieces."""

import bm25s
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.language.folding import fold
from knowledge.language.terms import terms_of
from knowledge.search import ranking
from knowledge.search.postings import Postings
from knowledge.search.ranking import Ranker

TEXTS = ["样例学院有专业三十一个", "样例企业有职工五百人", "学院与企业合作办学", "教师到企业锻炼", "专业随产业调整"]


def test_bm25_agrees_with_an_independent_engine():
    grams = [terms_of(fold(text)).grams for text in TEXTS]
    oracle = bm25s.BM25(method="lucene", k1=ranking.K1, b=ranking.B)
    oracle.index([[str(code) for code in codes] for codes in grams], show_progress=False)
    asked = np.unique(terms_of("学院专业").grams)
    expected = oracle.get_scores([str(code) for code in asked])
    found = Ranker([Postings.of(grams)], [None])._bm25(asked)
    assert found == pytest.approx(expected * (ranking.K1 + 1), rel=1e-4)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.text(alphabet="样例学院专业企业教师", max_size=12), min_size=2, max_size=10), st.data())
def test_pieces_count_like_the_whole(texts: list[str], data: st.DataObject):
    codes = [terms_of(text).grams for text in texts]
    at = data.draw(st.integers(1, len(texts) - 1))
    whole, parts = Postings.of(codes), [Postings.of(codes[:at]), Postings.of(codes[at:])]
    merged = Postings.merged(parts)
    for name in ("codes", "starts", "passages", "counts", "lengths"):
        assert np.array_equal(getattr(merged, name), getattr(whole, name))
    gone = np.array(data.draw(st.lists(st.booleans(), min_size=len(texts), max_size=len(texts))))
    rest = Postings.of([code for code, leaves in zip(codes, gone, strict=True) if not leaves])
    filtered = whole.without(gone)
    for name in ("codes", "starts", "passages", "counts", "lengths"):
        assert np.array_equal(getattr(filtered, name), getattr(rest, name))

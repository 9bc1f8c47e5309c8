"""Numbers as people write them."""

from decimal import Decimal

import cn2an
import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.numbers import Doubt, find_numerals, read_numeral

FIGURES = st.integers(0, 10**8)
FINANCIAL = str.maketrans("一二三四五六七八九十百千", "壹贰叁肆伍陆柒捌玖拾佰仟")


def spoken(figure: int) -> str:
    """The shortened way to say a round figure: 两百三, 一万二, 三千五."""
    text = cn2an.an2cn(str(figure))
    for unit, lower in (("百", "十"), ("千", "百"), ("万", "千")):
        if text.endswith(lower) and len(text) >= 4 and text[-3] == unit:
            text = text[:-1]
    return text.replace("二百", "两百").replace("二千", "两千")


@given(FIGURES)
def test_every_figure_written_out_in_chinese_reads_back(figure):
    assert read_numeral(cn2an.an2cn(str(figure))) == figure


@given(FIGURES)
def test_every_figure_in_financial_characters_reads_back(figure):
    assert read_numeral(cn2an.an2cn(str(figure)).translate(FINANCIAL)) == figure


@given(FIGURES)
def test_every_figure_in_spoken_shortening_reads_back(figure):
    assert read_numeral(spoken(figure)) == figure


@given(FIGURES)
def test_every_figure_with_thousands_separators_reads_back(figure):
    assert read_numeral(f"{figure:,}") == figure


@given(st.integers(100, 10**8))
def test_every_figure_digit_by_digit_reads_back(figure):
    assert read_numeral("".join("零一二三四五六七八九"[int(d)] for d in str(figure))) == figure


@given(st.integers(1, 10**6), st.sampled_from(["万", "w"]))
def test_every_figure_in_ten_thousands_reads_back(figure, unit):
    assert read_numeral(f"{Decimal(figure) / 10000:f}{unit}") == figure


@pytest.mark.parametrize(
    ("written", "figure"),
    [
        ("两百三", 230),
        ("两百零三", 203),
        ("一万二", 12000),
        ("1万2", 12000),
        ("三千五", 3500),
        ("1百23", 123),
        ("4.03亿", 403_000_000),
        ("3百万", 3_000_000),
        ("俩", 2),
        ("廿三", 23),
        ("二〇二六", 2026),
        ("一亿二", 120_000_000),
    ],
)
def test_mixed_and_shortened_writing(written, figure):
    assert read_numeral(written) == figure


@pytest.mark.parametrize("written", ["五六", "百八十", "万", "", "1.2万5", "一二百", "人", "百"])
def test_what_has_no_single_reading_is_not_read(written):
    assert read_numeral(written) is None


@pytest.mark.parametrize(
    ("text", "figure"),
    [
        ("大概80来", 80),
        ("一千二百多", 1200),
        ("三百出头", 300),
        ("不到40", 40),
        ("小三百", 300),
        ("3500+", 3500),
        ("百余", 100),
        ("近千", 1000),
        ("80多万", 800_000),
        ("约莫四百", 400),
    ],
)
def test_hedged_figures_are_approximate(text, figure):
    (found,) = find_numerals(text)
    assert (found.value, found.approx) == (figure, True)


@pytest.mark.parametrize(
    "text", ["十几个", "几十人", "百八十个", "上千人", "五六十个", "40-50人", "好几百", "二十几家"]
)
def test_vague_quantities_have_no_figure(text):
    (found,) = find_numerals(text)
    assert (found.value, found.doubt) == (None, Doubt.VAGUE)


@pytest.mark.parametrize("text", ["2l05", "21o3", "l3900", "1,2万", "4z0"])
def test_slips_of_the_keyboard_are_suspect(text):
    (found,) = find_numerals(text)
    assert (found.value, found.doubt) == (None, Doubt.SUSPECT)


@given(st.text(alphabet="零一二两三十百千万亿几多来约近半个0123456789.,lOwk+-~ 人元%", max_size=24))
def test_any_text_is_scanned_without_overlap(text):
    ends = 0
    for found in find_numerals(text):
        assert ends <= found.start < found.end <= len(text)
        assert (found.value is None) == (found.doubt is not None)
        ends = found.end


def test_a_long_row_of_digits_is_one_figure():
    """A pattern that can part the digits in many ways would not come back from the sign behind them."""
    assert [one.value for one in find_numerals("6" * 60 + "\u2603")] == [Decimal("6" * 60)]

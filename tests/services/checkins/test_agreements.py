"""Agreements named by people."""

from datetime import UTC, datetime

from services.checkins.agreements import Agreement, read_agreements


def test_names_alone_are_partners() -> None:
    assert [one.partner for one in read_agreements("分别是海岚化工、北辰装备和云启科技")] == [
        "海岚化工",
        "北辰装备",
        "云启科技",
    ]


def test_brackets_hold_majors_and_days() -> None:
    first, second = read_agreements("海岚化工（应用化工、机电一体化，2026-11-01至2029年10月）、北辰装备")
    began, ends = datetime(2026, 11, 1, tzinfo=UTC), datetime(2029, 10, 31, tzinfo=UTC)
    assert first == Agreement("海岚化工", "应用化工、机电一体化", began, ends)
    assert second == Agreement("北辰装备")


def test_a_single_day_of_expiry_is_the_end() -> None:
    (one,) = read_agreements("海岚化工（2029.10.31到期）")
    assert (one.began_on, one.ends_on) == (None, datetime(2029, 10, 31, tzinfo=UTC))


def test_days_that_are_none_or_run_backwards_are_not_kept() -> None:
    for words in ("海岚化工（2026-13-40）", "海岚化工（2029-10-31至2026-11-01）"):
        (one,) = read_agreements(words)
        assert (one.partner, one.began_on, one.ends_on) == ("海岚化工", None, None)


def test_a_bracket_inside_a_name_belongs_to_the_name() -> None:
    (one,) = read_agreements("海岚（江苏）化工有限公司（应用化工）")
    assert (one.partner, one.majors) == ("海岚（江苏）化工有限公司", "应用化工")


def test_words_about_days_go_and_majors_stay_whole() -> None:
    (one,) = read_agreements("海岚化工（涉及专业：电气自动化、起重机械，有效期自2026-11-01起至2029-10-31止）")
    assert one.majors == "电气自动化、起重机械"


def test_skipping_names_none() -> None:
    assert read_agreements("跳过") == []

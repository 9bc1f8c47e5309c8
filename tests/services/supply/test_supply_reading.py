"""Posts and batches in words: what is taken, what is left open, what belongs to somebody else."""

import time
from datetime import date
from typing import Any

import pytest

from services.supply.catalogue import category, family, level_of, own_catalogue, with_rows
from services.supply.dates import find_window, month_choices
from services.supply.reading import is_batch, read_batches, read_field, read_posts, weigh_post

TODAY = date(2026, 12, 3)
CATALOGUE = own_catalogue()


def test_a_post_is_read_with_count_level_and_pay_and_leaves_the_vague_time_open() -> None:
    (read,) = read_posts("要招25名污水处理工，中专起步就行，过完年后上班，四千五到六千", TODAY, CATALOGUE)
    assert (read.values["headcount"], read.values["post_name"]) == (25, "污水处理工")
    assert (read.values["level"], read.values["pay_min"], read.values["pay_max"]) == ("中职", 4500, 6000)
    assert "start_from" not in read.values
    assert "年后" in read.said["start_from"]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("急需两百三十个普工，学历不限，马上到岗", {"headcount": 230, "level": "不限", "start_from": TODAY}),
        ("招钳工12人，大专，月薪6k起，3月到岗", {"headcount": 12, "pay_min": 6000, "start_from": date(2027, 3, 1)}),
        ("学徒制要20人，数控技术专业，为期一年半，明年9月", {"form": "学徒", "majors": ["460103"]}),
        ("缺8位检修工程师，本科，8k-12k，包住", {"pay_min": 8000, "pay_max": 12000, "post_type": "设备维修"}),
    ],
)
def test_fields_of_a_post(words: str, expected: dict[str, Any]) -> None:
    (read,) = read_posts(words, TODAY, CATALOGUE)
    assert {name: read.values.get(name) for name in expected} == expected


def test_two_sentences_with_numbers_are_two_posts() -> None:
    reads = read_posts("招20个装配工，中专以上，3月到岗；还要5个质检员，大专", TODAY, CATALOGUE)
    assert [one.values["headcount"] for one in reads] == [20, 5]


@pytest.mark.parametrize("words", ["岗位缺口30个", "本月招了两百三", "还缺多少人？", "材料要30份", "实习在岗80人"])
def test_figures_of_a_report_and_questions_are_no_post(words: str) -> None:
    assert not weigh_post(words)


def test_batches_share_the_time_and_an_ambiguous_major_stays_open() -> None:
    reads = read_batches("后年7月护理毕业生能出90，旅游40", TODAY, CATALOGUE)
    assert [one.values["headcount"] for one in reads] == [90, 40]
    assert {one.values["grad_date"] for one in reads} == {date(2028, 7, 1)}
    assert all("majors" not in one.values and one.said["majors"] for one in reads)


def test_a_whole_name_with_one_code_is_taken_with_its_level() -> None:
    (read,) = read_batches("工业机器人技术毕业生65人，明年6月，已签约20", TODAY, CATALOGUE)
    assert (read.values["majors"], read.values["level"], read.values["locked"]) == (["460305"], "高职专科", 20)


def test_a_report_with_a_major_in_it_is_no_batch() -> None:
    assert is_batch("会计能提供50人，7月毕业", CATALOGUE)
    assert not is_batch("化工毕业生去向落实98人", CATALOGUE)


def test_codes_of_three_levels_meet_in_one_class() -> None:
    assert [category(code) for code in ("61", "46", "26", "79")] == [1, 6, 6, 19]
    assert family("660301") == family("460301") == family("2603") == "4603"
    assert [level_of(code) for code in ("660301", "460301", "260301", "4603")] == ["中职", "高职专科", "职业本科", ""]


def test_an_alias_with_two_meanings_gives_both_and_an_exact_name_one() -> None:
    assert CATALOGUE.find("机电") == ("460301", "660301")
    assert CATALOGUE.find("机电技术应用") == ("660301",)
    assert CATALOGUE.find("460305") == ("460305",)
    assert CATALOGUE.find("拖拉机驾驶") == ()


def test_a_loaded_row_adds_a_name_and_its_nicknames() -> None:
    loaded = with_rows(CATALOGUE, [["470209", "化工智能制造技术", "智能化工；化工智造"]], "官方目录", 1)
    assert loaded.find("化工智造") == ("470209",)
    assert loaded.name("470209") == "化工智能制造技术"
    assert CATALOGUE.find("化工智造") != ("470209",)


def test_vague_times_offer_the_months_they_may_mean() -> None:
    window = find_window("年后到岗", TODAY)
    assert window is not None
    assert window.first is None
    assert month_choices(window.vague, TODAY)[0] == date(2027, 2, 1)


def test_an_answer_is_read_for_the_field_that_was_asked() -> None:
    assert read_field("headcount", "大概四十五", TODAY, CATALOGUE).values == {"headcount": 45}
    assert read_field("majors", "不限", TODAY, CATALOGUE).values == {"majors": [], "major_said": "不限"}
    assert read_field("start_from", "随便", TODAY, CATALOGUE).values == {}


@pytest.mark.parametrize(
    ("words", "weight"),
    [
        ("我们想招10个化工操作工，能不能发一下", "plain"),
        ("发布岗位：化工操作工 10人 中专以上", "plain"),
        ("岗位：叉车司机，人数3，要求有证", "plain"),
        ("能不能帮我们招20个焊工", "plain"),
        ("还要5个电工 年前到岗", "plain"),
        ("缺30个操作工", "either"),
        ("缺8个焊工，缺3个质检", "either"),
        ("招了3个焊工", ""),
        ("空缺岗位45个", ""),
        ("目前缺30人", ""),
        ("发布岗位要审核吗", ""),
        ("需要2个人去参加联席会", ""),
    ],
)
def test_how_surely_words_offer_work(words: str, weight: str) -> None:
    assert weigh_post(words) == weight


@pytest.mark.parametrize(
    ("words", "posts"),
    [
        ("缺30个人，操作工20个 仪表工10个", [("操作工", 20), ("仪表工", 10)]),
        ("招8个焊工、3个钳工，3月到岗", [("焊工", 8), ("钳工", 3)]),
        ("登记一个岗位 实验室化验员2名", [("实验室化验员", 2)]),
        ("招人啦 污水处理工6个 月薪5000起", [("污水处理工", 6)]),
    ],
)
def test_every_kind_of_work_in_a_list_is_a_post(words: str, posts: list[tuple[str, int]]) -> None:
    reads = read_posts(words, TODAY, CATALOGUE)
    assert [(one.values["post_name"], one.values["headcount"]) for one in reads] == posts


@pytest.mark.parametrize(
    ("words", "name", "major", "count"),
    [
        ("质检员招8人，下个月到岗", "质检员", "", 8),
        ("叉车司机我们要5个，中专以上", "叉车司机", "", 5),
        ("有没有钳工，我们要3个，月底到岗", "钳工", "", 3),
        ("有没有学护理的 我们要5个", "", "护理", 5),
        ("学应用化工技术的要6个", "", "应用化工技术", 6),
        ("想招5个学护理的有吗", "", "护理", 5),
        ("贵校有没有护理专业的学生，我们需要5个", "", "护理", 5),
    ],
)
def test_who_is_wanted_stands_before_the_number_or_is_asked_about(
    words: str, name: str, major: str, count: int
) -> None:
    (read,) = read_posts(words, TODAY, CATALOGUE)
    assert weigh_post(words) == "plain"
    assert read.values["headcount"] == count
    assert read.values.get("post_name", "") == name
    assert major in str(read.values.get("major_said", ""))


@pytest.mark.parametrize(
    "words", ["本月质检员招8人", "有没有问题，我们要2个人签字", "学校的老师要2个", "有没有学电气的"]
)
def test_what_happened_and_what_is_only_asked_is_no_post(words: str) -> None:
    assert not weigh_post(words)


@pytest.mark.parametrize("piece", ["有没有学", "我们要5个", "我们公司", "学电气的", "总控工招到"])
def test_no_wording_of_a_post_is_slow(piece: str) -> None:
    begun = time.process_time()
    weigh_post(piece * 60)
    read_posts(piece * 60, TODAY, CATALOGUE)
    assert time.process_time() - begun < 1

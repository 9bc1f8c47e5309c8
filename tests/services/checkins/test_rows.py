"""Rows of registers in the words of a check-in."""

import pytest

from services.checkins.library import shipped_forms
from services.checkins.reading.rows import read_rows
from services.registers.naming import read_names
from tests.services.registers.wordings import WORDINGS

FORMS = shipped_forms()


@pytest.mark.parametrize(("form", "words", "rows"), WORDINGS)
def test_rows_are_read_from_words_and_nothing_is_invented(
    form: str, words: str, rows: list[tuple[str, str, str, str, str, str]]
) -> None:
    told = read_rows(words, FORMS.current(form))
    found = [(one.register, one.title, one.partner, one.kind, one.level, one.status) for one in told.rows]
    assert sorted(found) == sorted(rows)


@pytest.mark.parametrize(
    ("form", "words", "register", "count"),
    [
        ("school", "新建实训基地2个", "platforms", 2),
        ("school", "建成一个产业学院", "platforms", 1),
        ("school", "新立技术服务项目4项", "tech_services", 4),
    ],
)
def test_what_is_counted_without_a_name_is_remembered_as_a_count(
    form: str, words: str, register: str, count: int
) -> None:
    told = read_rows(words, FORMS.current(form))
    assert (told.rows, dict(told.unnamed)) == ((), {register: count})


def test_a_count_that_the_form_asks_for_is_left_to_the_form() -> None:
    assert not read_rows("新提技术需求3项，办结1项", FORMS.current("enterprise"))


def test_records_of_persons_give_no_row() -> None:
    assert not read_rows("新建实训基地：张小明身份证110101200501011234实训基地", FORMS.current("school"))


@pytest.mark.parametrize(
    ("register", "words", "titles"),
    [
        ("platforms", "护理实训室\n数控车间", ["护理实训室", "数控车间"]),
        ("platforms", "A实训基地，B产业学院", ["A实训基地", "B产业学院"]),
        ("platforms", "先不填", []),
        ("tech_needs", "一个是电镀废液回收，一个是焊缝检测", ["电镀废液回收", "焊缝检测"]),
        ("tech_needs", "无", []),
        ("tech_services", "《循环水节能》和《叶片检测》", ["循环水节能", "叶片检测"]),
        ("agreements", "跳过", []),
        ("agreements", "1.海岚化工 2.北辰装备", ["海岚化工", "北辰装备"]),
        ("agreements", "一份跟海岚化工，一份跟示范市发展和改革委员会", ["海岚化工", "示范市发展和改革委员会"]),
        ("agreements", "海岚化工（应用化工技术，三年）和北辰装备", ["海岚化工", "北辰装备"]),
    ],
)
def test_names_that_were_asked_for_are_taken_as_they_come(register: str, words: str, titles: list[str]) -> None:
    assert [one.title for one in read_names(register, words)] == titles

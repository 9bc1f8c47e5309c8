"""The partners that a clause names."""

import pytest

from services.registers.said import partners_in


@pytest.mark.parametrize(
    ("clause", "partners"),
    [
        ("与海岚化工、北辰装备和星职院共建实训基地", "海岚化工、北辰装备、星职院"),
        ("基地设在海岚化工", "海岚化工"),
        ("海岚化工、北辰装备参与共建", "海岚化工、北辰装备"),
    ],
)
def test_partners_of_a_list(clause: str, partners: str) -> None:
    assert partners_in(clause) == partners


@pytest.mark.parametrize("words", ["与甲乙", "甲和", "设在甲厂和", "与甲厂及", "与和及", "由甲、"])
def test_a_clause_of_many_partners_is_read_once(words: str) -> None:
    """A pattern that can part the names in many ways would not come back from it."""
    assert partners_in(words * 60 + "的") == ""

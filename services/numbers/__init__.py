"""Numbers as people write them in Chinese: 两百三, 1万2, 4.03亿, １，８６０, 三百出头, 十几."""

from services.numbers.reading import read_numeral
from services.numbers.scanning import Doubt, Numeral, find_numerals, numeral_at

__all__ = ["Doubt", "Numeral", "find_numerals", "numeral_at", "read_numeral"]

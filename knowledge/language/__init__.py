"""Chinese as it is asked and written: word lists, numerals, kinds of answers, what matches what. Knows no document."""

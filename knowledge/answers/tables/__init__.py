"""Questions that a table answers: a cell, the rows that fulfil a condition, how many, how much, which is first."""

"""Trials: questions with a known right answer, asked again whenever the library changes (检验集)."""

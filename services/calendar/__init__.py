"""Workdays, quiet hours and the reporting calendar: rules of time without a clock, a database or a network."""

"""The timetable: when, then one service call."""

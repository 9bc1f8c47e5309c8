"""The timetable: when, then one service call. APScheduler only ticks; the database says what is due."""

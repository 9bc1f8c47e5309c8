"""The rules of a meeting as data: timetable and plan, the lives of items, lights, counting. Pure, no I/O."""

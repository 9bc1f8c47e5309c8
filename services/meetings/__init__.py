"""The quarterly joint meeting: timetable, wordings, states. Pure rules beside the use cases that store them."""

"""The course of a meeting: set, approved, moved, its steps posted when they are due; what waits for whom."""

"""The plan's tasks and targets: imported from a table, compared with each other, lit by their progress."""

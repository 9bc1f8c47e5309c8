"""The course of a month: opened, reminded, given more time, locked; and whom all this is told."""

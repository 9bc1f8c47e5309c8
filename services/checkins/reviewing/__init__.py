"""What was filed, looked at again: accepted or returned, its evidence, its changes, what a unit recalls of it."""

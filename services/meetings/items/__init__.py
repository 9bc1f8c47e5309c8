"""Action items: decided, handed out, reported on, followed up; every change with its history."""

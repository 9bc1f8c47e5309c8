"""What people of the office order in words: one reading for all rooms, by kinds of words rather than by sentences."""

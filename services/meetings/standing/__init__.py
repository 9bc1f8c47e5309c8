"""A meeting as it stands in the database: who takes part, its topics, reviews and files, what it sends to whom."""

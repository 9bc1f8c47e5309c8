"""The pack and the minutes: their facts, and the files."""

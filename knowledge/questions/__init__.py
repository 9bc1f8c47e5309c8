"""What a question asks for: its words, names, years and kind of answer; follow-ups, comparisons, several in one."""

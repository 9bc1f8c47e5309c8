"""What a digest says: digits, sentences from the texts and from the replies, problems, the summary for the chat."""

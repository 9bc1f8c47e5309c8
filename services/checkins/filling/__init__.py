"""Filling in: drafts, doubts and their answers, the card that reads them back, filing."""

"""Digests: figures from the replies, text with its sources, and the documents the secretariat hands in."""

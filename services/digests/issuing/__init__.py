"""Digests made and issued: facts collected, editions kept and approved, files written, figures opened."""

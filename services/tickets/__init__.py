"""Tickets: what people are asked when the library has no answer, and what becomes of their answers."""

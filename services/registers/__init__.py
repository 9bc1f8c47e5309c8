"""Registers (台账) born from replies: agreements, platforms and bases, technical needs, technical services."""

"""Registers in the chat: looked through, put right, and who seeks help told how it gets onto the ledger."""

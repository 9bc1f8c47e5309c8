"""Supply and demand in the chat: posts and graduates offered, matched, and judged in tables."""

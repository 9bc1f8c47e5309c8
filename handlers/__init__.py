"""Conversations: understand, one service call, say. `texts/` holds every word the bot says."""

"""Digests in the chat: asked for, opened down to the replies, approved, sent."""

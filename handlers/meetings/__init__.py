"""The joint meeting in the chat: planned and approved, attended, its decisions keyed and followed up."""

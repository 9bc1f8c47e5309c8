"""The index: words and vectors of all passages in generations on disk, and the passages that fit a question best."""

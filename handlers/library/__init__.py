"""The library in the chat: documents taken in, the shelf, which group may hear what, who saw what."""

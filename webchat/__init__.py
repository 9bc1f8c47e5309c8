"""A chat room in the browser that speaks the Telegram Bot API: the embedded default in place of Telegram.

The same bot process runs against it by changing ``telegram.api_base``. It imports no other room. `server.ChatRoom`
is the way in.
"""

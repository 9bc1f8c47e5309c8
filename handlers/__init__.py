"""Conversations: understand, one service call, say. `texts/` holds every word the bot says."""

from handlers.first_use import build_models_on_first_use

build_models_on_first_use()

"""The process: settings, composition, Telegram plumbing, command line. Nobody imports it."""

import handlers  # noqa: F401 - before aiogram, whose models are then built when they are first used

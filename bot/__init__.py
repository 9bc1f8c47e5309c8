"""The process: settings, composition, Telegram plumbing, command line. Nobody imports it."""

"""`python -m bot` is `lianluo`."""

from bot.cli import main

main()

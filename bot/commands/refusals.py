"""How a command says no."""


class Refused(Exception):
    """The command was turned down; the message names what, why and the remedy."""

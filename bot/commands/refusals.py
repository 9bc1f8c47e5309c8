"""How a command says no."""


class Refused(Exception):
    """The command was turned down; the message names what, why and the remedy."""


class WrongUse(Refused):
    """The command line itself was off; ends with status 2."""

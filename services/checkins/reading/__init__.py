"""What people write, understood: the words of a form, figures and their keys, what is left to ask. Pure, no I/O."""

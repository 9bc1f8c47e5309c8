"""Who belongs here: coming in and going out, and the register for the secretariat."""

"""Monthly check-ins in the chat: filled in, filed and asked about by the unit, reviewed by the secretariat."""

"""Check-ins as they stand in the database: whose and of which month, one sheet, the board of all."""

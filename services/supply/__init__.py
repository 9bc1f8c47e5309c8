"""Supply and demand (供需): posts, graduates, and whether they fit."""

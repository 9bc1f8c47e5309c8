"""Questions to the secretariat: asked, answered in place, put right, kept for the next who asks."""

"""Questions: asked, answered with evidence, rated."""

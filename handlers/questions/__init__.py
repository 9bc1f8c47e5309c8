"""Questions to the library, and how an answer looks."""

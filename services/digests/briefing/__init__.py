"""The 简报: rows, tables, charts and layout, as a Word file, as Markdown, as pictures."""

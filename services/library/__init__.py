"""The library: documents in SQL, and the search index kept in line with them."""

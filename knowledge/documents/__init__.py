"""From a file to citeable passages: converted, cleaned, cut along headings, and what a document says of itself."""

"""Monthly check-ins: forms as data, understanding of what people write, checks."""

"""Every number of a digest: replies in columns, the engine, the digest as facts. Pure, no I/O."""

"""The outside world that several stages read, over the web port: one module per source, no vendor library."""

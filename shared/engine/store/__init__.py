"""Where the engine keeps things: paths, the shapes of documents, payloads, numbers that add up, and asking again."""

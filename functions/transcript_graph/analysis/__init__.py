"""A whole graph looked at: communities, rank, a report, a map. Only when somebody asks: no job waits for it."""

"""One task: what its delivery carries, its surroundings, the claim on it, its cache entry, and where hopeless deliveries end."""

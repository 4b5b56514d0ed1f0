"""English words for the offline embeddings: how common each is, and a small vector of what it means."""

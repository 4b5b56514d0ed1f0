"""The graph pipeline's promises, measured: rooms by themselves, and whole jobs against a provider that enforces its limits."""

"""Which episodes come into question: what may be offered at all, and the best of each source."""

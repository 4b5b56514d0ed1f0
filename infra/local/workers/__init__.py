"""The local cloud's worker processes: started, watched, replaced."""

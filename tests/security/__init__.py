"""Attacks on a whole local cloud, as a stranger makes them: each over real HTTP."""

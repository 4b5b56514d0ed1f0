"""Benchmarks: what the project promises in figures, as ratios to what the world allows. `make bench`."""

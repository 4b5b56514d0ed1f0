"""Invented speakers, names and transcripts for the graph pipeline's tests and benchmarks."""

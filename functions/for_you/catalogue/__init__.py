"""The catalogue in memory: built by a job, kept as one file, loaded once per process and again when its version changes."""

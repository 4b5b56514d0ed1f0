"""Sizes that no test has time for: a million tasks in one job, ten thousand jobs a minute, on virtual time."""

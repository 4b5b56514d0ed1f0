"""Toy pipelines, brought in from outside by HEADRACE_PIPELINES."""

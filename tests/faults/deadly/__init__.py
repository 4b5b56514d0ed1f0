"""A pipeline whose second stage takes its process down, as a render that needs too much memory does."""

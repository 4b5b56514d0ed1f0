"""The words that the checks go by: metrics, directions, times, stop words, and numbers that need no fact."""

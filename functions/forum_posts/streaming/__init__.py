"""One post told as it is written, as server-sent events."""
